"""A park bench on stone slabs, before a wall of brick or plaster or a hedge."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import spline
from studio.render.mesh import Mesh, merge
from studio.render.part import Finish, Part
from studio.render.primitives import tube
from studio.scenes import greenery, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False
AUTUMN = ("#b5602a", "#c9862f", "#d8a63a", "#8f4324", "#a8742f")


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall` (a colour, "bricks" or "hedge"), `bricks`, `wood`, `stone`, `iron` (colours), `slab` (width, depth),
    `leaves` (how many lie on the ground).
    """
    back = {
        "bricks": lambda: grounds.bricks(options.get("bricks", "brick")),
        "hedge": lambda: greenery.hedge(5.0, 2.6, 1.05, 42000),
    }.get(options.get("wall", "bricks"), lambda: grounds.wall(options["wall"]))()
    wood = grounds.shades("wood", options.get("wood", "honey"), 3, 0.08)
    slats = [
        grounds.block((1.9, 0.07, 0.03), (0, y, 0.425), wood[k % 3], 0.006)
        for k, y in enumerate(np.linspace(0.18, 0.54, 5))
    ]
    rest = [
        grounds.block((1.9, 0.028, 0.075), (0, y, z), wood[k % 3], 0.006)
        for k, (y, z) in enumerate(((0.62, 0.56), (0.65, 0.68), (0.68, 0.8)))
    ]
    frames = Part(merge([_frame(x) for x in (-0.78, 0.78)]), Finish("powder", options.get("iron", "#2b2d2e")))
    paving = grounds.paving(options.get("stone", "#a8a49c"), tuple(options.get("slab", (0.6, 0.4))))
    parts = [*back, *paving, *slats, *rest, frames]
    if options.get("leaves"):
        parts += greenery.fallen(int(options["leaves"]), (-2.2, 2.2), (-1.6, 1.0), 0.0, AUTUMN)
    surfaces = {
        "bench": Surface(
            0.455,
            (-0.68, 0.68),
            (0.28, 0.42),
            ("bag", "backpack", "bottle", "headphones", "hat", "sunglasses", "notebook", "speaker"),
        ),
        "ground": Surface(
            0.0, (-0.95, 0.95), (-0.55, -0.05), ("sneaker", "boot", "sandal", "backpack", "bag", "suitcase")
        ),
        "side": Surface(0.0, (1.15, 1.3), (0.4, 0.7), ("planter",)),
    }
    light = Daylight(turn=-48, height=42, sun=3.6, sky=0.75, warmth=0.3)
    return Setting(parts, surfaces, light, Shot((0.2, -2.5, 1.2), (0.0, 0.3, 0.48), 33))


def _frame(x: float) -> Mesh:
    lines = [
        [(x, 0.16, 0), (x, 0.17, 0.22), (x, 0.18, 0.41)], [(x, 0.62, 0), (x, 0.56, 0.2), (x, 0.54, 0.41)],
        [(x, 0.12, 0.41), (x, 0.35, 0.41), (x, 0.6, 0.41)], [(x, 0.58, 0.41), (x, 0.66, 0.62), (x, 0.71, 0.86)],
        [(x, 0.16, 0.4), (x, 0.1, 0.56), (x, 0.22, 0.64), (x, 0.45, 0.63), (x, 0.64, 0.64)],
    ]  # fmt: skip
    return merge([tube(spline(line, 24), 0.017, 12) for line in lines])
