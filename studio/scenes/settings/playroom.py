"""A children's room: a wall painted in two colours, a rainbow, bunting, a low shelf, a round rug, a tent."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import superellipse
from studio.render.mesh import Array, Mesh, grid, merge, move
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import extrude, tube
from studio.scenes import clutter, decor, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = True
FLAGS = ("coral", "butter", "sage", "sky", "dusty pink")


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall`, `panel` (the wall's lower half), `floor`, `wood`, `rug`, `dots`, `curtain`, `cloth` (colours),
    `mural` (rainbow, hills, none), `tent` (x, y, or None), `shelf_at` (x), `flags` (colours, none for no bunting).
    """
    wood = Finish("wood", options.get("wood", "beech"))
    shelf = options.get("shelf_at", 0.45)
    dots = Pattern("dots", (options.get("dots", "chalk"),), 0.16, 0.0, 0.42)
    rug = Part(
        move(extrude(superellipse(1.7, 1.7, 2.0, 120), 0.014, 0.006), -0.1, -0.55),
        Finish("wool", options.get("rug", "sky"), dots),
    )
    parts = [
        *grounds.floor(options.get("floor", "ash")),
        *grounds.wall(options.get("wall", "#f1e9db"), y=0.6, skirting="#f4f1ea"),
        *_mural(options),
        rug,
        *_shelf(shelf, wood),
        clutter.curtain(0.7, 2.5, (-1.85, 0.46, 2.52), options.get("curtain", "butter"), 6),
        *grounds.window_wall(-2.4, ((-2.2, -1.1), (-0.8, 0.3)), 0.5, 2.3),
    ]
    if flags := options.get("flags", FLAGS):
        parts += decor.bunting((-1.7, 0.57, 2.02), (1.9, 0.57, 2.06), 0.2, flags, 13)
    if tent := options.get("tent", (-1.12, 0.05)):
        parts += _tent(options.get("cloth", "chalk"), options.get("stripe", "sage"), tent)
    small = ("toy", "lamp", "clock", "planter", "bottle", "mug", "backpack", "speaker", "headphones", "basket")
    surfaces = {
        "shelf": Surface(0.74, (shelf - 0.55, shelf + 0.55), (0.36, 0.46), small),
        "cubby": Surface(0.39, (shelf - 0.55, shelf - 0.2), (0.34, 0.42), ("toy", "basket", "bag", "clock")),
        "rug": Surface(0.014, (-0.7, 0.5), (-0.95, -0.3), ("toy", "cushion", "backpack", "sneaker", "boot", "basket")),
        "floor": Surface(0.0, (0.8, 1.2), (-0.35, 0.0), ("chair", "toy", "backpack", "table")),
    }
    light = Daylight(turn=-60, height=32, sun=3.8, sky=0.65, warmth=0.35, window=90, window_at=(-2.2, -0.9, 1.6))
    return Setting(parts, surfaces, light, Shot((0.2, -3.0, 1.2), (0.0, 0.1, 0.75), 34))


def _mural(options: Mapping[str, Any]) -> list[Part]:
    lower = grounds.block(
        (8.0, 0.006, 1.0),
        (0, 0.597, 0.0),
        Finish("concrete", options.get("panel", "#b9c7ae"), bump=0.00012, scale=0.012),
        0.001,
    )
    kind = options.get("mural", "rainbow")
    if kind == "rainbow":
        tones = options.get("tones", ("#d9795c", "#e3a25a", "#ecd08a", "#9db59a", "#8fb0c4"))
        rings = [
            decor.ring((0.45, 0.592 - 0.001 * k, 1.0), 0.62 - 0.085 * (k + 1), 0.62 - 0.085 * k - 0.018, tone)
            for k, tone in enumerate(tones)
        ]
        return [lower, *rings]
    if kind == "hills":
        x = np.linspace(-4, 4, 240)
        ranges = (
            (0.95, 0.32, 1.3, 0.4, options.get("panel", "#b9c7ae")),
            (0.7, 0.24, 1.9, 2.2, options.get("near", "#93a98d")),
        )
        parts = []
        for k, (base, rise, pace, shift, tone) in enumerate(ranges):
            top = base + rise * np.sin(pace * x + shift) * np.sin(0.6 * x + shift)
            sheet = np.stack(
                [np.stack([x, np.full_like(x, 0.594 - 0.004 * k), z], axis=-1) for z in (np.zeros_like(x), top)], axis=1
            )
            parts.append(Part(grid(sheet), Finish("concrete", tone, bump=0.00012, scale=0.012), thickness=0.002))
        sun = decor.round_patch((1.05, 0.59, 1.62), 0.17, options.get("sun", "#e8bd63"))
        return [*parts, sun]
    return [lower]


def _shelf(x: float, wood: Finish) -> list[Part]:
    """Stand a low open shelf at the wall, with picture books in it."""
    boards = [grounds.block((1.3, 0.3, 0.022), (x, 0.42, z), wood, 0.004) for z in (0.06, 0.37, 0.718)]
    sides = [grounds.block((0.024, 0.314, 0.722), (x + dx, 0.417, 0.0), wood, 0.004) for dx in (-0.64, 0.0, 0.64)]
    back = grounds.block((1.28, 0.008, 0.66), (x, 0.565, 0.06), Finish("matte", "#f4f1ea"), 0.001)
    low = clutter.row(
        (x + 0.06, 0.4, 0.082), ("coral", "butter", "sky", "leaf", "chalk", "tangerine", "denim", "blush")
    )
    high = clutter.row((x + 0.3, 0.4, 0.392), ("petrol", "mustard", "dusty pink", "cream", "sage"))
    piled = clutter.stack((x - 0.34, 0.4, 0.082), ("denim", "butter", "coral", "chalk"), 6, 0.26, 0.2)
    return [*boards, *sides, back, *low, *high, *piled]


def _tent(cloth: str, stripe: str, at: tuple[float, float]) -> list[Part]:
    """Pitch a small tipi, open to the camera."""
    pattern = Pattern("stripes", (stripe,), 0.11, 90.0, 0.3)
    corners = np.array([[-0.42, -0.42], [0.42, -0.42], [0.42, 0.42], [-0.42, 0.42]])
    poles = [tube([[*(1.04 * c), 0.0], [*(-0.14 * c), 1.72]], 0.013, 10) for c in corners]
    sides = [(corners[k], corners[(k + 1) % 4]) for k in (1, 2, 3)]
    near, far = corners[0], corners[1]
    flaps = [(near, near + 0.36 * (far - near)), (far + 0.36 * (near - far), far)]
    sheets = [_sheet(*ends) for ends in (*sides, *flaps)]
    return [
        Part(move(merge(poles), at[0], at[1]), Finish("wood", "beech")),
        Part(move(merge(sheets), at[0], at[1]), Finish("cotton", cloth, pattern), thickness=0.003),
    ]


def _sheet(a: Array, b: Array) -> Mesh:
    """Stretch cloth from the foot line a-b up to the poles' crossing."""
    u, v = np.meshgrid(np.linspace(0, 1, 24), np.linspace(0, 1, 30), indexing="ij")
    foot = a + u[..., None] * (b - a)
    sag = 0.03 * np.sin(np.pi * v) * np.sin(2 * np.pi * u)
    flat = foot * (1 - 0.9 * v - sag)[..., None]
    return grid(np.concatenate([flat, (0.01 + 1.42 * v)[..., None]], axis=-1))
