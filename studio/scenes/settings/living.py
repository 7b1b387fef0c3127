"""A living room: wooden floor, rug, pictures, a curtain, a low table."""

from collections.abc import Mapping
from typing import Any

from studio.render.curves import superellipse
from studio.render.mesh import move
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import extrude
from studio.scenes import clutter, decor, greenery, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall`, `floor`, `rug`, `curtain`, `table`, `art` (colours), `zigzag` (a colour, for the rug), `table_at`
    (x, y, or None for no table), `gallery` (pair, large, shelf, none), `moulding` (a colour: panels on the wall),
    `window` (left, right), `round_rug`, `plant` (x, y, of a tall one in a pot).
    """
    side = 1 if options.get("window") == "right" else -1
    parts = [
        *grounds.floor(options.get("floor", "oak")),
        *grounds.wall(options.get("wall", "#d9d2c6"), skirting=options.get("moulding", "#f0ede6")),
        *_rug(options),
        *_gallery(options),
        clutter.curtain(0.7, 2.5, (1.75 * side, 1.0, 2.52), options.get("curtain", "cream"), 6),
        *grounds.window_wall(2.6 * side, ((-2.4, -1.1), (-0.7, 0.6)), 0.5, 2.3),
    ]
    if options.get("moulding"):
        panels = ((-2.5, -1.3), (-1.15, 0.35), (0.5, 1.7), (1.85, 3.0))
        parts += decor.moulding(1.2, panels, 0.98, 2.75, options["moulding"])
        parts += decor.moulding(1.2, panels, 0.2, 0.84, options["moulding"])
    if options.get("plant"):
        parts += greenery.potted("rubber", (*options["plant"], 0.0), 1.35, Finish("terracotta", "terracotta"), 40)
    around = {
        "floor": ("chair", "sofa", "table", "planter", "basket", "suitcase", "backpack", "bag", "sneaker", "boot"),
        "table": ("mug", "vase", "lamp", "bottle", "watch", "bowl", "candle", "kettle", "notebook", "speaker", "clock"),
    }
    surfaces = {
        "back": Surface(0.0, (-1.3, 0.75), (0.3, 0.75), ("sofa", "chair", "planter")),
        "rug": Surface(
            0.012,
            (-1.0, 1.0),
            (-0.75, 0.2),
            ("backpack", "bag", "sneaker", "boot", "sandal", "headphones", "cushion", "toy", "basket"),
        ),
        "side": Surface(0.0, (-1.6, -1.2), (-0.3, 0.7), around["floor"]),
    }
    if table := options.get("table_at", (1.28, 0.55)):
        top = Finish("wood", options.get("table", "oak"))
        parts += [
            grounds.disc(0.27, 0.022, (*table, 0.5), top),
            grounds.post((*table, 0.02), 0.5, 0.018, top),
            grounds.disc(0.17, 0.02, (*table, 0.0), top),
        ]
        x, y = table
        surfaces["table"] = Surface(0.522, (x - 0.2, x + 0.2), (y - 0.18, y + 0.18), around["table"])
    light = Daylight(turn=-68, height=27, sun=4.2, sky=0.55, warmth=0.45, window=120, window_at=(-2.4, -0.8, 1.6))
    return Setting(parts, surfaces, light, Shot((0.1, -3.4, 1.25), (0.0, 0.3, 0.62), 34))


def _rug(options: Mapping[str, Any]) -> list[Part]:
    colour = options.get("rug", "chalk")
    if options.get("round_rug"):
        outline = superellipse(2.1, 2.1, 2.0, 120)
        rings = Pattern("dots", ("oat",), 0.09, 0.0, 0.22)
        return [Part(move(extrude(outline, 0.012, 0.005), 0.0, -0.2), Finish("wool", colour, rings))]
    pattern = (
        Pattern("zigzag", (options["zigzag"],), 0.16, 0.0, 0.4)
        if options.get("zigzag")
        else Pattern("grid", (options.get("lines", "stone"),), 0.32, 45.0, 0.05)
    )
    return clutter.rug(2.3, 1.5, (0.0, -0.25), Finish("wool", colour, pattern))


def _gallery(options: Mapping[str, Any]) -> list[Part]:
    kind, art = options.get("gallery", "pair"), options.get("art", "terracotta")
    if kind == "none":
        return []
    if kind == "large":
        hills = ((-0.12, -0.16, 0.24, art), (0.16, -0.2, 0.19, "ink"), (0.1, 0.14, 0.08, "ochre"))
        return clutter.framed(1.0, 0.75, (-0.4, 1.19, 1.25), "oak", hills, "cream")
    if kind == "shelf":
        board = grounds.block((1.3, 0.2, 0.03), (-0.1, 1.09, 1.5), Finish("wood", options.get("table", "oak")))
        books = clutter.row((-0.66, 1.1, 1.53), ("ink", "oat", art, "chalk", "sage", "ochre"))
        small = clutter.framed(
            0.26, 0.34, (0.28, 1.15, 1.53), "black", ((0.0, 0.05, 0.2, art), (0.08, -0.2, 0.1, "ink"))
        )
        return [board, *books, *small]
    left = ((0.02, 0.1, 0.2, art), (-0.08, -0.22, 0.14, "ochre"), (0.15, -0.12, 0.1, "ink"))
    right = ((0.0, 0.1, 0.17, "sage"), (0.05, -0.14, 0.15, "chocolate"))
    return [
        *clutter.framed(0.5, 0.68, (-0.3, 1.19, 1.28), "oak", left),
        *clutter.framed(0.38, 0.5, (0.32, 1.19, 1.36), "black", right, "cream"),
    ]
