"""An entrance hall: a bench under a rail of hooks, a round mirror, tiles on the floor."""

from collections.abc import Mapping
from typing import Any

from studio.render.part import Finish, Pattern
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it; options: `wall`, `panel`, `wood`, `mat` (colours)."""
    wood = Finish("wood", options.get("wood", "oak"))
    panel = Finish("matte", options.get("panel", "eucalyptus"))
    boards = grounds.placed(
        grounds.laid(4.0, 1.05, (0.14, 1.05), 0.004, 0.0, [panel], 0.012, 0.003), 0, 0.49, 0.525, upright=True
    )
    stripes = Pattern("stripes", ("slate", "ochre"), 0.13, 90.0, 0.4)
    parts = [
        *grounds.paving(options.get("floor", "#b7a999"), (0.3, 0.3), 6.0),
        *grounds.wall(options.get("wall", "#e3ddd0"), y=0.5),
        *boards,
        grounds.block((4.0, 0.035, 0.03), (0, 0.475, 1.05), panel),
        *clutter.hooks(0.5, 1.52, (-0.75, -0.45, -0.15, 0.15, 0.45, 0.75), options.get("wood", "oak")),
        grounds.block((1.5, 0.38, 0.035), (0, 0.24, 0.425), wood, 0.008),
        grounds.block((1.36, 0.3, 0.02), (0, 0.25, 0.13), wood, 0.005),
        *[grounds.block((0.035, 0.34, 0.425), (s * 0.69, 0.24, 0.0), wood) for s in (-1, 1)],
        *clutter.rug(1.3, 0.62, (0.1, -0.5), Finish("wool", options.get("mat", "oat"), stripes)),
        *grounds.window_wall(-2.0, ((-2.2, -1.2), (-0.9, 0.1)), 0.4, 2.2),
    ]  # fmt: skip
    small = ("bag", "backpack", "headphones", "bottle", "cushion")
    surfaces = {
        "bench": Surface(0.46, (-0.62, 0.62), (0.14, 0.34), small),
        "shelf": Surface(0.15, (-0.55, 0.55), (0.16, 0.3), ("sneaker", "boot")),
        "floor": Surface(0.0, (-1.05, 1.05), (-0.15, 0.0), ("sneaker", "boot", "backpack", "bag", "planter")),
        "mat": Surface(0.012, (-0.45, 0.65), (-0.7, -0.35), ("sneaker", "boot")),
        "right": Surface(0.0, (0.95, 1.15), (0.1, 0.3), ("planter", "chair", "vase")),
    }
    light = Daylight(turn=-62, height=30, sun=4.0, sky=0.6, warmth=0.35, window=70, window_at=(-1.85, -0.9, 1.5))
    return Setting(parts, surfaces, light, Shot((0.15, -2.3, 1.2), (0.05, 0.2, 0.52), 32))
