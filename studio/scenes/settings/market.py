"""A market stall: a table with a striped cloth and a crate, before a wall of painted boards or bricks."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.mesh import Mesh, grid
from studio.render.part import Finish, Part, Pattern
from studio.scenes import clutter, decor, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = False


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall`, `cloth`, `stripe`, `wood` (colours), `bricks` and `awning` (colours, given to have them), `display`
    (crate, steps), `bare` (no fruit).
    """
    wood = grounds.shades("wood", options.get("wood", "cork"), 3, 0.1)
    stripes = Pattern("stripes", (options.get("stripe", "brick"),), 0.19, 0.0, 0.16)
    linen = Finish("linen", options.get("cloth", "oat"), stripes)
    apples = (
        () if options.get("bare") else ((-0.62, -0.27, "cherry"), (-0.55, -0.23, "leaf"), (-0.5, -0.29, "tangerine"))
    )
    parts = [
        *_wall(options),
        *grounds.paving("#9d968a", (0.22, 0.16), 6.0),
        grounds.block((1.9, 0.74, 0.035), (0, 0, 0.755), wood[0]),
        Part(_cloth(), linen, thickness=0.002),
        *(steps(wood) if options.get("display") == "steps" else crate((0.0, 0.2, 0.793), wood)),
        *grounds.legs(0.85, 0.28, 0.755, (0, 0), wood[1]),
        *[part for x, y, colour in apples for part in clutter.fruit((x, y, 0.793), 0.033, colour)],
    ]
    if options.get("awning"):
        cloth = Finish("canvas", "chalk", Pattern("stripes", (options["awning"],), 0.24, 0.0, 0.5))
        parts.append(decor.awning(3.2, (0.0, 0.72, 2.35), 1.05, 0.42, cloth))
    goods = (
        "bag", "vase", "mug", "bottle", "lamp", "headphones", "planter", "clock", "watch",
        "hat", "sunglasses", "bowl", "kettle", "candle", "speaker", "toy", "cookware", "notebook",
    )  # fmt: skip
    surfaces = {
        "crate": Surface(
            0.993, (-0.42, 0.42), (0.15, 0.25), ("bag", "vase", "planter", "bottle", "hat", "kettle", "candle")
        ),
        "table": Surface(0.793, (-0.7, 0.75), (-0.2, -0.08), goods),
        "ground": Surface(0.0, (-0.7, 0.7), (-0.75, -0.6), ("boot", "sneaker", "sandal", "backpack", "basket")),
    }
    if options.get("display") == "steps":
        surfaces["crate"] = Surface(0.913, (-0.75, 0.75), (0.06, 0.12), goods)
        surfaces["top"] = Surface(1.033, (-0.75, 0.75), (0.25, 0.31), goods)
    light = Daylight(turn=-46, height=36, sun=3.6, sky=0.7, warmth=0.4)
    return Setting(parts, surfaces, light, Shot((0.1, -2.0, 1.3), (0.0, 0.1, 0.92), 34))


def _wall(options: Mapping[str, Any]) -> list[Part]:
    if options.get("bricks"):
        return grounds.bricks(options["bricks"], 0.75, 5.0, 3.0)
    paint = grounds.shades("matte", options.get("wall", "#7f9a94"), 3, 0.05)
    boards = grounds.laid(5.0, 3.0, (0.17, 3.0), 0.004, 0.0, paint, 0.02, 0.004)
    return grounds.placed(boards, 0, 0.75, 1.5, upright=True)


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


def steps(wood: list[Finish]) -> list[Part]:
    """Set two steps of boards on the table."""
    tiers = ((0.1, 0.913, 0.22), (0.28, 1.033, 0.18))
    boards = [
        grounds.block((1.75, deep, 0.02), (0, y, z - 0.02), wood[k], 0.004) for k, (y, z, deep) in enumerate(tiers)
    ]
    fronts = [
        grounds.block(
            (1.71, 0.015, z - 0.813 if k == 0 else 0.1),
            (0, y - deep / 2 + 0.012, 0.793 if k == 0 else 0.913),
            wood[2],
            0.003,
        )
        for k, (y, z, deep) in enumerate(tiers)
    ]
    ends = [
        grounds.block((0.02, deep - 0.01, z - 0.813), (s * 0.85, y, 0.793), wood[1], 0.003)
        for y, z, deep in tiers
        for s in (-1, 1)
    ]
    return [*boards, *fronts, *ends]
