"""A small shop: shelves on a wall, plinths before painted arches, or a window seen from the street."""

from collections.abc import Mapping
from typing import Any

from studio.render.part import Finish, Part, Pattern
from studio.scenes import decor, greenery, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = True
GOODS = (
    "bag",
    "vase",
    "lamp",
    "clock",
    "headphones",
    "mug",
    "bottle",
    "watch",
    "hat",
    "sunglasses",
    "speaker",
    "candle",
)
SHOES = ("sneaker", "boot", "sandal")


def build(options: Mapping[str, Any]) -> Setting:
    """Build it; options: `kind` (shelves, plinths, window), and colours: `wall`, `floor`, `wood`, `panel`, `awning`."""
    kind = options.get("kind", "shelves")
    parts, surfaces = {"shelves": _shelves, "plinths": _plinths, "window": _window}[kind](options)
    light = Daylight(turn=-50, height=38, sun=2.6, sky=0.7, warmth=0.25, window=40, window_at=(-1.6, -2.0, 2.2))
    shot = Shot((0.0, -2.7, 1.3), (0.0, 0.2, 1.0), 34)
    return Setting(parts, surfaces, light, shot)


def _shelves(options: Mapping[str, Any]) -> tuple[list[Part], dict[str, Surface]]:
    """Stand a cupboard with three shelves in two bays and a coloured back at the wall."""
    wood, base = Finish("wood", options.get("wood", "oak")), Finish("matte", options.get("base", "chalk"))
    levels = (0.56, 0.92, 1.28)
    boards = [grounds.block((1.6, 0.33, 0.028), (0, 0.3, z - 0.028), wood, 0.004) for z in (*levels, 1.66)]
    sides = [grounds.block((0.032, 0.346, 1.664), (x, 0.298, 0.0), wood, 0.004) for x in (-0.8, 0.0, 0.8)]
    doors = [grounds.block((0.36, 0.016, 0.44), (x, 0.13, 0.06), base, 0.004) for x in (-0.58, -0.21, 0.21, 0.58)]
    handles = [(-0.42, 0.24), (-0.37, 0.24), (0.37, 0.24), (0.42, 0.24)]
    knobs = [grounds.block((0.012, 0.02, 0.08), (x, 0.115, z), Finish("brushed", "brass"), 0.004) for x, z in handles]
    parts = [
        *grounds.floor(options.get("floor", "ash")),
        *grounds.wall(options.get("wall", "#e6dfd3"), y=0.5, skirting="#f0ede6"),
        grounds.block((1.6, 0.012, 1.1), (0, 0.47, 0.55), Finish("matte", options.get("panel", "dusty pink")), 0.002),
        grounds.block((1.57, 0.32, 0.5), (0, 0.31, 0.03), base, 0.005),
        *boards,
        *sides,
        *doors,
        *knobs,
    ]
    surfaces = {
        f"{side}{k}": Surface(z, x, (0.24, 0.34), (*GOODS, *SHOES))
        for k, z in enumerate(levels)
        for side, x in (("left", (-0.65, -0.15)), ("right", (0.15, 0.65)))
    }
    surfaces["top"] = Surface(1.66, (-0.65, 0.65), (0.24, 0.34), ("planter", "bag", "vase", "basket", "hat"))
    surfaces["floor"] = Surface(0.0, (-0.7, 0.7), (-0.4, -0.1), (*SHOES, "suitcase", "basket"))
    return parts, surfaces


def _plinths(options: Mapping[str, Any]) -> tuple[list[Part], dict[str, Surface]]:
    """Stand round and square plinths before arches painted on the wall."""
    tone = Finish("concrete", options.get("plinth", "#e9ddd0"), bump=0.0001)
    second = Finish("concrete", options.get("panel", "dusty pink"), bump=0.0001)
    spots = {
        "low": (-0.62, -0.12, 0.3, 0.26), "middle": (-0.12, 0.16, 0.62, 0.22),
        "high": (0.36, 0.28, 0.86, 0.2), "front": (0.3, -0.22, 0.22, 0.24), "side": (0.84, 0.02, 0.46, 0.24),
    }  # fmt: skip
    columns = [
        grounds.disc(radius, height, (x, y, 0.0), second if k % 2 else tone, 0.006)
        for k, (x, y, height, radius) in enumerate(spots.values())
    ]
    parts = [
        grounds.block(
            (8.0, 7.0, 0.02), (0, -1.5, -0.02), Finish("concrete", options.get("floor_tone", "#dfd2c4"), bump=0.0001)
        ),
        *grounds.wall(options.get("wall", "#ead9cb"), y=0.62),
        decor.arch((-0.62, 0.62, 0.0), 0.8, 1.55, options.get("arch", "#c98b6f")),
        decor.arch((0.38, 0.616, 0.0), 1.0, 1.9, options.get("second_arch", "#dcb29a")),
    ]
    parts += columns
    surfaces = {
        name: Surface(height, (x - 0.08, x + 0.08), (y - 0.06, y + 0.06), (*GOODS, *SHOES))
        for name, (x, y, height, radius) in spots.items()
    }
    surfaces["floor"] = Surface(0.0, (-0.9, -0.1), (-0.75, -0.5), (*SHOES, "basket", "bag"))
    return parts, surfaces


