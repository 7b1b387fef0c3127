"""Build free-standing candles: pillars on a dish, tapers in holders, chambersticks, moulded ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, lift, pchip, spline, superellipse
from studio.render.mesh import Mesh, merge, move, scale
from studio.render.part import Finish, Part
from studio.render.primitives import loft, revolve, tube
from studio.shapes.joinery import lathe
from studio.shapes.turned import ribbed

Skin = Mapping[str, Finish]


def lit(x: float, y: float, z: float, skin: Skin, size: float = 1.0, burning: bool = True) -> list[Part]:
    """Return a wick at a point of the wax, and its flame."""
    wick = tube([(x, y, z - 0.004), (x, y, z + 0.004 * size), (x + 0.001, y, z + 0.01 * size)], 0.0009, 8)
    parts = [Part(wick, skin["wick"])]
    if burning:
        drop = pchip([(0.0, 0.0), (0.0034, 0.005), (0.0045, 0.011), (0.003, 0.021), (0.0, 0.034)], 40)
        flame = scale(revolve(drop, 32), size)
        core = scale(revolve(pchip([(0, 0), (0.002, 0.004), (0.0024, 0.008), (0, 0.018)], 24), 24), size)
        parts.append(Part(move(flame, x, y, z + 0.005 * size), skin["flame"]))
        parts.append(Part(move(core, x, y - 0.0026 * size, z + 0.007 * size), skin["core"]))
    return parts


def pillar(radius: float, height: float, ribs: int = 0) -> Mesh:
    """Return a thick candle on z = 0 with a soft shoulder and a hollow round its wick."""
    line = [
        (0, 0),
        (radius, 0),
        (radius, height),
        (0.8 * radius, height - 0.0015),
        (0.4 * radius, height - 0.006),
        (0, height - 0.007),
    ]
    mesh = lathe(line, [0, 0.002, 0.004, 0.006, 0.01, 0], max(ribs, 8) * 12)
    return ribbed(mesh, ribs, 0.003, -0.02, height - 0.004) if ribs else mesh


def pillars(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build pillar candles on a dish; `candles`: radius, height, x, y of each; `dish`: radius, or [width, depth]."""
    parts, dish = [], shape["dish"]
    floor = 0.007
    if isinstance(dish, list):
        outline, rim = superellipse(dish[0], dish[1], 4.5, 120), 0.012
        rings = [
            lift(outline * k, z)
            for k, z in ((0.93, 0.0), (0.965, 0.002), (1.0, rim), (0.985, rim + 0.001), (0.955, floor), (0.3, floor))
        ]
        parts.append(Part(loft(rings), skin["holder"]))
    else:
        line = [(0, 0), (0.8 * dish, 0), (dish, 0.016), (0.985 * dish, 0.018), (0.8 * dish, floor), (0, floor)]
        parts.append(Part(lathe(line, [0, 0.006, 0.001, 0.001, 0.012, 0], 144), skin["holder"]))
    wax = [move(pillar(r, h, shape.get("ribs", 0)), x, y, floor - 0.0005) for r, h, x, y in shape["candles"]]
    parts.append(Part(merge(wax), skin["wax"]))
    for _, h, x, y in shape["candles"]:
        parts += lit(x, y, h + floor - 0.007, skin, shape.get("flame", 1.1))
    return parts


PROFILES: dict[str, list[tuple[float, float]]] = {
    "baluster": [
        (1.0, 0.0), (1.0, 0.05), (0.42, 0.12), (0.22, 0.2), (0.2, 0.42), (0.42, 0.5),
        (0.2, 0.58), (0.18, 0.76), (0.3, 0.86), (0.5, 0.93), (0.5, 1.0),
    ],
    "balls": [
        (0.9, 0.0), (1.0, 0.12), (0.9, 0.26), (0.36, 0.34), (0.8, 0.48),
        (0.8, 0.56), (0.36, 0.68), (0.62, 0.8), (0.62, 0.88), (0.5, 1.0),
    ],
}  # fmt: skip


def stick(profile: str, radius: float, height: float) -> Mesh:
    """Return a turned candlestick of a profile, with the socket's rim on top."""
    wall = [(x * radius, z * height) for x, z in PROFILES[profile]]
    hole = [(0.0105, height + 0.0005), (0.0105, height - 0.012), (0.0, height - 0.012)]
    return revolve(np.concatenate([[(0, 0)], pchip(wall, 140), fillet([wall[-1], *hole], [0, 0.001, 0, 0], 4)[1:]]), 96)


