"""Build chairs: tub, spindle, padded, corded and folding ones, and bar stools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from studio.render.curves import lift, resample, rounded_rectangle, spline, superellipse
from studio.render.mesh import Array, Mesh, grid, merge, move
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import extrude, sweep, tube
from studio.shapes import chair_light
from studio.shapes.upholstery import Cushion, Wall, arc, four_legs, pad, rail, tapered, turned, upright

VIEW = View(azimuth=32, elevation=16)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a chair; shape: `form` of FORMS and that form's own sizes (metres)."""
    cover = finish_of(finish, "cover", surface="linen", colour="oat")
    frame = finish_of(finish, "frame", surface="wood", colour="oak")
    trim = finish_of(finish, "trim", surface=cover.surface, colour=cover.colour)
    return FORMS[shape["form"]](shape, cover, frame, trim)


def tub(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a dining chair whose padded back runs round into low arms."""
    width, depth, seat, back = shape.get("width", 0.5), shape.get("depth", 0.5), 0.47, shape.get("back", 0.8)
    line = arc(width, depth, shape.get("reach", 96.0), 120)
    run = np.linspace(-1, 1, len(line))
    rise = np.clip((1 - np.abs(run)) / 0.72, 0, 1)
    heights = seat + 0.13 + (back - seat - 0.13) * rise**2 * (3 - 2 * rise)
    wall = Wall(line, heights, 0.062, shape.get("lean", 0.05), 0.006, shape.get("channels", 0), 0.016)
    cushion = pad(superellipse(width - 0.05, depth - 0.03, 3.2, 120), 0.1, 0.032, 0.022)
    seam = lift(superellipse(width - 0.046, depth - 0.026, 3.2, 120), seat - 0.036)
    legs = four_legs(width * 0.36, depth * 0.34, seat - 0.1, 0.05, 0.016, shape.get("foot", 0.009))
    return [
        Part(wall.mesh(seat - 0.06), cover),
        Part(move(cushion, y=-0.025, z=seat - 0.1), cover),
        Part(move(tube(seam, 0.0035, 8, closed=True), y=-0.025), trim),
        Part(legs, frame),
    ]


def spindle(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a wooden chair with turned legs, a hollowed seat and a comb of spindles under a bent rail."""
    width, depth, seat, back = shape.get("width", 0.46), shape.get("depth", 0.44), 0.45, shape.get("back", 0.84)
    plank = move(pad(superellipse(width, depth, 2.8, 140), 0.034, 0.011, -0.009), z=seat - 0.034)
    reach, x, y = 0.045, width * 0.33, depth * 0.32
    feet = [(sx * (x + reach), sy * (y + reach) * 1.02) for sx in (-1, 1) for sy in (-1, 1)]
    tops = [(sx * x, sy * y) for sx in (-1, 1) for sy in (-1, 1)]
    legs = [turned((*top, seat - 0.02), (*foot, 0.0), 0.0185) for top, foot in zip(tops, feet, strict=True)]
    low = [
        np.array([*np.array(top) * 0.4 + np.array(foot) * 0.6, seat * 0.4])
        for top, foot in zip(tops, feet, strict=True)
    ]
    sides = [turned(low[0], low[1], 0.012), turned(low[2], low[3], 0.012)]
    cross = turned((low[0] + low[1]) / 2, (low[2] + low[3]) / 2, 0.012)
    comb = _comb(width, depth, seat, back, shape.get("spindles", 7), shape.get("rail", 0.062))
    wood = merge([*legs, *sides, cross, *comb])
    parts = [Part(plank, frame), Part(wood, frame)]
    if shape.get("cushion"):
        soft = Cushion(width * 0.8, depth * 0.78, 0.03, 0.09, 0.016, 0.005, 0.002)
        parts += [Part(move(soft.body(), z=seat - 0.006), cover), Part(move(soft.piping(0.003), z=seat - 0.006), trim)]
    return parts


def _comb(width: float, depth: float, seat: float, back: float, count: int, height: float) -> list[Mesh]:
    foot = arc(width * 0.86, depth * 0.84, 58.0, 60, 2.2)
    crest = arc(width * 1.06, depth * 1.06, 58.0, 60, 2.2) + [0, 0.065]
    top = lift(crest, back - height / 2)
    board = sweep(rounded_rectangle(height, 0.02, 0.009, 6), top, up=(0, 0, 1), cap="round")
    at = np.linspace(4, 55, count).astype(int)
    ends = [(np.array([*foot[k], seat - 0.01]), top[k]) for k in at]
    thick = [0.0085 if k in (0, count - 1) else 0.0062 for k in range(count)]
    swell = 1 + 0.35 * np.sin(np.pi * np.linspace(0, 1, 20)) ** 2
    sticks = [
        tube(a + (b - a) * np.linspace(0, 1, 20)[:, None], r * swell, 12) for (a, b), r in zip(ends, thick, strict=True)
    ]
    return [board, *sticks]


def padded(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build an upholstered dining chair: a boxed seat and a gently bent back on square tapered legs."""
    width, depth, seat, back = shape.get("width", 0.47), shape.get("depth", 0.46), 0.48, shape.get("back", 0.92)
    base = Cushion(width, depth, 0.07, 0.035, 0.022, 0.004, 0.0025, 5.0)
    tall = back - seat + 0.02
    rest = Cushion(width - 0.015, tall, 0.05, 0.03, 0.012, 0.004, 0.0015, 5.0, 2.0)

    def stand(mesh: Mesh) -> Mesh:
        bent = mesh.vertices + [0, 0, 0.0256] * (mesh.vertices[:, :1] / 0.235) ** 2
        at = move(upright(Mesh(bent, mesh.faces, mesh.uvs, mesh.smooth), shape.get("lean", 9.0)), z=seat - 0.03)
        return move(at, y=depth / 2 - 0.01, z=tall / 2)

    tufts = _tufts(shape.get("tufts", ()), tall, rest)
    front = [_square_leg(s * (width / 2 - 0.03), -depth / 2 + 0.03, 0.0, 0.0, seat - 0.07) for s in (-1, 1)]
    rear = [_square_leg(s * (width / 2 - 0.03), depth / 2 - 0.03, 0.0, 0.07, seat - 0.07) for s in (-1, 1)]
    parts = [
        Part(move(base.body(), z=seat - 0.075), cover),
        Part(move(base.piping(0.0036), z=seat - 0.075), trim),
        Part(stand(rest.body()), cover),
        Part(stand(rest.piping(0.0036)), trim),
        Part(merge(front + rear), frame),
    ]
    return parts + [Part(stand(mesh), trim) for mesh in tufts]


def _tufts(rows: Any, tall: float, rest: Cushion) -> list[Mesh]:
    """Return stitched lines across the back at shares of its height."""
    lines = []
    for share in rows:
        x = np.linspace(-rest.width / 2 + 0.004, rest.width / 2 - 0.004, 40)
        swell = np.sqrt(np.clip(1 - np.abs(2 * x / rest.width) ** 5, 0, 1) * (1 - np.abs(2 * share - 1) ** 5))
        lines.append(
            tube(np.column_stack([x, np.full(40, (share - 0.5) * tall), rest.height + rest.crown * swell]), 0.003, 8)
        )
    return lines


def corded(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a ladder-back chair with a seat woven of paper cord."""
    width, depth, seat, back = shape.get("width", 0.48), shape.get("depth", 0.42), 0.45, shape.get("back", 0.82)
    x, y = width / 2, depth / 2
    post = spline(
        [
            (x * 0.9, y + 0.035, 0),
            (x * 0.9, y, seat - 0.02),
            (x * 0.92, y + 0.03, back - 0.2),
            (x * 0.94, y + 0.085, back),
        ],
        50,
    )
    radii = np.interp(np.linspace(0, 1, 50), [0, 0.5, 0.9, 1], [0.013, 0.018, 0.014, 0.012])
    posts = [tube(line, radii, 18, cap="flat") for line in (post, post * [-1, 1, 1])]
    legs = [tapered((s * x, -y, seat + 0.006), (s * x, -y, 0), 0.0185, 0.013) for s in (-1, 1)]
    seatline = [(-x, -y), (x, -y), (x * 0.9, y), (-x * 0.9, y)]
    rungs = [
        _rung(seatline[k], seatline[(k + 1) % 4], z)
        for k, z in ((0, 0.3), (1, 0.2), (1, 0.32), (2, 0.26), (3, 0.2), (3, 0.32))
    ]
    slats = [
        _slat(post, z, shape.get("bow", 0.045), shape.get("slat", 0.052))
        for z in shape.get("slats", (back - 0.05, back - 0.19))
    ]
    return [
        Part(merge(posts + legs + rungs), frame),
        Part(merge(slats), frame),
        Part(_woven(np.array(seatline), seat), cover),
    ]


def _rung(a: tuple[float, float], b: tuple[float, float], z: float) -> Mesh:
    t = np.linspace(0, 1, 16)[:, None]
    path = np.array([*a, z]) * (1 - t) + np.array([*b, z]) * t
    return tube(path, 0.0075 + 0.0035 * np.sin(np.pi * t[:, 0]), 14)


def _slat(post: Array, z: float, bow: float, height: float) -> Mesh:
    end = np.array([np.interp(z, post[:, 2], post[:, k]) for k in range(2)])
    t = np.linspace(-1, 1, 40)
    path = np.column_stack([t * end[0], end[1] + bow * (1 - t**2), np.full(40, z)])
    return rail(path, 0.012, height, 0.0055)


def _woven(corners: Array, seat: float, pitch: float = 0.0085, count: int = 260) -> Mesh:
    """Lace cords over the four rails; they meet along the diagonals."""
    a, b = np.meshgrid(np.linspace(-1, 1, count), np.linspace(-1, 1, count), indexing="ij")
    s, t = (a + 1) / 2, (b + 1) / 2
    low, high = (
        corners[0] * (1 - s[..., None]) + corners[1] * s[..., None],
        corners[3] * (1 - s[..., None]) + corners[2] * s[..., None],
    )
    flat = (low * (1 - t[..., None]) + high * t[..., None]) * 1.03
    across = np.where(np.abs(b) > np.abs(a), a * np.ptp(corners[:, 0]), b * np.ptp(corners[:, 1])) / 2
    cord = 0.0028 * np.abs(np.sin(np.pi * across / pitch)) ** 0.7
    reach = np.maximum(np.abs(a), np.abs(b))
    roll = np.clip((reach - 0.94) / 0.06, 0, 1)
    sag = -0.012 * (1 - a**2) * (1 - b**2)
    seam = -0.004 * np.exp(-((np.abs(a) - np.abs(b)) ** 2) / 0.0004)
    z = seat + 0.004 + cord + sag + seam - 0.034 * (1 - np.sqrt(1 - roll**2))
    top = grid(np.concatenate([flat, z[..., None]], axis=-1))
    under = extrude(resample(corners * 0.98, 80, closed=True), 0.02, 0.004)
    return merge([top, move(under, z=seat - 0.03)])


def _square_leg(x: float, y: float, dx: float, dy: float, top: float) -> Mesh:
    t = np.linspace(0, 1, 10)[:, None]
    path = np.array([x, y, top]) * (1 - t) + np.array([x + dx, y + dy, 0.0]) * t
    return sweep(rounded_rectangle(1.0, 1.0, 0.16, 4), path, scale=0.04 - 0.017 * t[:, 0], up=(0, -1, 0))


FORMS: dict[str, Callable[[Mapping[str, Any], Finish, Finish, Finish], list[Part]]] = {
    "tub": tub, "spindle": spindle, "padded": padded, "corded": corded,
    "folding": chair_light.folding, "stool": chair_light.stool,
}  # fmt: skip
