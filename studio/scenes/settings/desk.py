"""A desk by a window: laptop, books, a picture or a shelf above."""

from collections.abc import Mapping
from typing import Any

from studio.render.mesh import move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import revolve, rounded_box, tube
from studio.scenes import clutter, grounds
from studio.scenes.setting import Daylight, Setting, Shot, Surface

HELD_OUT = True


def build(options: Mapping[str, Any]) -> Setting:
    """Build it.

    Options: `wall`, `wood`, `floor`, `curtain` (colours), `books` (colours of the pile), `above` (picture, shelf,
    notes), `window` (left, right), `tidy` (no laptop).
    """
    wood = Finish("wood", options.get("wood", "walnut"))
    side = 1 if options.get("window") == "right" else -1
    parts = [
        *grounds.floor(options.get("floor", "ash")),
        *grounds.wall(options.get("wall", "#b9c2bb"), y=0.42, skirting="#eeeae2"),
        *grounds.legs(0.8, 0.32, 0.705, (0, 0), wood),
        grounds.block((1.7, 0.75, 0.035), (0, 0, 0.705), wood, 0.006),
        *_above(options, wood),
        *([] if options.get("tidy") else laptop((0.05, 0.0, 0.74))),
        *clutter.stack((-0.42, 0.2, 0.74), options.get("books", ("ink", "oat", "terracotta")), 8, 0.26, 0.19),
        *pencils((0.52, 0.24, 0.74)),
        *clutter.book(0.21, 0.15, 0.012, (0.4, -0.22, 0.74), "chalk", -9),
        clutter.curtain(0.5, 2.2, (1.05 * side, 0.3, 2.3), options.get("curtain", "chalk"), 5),
        *grounds.window_wall(1.7 * side, ((-1.6, -0.8), (-0.6, 0.2)), 0.6, 2.2),
    ]
    surfaces = {
        "back": Surface(
            0.74, (-0.3, 0.75), (0.16, 0.27), ("lamp", "vase", "planter", "bag", "bottle", "speaker", "clock")
        ),
        "front": Surface(
            0.74,
            (-0.6, 0.62),
            (-0.25, -0.12),
            ("mug", "watch", "headphones", "bottle", "bag", "notebook", "sunglasses"),
        ),
        "left": Surface(
            0.74, (-0.7, -0.45), (-0.1, 0.1), ("bag", "headphones", "planter", "lamp", "vase", "candle", "hat")
        ),
    }
    light = Daylight(
        turn=-62, height=30, sun=3.6, sky=0.55, warmth=0.3, window=36, window_at=(-1.5, -0.8, 1.5), window_size=1.2
    )
    return Setting(parts, surfaces, light, Shot((0.0, -1.5, 1.22), (0.02, 0.05, 0.88), 35))


def _above(options: Mapping[str, Any], wood: Finish) -> list[Part]:
    kind = options.get("above", "picture")
    if kind == "shelf":
        spines = ("ochre", "chalk", "petrol", "oat", "coral", "ink", "sage")
        board = grounds.block((1.3, 0.2, 0.026), (0.05, 0.32, 1.3), wood, 0.004)
        return [board, *clutter.row((0.2, 0.33, 1.326), spines)]
    if kind == "notes":
        papers = ("#f4f1ea", "#e9d9a6", "#cfdcd6", "#f4f1ea", "#e6c3bb", "#dfe6ea")
        cork = grounds.block((0.95, 0.02, 0.6), (0.1, 0.405, 1.02), Finish("cork", "cork"), 0.006)
        sheets = [
            grounds.block(
                (0.15 + 0.03 * (k % 2), 0.002, 0.12 + 0.07 * (k % 3)),
                (-0.24 + 0.14 * k, 0.393 - 0.001 * k, 1.1 + 0.13 * ((k * 2) % 3)),
                Finish("paper", paper),
                0.0005,
            )
            for k, paper in enumerate(papers)
        ]
        return [cork, *sheets]
    art = ((-0.15, -0.05, 0.13, "mustard"), (0.12, 0.04, 0.1, "petrol"), (0.2, -0.1, 0.06, "coral"))
    return clutter.framed(0.62, 0.44, (0.3, 0.41, 1.08), "oak", art)


def laptop(at: tuple[float, float, float]) -> list[Part]:
    """Open a laptop on the desk."""
    base = move(rounded_box((0.32, 0.22, 0.015), 0.006), at[0], at[1], at[2] + 0.0085)
    lid = rotate(move(rounded_box((0.32, 0.008, 0.215), 0.0035), z=0.11), "x", -16)
    face = rotate(move(rounded_box((0.302, 0.001, 0.19), 0.0004), y=-0.0045, z=0.112), "x", -16)
    keys = move(rounded_box((0.28, 0.1, 0.001), 0.0004), at[0], at[1] + 0.035, at[2] + 0.0165)
    back = (at[0], at[1] + 0.105, at[2] + 0.012)
    shell = Finish("brushed", "silver")
    return [
        Part(base, shell), Part(move(lid, *back), shell), Part(move(face, *back), Finish("gloss", "#20252b")),
        Part(keys, Finish("matte", "#2c2e31")),
    ]  # fmt: skip


def pencils(at: tuple[float, float, float]) -> list[Part]:
    """Stand a tin of pencils."""
    tin = move(
        revolve([(0, 0.002), (0.038, 0.0), (0.038, 0.095), (0.0365, 0.095), (0.0365, 0.004), (0, 0.004)], 48), *at
    )
    sticks = []
    for k, colour in enumerate(("mustard", "brick", "leaf", "denim", "oak")):
        lean = 0.016 * (k - 2)
        line = [
            [lean * 0.4, 0.004 * k - 0.01, 0.006],
            [lean, 0.006 * k - 0.012, 0.1],
            [lean * 1.7, 0.008 * k - 0.015, 0.17],
        ]
        sticks.append(Part(move(tube(line, 0.0036, 8, cap="flat"), *at), Finish("matte", colour)))
    return [Part(tin, Finish("matte", "#3d4a45")), *sticks]
