"""An entrance hall: a bench under a rail of hooks, or a console table under a round mirror."""

from collections.abc import Mapping
from typing import Any

from studio.render.part import Finish, Part, Pattern
from studio.scenes import clutter, decor, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall`, `panel`, `wood`, `mat`, `floor` (colours), `boards` (a colour: wood on the floor, not stone),
    `furniture` (bench, console), `stripes` (two colours, of the mat).
    """
    panel = Finish("matte", options.get("panel", "eucalyptus"))
    boards = grounds.placed(
        grounds.laid(4.0, 1.05, (0.14, 1.05), 0.004, 0.0, [panel], 0.012, 0.003), 0, 0.49, 0.525, upright=True
    )
    stripes = Pattern("stripes", tuple(options.get("stripes", ("slate", "ochre"))), 0.13, 90.0, 0.4)
    floor = (
        grounds.floor(options["boards"])
        if options.get("boards")
        else grounds.paving(options.get("floor", "#b7a999"), (0.3, 0.3), 6.0)
    )
    console = options.get("furniture") == "console"
    parts = [
        *floor,
        *grounds.wall(options.get("wall", "#e3ddd0"), y=0.5),
        *boards,
        grounds.block((4.0, 0.035, 0.03), (0, 0.475, 1.05), panel),
        *(_console(options.get("wood", "oak")) if console else _bench(options.get("wood", "oak"))),
        *clutter.rug(1.3, 0.62, (0.1, -0.5), Finish("wool", options.get("mat", "oat"), stripes)),
        *grounds.window_wall(-2.0, ((-2.2, -1.2), (-0.9, 0.1)), 0.4, 2.2),
    ]
    small = ("bag", "backpack", "headphones", "bottle", "cushion", "hat", "sunglasses", "basket", "umbrella")
    surfaces = {
        "floor": Surface(
            0.0,
            (-1.05, 1.05),
            (-0.15, 0.0),
            ("sneaker", "boot", "sandal", "backpack", "bag", "planter", "suitcase", "basket"),
        ),
        "mat": Surface(0.012, (-0.45, 0.65), (-0.7, -0.35), ("sneaker", "boot", "sandal")),
        "right": Surface(0.0, (0.95, 1.15), (0.1, 0.3), ("planter", "chair", "vase")),
    }
    if console:
        surfaces["top"] = Surface(
            0.86, (-0.55, 0.55), (0.2, 0.34), ("bag", "vase", "lamp", "planter", "clock", "hat", "candle", "sunglasses")
        )
    else:
        surfaces["bench"] = Surface(0.46, (-0.62, 0.62), (0.14, 0.34), small)
        surfaces["shelf"] = Surface(0.15, (-0.55, 0.55), (0.16, 0.3), ("sneaker", "boot", "sandal"))
    light = Daylight(turn=-62, height=30, sun=4.0, sky=0.6, warmth=0.35, window=70, window_at=(-1.85, -0.9, 1.5))
    return Setting(parts, surfaces, light, Shot((0.15, -2.3, 1.2), (0.05, 0.2, 0.52), 32))


def _bench(wood: str) -> list[Part]:
    finish = Finish("wood", wood)
    return [
        *clutter.hooks(0.5, 1.52, (-0.75, -0.45, -0.15, 0.15, 0.45, 0.75), wood),
        grounds.block((1.5, 0.38, 0.035), (0, 0.24, 0.425), finish, 0.008),
        grounds.block((1.36, 0.3, 0.02), (0, 0.25, 0.13), finish, 0.005),
        *[grounds.block((0.035, 0.34, 0.425), (s * 0.69, 0.24, 0.0), finish) for s in (-1, 1)],
    ]


def _console(wood: str) -> list[Part]:
    """Stand a slim table with two drawers below a round mirror."""
    finish, brass = Finish("wood", wood), Finish("brushed", "brass")
    fronts = [grounds.block((0.6, 0.014, 0.115), (x, 0.1, 0.725), finish, 0.004) for x in (-0.315, 0.315)]
    knobs = [grounds.block((0.09, 0.014, 0.012), (x, 0.088, 0.776), brass, 0.004) for x in (-0.315, 0.315)]
    legs = [grounds.block((0.035, 0.035, 0.71), (x, y, 0.0), finish) for x in (-0.62, 0.62) for y in (0.13, 0.42)]
    return [
        *decor.round_mirror((0.0, 0.485, 1.5), 0.36),
        grounds.block((1.34, 0.36, 0.02), (0, 0.27, 0.84), finish, 0.006),
        grounds.block((1.28, 0.33, 0.13), (0, 0.275, 0.71), finish, 0.004),
        *fronts,
        *knobs,
        *legs,
    ]
