"""A cafe: a round marble table on an iron foot, a panelled wall, a tiled floor."""

from collections.abc import Mapping
from typing import Any

from studio.render.mesh import merge, move
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import rounded_box
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = True


def build(options: Mapping[str, Any]) -> Setting:
    """Build it; options: `wall`, `panel` (colours)."""
    iron = Finish("powder", "#26282a")
    panel = Finish("matte", options.get("panel", "#31493f"))
    boards = grounds.placed(
        grounds.laid(5.0, 1.1, (0.18, 1.1), 0.004, 0.0, [panel], 0.014, 0.003), 0, 0.99, 0.55, upright=True
    )
    tiles = [Finish("ceramic", "#d9d3c6", roughness=0.4), Finish("ceramic", "#4a4b48", roughness=0.4)]
    marble = Finish("ceramic", "#e8e5df", Pattern("marble", ("#8f8d8a",), 0.12, 0.0, 0.5))
    left = ((0, 0.05, 0.2, "brick"), (0.1, -0.2, 0.12, "ink"))
    right = ((0, -0.08, 0.22, "forest"), (-0.08, 0.18, 0.1, "ochre"))
    parts = [
        *checkered(tiles),
        *grounds.wall(options.get("wall", "#e5d8c0"), y=1.0),
        *boards, grounds.block((5.0, 0.04, 0.035), (0, 0.975, 1.1), panel),
        *clutter.framed(0.4, 0.52, (-0.35, 0.985, 1.3), "black", left, "butter"),
        *clutter.framed(0.4, 0.52, (0.2, 0.985, 1.3), "black", right, "cream"),
        grounds.disc(0.4, 0.024, (0, 0, 0.716), marble, 0.006),
        grounds.disc(0.405, 0.012, (0, 0, 0.706), Finish("brushed", "brass"), 0.003),
        grounds.post((0, 0, 0.02), 0.71, 0.03, iron), grounds.disc(0.22, 0.02, (0, 0, 0), iron),
        clutter.plate((0.02, -0.22, 0.74), 0.085), clutter.knife_and_fork((0.17, -0.28, 0.742), 8),
        *grounds.window_wall(-2.0, ((-2.0, -1.1), (-0.8, 0.2)), 0.6, 2.3),
    ]  # fmt: skip
    surfaces = {
        "table": Surface(0.74, (-0.26, 0.26), (-0.1, 0.22), ("mug", "bag", "vase", "bottle", "headphones", "watch")),
        "left": Surface(0.0, (-0.85, -0.7), (0.1, 0.35), ("chair",), 60.0),
        "right": Surface(0.0, (0.7, 0.85), (0.1, 0.35), ("chair",), -60.0),
        "floor": Surface(0.0, (-0.6, 0.6), (-0.6, -0.5), ("backpack", "bag", "sneaker")),
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
