"""Draw the colours and measures of the place a product is photographed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from studio.render.mesh import Array
from studio.scenes.setting import Daylight
from studio.views import habits
from studio.views.habits import Habit
from studio.views.model import Model, footprint
from studio.views.snapshot import Snapshot

T = TypeVar("T")
Drawn = dict[str, Any]
GAPS = {
    "desk": (0.06, 0.22), "counter": (0.05, 0.18), "shelf": (0.015, 0.06), "seat": (0.0, 0.02), "hook": (0.0, 0.004),
    "wall": (0.0, 0.001), "bed": (0.3, 0.6), "table": (0.8, 1.4),
}  # fmt: skip
RUGS: tuple[Drawn, ...] = (
    {"kind": "grid", "colours": ["taupe"], "size": 0.24, "angle": 45.0, "amount": 0.06},
    {"kind": "stripes", "colours": ["slate"], "size": 0.12, "amount": 0.4},
    {"kind": "zigzag", "colours": ["terracotta"], "size": 0.16, "amount": 0.3},
    {"kind": "grid", "colours": ["chalk"], "size": 0.1, "amount": 0.05},
)
CHECKS: tuple[Drawn | None, ...] = (
    None,
    {"kind": "gingham", "colours": ["denim"], "size": 0.03},
    {"kind": "stripes", "colours": ["sage"], "size": 0.06, "amount": 0.3},
    {"kind": "plaid", "colours": ["brick", "navy"], "size": 0.12},
)


@dataclass(frozen=True)
class Chance:
    """A source of chance, and the product the place is for: the corners `low` and `high` (3,) of its points."""

    random: np.random.Generator
    points: Array
    covered: bool

    def pick(self, values: Sequence[T]) -> T:
        """Return one of some values."""
        return values[int(self.random.integers(len(values)))]

    def between(self, low: float, high: float) -> float:
        """Return a number of a range."""
        return float(self.random.uniform(low, high))

    @property
    def low(self) -> Array:
        """Return the lowest corner."""
        return np.asarray(self.points.min(axis=0))

    @property
    def high(self) -> Array:
        """Return the highest corner."""
        return np.asarray(self.points.max(axis=0))


def draw(random: np.random.Generator, ground: str, points: Array, habit: Habit, covered: bool) -> Drawn:
    """Return a place's options for a product whose points (n, 3) stand at the origin."""
    chance = Chance(random, points, covered)
    if ground == "lawn":
        return _lawn(chance)
    gap = GAPS.get(ground, (0.08, 0.9))
    if habit.furniture:
        gap = (0.06, 0.35)
    elif habit.lean[1]:
        gap = (0.0, 0.015)
    wall = {"wall": chance.pick(habits.WALLS), "back": round(float(chance.high[1]) + chance.between(*gap), 4)}
    return wall | OWN[ground](chance) if ground in OWN else wall


def sides(random: np.random.Generator, posed: Snapshot, shine: Daylight, side: float) -> Drawn:
    """Raise side walls: one with a window on the sunny side, a plain one where the phone would look past the room."""
    eye = Model(posed).camera.place
    clear = max(abs(side), abs(float(eye[0])) + 0.5)
    room: Drawn = {}
    if shine.sun > 0:
        width, tall = random.uniform(0.9, 1.6), random.uniform(0.9, 1.5)
        room["window"] = [round(float(np.sign(side)) * clear, 2), round(float(width), 2), round(float(tall), 2)]
    opposite = -np.sign(posed.aim.azimuth)
    if abs(posed.aim.azimuth) > 14 and (not room or np.sign(side) != opposite):
        room["corner"] = round(float(opposite) * clear, 2)
    return room


def _floor(chance: Chance) -> Drawn:
    return {"floor": chance.pick(habits.WOODS), "board": chance.pick((0.09, 0.13, 0.18))}


