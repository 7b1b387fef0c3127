"""A kitchen: a worktop before tiles, with a shelf above."""

from collections.abc import Mapping
from typing import Any

from studio.render.mesh import move, rotate
from studio.render.part import Finish, Part, Pattern
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall`, `tile`, `wood`, `top`, `cupboard` (colours), `unit` (a tile's width and height), `shift`
    (by which share rows of tiles are shifted), `clutter` (fruit, boards), `books` (spines on the shelf).
    """
    wood = Finish("wood", options.get("wood", "oak"))
    iron = Finish("powder", "#2b2d2e")
    front = Finish("matte", options.get("cupboard", "petrol"))
    doors = [grounds.block((0.58, 0.02, 0.7), (x, -0.325, 0.1), front, 0.006) for x in (-1.2, -0.6, 0.0, 0.6, 1.2)]
    leaning = options.get("clutter") == "boards"
    unit = tuple(options.get("unit", (0.15, 0.075)))
    parts = [
        *grounds.wall(options.get("wall", "#e9e4d8"), y=0.3, height=2.6),
        *grounds.tiles(options.get("tile", "white"), 0.29, 0.9, 1.8, unit, options.get("shift", 0.5)),
        *grounds.floor(options.get("floor", "ash"), depth=4.0),
        grounds.block((3.6, 0.6, 0.1), (0, 0.0, 0.0), Finish("matte", "#3a3a38")),
        grounds.block((3.6, 0.66, 0.04), (0, -0.02, 0.86), _top(options, wood), 0.006),
        *doors,
        grounds.block((1.7, 0.2, 0.028), (0, 0.18, 1.3), wood, 0.004),
        *[grounds.block((0.016, 0.16, 0.05), (x, 0.2, 1.25), iron, 0.003) for x in (-0.62, 0.62)],
        *(_boards(wood) if leaning else [grounds.disc(0.13, 0.016, (-0.62, 0.23, 0.9), wood, 0.005)]),
        *clutter.row((0.42, 0.18, 1.328), options.get("books", ("brick", "oat", "petrol", "mustard", "chalk"))),
        *(_lemons() if leaning else _fruit()),
        *grounds.window_wall(-1.7, ((-1.7, -0.9), (-0.7, 0.1)), 0.9, 2.2),
    ]
    surfaces = {
        "shelf": Surface(
            1.328, (-0.7, 0.32), (0.14, 0.2), ("mug", "vase", "bottle", "planter", "bowl", "kettle", "candle")
        ),
        "top": Surface(
            0.9,
            (-0.7, 0.7),
            (-0.05, 0.12),
            ("mug", "vase", "bottle", "lamp", "planter", "bag", "bowl", "kettle", "cookware", "speaker"),
        ),
        "front": Surface(0.9, (-0.6, 0.6), (-0.26, -0.12), ("mug", "watch", "bottle", "bowl", "cookware")),
    }
    light = Daylight(
        turn=-64, height=30, sun=3.0, sky=0.5, warmth=0.3, window=22, window_at=(-1.5, -0.9, 1.7), window_size=1.2
    )
    return Setting(parts, surfaces, light, Shot((0.0, -1.55, 1.28), (0.0, 0.1, 1.1), 36))


def _top(options: Mapping[str, Any], wood: Finish) -> Finish:
    if not options.get("top"):
        return wood
    return Finish("ceramic", options["top"], Pattern("marble", ("#9a9692",), 0.2, 0.0, 0.4), roughness=0.35)


def _fruit() -> list[Part]:
    return [
        clutter.plate((0.12, -0.16, 0.9), 0.12, "chalk"),
        *clutter.fruit((0.09, -0.18, 0.912), 0.034, "lemon", 1.15),
        *clutter.fruit((0.16, -0.15, 0.912), 0.033, "lemon", 1.2),
        *clutter.fruit((0.12, -0.1, 0.912), 0.037, "cherry"),
        clutter.napkin((-0.18, -0.2, 0.9), "chalk", 14, 0.24, Pattern("stripes", ("denim",), 0.03, 0.0, 0.25)),
    ]  # fmt: skip


def _boards(wood: Finish) -> list[Part]:
    """Lean two chopping boards on the tiles."""
    round_board = rotate(grounds.disc(0.15, 0.018, (0, 0, 0), wood, 0.005).mesh, "x", 80)
    long_board = rotate(grounds.block((0.2, 0.34, 0.02), (0, 0, 0), wood, 0.009).mesh, "x", 80)
    return [
        Part(move(long_board, -0.74, 0.252, 1.07), Finish("wood", "walnut")),
        Part(move(round_board, -0.58, 0.205, 1.05), wood),
    ]


def _lemons() -> list[Part]:
    return [
        *[part for x, y in ((0.5, -0.22), (0.57, -0.19)) for part in clutter.fruit((x, y, 0.9), 0.031, "lemon", 1.2)],
        clutter.napkin((-0.42, -0.2, 0.9), "oat", -12, 0.22, Pattern("gingham", ("brick",), 0.024, 0.0, 0.5)),
    ]
