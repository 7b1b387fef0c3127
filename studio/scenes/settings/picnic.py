"""A picnic: a checked blanket on a lawn, or a striped one on sand."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.mesh import Mesh, grid
from studio.render.part import Finish, Part, Pattern
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `blanket`, `check` (colours), `striped` (the blanket), `place` (lawn, beach), `bare` (nothing to eat).
    """
    check = Pattern("plaid", (options.get("check", "brick"), "ink", options.get("check", "brick")), 0.22)
    if options.get("striped"):
        check = Pattern("stripes", (options.get("check", "brick"),), 0.15, 0.0, 0.5)
    wool = Finish("wool", options.get("blanket", "cream"), check)
    ground = (
        [_sand(), *shells()]
        if options.get("place") == "beach"
        else grounds.grass(6.0, 7.0, (0.0, 1.8), (1.8, 1.25), int(options.get("blades", 90000)))
    )
    parts = [*ground, Part(blanket(1.9, 1.35), wool, thickness=0.006)]
    if not options.get("bare"):
        parts += [
            clutter.plate((-0.08, -0.22, 0.036), 0.11, "white"),
            *clutter.fruit((-0.1, -0.23, 0.046), 0.036, "cherry"),
            *clutter.fruit((-0.03, -0.2, 0.046), 0.035, "leaf"),
            clutter.napkin((0.17, -0.28, 0.036), "chalk", -18, 0.17),
            clutter.knife_and_fork((0.17, -0.36, 0.048), -18),
            *clutter.book(0.2, 0.14, 0.026, (-0.42, -0.3, 0.036), "petrol", 24),
        ]
    surfaces = {
        "back": Surface(
            0.036,
            (-0.65, 0.65),
            (0.22, 0.5),
            ("bag", "backpack", "planter", "cushion", "basket", "suitcase", "umbrella"),
        ),
        "front": Surface(
            0.036,
            (-0.7, 0.75),
            (-0.12, 0.08),
            (
                "mug",
                "bottle",
                "headphones",
                "bag",
                "sneaker",
                "sandal",
                "vase",
                "hat",
                "bowl",
                "kettle",
                "speaker",
                "sunglasses",
            ),
        ),
    }
    light = Daylight(turn=-50, height=38, sun=4.0, sky=0.7, warmth=0.5)
    return Setting(parts, surfaces, light, Shot((0.05, -1.55, 0.95), (0.0, 0.12, 0.14), 33))


def blanket(width: float, depth: float) -> Mesh:
    """Spread a blanket on grass: level where things stand, its border sinking in waves."""
    u, v = np.meshgrid(np.linspace(-1, 1, 150), np.linspace(-1, 1, 110), indexing="ij")
    rim = np.clip((np.maximum(np.abs(u), np.abs(v)) - 0.86) / 0.14, 0, 1)
    wave = 0.5 + 0.5 * np.sin(11 * u + 4 * v) * np.sin(9 * v - 3 * u)
    x = u * width / 2 + 0.02 * np.sin(5 * v) * u**2
    y = v * depth / 2 + 0.02 * np.sin(6 * u + 1) * v**2
    z = 0.033 - 0.003 * wave - rim * (0.012 + 0.014 * wave)
    return grid(np.stack([x, y, z], axis=-1))


def _sand() -> Part:
    """Heap up sand in soft ripples, level under the blanket, rising to a dune behind."""
    x, y = np.meshgrid(np.linspace(-4, 4, 360), np.linspace(-2, 7, 400), indexing="ij")
    away = np.clip(np.maximum(np.abs(x) - 0.9, np.abs(y) - 0.62) / 0.3, 0, 1)
    ripple = 0.011 * np.sin(26 * y + 3 * np.sin(2.2 * x) + 1.5 * np.sin(5 * x + y))
    lump = 0.02 * np.sin(3.1 * x + y) * np.sin(2.3 * y - 1.2 * x)
    z = 0.006 + away * (ripple + lump) + 0.1 * np.clip(y - 1.2, 0, None) ** 1.5
    return Part(grid(np.stack([x, y, z], axis=-1)), Finish("concrete", "#c9b08a", bump=0.0016, scale=0.005))


def shells() -> list[Part]:
    """Strew a few pebbles and shells on the sand."""
    random = np.random.default_rng(5)
    spots = [(x, y) for x, y in random.uniform((-2, -0.9), (2, 2), (60, 2)) if max(abs(x) - 0.98, abs(y) - 0.72) > 0.04]
    stones = []
    for k, (x, y) in enumerate(spots):
        radius = 0.008 + 0.012 * random.random()
        colour = ("#e9dfcd", "#b8aa96", "#cdb9a2", "#94897c")[k % 4]
        stones.append(
            grounds.block(
                (2.4 * radius, 1.7 * radius, radius), (x, y, 0.012), Finish("stoneware", colour), radius * 0.49, 50 * k
            )
        )
    return stones
