"""A living room: wooden floor, rug, pictures, a curtain, a low table."""

from collections.abc import Mapping
from typing import Any

from studio.render.part import Finish, Pattern
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it; options: `wall`, `floor`, `rug`, `curtain`, `table` (colours), `zigzag` (a colour, for the rug)."""
    rug_colour = options.get("rug", "chalk")
    pattern = (
        Pattern("zigzag", (options["zigzag"],), 0.16, 0.0, 0.4)
        if options.get("zigzag")
        else Pattern("grid", ("stone",), 0.32, 45.0, 0.05)
    )
    top = Finish("wood", options.get("table", "oak"))
    table = options.get("table_at", (1.28, 0.55))
    parts = [
        *grounds.floor(options.get("floor", "oak")),
        *grounds.wall(options.get("wall", "#d9d2c6"), skirting="#f0ede6"),
        *clutter.rug(2.3, 1.5, (0.0, -0.25), Finish("wool", rug_colour, pattern)),
        *clutter.framed(
            0.5,
            0.68,
            (-0.3, 1.19, 1.28),
            "oak",
            (
                (0.02, 0.1, 0.2, options.get("art", "terracotta")),
                (-0.08, -0.22, 0.14, "ochre"),
                (0.15, -0.12, 0.1, "ink"),
            ),
        ),
        *clutter.framed(
            0.38,
            0.5,
            (0.32, 1.19, 1.36),
            "black",
            ((0.0, 0.1, 0.17, "sage"), (0.05, -0.14, 0.15, "chocolate")),
            "cream",
        ),
        clutter.curtain(0.7, 2.5, (-1.75, 1.0, 2.52), options.get("curtain", "cream"), 6),
        *grounds.window_wall(-2.6, ((-2.4, -1.1), (-0.7, 0.6)), 0.5, 2.3),
        grounds.disc(0.27, 0.022, (*table, 0.5), top),
        grounds.post((*table, 0.02), 0.5, 0.018, top),
        grounds.disc(0.17, 0.02, (*table, 0.0), top),
    ]
    around = {
        "floor": ("chair", "sofa", "planter", "backpack", "bag", "sneaker", "boot"),
        "table": ("mug", "vase", "lamp", "bottle", "watch"),
    }
    surfaces = {
        "back": Surface(0.0, (-1.3, 0.75), (0.3, 0.75), ("sofa", "chair", "planter")),
        "rug": Surface(
            0.012, (-1.0, 1.0), (-0.75, 0.2), ("backpack", "bag", "sneaker", "boot", "headphones", "cushion")
        ),
        "side": Surface(0.0, (-1.6, -1.2), (-0.3, 0.7), around["floor"]),
        "table": Surface(0.522, (table[0] - 0.2, table[0] + 0.2), (table[1] - 0.18, table[1] + 0.18), around["table"]),
    }
    light = Daylight(turn=-68, height=27, sun=4.2, sky=0.55, warmth=0.45, window=120, window_at=(-2.4, -0.8, 1.6))
    return Setting(parts, surfaces, light, Shot((0.1, -3.4, 1.25), (0.0, 0.3, 0.62), 34))
