"""A bedroom corner: a chest of drawers under a round mirror, a rug, a curtain."""

from collections.abc import Mapping
from typing import Any

from studio.render.curves import circle
from studio.render.mesh import merge, move, rotate
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import extrude, torus
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it; options: `wall`, `wood`, `rug`, `curtain` (colours)."""
    wood = Finish("wood", options.get("wood", "walnut"))
    drawers = [grounds.block((1.13, 0.018, 0.2), (0, -0.012, z), wood, 0.004) for z in (0.17, 0.385, 0.6)]
    knobs = merge(
        [
            rotate(move(extrude(circle(0.014, 24), 0.022, 0.006), x, -z, 0.02), "x", 90)
            for x in (-0.28, 0.28)
            for z in (-0.27, -0.485, -0.7)
        ]
    )
    mirror = rotate(extrude(circle(0.33, 96), 0.006, 0.001), "x", 90)
    rim = rotate(torus(0.335, 0.013), "x", 90)
    diamonds = Pattern("grid", ("taupe",), 0.24, 45.0, 0.06)
    parts = [
        *grounds.floor(options.get("floor", "ash")),
        *grounds.wall(options.get("wall", "#cfc4bb"), y=0.5, skirting="#eeeae2"),
        grounds.block((1.2, 0.46, 0.7), (0, 0.235, 0.15), wood, 0.006), *drawers,
        *grounds.legs(0.53, 0.18, 0.15, (0, 0.235), wood, 0.04),
        Part(knobs, Finish("metal", "brass")),
        Part(move(mirror, 0.18, 0.485, 1.42), Finish("polished", "#e8ecee")),
        Part(move(rim, 0.18, 0.485, 1.42), Finish("brushed", "brass")),
        *clutter.rug(1.9, 1.1, (0.15, -0.75), Finish("wool", options.get("rug", "cream"), diamonds)),
        clutter.curtain(0.9, 2.6, (-1.4, 0.38, 2.62), options.get("curtain", "blush"), 7),
        *clutter.stack((-0.42, 0.22, 0.85), ("slate", "dusty pink", "oat"), 12),
        *grounds.window_wall(-2.2, ((-2.0, -1.0), (-0.7, 0.2)), 0.4, 2.3),
    ]  # fmt: skip
    surfaces = {
        "top": Surface(0.85, (-0.2, 0.5), (0.12, 0.3), ("bag", "vase", "lamp", "watch", "headphones", "mug")),
        "rug": Surface(0.012, (-0.55, 0.9), (-1.0, -0.5), ("sneaker", "boot", "bag", "backpack", "cushion")),
        "left": Surface(0.0, (-1.05, -0.9), (0.0, 0.15), ("chair", "planter")),
        "right": Surface(0.0, (0.95, 1.15), (-0.1, 0.15), ("chair", "planter")),
    }
    light = Daylight(turn=-60, height=28, sun=4.0, sky=0.55, warmth=0.5, window=90, window_at=(-2.0, -0.9, 1.5))
    return Setting(parts, surfaces, light, Shot((0.1, -2.9, 1.2), (0.0, 0.0, 0.66), 34))
