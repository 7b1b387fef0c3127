"""Build the places products are photographed in. The ground is z = 0, the product's foot the origin.

Every builder takes the snapshot's options: colours by name, `back` where the wall behind stands (y, metres), `room`
the clear (width, depth) a product needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from studio.render.mesh import grid, merge, move
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import puffed_box
from studio.scenes import clutter, grounds
from studio.scenes.grounds import block
from studio.scenes.setting import Daylight
from studio.scenes.settings.cafe import checkered

Options = Mapping[str, Any]
TABLE, WORKTOP, SEAT, BED = 0.74, 0.9, 0.44, 0.5


def build(ground: str, options: Options, light: Daylight) -> list[Part]:
    """Return a place's parts, with a window wall between its sun and it where the options ask for a `window` (x)."""
    parts = GROUNDS[ground](options)
    return parts + window(options, light, HEIGHTS.get(ground, 0.0)) if "window" in options else parts


def window(options: Options, light: Daylight, height: float) -> list[Part]:
    """Raise a side wall at x with one window through which the sun meets the product; the floor is `height` below."""
    x, width, tall = options["window"]
    way, rise = np.radians(light.turn), np.tan(np.radians(light.height))
    y = float(-abs(x) / np.tan(abs(way)))
    z = float(abs(x) / np.sin(abs(way)) * rise) + height
    pane = (max(y - width / 2, -5.9), min(y + width / 2, 2.9))
    return grounds.placed(grounds.window_wall(x, (pane,), max(z - tall / 2, 0.1), min(z + tall / 2, 3.8)), z=-height)


def backdrop(options: Options, height: float, skirting: str = "#eeeae2") -> list[Part]:
    """Raise the wall behind, its foot `height` below the ground."""
    wall = options.get("wall", "#e6e0d4")
    raised = (
        grounds.bricks(options.get("bricks", "brick"), options["back"], 7.0, 3.0)
        if wall == "bricks"
        else grounds.wall(wall, options["back"], 9.0, 3.4, skirting)
    )
    if "corner" in options:
        raised = [*raised, block((0.1, 9.0, 3.4), (options["corner"], -2.0, 0.0), raised[0].finish)]
    return grounds.placed(raised, z=-height)


def floor(options: Options) -> list[Part]:
    """Lay wooden boards before a wall."""
    return [*grounds.floor(options.get("floor", "oak"), 8.0, 8.0, options.get("board", 0.13)), *backdrop(options, 0.0)]


def rug(options: Options) -> list[Part]:
    """Lay a rug on the boards; it is `rug_size` wide and deep and its top is the ground."""
    width, depth = options["rug_size"]
    pattern = Pattern(**{**options["pattern"], "colours": tuple(options["pattern"]["colours"])})
    woven = clutter.rug(width, depth, tuple(options.get("rug_at", (0.0, 0.0))),
                        Finish("wool", options["cloth"], pattern), options.get("fringe", ""))  # fmt: skip
    return grounds.placed([*floor(options), *woven], z=-0.012)


def tiles(options: Options) -> list[Part]:
    """Lay floor tiles of one colour, or checkered in two, before a wall."""
    unit = options.get("unit", 0.3)
    if "second" in options:
        pair = [Finish("ceramic", options[key], roughness=0.4) for key in ("stone", "second")]
        return [*checkered(pair, unit, int(7.2 / unit)), *backdrop(options, 0.0)]
    laid = grounds.laid(7.0, 6.0, (unit, unit), 0.005, 0.0, grounds.shades("ceramic", options["stone"], 3, 0.05,
                        roughness=0.38), 0.012, 0.002)  # fmt: skip
    bed = block((7.0, 6.0, 0.01), (0, 0, -0.0135), Finish("concrete", "#aaa59b"))
    return [*grounds.placed([*laid, bed], y=-1.2), *backdrop(options, 0.0)]


def concrete(options: Options) -> list[Part]:
    """Pour a concrete floor with joints before a wall."""
    slabs = grounds.laid(9.0, 7.5, (1.5, 1.25), 0.006, 0.0, grounds.shades("concrete", options["stone"], 2, 0.05),
                         0.03, 0.002)  # fmt: skip
    bed = block((9.0, 7.5, 0.01), (0, 0, -0.025), Finish("concrete", "#77726a"))
    return [*grounds.placed([*slabs, bed], 0.31, -1.3), *backdrop(options, 0.0, "")]


