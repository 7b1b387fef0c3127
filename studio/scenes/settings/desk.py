"""A desk by a window: laptop, books, a pin board."""

from collections.abc import Mapping
from typing import Any

from studio.render.mesh import move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import revolve, rounded_box, tube
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = True


def build(options: Mapping[str, Any]) -> Setting:
    """Build it; options: `wall`, `wood` (colours)."""
    wood = Finish("wood", options.get("wood", "walnut"))
    art = ((-0.15, -0.05, 0.13, "mustard"), (0.12, 0.04, 0.1, "petrol"), (0.2, -0.1, 0.06, "coral"))
    parts = [
        *grounds.floor(options.get("floor", "ash")),
        *grounds.wall(options.get("wall", "#b9c2bb"), y=0.42, skirting="#eeeae2"),
        *grounds.legs(0.8, 0.32, 0.705, (0, 0), wood),
        grounds.block((1.7, 0.75, 0.035), (0, 0, 0.705), wood, 0.006),
        *clutter.framed(0.62, 0.44, (0.3, 0.41, 1.08), "oak", art),
        *laptop((0.05, 0.0, 0.74)),
        *clutter.stack((-0.42, 0.2, 0.74), ("ink", "oat", "terracotta"), 8, 0.26, 0.19),
        *pencils((0.52, 0.24, 0.74)),
        *clutter.book(0.21, 0.15, 0.012, (0.4, -0.22, 0.74), "chalk", -9),
        clutter.curtain(0.5, 2.2, (-1.05, 0.3, 2.3), options.get("curtain", "chalk"), 5),
        *grounds.window_wall(-1.7, ((-1.6, -0.8), (-0.6, 0.2)), 0.6, 2.2),
    ]  # fmt: skip
    surfaces = {
        "back": Surface(0.74, (-0.3, 0.75), (0.16, 0.27), ("lamp", "vase", "planter", "bag", "bottle")),
        "front": Surface(0.74, (-0.6, 0.62), (-0.25, -0.12), ("mug", "watch", "headphones", "bottle", "bag")),
        "left": Surface(0.74, (-0.7, -0.45), (-0.1, 0.1), ("bag", "headphones", "planter", "lamp", "vase")),
    }
    light = Daylight(
        turn=-62, height=30, sun=3.6, sky=0.55, warmth=0.3, window=36, window_at=(-1.5, -0.8, 1.5), window_size=1.2
    )
    return Setting(parts, surfaces, light, Shot((0.0, -1.5, 1.22), (0.02, 0.05, 0.88), 35))


def laptop(at: tuple[float, float, float]) -> list[Part]:
    """Open a laptop on the desk."""
    base = move(rounded_box((0.32, 0.22, 0.015), 0.006), at[0], at[1], at[2] + 0.0085)
    lid = rotate(move(rounded_box((0.32, 0.008, 0.215), 0.0035), z=0.11), "x", -16)
    face = rotate(move(rounded_box((0.302, 0.001, 0.19), 0.0004), y=-0.0045, z=0.112), "x", -16)
    keys = move(rounded_box((0.28, 0.1, 0.001), 0.0004), at[0], at[1] + 0.035, at[2] + 0.0165)
    back = (at[0], at[1] + 0.105, at[2] + 0.012)
    shell = Finish("brushed", "silver")
    return [
        Part(base, shell), Part(move(lid, *back), shell), Part(move(face, *back), Finish("gloss", "#20252b")),
        Part(keys, Finish("matte", "#2c2e31")),
    ]  # fmt: skip


def pencils(at: tuple[float, float, float]) -> list[Part]:
    """Stand a tin of pencils."""
    tin = move(
        revolve([(0, 0.002), (0.038, 0.0), (0.038, 0.095), (0.0365, 0.095), (0.0365, 0.004), (0, 0.004)], 48), *at
    )
    sticks = []
    for k, colour in enumerate(("mustard", "brick", "leaf", "denim", "oak")):
        lean = 0.016 * (k - 2)
        line = [
            [lean * 0.4, 0.004 * k - 0.01, 0.006],
            [lean, 0.006 * k - 0.012, 0.1],
            [lean * 1.7, 0.008 * k - 0.015, 0.17],
        ]
        sticks.append(Part(move(tube(line, 0.0036, 8, cap="flat"), *at), Finish("matte", colour)))
    return [Part(tin, Finish("matte", "#3d4a45")), *sticks]
