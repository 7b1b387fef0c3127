"""A bedroom: a chest of drawers under a round mirror, or a bed with a night table; a rug, a curtain."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle
from studio.render.mesh import grid, merge, move, rotate
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import extrude, puffed_box
from studio.scenes import clutter, decor, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall`, `floor`, `wood`, `rug`, `curtain`, `knob`, `linen`, `throw`, `headboard` (colours), `furniture`
    (chest, bed), `striped` (the throw), `wood_surface` ("matte" for a painted chest), `books` (colours on the chest).
    """
    bed = options.get("furniture") == "bed"
    diamonds = Pattern("grid", ("taupe",), 0.24, 45.0, 0.06)
    rug_at = (1.15, -0.75) if bed else (0.15, -0.75)
    parts = [
        *grounds.floor(options.get("floor", "ash")),
        *grounds.wall(options.get("wall", "#cfc4bb"), y=0.5, skirting="#eeeae2"),
        *(_bed(options) if bed else _chest(options)),
        *clutter.rug(1.9, 1.1, rug_at, Finish("wool", options.get("rug", "cream"), diamonds)),
        clutter.curtain(0.9, 2.6, (-1.4, 0.38, 2.62), options.get("curtain", "blush"), 7),
        *([] if bed else clutter.stack((-0.42, 0.22, 0.85), options.get("books", ("slate", "dusty pink", "oat")), 12)),
        *grounds.window_wall(-2.2, ((-2.0, -1.0), (-0.7, 0.2)), 0.4, 2.3),
    ]
    small = ("bag", "vase", "lamp", "watch", "headphones", "mug", "clock", "candle", "hat", "sunglasses", "notebook")
    surfaces = {
        "rug": Surface(
            0.012, (-0.55, 0.9), (-1.0, -0.5), ("sneaker", "boot", "sandal", "bag", "backpack", "cushion", "suitcase")
        ),
        "left": Surface(0.0, (-1.05, -0.9), (0.0, 0.15), ("chair", "planter")),
        "right": Surface(0.0, (0.95, 1.15), (-0.1, 0.15), ("chair", "planter")),
    }
    if bed:
        surfaces = {
            "night": Surface(0.5, (0.85, 1.15), (0.14, 0.36), small),
            "rug": Surface(0.012, (0.85, 1.6), (-1.0, -0.5), ("sneaker", "boot", "bag", "backpack")),
        }
    else:
        surfaces["top"] = Surface(0.85, (-0.2, 0.5), (0.12, 0.3), small)
    light = Daylight(turn=-60, height=28, sun=4.0, sky=0.55, warmth=0.5, window=90, window_at=(-2.0, -0.9, 1.5))
    return Setting(parts, surfaces, light, Shot((0.1, -2.9, 1.2), (0.0, 0.0, 0.66), 34))


def _chest(options: Mapping[str, Any]) -> list[Part]:
    wood = Finish(options.get("wood_surface", "wood"), options.get("wood", "walnut"))
    drawers = [grounds.block((1.13, 0.018, 0.2), (0, -0.012, z), wood, 0.004) for z in (0.17, 0.385, 0.6)]
    knobs = merge(
        [
            rotate(move(extrude(circle(0.014, 24), 0.022, 0.006), x, -z, 0.02), "x", 90)
            for x in (-0.28, 0.28)
            for z in (-0.27, -0.485, -0.7)
        ]
    )
    return [
        grounds.block((1.2, 0.46, 0.7), (0, 0.235, 0.15), wood, 0.006),
        *drawers,
        *grounds.legs(0.53, 0.18, 0.15, (0, 0.235), wood, 0.04),
        Part(knobs, Finish("metal", options.get("knob", "brass"))),
        *decor.round_mirror((0.18, 0.485, 1.42), 0.33),
    ]


def _bed(options: Mapping[str, Any]) -> list[Part]:
    """Set a made bed at the wall, its foot towards the camera, and a night table right of it."""
    wood = Finish("wood", options.get("wood", "oak"))
    linen = Finish("cotton", options.get("linen", "chalk"))
    stripe = Pattern("stripes", ("chalk",), 0.16, 90.0, 0.2) if options.get("striped") else None
    head = Finish("velvet", options.get("headboard", "eucalyptus"))
    pads = [
        move(puffed_box((0.27, 0.09, 0.72), 0.03, (0.0, 0.015, 0.0), 10), x, 0.43, 0.68)
        for x in np.linspace(-1.26, 0.12, 6)
    ]
    pillows = [
        move(rotate(puffed_box((0.66, 0.15, 0.42), 0.05, (0.0, 0.05, 0.02), 14), "x", -24), x, 0.23, 0.73)
        for x in (-0.94, -0.2)
    ]
    return [
        grounds.block((1.6, 2.0, 0.14), (-0.57, -0.62, 0.16), wood, 0.01),
        *[grounds.block((0.06, 0.06, 0.16), (x, y, 0.0), wood) for x in (-1.3, 0.16) for y in (-1.55, 0.3)],
        Part(merge(pads), head),
        Part(move(puffed_box((1.56, 1.96, 0.22), 0.06, (0.0, 0.0, 0.01)), -0.57, -0.6, 0.4), linen),
        Part(merge(pillows), linen),
        Part(_spread(1.72, 1.62, 0.3, 1.0), Finish("linen", options.get("linen", "chalk")), thickness=0.03, subdivide=1),
        Part(_spread(1.78, 0.62, 0.34, 2.0, 0.022, -1.18), Finish("wool", options.get("throw", "terracotta"), stripe), thickness=0.008),
        grounds.block((0.46, 0.4, 0.4), (0.68, 0.28, 0.1), wood, 0.008),
        grounds.block((0.42, 0.012, 0.17), (0.68, 0.075, 0.3), wood, 0.004),
        grounds.block((0.42, 0.012, 0.17), (0.68, 0.075, 0.12), wood, 0.004),
        *[grounds.block((0.08, 0.02, 0.012), (0.68, 0.062, z), Finish("brushed", "brass"), 0.004) for z in (0.38, 0.2)],
        *grounds.legs(0.2, 0.17, 0.1, (0.68, 0.28), wood, 0.03),
    ]  # fmt: skip


def _spread(width: float, depth: float, drop: float, seed: float, up: float = 0.0, y: float = -0.72) -> Any:
    """Spread a cover over the mattress: it hangs down at both sides, with soft folds."""
    u, v = np.meshgrid(np.linspace(-1, 1, 90), np.linspace(-1, 1, 70), indexing="ij")
    half, run = 0.79, np.abs(u) * (0.79 + drop)
    over = np.clip(run - half, 0, None)
    fold = np.sin(7 * v + seed + 2 * np.sign(u)) * np.clip(over / 0.15, 0, 1) * 0.018
    x = np.sign(u) * (np.minimum(run, half) + 0.03 * np.clip(over / 0.06, 0, 1) + fold)
    wave = 0.006 * np.sin(5 * u + 3 * v + seed) * np.sin(4 * v - 2 * u + seed)
    z = 0.535 + up + wave - over * (over > 0)
    return grid(np.stack([x * (width / 1.72) - 0.57, y + v * depth / 2 + 0.006 * np.sin(6 * u + seed), z], axis=-1))
