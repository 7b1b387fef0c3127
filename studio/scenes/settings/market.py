"""A market stall: a table with a striped cloth and a crate, before a wall of painted boards."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.mesh import Mesh, grid
from studio.render.part import Finish, Part, Pattern
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it; options: `wall`, `cloth`, `stripe`, `wood` (colours)."""
    wood = grounds.shades("wood", options.get("wood", "cork"), 3, 0.1)
    paint = grounds.shades("matte", options.get("wall", "#7f9a94"), 3, 0.05)
    boards = grounds.laid(5.0, 3.0, (0.17, 3.0), 0.004, 0.0, paint, 0.02, 0.004)
    stripes = Pattern("stripes", (options.get("stripe", "brick"),), 0.19, 0.0, 0.16)
    linen = Finish("linen", options.get("cloth", "oat"), stripes)
    apples = ((-0.62, -0.27, "cherry"), (-0.55, -0.23, "leaf"), (-0.5, -0.29, "tangerine"))
    parts = [
        *grounds.placed(boards, 0, 0.75, 1.5, upright=True),
        *grounds.paving("#9d968a", (0.22, 0.16), 6.0),
        grounds.block((1.9, 0.74, 0.035), (0, 0, 0.755), wood[0]),
        Part(_cloth(), linen, thickness=0.002),
        *crate((0.0, 0.2, 0.793), wood),
        *grounds.legs(0.85, 0.28, 0.755, (0, 0), wood[1]),
        *[part for x, y, colour in apples for part in clutter.fruit((x, y, 0.793), 0.033, colour)],
    ]
    goods = ("bag", "vase", "mug", "bottle", "lamp", "headphones", "planter", "clock", "watch")
    surfaces = {
        "crate": Surface(0.993, (-0.42, 0.42), (0.15, 0.25), ("bag", "vase", "planter", "bottle")),
        "table": Surface(0.793, (-0.7, 0.75), (-0.2, -0.08), goods),
        "ground": Surface(0.0, (-0.7, 0.7), (-0.75, -0.6), ("boot", "sneaker", "backpack")),
    }
    light = Daylight(turn=-46, height=36, sun=3.6, sky=0.7, warmth=0.4)
    return Setting(parts, surfaces, light, Shot((0.1, -2.0, 1.3), (0.0, 0.1, 0.92), 34))


def _cloth() -> Mesh:
    """Lay a cloth over the table; it hangs down in folds before it."""
    x, run = np.meshgrid(np.linspace(-0.965, 0.965, 220), np.linspace(0, 1.25, 70), indexing="ij")
    drop = np.clip(run - 0.75, 0, None)
    fold = 0.03 * np.clip(drop / 0.3, 0, 1) * np.sin(15 * x + 1.3 * np.sin(5 * x))
    y = 0.375 - np.minimum(run, 0.75) - 0.03 * np.clip(drop / 0.06, 0, 1) + fold
    return grid(np.stack([x, y, 0.792 - drop], axis=-1)[:, ::-1])


def crate(at: tuple[float, float, float], wood: list[Finish]) -> list[Part]:
    """Turn a fruit crate upside down to show goods on."""
    x, y, z = at
    lids = [(y + (k - 1) * 0.085, k) for k in range(3)]
    slats = [grounds.block((1.0, 0.075, 0.012), (x, dy, z + 0.188), wood[k], 0.003) for dy, k in lids]
    rows = [(z + 0.008 + 0.062 * k, (k + 1) % 3) for k in range(3)]
    front = [grounds.block((1.0, 0.012, 0.055), (x, y - 0.13, dz), wood[k], 0.003) for dz, k in rows]
    ends = [grounds.block((0.02, 0.25, 0.188), (x + s * 0.48, y, z), wood[1], 0.003) for s in (-1, 1)]
    return [*slats, *front, *ends]
