"""Build tables on metal or cane: nesting pairs, framed slabs, trays on folding legs, rattan hourglasses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, lift, rounded_rectangle
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import tube
from studio.shapes.joinery import bar, disc, lathe, slab


def nest(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build two round tables, the smaller half under the larger; `tables`: radius, height, x, y, turn of each."""
    parts = []
    for (r, h, x, y, turn), finish in zip(shape["tables"], (top, trim), strict=True):
        parts.append(Part(move(disc(r, h - 0.02, 0.02, 0.006), x, y), finish))
        hairpins = [rotate(_hairpin(0.72 * r, 0.9 * r, h - 0.018), "z", turn + k * 120) for k in range(3)]
        parts.append(Part(move(merge(hairpins), x, y), base))
    return parts


def _hairpin(head: float, foot: float, height: float) -> Mesh:
    """Return a bent rod leg along +x."""
    corners = [(head, -0.055, height), (foot, -0.011, 0.0055), (foot, 0.011, 0.0055), (head, 0.055, height)]
    return tube(fillet(corners, [0, 0.011, 0.011, 0], 10), 0.0055, 14)


def framed(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build a slab in a square metal frame; `length`, `depth`, `height`, optional `shelf`: a lower slab."""
    x, y, h, w = shape["length"], shape["depth"], shape["height"], shape.get("section", 0.018)
    px, py, thick = (x - w) / 2, (y - w) / 2, shape.get("thick", 0.022)
    line = rounded_rectangle(x - 2 * w - 0.002, y - 2 * w - 0.002, 0.005, 5)
    posts = [bar([(sx * px, sy * py, 0), (sx * px, sy * py, h)], w, w) for sx in (-1, 1) for sy in (-1, 1)]
    parts = [Part(slab(line, h - thick + 0.003, thick, 0.002), top)]
    rails = _hoop(px, py, h - w / 2, w)
    if shape.get("shelf"):
        z = shape["shelf"]
        rails += _hoop(px, py, z, w)
        parts.append(Part(slab(line, z - 0.004, 0.012, 0.002), trim))
    else:
        rails += _hoop(px, py, w / 2, w)
    return [*parts, Part(merge(posts + rails), base)]


def _hoop(x: float, y: float, z: float, w: float) -> list[Mesh]:
    """Return four rails between posts about plus and minus x, y; a hair thinner, so that no faces coincide."""
    a, b, thin = x - w / 2 + 0.001, y - w / 2 + 0.001, w - 0.001
    long = [bar([(-a, s * y, z), (a, s * y, z)], thin, thin) for s in (-1, 1)]
    return long + [bar([(s * x, -b, z), (s * x, b, z)], thin, thin) for s in (-1, 1)]


def tray(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build a lipped round tray on crossed folding legs; `radius`, `height`, `lip`."""
    r, h, lip = shape.get("radius", 0.25), shape.get("height", 0.52), shape.get("lip", 0.045)
    line = [(0, h - 0.012), (r - 0.01, h - 0.012), (r, h + lip), (r - 0.008, h + lip), (r - 0.018, h), (0, h)]
    dish = lathe(line, [0, 0.014, 0.003, 0.003, 0.012, 0], 160)
    handles = merge(rotate(_grip(r, h + lip), "z", turn) for turn in (-20, 160))
    rods = []
    for side, y in ((1, 0.155), (-1, 0.135)):
        low, high = np.array([-side * 0.17, 0.0, 0.009]), np.array([side * 0.17, 0.0, h - 0.02])
        rods += [tube(np.linspace(low + [0, s * y, 0], high + [0, s * y, 0], 6), 0.0095, 18) for s in (-1, 1)]
        rods += [
            tube(np.linspace(p + [0, -y, 0], p + [0, y, 0], 6), 0.0095, 18) for p in (high, low * 0.76 + high * 0.24)
        ]
    pins = [
        tube(
            [(0, s * 0.125, (h - 0.011) / 2), (0, s * 0.145, (h - 0.011) / 2), (0, s * 0.169, (h - 0.011) / 2)],
            0.006,
            14,
        )
        for s in (-1, 1)
    ]
    return [Part(dish, top), Part(handles, trim), Part(merge(rods), base), Part(merge(pins), trim)]


def _grip(r: float, z: float) -> Mesh:
    """Return a bow handle that rises from the rim at +x."""
    feet = [(r - 0.006, -0.07, z - 0.02), (r + 0.004, -0.066, z + 0.035), (r + 0.004, 0.066, z + 0.035)]
    return tube(fillet([*feet, (r - 0.006, 0.07, z - 0.02)], [0, 0.03, 0.03, 0], 10), 0.0058, 14)


def rattan(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build an hourglass of crossing canes between hoops; `radius`, `height`, `canes` each way, `twist` degrees."""
    r, h, count, twist = shape.get("radius", 0.2), shape.get("height", 0.46), shape["canes"], shape.get("twist", 80.0)
    low = shape.get("low", r)
    canes = []
    for k in range(count):
        for side in (-1, 1):
            a, b = (np.radians(k * 360 / count + s * side * twist / 2) for s in (-1, 1))
            out = 0.006 * side
            ends = np.array(
                [
                    [(low + out) * np.cos(a), (low + out) * np.sin(a), 0.012],
                    [(r + out) * np.cos(b), (r + out) * np.sin(b), h - 0.02],
                ]
            )
            canes.append(tube(np.linspace(*ends, 8), 0.0065, 12))
    hoops = [_ring(radius, z) for radius, z in ((low, 0.012), (low - 0.002, 0.036), (r, h - 0.045), (r, h - 0.022))]
    waist = r * np.cos(np.radians(twist / 2)) + (low - r) / 2
    hoops.append(_ring(waist, h / 2, 0.009))
    return [Part(merge(canes + hoops), base), Part(disc(r + 0.022, h - 0.016, 0.02, 0.007), top)]


def _ring(radius: float, z: float, wire: float = 0.0105) -> Mesh:
    path: Array = lift(circle(radius, 96), z)
    return tube(path, wire, 14, closed=True)
