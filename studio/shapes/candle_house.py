"""Build candles under a roof or in glass: jars with labels, lanterns, tealight houses."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from studio.render.curves import rounded_rectangle
from studio.render.mesh import Mesh, grid, merge, mirror, move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import extrude, loft, rounded_box, torus
from studio.shapes.candle_stick import lit, pillar
from studio.shapes.joinery import bar, grained, lathe

Skin = Mapping[str, Finish]


def jar(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a candle poured into a jar with a label; `radius`, `height`, `fill`, `lid`: on, beside or none."""
    r, h, wall = shape.get("radius", 0.041), shape.get("height", 0.095), 0.003
    fill = shape.get("fill", 0.74) * h
    round_ = shape.get("round", 0.008)
    line = [(0, 0), (r, 0), (r, h), (r - wall, h), (r - wall, 0.008), (0, 0.008)]
    glass = lathe(line, [0, round_, 0.0014, 0.0014, max(round_ - wall, 0.002), 0], 128)
    core = [
        (0, 0.0085),
        (r - wall - 0.0004, 0.0085),
        (r - wall - 0.0004, fill),
        (0.5 * r, fill - 0.001),
        (0, fill - 0.002),
    ]
    wax = lathe(core, [0, max(round_ - wall, 0.002), 0.001, 0.004, 0], 128)
    parts = [Part(glass, skin["glass"]), Part(wax, skin["wax"]), *_band(r, h, shape, skin)]
    lid = grained(lathe([(0, 0), (r + 0.0012, 0), (r + 0.0012, 0.011), (0, 0.011)], [0, 0.0012, 0.003, 0], 96))
    match shape.get("lid", "none"):
        case "on":
            return [*parts, Part(move(lid, z=h), skin["lid"])]
        case "beside":
            leaning = move(
                rotate(move(lid, z=-0.0055), "y", 66), r + 0.021, -0.016, (r + 0.001) * np.sin(np.radians(66)) + 0.0022
            )
            parts.append(Part(leaning, skin["lid"]))
    wicks = [(-0.4 * r, 0.0), (0.4 * r, 0.0)] if shape.get("wicks") == 2 else [(0.0, 0.0)]
    for x, y in wicks:
        parts += lit(x, y, fill - 0.002, skin, 0.75)
    return parts


