"""Say what a product is made of: surfaces, each with its finish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from studio.render.mesh import Mesh


@dataclass(frozen=True)
class Pattern:
    """A print on a surface; lengths in metres on the surface.

    `amount` is the share of the second colour, `offset` the height or shift where a kind has one.
    """

    kind: str
    colours: tuple[str, ...]
    size: float = 0.02
    angle: float = 0.0
    amount: float = 0.5
    offset: float = 0.0


@dataclass(frozen=True)
class Finish:
    """The look of one surface: a name from `materials.SURFACES`, a colour, and what differs from that surface."""

    surface: str
    colour: str
    pattern: Pattern | None = None
    roughness: float | None = None
    bump: float | None = None
    scale: float | None = None
    glow: float = 0.0


@dataclass(frozen=True)
class Part:
    """One surface with its finish; `thickness`, `bevel` (metres) and `subdivide` (levels) are applied on rendering."""

    mesh: Mesh
    finish: Finish
    thickness: float = 0.0
    bevel: float = 0.0
    subdivide: int = 0


@dataclass(frozen=True)
class View:
    """Where the camera stands: degrees to the product's left (+) of its front, degrees above its middle."""

    azimuth: float = 28.0
    elevation: float = 18.0
    roll: float = 0.0


@dataclass(frozen=True)
class Light:
    """How the studio differs from its usual light; warmth 0 is neutral, +1 warm, -1 cool."""

    turn: float = 0.0
    strength: float = 1.0
    warmth: float = field(default=0.0)


def finish_of(spec: Mapping[str, Any], slot: str, **fallback: Any) -> Finish:
    """Read one slot of a product's stored finish; `fallback` holds what the stored finish may leave out."""
    values = {**fallback, **spec.get(slot, {})}
    pattern = values.pop("pattern", None)
    unknown = set(values) - {f.name for f in fields(Finish)}
    if unknown:
        raise ValueError(f"Finish {slot!r} has unknown keys {sorted(unknown)}.")
    finish = Finish(**values)
    if not pattern:
        return finish
    return replace(finish, pattern=Pattern(**{**pattern, "colours": tuple(pattern["colours"])}))
