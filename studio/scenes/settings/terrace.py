"""A terrace: a wooden deck before a slatted screen, a wall or a hedge; a bench, pots, a string of bulbs."""

from collections.abc import Mapping
from typing import Any

from studio.render.part import Finish, Part, Pattern
from studio.scenes import clutter, decor, greenery, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = True
FESTOON = ((-2.4, 0.62, 2.15), (2.4, 0.62, 2.2), 0.28)


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wood`, `floor`, `rug`, `stripe`, `wall` (colours), `back` (screen, plaster, hedge), `pad` (a colour: a mat on
    the bench), `festoon` (a string of bulbs), `pots` (places x, y of tall plants), `no_bench`.
    """
    deck = grounds.laid(
        7.0,
        6.0,
        (2.4, 0.145),
        0.006,
        0.41,
        grounds.shades("wood", options.get("floor", "cork"), 4, 0.1, roughness=0.7),
        0.026,
        0.003,
    )
    wood = options.get("wood", "honey")
    parts = [
        *grounds.placed(deck, y=-1.4),
        grounds.block((8.0, 7.0, 0.02), (0, -1.4, -0.12), Finish("soil", "#2b241d")),
        *_back(options, wood),
    ]
    if not options.get("no_bench"):
        parts += _bench(wood, options.get("pad", ""))
    if not options.get("no_rug"):
        weave = Pattern("stripes", (options.get("stripe", "denim"),), 0.2, 0.0, 0.45)
        parts += clutter.rug(2.2, 1.3, (0.0, -0.75), Finish("cotton", options.get("rug", "chalk"), weave))
    for k, (x, y) in enumerate(options.get("pots", ((-1.45, 0.25),))):
        kind = ("arching", "fern", "rubber")[k % 3]
        parts += greenery.potted(kind, (x, y, 0.0), 1.15 - 0.2 * k, Finish("terracotta", "terracotta"), 50 * k)
    if options.get("festoon"):
        parts += decor.festoon(*FESTOON)
    seat = ("bag", "backpack", "cushion", "hat", "basket", "speaker", "headphones", "bottle")
    surfaces = {
        "rug": Surface(
            0.012, (-0.9, 0.9), (-1.2, -0.4), ("sneaker", "boot", "sandal", "bag", "backpack", "basket", "table")
        ),
        "left": Surface(0.0, (-1.1, -0.8), (-0.4, 0.0), ("chair", "planter", "table")),
        "right": Surface(0.0, (0.9, 1.2), (-0.4, 0.0), ("chair", "planter", "table")),
    }
    if not options.get("no_bench"):
        surfaces["bench"] = Surface(0.485 if options.get("pad") else 0.44, (-0.95, 0.95), (0.22, 0.4), seat)
    light = Daylight(turn=-52, height=36, sun=3.8, sky=0.65, warmth=0.4)
    return Setting(parts, surfaces, light, Shot((0.2, -2.9, 1.35), (0.0, 0.1, 0.55), 34))


def _back(options: Mapping[str, Any], wood: str) -> list[Part]:
    kind = options.get("back", "screen")
    if kind == "plaster":
        return grounds.wall(options.get("wall", "#ece5d8"), y=0.7, height=2.8)
    if kind == "hedge":
        return greenery.hedge(5.6, 2.3, 0.75, 46000)
    tones = grounds.shades("wood", wood, 3, 0.09)
    slats = [grounds.block((5.4, 0.022, 0.085), (0, 0.7, 0.03 + 0.105 * k), tones[k % 3], 0.003) for k in range(21)]
    posts = [grounds.block((0.07, 0.07, 2.3), (x, 0.75, 0.0), tones[0]) for x in (-2.4, -1.2, 0.0, 1.2, 2.4)]
    return [*slats, *posts, *greenery.hedge(5.6, 2.6, 0.95, 16000)]


def _bench(wood: str, pad: str) -> list[Part]:
    tones = grounds.shades("wood", wood, 3, 0.07)
    seat = [grounds.block((2.3, 0.1, 0.03), (0, 0.17 + 0.106 * k, 0.41), tones[k % 3], 0.005) for k in range(4)]
    front = [grounds.block((2.3, 0.024, 0.085), (0, 0.15, 0.03 + 0.1 * k), tones[(k + 1) % 3], 0.004) for k in range(4)]
    ends = [grounds.block((0.03, 0.4, 0.41), (s * 1.13, 0.33, 0.0), tones[1], 0.004) for s in (-1, 1)]
    mat = [grounds.block((2.2, 0.42, 0.045), (0, 0.335, 0.44), Finish("linen", pad), 0.02)] if pad else []
    return [*seat, *front, *ends, *mat]