def paving(options: Options) -> list[Part]:
    """Lay stone slabs outdoors before a wall."""
    unit = tuple(options.get("unit", (0.6, 0.4)))
    return [*grounds.placed(grounds.paving(options["stone"], unit), 0.13, 0.07), *backdrop(options, 0.0, "")]


def lawn(options: Options) -> list[Part]:
    """Grow grass round the product, before a hedge-coloured bank far behind."""
    width, depth = options["lawn"]
    room = options["room"]
    bank = block((14.0, 0.4, 1.6), (0, depth + 2.0, -0.1), Finish("soil", "#46552f"), 0.1)
    return [*grounds.grass(width, depth, (0.0, depth * 0.12), (room[0], room[1]), options["blades"], 0.045), bank]


def table(options: Options) -> list[Part]:
    """Stand a wooden table in a room, with a cloth where the options name one."""
    wood = Finish("wood", options.get("wood", "oak"))
    width, depth = options.get("top", (1.5, 0.85))
    y = options.get("edge", -0.3) + depth / 2  # where its middle lies
    parts = [
        *_room(options, TABLE), block((width, depth, 0.034), (0, y, -0.034), wood, 0.006),
        *grounds.placed(grounds.legs(width / 2 - 0.07, depth / 2 - 0.07, TABLE - 0.034, (0, y), wood), z=-TABLE),
    ]  # fmt: skip
    if "cloth" not in options:
        return parts
    return [*grounds.placed(parts, z=-0.0022), *tablecloth(width, depth, y, options)]


def tablecloth(width: float, depth: float, y: float, options: Options) -> list[Part]:
    """Spread a cloth whose sides hang over the table's edges."""
    over, fall = 0.012, 0.22
    run_x = np.concatenate([np.linspace(-fall, 0, 12), np.linspace(0, 1, 24)[1:-1], np.linspace(1, 1 + fall, 12)])
    run_y = run_x.copy()
    x, fall_x = _hem(run_x, width + over)
    v, fall_y = _hem(run_y, depth + over)
    wave = 0.012 * np.sin(9 * v)[None] * fall_x[:, None] + 0.012 * np.sin(9 * x)[:, None] * fall_y[None]
    points = np.stack(np.broadcast_arrays(
        x[:, None] + np.sign(x)[:, None] * wave * (fall_x > 0)[:, None],
        v[None] + y - wave * (fall_y > 0)[None],
        -0.001 - np.maximum(fall_x[:, None], fall_y[None])), axis=-1)  # fmt: skip
    pattern = options.get("pattern")
    print_ = Pattern(**{**pattern, "colours": tuple(pattern["colours"])}) if pattern else None
    return [Part(grid(points), Finish("linen", options["cloth"], print_), thickness=0.002)]


def _hem(run: Any, length: float) -> tuple[Any, Any]:
    """Return the place across a table of a cloth's run (0..1 on the table), and how far it has fallen past the edge."""
    return (np.clip(run, 0, 1) - 0.5) * length, np.maximum(np.maximum(-run, run - 1), 0)


def desk(options: Options) -> list[Part]:
    """Stand a desk against the wall."""
    wood = Finish("wood", options.get("wood", "walnut"))
    back = options["back"]
    return [
        *_room(options, TABLE), block((1.7, 0.75, 0.034), (0, back - 0.39, -0.034), wood, 0.006),
        *grounds.placed(grounds.legs(0.8, 0.32, TABLE - 0.034, (0, back - 0.39), wood), z=-TABLE),
    ]  # fmt: skip


def counter(options: Options) -> list[Part]:
    """Build a worktop before kitchen tiles."""
    back = options["back"]
    top = Finish("wood", options["wood"]) if "wood" in options else Finish(
        "ceramic", options.get("stone", "#e3e0d9"), Pattern("terrazzo", ("#b9b2a6", "#8e8a84"), 0.012, 0.0, 0.4),
        roughness=0.3)  # fmt: skip
    tiled = grounds.tiles(options.get("tile", "white"), 0.29, 0.9, 1.8, tuple(options.get("unit", (0.15, 0.075))))
    doors = [
        block((0.58, 0.02, 0.7), (x, back - 0.62, -0.8), Finish("matte", options.get("cupboard", "petrol")), 0.006)
        for x in (-1.2, -0.6, 0.0, 0.6, 1.2)
    ]
    return [
        *_room(options, WORKTOP), *grounds.placed(tiled, y=back - 0.3, z=-WORKTOP),
        block((3.6, 0.66, 0.04), (0, back - 0.32, -0.04), top, 0.006), *doors,
        block((3.6, 0.58, 0.8), (0, back - 0.3, -0.86), Finish("matte", "#3a3a38")),
    ]  # fmt: skip