def _window(options: Mapping[str, Any]) -> tuple[list[Part], dict[str, Surface]]:
    """Build a painted shop front: a lit window with two steps, pilasters, an awning."""
    paint = Finish("matte", options.get("panel", "bottle green"))
    inside = Finish("matte", options.get("wall", "#e7d9c4"))
    wood = Finish("wood", options.get("wood", "oak"))
    front = [grounds.block((0.34, 0.16, 2.9), (s * 1.42, 0.0, 0.0), paint, 0.006) for s in (-1, 1)] + [
        grounds.block((2.6, 0.12, 0.5), (0, 0.02, 0.0), paint, 0.006),
        grounds.block((2.6, 0.22, 0.05), (0, -0.03, 0.5), paint, 0.008),
        grounds.block((2.6, 0.12, 0.9), (0, 0.02, 2.02), paint, 0.006),
        grounds.block((0.035, 0.05, 1.5), (-1.235, 0.0, 0.54), paint, 0.004),
        grounds.block((0.035, 0.05, 1.5), (1.235, 0.0, 0.54), paint, 0.004),
    ]
    front += decor.moulding(
        -0.04, ((-1.2, -0.42), (-0.39, 0.39), (0.42, 1.2)), 0.06, 0.44, options.get("panel", "bottle green")
    )
    room = [
        grounds.block((2.7, 0.9, 0.03), (0, 0.5, 0.53), wood, 0.003),
        grounds.block((2.7, 0.04, 2.2), (0, 0.95, 0.53), inside, 0.003),
        *[grounds.block((0.04, 0.9, 2.2), (s * 1.33, 0.5, 0.53), inside, 0.003) for s in (-1, 1)],
        grounds.block((2.7, 0.9, 0.04), (0, 0.5, 2.3), inside, 0.003),
        grounds.block((1.7, 0.36, 0.2), (0.1, 0.66, 0.56), Finish("matte", options.get("step", "chalk")), 0.006),
        grounds.block((0.9, 0.2, 0.22), (0.1, 0.74, 0.76), Finish("matte", options.get("step", "chalk")), 0.006),
    ]
    wings = [grounds.placed(grounds.bricks(options.get("bricks", "#cbb9a6"), 0.0, 3.0, 3.2), s * 3.05) for s in (-1, 1)]
    cloth = Finish("canvas", "chalk", Pattern("stripes", (options.get("awning", "bottle green"),), 0.24, 0.0, 0.5))
    parts = [
        *grounds.paving("#a9a297", (0.5, 0.35)), *front, *room, *[part for wing in wings for part in wing],
        decor.awning(3.1, (0.0, -0.08, 2.32), 0.8, 0.34, cloth),
        *greenery.potted("fern", (-1.62, -0.42, 0.0), 0.95, Finish("concrete", "#8f8a82")),
        *greenery.potted("rubber", (1.68, -0.4, 0.0), 1.2, Finish("concrete", "#8f8a82"), 70),
    ]  # fmt: skip
    surfaces = {
        "front": Surface(0.56, (-1.0, 1.0), (0.16, 0.36), (*GOODS, *SHOES)),
        "step": Surface(0.76, (-0.65, 0.85), (0.54, 0.6), GOODS),
        "top": Surface(0.98, (-0.25, 0.45), (0.7, 0.78), GOODS),
        "street": Surface(0.0, (-1.0, 1.0), (-0.7, -0.4), ("suitcase", "basket", "chair", "table")),
    }
    return parts, surfaces