def _rug(chance: Chance) -> Drawn:
    span = np.maximum((chance.high - chance.low)[:2] * chance.between(1.1, 1.3) + [0.5, 0.7], [1.5, 1.1])
    at = [round(chance.between(-0.1, 0.1), 3), round(chance.between(-0.12, 0.0), 3)]
    back = round(max(float(chance.high[1]) + 0.1, float(span[1]) / 2 + chance.between(0.1, 0.5)), 3)
    return {
        "floor": chance.pick(habits.WOODS), "cloth": chance.pick(habits.CLOTHS), "pattern": chance.pick(RUGS),
        "rug_size": [round(float(v), 2) for v in span], "rug_at": at, "back": back,
    }  # fmt: skip


def _tiles(chance: Chance) -> Drawn:
    second = {"second": chance.pick(("charcoal", "slate", "terracotta"))} if chance.between(0, 1) < 0.35 else {}
    return {"stone": chance.pick(habits.TILES), "unit": chance.pick((0.2, 0.3, 0.45)), **second}


def _paving(chance: Chance) -> Drawn:
    bricks = {"wall": "bricks", "bricks": chance.pick(("brick", "rust", "stone"))} if chance.between(0, 1) < 0.5 else {}
    unit = chance.pick(([0.6, 0.4], [0.3, 0.3], [0.24, 0.12]))
    return {"stone": chance.pick(habits.STONES), "unit": unit, **bricks}


def _lawn(chance: Chance) -> Drawn:
    wide = float(max(2.4, 5 * np.ptp(chance.points, axis=0).max()))
    blades = int(min(7000 * wide, 26000))
    return {"room": list(footprint(chance.points)), "lawn": [round(wide, 2), round(wide, 2)], "blades": blades}


def _table(chance: Chance) -> Drawn:
    found: Drawn = {
        "wood": chance.pick(habits.WOODS), "floor": chance.pick(habits.WOODS),
        "top": [1.5, round(float(chance.high[1] - chance.low[1]) + 0.9, 2)],
        "edge": round(float(chance.low[1]) - chance.between(0.1, 0.22) - 0.24 * chance.covered, 3),
    }  # fmt: skip
    if chance.between(0, 1) < 0.4:
        found["cloth"], pattern = chance.pick(habits.CLOTHS), chance.pick(CHECKS)
        found |= {"pattern": pattern} if pattern else {}
    return found


def _counter(chance: Chance) -> Drawn:
    wooden = chance.between(0, 1) < 0.6
    top = {"wood": chance.pick(habits.WOODS)} if wooden else {"stone": chance.pick(("#e3e0d9", "#55585a", "#c9c2b6"))}
    unit = chance.pick(([0.15, 0.075], [0.1, 0.1], [0.2, 0.1]))
    return {"tile": chance.pick(habits.TILES), "cupboard": chance.pick(habits.DEEP), "unit": unit, **top}


def _shelf(chance: Chance) -> Drawn:
    return {"wood": chance.pick(habits.WOODS), "above": round(float(chance.high[2]) + chance.between(0.12, 0.3), 3)}


def _bed(chance: Chance) -> Drawn:
    return {
        "room": list(footprint(chance.points)), "cloth": chance.pick(habits.CLOTHS),
        "head": chance.pick(habits.CLOTHS + habits.DEEP), "folds": chance.pick((0.016, 0.022, 0.03)),
    }  # fmt: skip


def _hook(chance: Chance) -> Drawn:
    return {"wood": chance.pick(habits.WOODS), "peg": round(float(chance.high[2]) - 0.024, 4)}


OWN: dict[str, Callable[[Chance], Drawn]] = {
    "floor": _floor, "rug": _rug, "tiles": _tiles, "paving": _paving, "table": _table, "counter": _counter,
    "shelf": _shelf, "bed": _bed, "hook": _hook,
    "concrete": lambda chance: {"stone": chance.pick(habits.STONES)},
    "desk": lambda chance: {"wood": chance.pick(habits.WOODS)},
    "seat": lambda chance: {"cloth": chance.pick(habits.CLOTHS + habits.DEEP)},
}  # fmt: skip