def tapers(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build tapers in turned sticks; `sticks`: height, x, y of each; `profile`, `radius`, `taper` length, `twist`."""
    parts = []
    for height, x, y in shape["sticks"]:
        parts.append(Part(move(stick(shape["profile"], shape.get("radius", 0.04), height), x, y), skin["holder"]))
        parts += _taper(x, y, height, shape, skin)
    return parts


def _taper(x: float, y: float, low: float, shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Return a slim candle whose foot stands in a socket at a height."""
    long, r = shape.get("taper", 0.2), 0.0112
    z = np.linspace(0, long, 120)
    radius = r * np.interp(z / long, [0, 0.9, 0.985, 1.0], [1.0, 0.8, 0.66, 0.3])
    if shape.get("twist"):
        a = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        start = np.clip((z - 0.03) / 0.01, 0, 1) * np.clip((long - 0.008 - z) / 0.01, 0, 1)
        lobes = 1 + 0.17 * start[:, None] * np.cos(3 * (a[None] - z[:, None] * shape["twist"]))
        rings = [
            np.column_stack([k * ring * np.cos(a), k * ring * np.sin(a), np.full(48, at)])
            for k, ring, at in zip(radius, lobes, z, strict=True)
        ]
        mesh = loft(np.array(rings))
    else:
        mesh = revolve(np.concatenate([[(0, 0)], np.column_stack([radius, z]), [(0, long)]]), 48)
    burning = shape.get("burning", True)
    return [Part(move(mesh, x, y, low - 0.012), skin["wax"]), *lit(x, y, low + long - 0.012, skin, 0.9, burning)]


def chamber(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a chamberstick: a saucer with a socket and a ring for the finger; `radius`, `taper`."""
    r, h = shape.get("radius", 0.062), 0.034
    line = [
        (0, 0),
        (0.7 * r, 0),
        (r, 0.014),
        (0.99 * r, 0.0165),
        (0.68 * r, 0.0045),
        (0.24 * r, 0.006),
        (0.22 * r, h - 0.004),
        (0.27 * r, h),
        (0.0107, h),
        (0.0105, h - 0.014),
        (0, h - 0.014),
    ]
    dish = lathe(line, [0, 0.008, 0.001, 0.001, 0.012, 0.008, 0.004, 0.001, 0.001, 0, 0], 120)
    ring = spline(
        [
            (r - 0.004, 0, 0.011),
            (r + 0.012, 0, 0.03),
            (r + 0.03, 0, 0.024),
            (r + 0.03, 0, 0.006),
            (r + 0.01, 0, 0.0035),
            (0.8 * r, 0, 0.0035),
        ],
        60,
    )
    parts = [Part(dish, skin["holder"]), Part(tube(ring, 0.0034, 14), skin["holder"])]
    return parts + _taper(0.0, 0.0, h - 0.002, {"taper": 0.13, **shape}, skin)


def moulded(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build candles cast in moulds; `kind`: bubble, ribbed or spiral; sizes `radius`, `height`."""
    parts = []
    for kind, r, h, x, y, slot in shape["pieces"]:
        mesh, top = MOULDS[kind](r, h)
        parts.append(Part(move(mesh, x, y), skin[slot]))
        parts += lit(x, y, top, skin, 0.9, shape.get("burning", False))
    return parts


def _bubble(r: float, h: float) -> tuple[Mesh, float]:
    """Return a block of three by three by three balls of radius `r`, flattened below."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 28)
    ball = revolve(np.column_stack([r * np.cos(t), np.maximum(r * np.sin(t), -0.8 * r)]), 40)
    pitch = 1.62 * r
    places = [(i, j, k) for i in (-1, 0, 1) for j in (-1, 0, 1) for k in range(3)]
    return merge(move(ball, i * pitch, j * pitch, 0.8 * r + k * pitch) for i, j, k in places), 1.78 * r + 2 * pitch


def _ribbed(r: float, h: float) -> tuple[Mesh, float]:
    """Return a stack of three soft discs, like a beehive."""
    z = np.linspace(0, h, 160)
    wave = np.abs(np.sin(np.pi * 4 * np.clip(z / h, 0.0, 1.0))) ** 0.5
    line = np.column_stack([r * (0.72 + 0.28 * wave), z])
    line[-1, 0] *= 0.9
    return revolve(np.concatenate([[(0, 0)], line, [(0, h - 0.001)]]), 96), h


def _spiral(r: float, h: float) -> tuple[Mesh, float]:
    """Return a pillar twisted about its axis, five lobes."""
    a = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    z = np.concatenate([np.linspace(0, h, 70), [h + 0.003, h + 0.004]])
    fade = np.concatenate([np.ones(70), [0.9, 0.6]])
    rings = []
    for at, k in zip(z, fade, strict=True):
        lobe = r * k * (0.87 + 0.13 * np.abs(np.cos(2.5 * (a - at * 26))))
        rings.append(np.column_stack([lobe * np.cos(a), lobe * np.sin(a), np.full(160, at)]))
    return loft(np.array(rings)), h + 0.004


MOULDS = {"bubble": _bubble, "ribbed": _ribbed, "spiral": _spiral}
