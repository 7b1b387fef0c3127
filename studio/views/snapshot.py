"""Say what a snapshot is made of, and read and write the stored ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from studio.scenes.setting import Daylight, Vector

STORE = Path(__file__).parent / "views.json"


@dataclass(frozen=True)
class Aim:
    """How the phone is held: degrees round the product (+ to the right) and above it, its lens in millimetres.

    `fill` is the longer side of the product's box as a share of that side of the picture, `shift` where the middle of
    that box lies, in shares of the picture from its middle, to the right and up; `roll` tips the horizon.
    """

    azimuth: float
    elevation: float
    lens: float
    fill: float
    shift: tuple[float, float] = (0.0, 0.0)
    roll: float = 0.0
    upright: bool = False


@dataclass(frozen=True)
class Thing:
    """Something that is not for sale: its kind in `things.KINDS`, where it stands, its size (1 is usual), colours."""

    kind: str
    at: Vector
    turn: float = 0.0
    size: float = 1.0
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tone:
    """How the phone develops the picture: brightness in stops, and warmth (0 is neutral, + is warm)."""

    exposure: float = 0.0
    warmth: float = 0.0


@dataclass(frozen=True)
class Snapshot:
    """One stored view. The product's foot is at `at`, mostly the origin; the ground of its place lies at z = 0.

    `cover` is what hides part of the product; `turn`, `lean`, `tilt` and `pair` are those of a scene's placement.
    """

    id: str
    product_id: str
    ground: str
    aim: Aim
    light: Daylight
    tone: Tone = Tone()
    options: dict[str, Any] = field(default_factory=dict)
    at: Vector = (0.0, 0.0, 0.0)
    turn: float = 0.0
    lean: float = 0.0
    tilt: float = 0.0
    pair: bool = False
    things: tuple[Thing, ...] = ()
    cover: Thing | None = None


def load(path: Path = STORE) -> list[Snapshot]:
    """Read the stored snapshots, in their order."""
    if not path.exists():
        return []
    return [_snapshot(row) for row in json.loads(path.read_text(encoding="utf-8"))]


def save(snapshots: Sequence[Snapshot], path: Path = STORE) -> None:
    """Write snapshots, one a line; what is at its default is left out."""
    rows = [json.dumps(_spare(one), ensure_ascii=False) for one in snapshots]
    path.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


def select(snapshots: Sequence[Snapshot], wanted: Sequence[str]) -> list[Snapshot]:
    """Return those of the named views, products or categories; "all" is everything."""
    names = set(wanted)
    chosen = [s for s in snapshots if "all" in names or names & _names(s)]
    unknown = names - {"all"} - {name for s in snapshots for name in _names(s)}
    if unknown:
        raise SystemExit(f"No view of {sorted(unknown)} is stored: plan it first.")
    return chosen


def _names(one: Snapshot) -> set[str]:
    return {one.id, one.product_id, one.product_id.rsplit("-", 1)[0]}


def _spare(value: Any) -> dict[str, Any]:
    """Return what a dataclass says beyond its defaults."""
    spare: dict[str, Any] = {}
    for each in fields(value):
        own = getattr(value, each.name)
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if own == default:
            continue
        if isinstance(own, tuple) and own and is_dataclass(own[0]):
            spare[each.name] = [_spare(one) for one in own]
        else:
            spare[each.name] = _spare(own) if is_dataclass(own) else own
    return spare


def _snapshot(row: dict[str, Any]) -> Snapshot:
    cover = row.pop("cover", None)
    things = tuple(Thing(**_tuples(one)) for one in row.pop("things", ()))
    return Snapshot(
        aim=Aim(**_tuples(row.pop("aim"))),
        light=Daylight(**_tuples(row.pop("light"))),
        tone=Tone(**row.pop("tone", {})),
        options=row.pop("options", {}),
        things=things,
        cover=Thing(**_tuples(cover)) if cover else None,
        **_tuples(row),
    )


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
