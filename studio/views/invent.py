"""Invent a snapshot of a product: place, light, camera, what lies about and what hides part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio.catalogue import Item
from studio.render.mesh import Array
from studio.scenes.setting import Daylight
from studio.views import habits, light, options, surround
from studio.views.habits import Habit
from studio.views.model import Model
from studio.views.snapshot import Aim, Snapshot

Random = np.random.Generator
TRIES = 8


@dataclass(frozen=True)
class Wish:
    """What a snapshot is to be: its id, its ground, and whether its product is covered or cut in part."""

    name: str
    ground: str
    covered: bool
    cut: bool


def invent(random: Random, item: Item, wish: Wish) -> Snapshot:
    """Return a snapshot that shows the product well; one that does not is thrown away and drawn again.

    Raises LookupError when nothing good is drawn.
    """
    if wish.ground == "hook" and not _hangs(item):
        wish = replace(wish, ground="seat")
    for _ in range(TRIES):
        found = surround.furnish(random, _draw(random, item, wish), wish.covered)
        if found is not None:
            return found
    raise LookupError(f"No good view of {item.id} on {wish.ground} in {TRIES} tries.")


def _hangs(item: Item) -> bool:
    """Tell whether a bag has a handle narrow enough at its top for one peg."""
    points = np.concatenate([part.mesh.vertices for part in item.parts()])
    return float(np.ptp(points[points[:, 2] > points[:, 2].max() - 0.004, 0])) < 0.1


def _draw(random: Random, item: Item, wish: Wish) -> Snapshot:
    habit = habits.habit(item)
    posed = _posed(random, item, wish, habit)
    points = Model(posed).points
    tall = float(np.ptp(points[:, 2])) > 0.9 * float(np.ptp(points[:, :2], axis=0).max())
    aim = replace(posed.aim, upright=bool(random.random() < (0.75 if tall else 0.3)), roll=_around(random, 0, 1.6))
    aim = replace(aim, shift=_shift(random, points, aim, wish.cut))
    side = (1.0 if random.random() < 0.5 else -1.0) * max(1.7, 1.5 * float(np.abs(points[:, :2]).max()) + 1.2)
    shine, tone = light.draw(random, wish.ground in habits.OUTDOORS, side)
    if wish.ground == "lawn":
        tone = replace(tone, exposure=round(tone.exposure + 0.3, 2))  # grass is dark, and yet it is to look sunny
    place = options.draw(random, wish.ground, points, habit, wish.covered)
    if wish.ground not in habits.OUTDOORS:
        place |= options.sides(random, replace(posed, aim=aim), shine, side)
    return replace(posed, aim=aim, light=shine, tone=tone, options=place)


def _posed(random: Random, item: Item, wish: Wish, habit: Habit) -> Snapshot:
    """Turn the product and choose where the phone is, as yet without a place."""
    azimuth, turn = _turned(random, item, wish.ground, habit)
    low, high = habits.STEEPEST.get(wish.ground, (-90, 90))
    span = (max(low, habit.elevation[0]), min(high, habit.elevation[1]))
    span = span if span[0] < span[1] else (low, min(high, low + 14))
    lens = random.uniform(26, 34) if habit.furniture else random.uniform(32, 52)
    fill = random.uniform(*((0.7, 0.95) if wish.cut else (0.46, 0.66) if wish.covered else (0.46, 0.82)))
    aim = Aim(round(azimuth, 1), round(float(random.uniform(*span)), 1), round(lens, 1), round(fill, 3))
    lean = round(float(random.uniform(*habit.lean)), 1)
    if lean and wish.ground in ("rug", "lawn"):  # nothing to lean on: it lies
        lean, aim = 86.0, replace(aim, elevation=max(aim.elevation, 32.0))
    pair = bool(random.random() < habit.paired)
    return _centred(
        Snapshot(wish.name, item.id, wish.ground, aim, Daylight(), turn=round(turn, 1), lean=lean, pair=pair)
    )


def _turned(random: Random, item: Item, ground: str, habit: Habit) -> tuple[float, float]:
    """Return the phone's azimuth and the product's turn, degrees: another side of it than the shop shows."""
    if ground in ("wall", "hook"):
        return float(random.uniform(8, 34) * random.choice([-1, 1])), 0.0
    shop = item.view().azimuth
    # What a shop shows far from the side is often long, and would be seen end-on from the other side.
    shop *= float(random.choice([-1, 1, 1])) if abs(shop) < 35 else 1.0
    seen = float(np.clip(shop + random.choice([-1, 1]) * random.uniform(*habit.side), -56, 56))
    if (habit.furniture and ground not in habits.OUTDOORS) or habit.lean[1]:  # stands or leans along the wall
        turn = float(random.uniform(-9, 9))
        return seen + turn, turn
    azimuth = float(random.uniform(-24, 24))
    return azimuth, azimuth - seen


def _centred(posed: Snapshot) -> Snapshot:
    """Move the product so that its outline lies about the origin, as the place expects it."""
    points = Model(posed).points[:, :2]
    x, y = -(points.min(axis=0) + points.max(axis=0)) / 2
    return replace(posed, at=(round(float(x), 4), round(float(y), 4), 0.0))


def _shift(random: Random, points: Array, aim: Aim, cut: bool) -> tuple[float, float]:
    """Return where the product's middle lies in the picture; a cut one reaches over one edge by up to a quarter."""
    box = surround.box_of(points, aim)
    if not cut:
        free = np.maximum((1 - box) / 2 - 0.025, 0)
        x, y = np.clip(random.normal(0, 0.09, 2), -free, free)
        return round(float(x), 3), round(float(y), 3)
    axis = int(random.random() < 0.15)
    over = random.uniform(0.12, 0.26)
    out = [_around(random, 0, 0.03), _around(random, 0, 0.03)]
    out[axis] = round(float((-1 if axis else random.choice([-1, 1])) * (0.5 - box[axis] / 2 + over * box[axis])), 3)
    return out[0], out[1]


def _around(random: Random, middle: float, spread: float) -> float:
    return round(float(random.normal(middle, spread)), 3)
