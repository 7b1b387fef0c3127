"""A cafe: a round table on an iron foot, a panelled wall, a floor of tiles or wood."""

from collections.abc import Mapping
from typing import Any

from studio.render.curves import fillet
from studio.render.mesh import merge, move
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import extrude, rounded_box
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = True
TOPS = {
    "marble": Finish("ceramic", "#e8e5df", Pattern("marble", ("#8f8d8a",), 0.12, 0.0, 0.5)),
    "terrazzo": Finish(
        "ceramic", "#ece6dc", Pattern("terrazzo", ("terracotta", "sage", "ochre", "slate"), 0.03, 0.0, 0.5)
    ),
    "wood": Finish("wood", "walnut"),
}


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall`, `panel`, `dark`, `pale` (colours; the last two of the tiles), `boards` (a colour: a floor of wood),
    `top` (marble, wood, terrazzo), `cake` (on the plate), `art` (a colour).
    """
    iron = Finish("powder", "#26282a")
    panel = Finish("matte", options.get("panel", "#31493f"))
    boards = grounds.placed(
        grounds.laid(5.0, 1.1, (0.18, 1.1), 0.004, 0.0, [panel], 0.014, 0.003), 0, 0.99, 0.55, upright=True
    )
    tones = (options.get("pale", "#d9d3c6"), options.get("dark", "#4a4b48"))
    floor = (
        grounds.floor(options["boards"])
        if options.get("boards")
        else checkered([Finish("ceramic", tone, roughness=0.4) for tone in tones])
    )
    left = ((0, 0.05, 0.2, options.get("art", "brick")), (0.1, -0.2, 0.12, "ink"))
    right = ((0, -0.08, 0.22, "forest"), (-0.08, 0.18, 0.1, "ochre"))
    parts = [
        *floor,
        *grounds.wall(options.get("wall", "#e5d8c0"), y=1.0),
        *boards, grounds.block((5.0, 0.04, 0.035), (0, 0.975, 1.1), panel),
        *clutter.framed(0.4, 0.52, (-0.35, 0.985, 1.3), "black", left, "butter"),
        *clutter.framed(0.4, 0.52, (0.2, 0.985, 1.3), "black", right, "cream"),
        grounds.disc(0.4, 0.024, (0, 0, 0.716), TOPS[options.get("top", "marble")], 0.006),
        grounds.disc(0.405, 0.012, (0, 0, 0.706), Finish("brushed", "brass"), 0.003),
        grounds.post((0, 0, 0.02), 0.71, 0.03, iron), grounds.disc(0.22, 0.02, (0, 0, 0), iron),
        clutter.plate((0.02, -0.22, 0.74), 0.085), clutter.knife_and_fork((0.17, -0.28, 0.742), 8),
        *grounds.window_wall(-2.0, ((-2.0, -1.1), (-0.8, 0.2)), 0.6, 2.3),
    ]  # fmt: skip
    if options.get("cake"):
        parts += cake((0.02, -0.22, 0.749))
    surfaces = {
        "table": Surface(
            0.74,
            (-0.26, 0.26),
            (-0.1, 0.22),
            (
                "mug",
                "bag",
                "vase",
                "bottle",
                "headphones",
                "watch",
                "kettle",
                "bowl",
                "candle",
                "notebook",
                "sunglasses",
            ),
        ),
        "left": Surface(0.0, (-0.85, -0.7), (0.1, 0.35), ("chair",), 60.0),
        "right": Surface(0.0, (0.7, 0.85), (0.1, 0.35), ("chair",), -60.0),
        "floor": Surface(0.0, (-0.6, 0.6), (-0.6, -0.5), ("backpack", "bag", "sneaker", "suitcase", "basket")),
    }
    light = Daylight(
        turn=-60, height=30, sun=3.8, sky=0.6, warmth=0.45, window=60, window_at=(-1.8, -0.9, 1.5), window_size=1.5
    )
    return Setting(parts, surfaces, light, Shot((0.15, -2.0, 1.28), (0.0, 0.15, 0.72), 33))


def checkered(finishes: list[Finish], side: float = 0.2, count: int = 26) -> list[Part]:
    """Lay square tiles in two colours."""
    tile = rounded_box((side - 0.003, side - 0.003, 0.01), 0.001, samples=2)
    parts = []
    for k, finish in enumerate(finishes):
        spots = [(r, c) for r in range(count) for c in range(count) if (r + c) % 2 == k]
        parts.append(
            Part(merge(move(tile, side * (c - count / 2), 1.0 - side * (r + 0.5), -0.005) for r, c in spots), finish)
        )
    return parts


def cake(at: tuple[float, float, float]) -> list[Part]:
    """Lay a slice of a layered cake on a plate."""
    layers = ((0.0, 0.018, "#8a5a33"), (0.018, 0.007, "#f3e4cf"), (0.025, 0.018, "#8a5a33"), (0.043, 0.009, "#f6ead9"))
    wedge = fillet([(0.0, -0.055), (0.034, 0.05), (-0.034, 0.05)], 0.004, 4, closed=True)
    return [
        Part(move(extrude(wedge, high, 0.001), at[0], at[1], at[2] + z), Finish("cork", tone))
        for z, high, tone in layers
    ]