def shelf(options: Options) -> list[Part]:
    """Hang boards on a wall; the product stands on one of them."""
    wood, back = Finish("wood", options.get("wood", "oak")), options["back"]
    deep = back + 0.14
    boards = [block((1.8, deep, 0.026), (0, back - deep / 2, z), wood, 0.004)
              for z in (-0.026, -0.42, options.get("above", 0.6))]  # fmt: skip
    books = clutter.row((-0.3, back - 0.12, -0.394), ("slate", "oat", "brick", "mustard", "chalk", "forest", "blush"))
    return [*_room(options, 1.1), *boards, *books]


def bed(options: Options) -> list[Part]:
    """Make a bed: linen that lies flat under the product and in soft folds round it, pillows and a headboard."""
    width, depth = options["room"]
    back = options["back"]
    u, v = np.meshgrid(np.linspace(-1.1, 1.1, 220), np.linspace(-1.5, back, 260), indexing="ij")
    away = np.maximum(np.maximum(np.abs(u) - width / 2, np.abs(v) - depth / 2), 0)
    folds = (
        np.sin(7 * u + 3 * np.sin(2.3 * v + 1)) * np.sin(3.1 * v - 1.7 * u)
        + 0.5 * np.sin(17 * v + 5 * np.sin(3 * u)) * np.sin(6 * u + 2 * v)
        - 0.7 * np.abs(np.sin(9 * u + 13 * v + 4 * np.sin(4 * v - 3 * u))) ** 0.5
    )
    rise = options.get("folds", 0.02) * (folds + 1.5) * (1 - np.exp(-((away / 0.16) ** 2)))
    sheet = Finish("linen", options.get("cloth", "#dfe3e4"))
    head = move(puffed_box((2.1, 0.12, 0.8), 0.04, (0, 0.02, 0), 8), 0, back + 0.04, 0.1)
    return [
        *_room({**options, "back": back + 0.12}, BED),
        Part(grid(np.stack([u, v, rise], axis=-1)), sheet, subdivide=1),
        Part(head, Finish("linen", options.get("head", "taupe"))),
        block((2.16, back + 1.46, 0.3), (0, (back - 1.5) / 2, -0.306), sheet, 0.04),
    ]  # fmt: skip


def seat(options: Options) -> list[Part]:
    """Stand a plain upholstered bench with a back rest; the product rests on its seat."""
    cloth = Finish("linen", options.get("cloth", "oat"))
    back = options["back"]
    cushions = [
        move(puffed_box((0.9, 0.7, 0.16), 0.045, (0, 0, 0.0), 10), x, back - 0.3, -0.08) for x in (-0.905, 0.0, 0.905)
    ]
    rests = [
        move(puffed_box((0.9, 0.16, 0.5), 0.06, (0.0, 0.03, 0.0), 10), x, back + 0.11, 0.19) for x in (-0.905, 0, 0.905)
    ]
    base = block((2.8, 0.72, 0.2), (0, back - 0.28, -0.36), cloth, 0.03)
    return [*_room({**options, "back": back + 0.24}, SEAT), Part(merge(cushions + rests), cloth), base]


def hook(options: Options) -> list[Part]:
    """Screw a rail with pegs to a wall; the product hangs on the middle one, at height `peg`."""
    rail = clutter.hooks(options["back"], options["peg"], options.get("pegs", (-0.42, 0.0, 0.42)), options["wood"])
    return [*_room(options, 1.2), *rail]


def wall(options: Options) -> list[Part]:
    """Show a wall that the product hangs on."""
    return _room(options, 1.5)


def _room(options: Options, height: float) -> list[Part]:
    """Lay the floor of a room `height` below and raise the wall behind."""
    boards = grounds.floor(options.get("floor", "ash"), 8.0, 6.0)
    return [*grounds.placed(boards, z=-height), *backdrop(options, height)]


HEIGHTS = {"table": TABLE, "desk": TABLE, "counter": WORKTOP, "shelf": 1.1, "bed": BED, "seat": SEAT, "hook": 1.2,
           "wall": 1.5}  # fmt: skip
GROUNDS: dict[str, Callable[[Options], list[Part]]] = {
    "floor": floor, "rug": rug, "tiles": tiles, "concrete": concrete, "paving": paving, "lawn": lawn, "table": table,
    "desk": desk, "counter": counter, "shelf": shelf, "bed": bed, "seat": seat, "hook": hook, "wall": wall,
}  # fmt: skip
