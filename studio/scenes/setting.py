"""Say what a scene is made of: a setting with surfaces, its daylight, a camera, and placed products."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.render.part import Part

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Surface:
    """A level rectangle that products stand on: its height and its `x` and `y` ranges, metres.

    `takes` names the categories that belong there, `turn` is where their front points (0 is towards the camera, -y).
    """

    z: float
    x: tuple[float, float]
    y: tuple[float, float]
    takes: tuple[str, ...]
    turn: float = 0.0


@dataclass(frozen=True)
class Daylight:
    """Sun (watts per square metre), sky and window light.

    `turn` and `height` are degrees: where the sun stands, from the camera's back (-y) towards +x, and how high.
    `window` is a soft light of `window_size` metres at `window_at`, in watts, shining at the setting's middle; `bulbs`
    are places of warm light bulbs, of `bulb` watts each.
    """

    turn: float = -60.0
    height: float = 35.0
    sun: float = 3.0
    sky: float = 0.35
    warmth: float = 0.0
    window: float = 0.0
    window_at: Vector = (-2.2, -1.0, 1.5)
    window_size: float = 1.8
    exposure: float = 0.0
    bulbs: tuple[Vector, ...] = ()
    bulb: float = 6.0


@dataclass(frozen=True)
class Shot:
    """Where the camera stands, what it looks at, and its focal length in millimetres (36 mm wide)."""

    place: Vector
    target: Vector
    lens: float = 35.0


@dataclass(frozen=True)
class Setting:
    """A place without products: all that is not in the catalogue."""

    parts: list[Part]
    surfaces: dict[str, Surface]
    light: Daylight
    shot: Shot


@dataclass(frozen=True)
class Placement:
    """One product in a scene: `at` is x, y on a surface, or x, y, z without one; degrees.

    `lean` tips it backwards and `tilt` sideways about its foot; a `pair`
    is a shoe and its mirror image, `gap` metres apart.
    """

    id: str
    at: tuple[float, ...]
    on: str = ""
    turn: float = 0.0
    lean: float = 0.0
    tilt: float = 0.0
    pair: bool = False
    gap: float = 0.02


@dataclass(frozen=True)
class Scene:
    """One photo as it is stored; visitors see the lowest `order` first."""

    id: str
    setting: str
    title: str
    products: tuple[Placement, ...]
    options: dict[str, object] = field(default_factory=dict)
    light: Daylight | None = None
    shot: Shot | None = None
    sample: bool = False
    order: int = 100