def _band(r: float, h: float, shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Return a paper label bent round the front of a jar, with a frame and lines."""
    wide, tall, z = shape.get("label", (0.042, 0.036, 0.4 * h))
    out = r + 0.0004

    def bent(width: float, height: float, at: float, lift: float) -> Mesh:
        a = np.linspace(-width / 2, width / 2, 24) / r - np.pi / 2
        up = np.linspace(-height / 2, height / 2, 4) + at
        return grid(
            np.stack(
                [
                    np.repeat(((out + lift) * np.cos(a))[:, None], 4, 1),
                    np.repeat(((out + lift) * np.sin(a))[:, None], 4, 1),
                    np.repeat(up[None], 24, 0),
                ],
                axis=-1,
            )
        )

    lines = [bent(wide * k, 0.0012, z + dz * tall, 0.0003) for k, dz in ((0.62, 0.18), (0.4, 0.02), (0.5, -0.16))]
    frame = [bent(wide * 0.88, 0.0006, z + s * tall * 0.4, 0.0003) for s in (-1, 1)]
    return [Part(bent(wide, tall, z, 0.0), skin["label"]), Part(merge(lines + frame), skin["ink"])]


def lantern(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a lantern: four panes in a frame, a stepped roof, a handle, a candle inside; `width`, `height`, `bars`."""
    w, h, post = shape.get("width", 0.15), shape.get("height", 0.22), shape.get("post", 0.012)
    half, low = w / 2 - post / 2, 0.016
    frame = [move(rounded_box((w + 0.012, w + 0.012, low), 0.003), z=low / 2)]
    frame += [
        bar([(sx * half, sy * half, low - 0.002), (sx * half, sy * half, low + h)], post, post)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    frame.append(move(rounded_box((w + 0.012, w + 0.012, 0.012), 0.003), z=low + h + 0.005))
    for k in range(shape.get("bars", 0)):
        z = low + h * (k + 1) / (shape["bars"] + 1)
        for turn in range(4):
            frame.append(rotate(bar([(-half, -half, z), (half, -half, z)], 0.004, 0.004, 0.0008), "z", 90 * turn))
    top = low + h + 0.011
    roof = _pyramid(w / 2 + 0.002, w * 0.17, top, top + shape.get("roof", 0.05))
    crown = top + shape.get("roof", 0.05)
    cap = [
        move(rounded_box((w * 0.36, w * 0.36, 0.02), 0.002), z=crown + 0.008),
        _pyramid(w * 0.24, 0.006, crown + 0.017, crown + 0.034),
    ]
    ring = move(
        rotate(torus(shape.get("ring", 0.03), 0.0032, 14, 72), "x", 90),
        z=crown + 0.034 + shape.get("ring", 0.03) - 0.002,
    )
    pane = move(rounded_box((2 * half - post, 0.0015, h - 0.002), 0.0004), y=-half, z=low + h / 2)
    glass = merge(rotate(pane, "z", 90 * k) for k in range(4))
    candle = pillar(w * 0.21, h * 0.42)
    parts = [
        Part(merge([*frame, roof, *cap]), skin["holder"]),
        Part(ring, skin["lid"]),
        Part(move(candle, z=low - 0.0005), skin["wax"]),
        *lit(0, 0, low + h * 0.42 - 0.007, skin, 1.2),
    ]
    return [*parts, Part(glass, skin["glass"])]


def _pyramid(low: float, high: float, z0: float, z1: float) -> Mesh:
    """Return a four-sided roof with a slight inward sweep; half widths."""
    share = np.linspace(0, 1, 8)
    size = high + (low - high) * (1 - share) ** 1.35
    return loft(
        [
            np.column_stack([rounded_rectangle(2 * s, 2 * s, 0.002, 3), np.full(12, z)])
            for s, z in zip(size, z0 + (z1 - z0) * share, strict=True)
        ]
    )


def house(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a ceramic house for a tealight: windows cut out of its walls; `width`, `depth`, `height`, `windows`."""
    w, d, h, t = shape.get("width", 0.085), shape.get("depth", 0.07), shape.get("height", 0.09), 0.006
    gable = shape.get("gable", 0.055)
    outline = [(-w / 2, 0), (w / 2, 0), (w / 2, h), (0, h + gable), (-w / 2, h)]
    holes = shape["windows"]
    front = move(_pierced(outline, holes, t), y=-d / 2)
    back = move(_pierced(outline, [], t), y=d / 2 - t)
    inner = d / 2 - t
    side = [(-inner, 0.0), (inner, 0.0), (inner, h), (-inner, h)]
    side = rotate(_pierced(side, shape.get("side", []), t), "z", 90)
    sides = [move(side, x=w / 2), mirror(move(side, x=w / 2))]
    slope = np.hypot(w / 2, gable)
    leaf = rounded_box((slope + 0.009, d + 0.012, 0.006), 0.0022)
    tilt = np.degrees(np.arctan2(gable, w / 2))
    eave = move(rotate(leaf, "y", tilt), x=w / 4 + 0.0022, z=h + gable / 2 + 0.0024)
    roof = merge([eave, mirror(eave)])
    parts = [Part(merge([front, back, *sides]), skin["holder"]), Part(roof, skin["lid"])]
    floor = move(rounded_box((w - 0.002, d - 0.002, 0.005), 0.001), z=0.0025)
    glow = move(
        rounded_box((w - 2 * t - 0.002, 0.002, h + gable * 0.3), 0.0005), y=d / 2 - t - 0.0015, z=(h + gable * 0.3) / 2
    )
    parts += [Part(floor, skin["holder"]), Part(glow, skin["light"])]
    if shape.get("chimney", True):
        stack = move(rounded_box((0.015, 0.015, 0.04), 0.0015), w * 0.24, d * 0.12, h + gable * 0.62 + 0.006)
        parts.append(Part(stack, skin["holder"]))
    cup = lathe([(0, 0.005), (0.019, 0.005), (0.019, 0.021), (0.018, 0.021), (0.018, 0.016), (0, 0.015)], 0.0005, 64)
    return [*parts, Part(cup, skin["label"]), *lit(0, 0, 0.016, skin, 0.75)]


def _pierced(outline: list[tuple[float, float]], holes: list[list[float]], thick: float) -> Mesh:
    """Return an upright wall over an outline (x, z), front at y = 0, with rectangular holes: x, z, width, height.

    Cut into strips between all corners' abscissas, each strip into what lies between its holes.
    """
    shape = np.array(outline)
    xs = sorted({*shape[:, 0], *[x + s * w / 2 for x, _, w, _ in holes for s in (-1, 1)]})
    top = shape[shape[:, 1] > shape[:, 1].max() * 0.3]
    top = top[np.argsort(top[:, 0])]
    quads = []
    for a, b in pairwise(xs):
        middle = (a + b) / 2
        inside = sorted((z - k / 2, z + k / 2) for x, z, w, k in holes if abs(x - middle) < w / 2)
        lows = [0.0, *[high for _, high in inside]]
        highs: list[float | None] = [*[low for low, _ in inside], None]
        for low, high in zip(lows, highs, strict=True):
            ends = [np.interp(x, top[:, 0], top[:, 1]) if high is None else high for x in (a, b)]
            quads.append(_prism([(a, low), (b, low), (b, float(ends[1])), (a, float(ends[0]))], thick))
    return merge(quads)


def _prism(corners: list[tuple[float, float]], thick: float) -> Mesh:
    return move(rotate(extrude(np.array(corners), thick), "x", 90), y=thick)
