"""Build seats that are carried about: folding canvas chairs and bar stools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, lift
from studio.render.mesh import Mesh, grid, merge, move
from studio.render.part import Finish, Part
from studio.render.primitives import tube
from studio.shapes.joinery import board, disc
from studio.shapes.upholstery import arc, pad, rail, tapered


def folding(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a folding armchair: crossed legs, canvas seat and back; `width`, `depth`, `seat`, `back`."""
    x, y, seat, back = shape.get("width", 0.54) / 2, 0.17, shape.get("seat", 0.46), shape.get("back", 0.88)
    arm, wood, pins = 0.655, [], []
    for s in (-1, 1):
        wood += [
            board((0.03, 0.48, 0.03), (s * x, 0.0, 0.015), 1, 0.005),
            board((0.03, 0.44, 0.026), (s * x, 0.0, seat), 1, 0.006),
            board((0.055, 0.46, 0.02), (s * x, -0.005, arm + 0.01), 1, 0.008),
            _post(s * x, -y, seat, arm + 0.002),
            _post(s * x, y, seat, back),
        ]
        for front in (-1, 1):
            at = front * y + s * 0.0125
            wood.append(
                rail([(-s * x, at, 0.03), (0.0, at, (seat + 0.02) / 2), (s * x, at, seat - 0.01)], 0.022, 0.034)
            )
            bolt = np.array([(0, front * y - 0.028, 0), (0, front * y, 0), (0, front * y + 0.028, 0)])
            pins.append(tube(bolt + [0, 0, (seat + 0.02) / 2], 0.007, 16))
    canvas = merge([_seat(x, 0.4, seat + 0.014), _back(x, y, 0.69, back - 0.012)])
    return [Part(merge(wood), frame), Part(canvas, cover, thickness=0.003), Part(merge(pins), trim)]


def _post(x: float, y: float, low: float, high: float) -> Mesh:
    return board((0.026, 0.026, high - low), (x, y, (low + high) / 2), 2, 0.005)


def _seat(x: float, depth: float, z: float) -> Mesh:
    """Return a sling that hangs between two rails and wraps over them."""
    u = np.linspace(-1, 1, 50)
    across, sag = u * (x + 0.016), z - 0.035 * (1 - u**2) ** 0.8 - 0.02 * np.clip((np.abs(u) - 0.96) / 0.04, 0, 1)
    v = np.linspace(-depth / 2, depth / 2, 12)
    return grid(
        np.stack([np.repeat(across[:, None], 12, 1), np.repeat(v[None], 50, 0), np.repeat(sag[:, None], 12, 1)], -1)
    )


def _back(x: float, y: float, low: float, high: float) -> Mesh:
    """Return a band of cloth between the back posts, in front of them and round them."""
    u = np.linspace(-1, 1, 50)
    across = u * (x + 0.0155)
    bend = y - 0.0155 + 0.045 * (1 - u**2) ** 0.9 + 0.03 * np.clip((np.abs(u) - 0.95) / 0.05, 0, 1) ** 2
    z = np.linspace(low, high, 10)
    return grid(
        np.stack([np.repeat(across[:, None], 10, 1), np.repeat(bend[:, None], 10, 1), np.repeat(z[None], 50, 0)], -1)
    )


def stool(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a bar stool: a round seat on four splayed legs with a foot ring; `seat` height, `pad`, low `back`."""
    r, seat = shape.get("radius", 0.175), shape.get("seat", 0.68)
    thick, spread = 0.034, shape.get("spread", 0.07)
    tops = [np.array([sx * r * 0.6, sy * r * 0.6, seat - thick + 0.004]) for sx in (-1, 1) for sy in (-1, 1)]
    feet = [np.array([t[0] * (1 + spread / 0.1), t[1] * (1 + spread / 0.1), 0.0]) for t in tops]
    legs = [tapered(a, b, 0.0175, 0.0125) for a, b in zip(tops, feet, strict=True)]
    ring_z = shape.get("ring", 0.23)
    share = 1 - ring_z / tops[0][2]
    reach = float(np.linalg.norm((tops[0] + (feet[0] - tops[0]) * share)[:2]))
    ring = tube(lift(circle(reach, 120), ring_z), 0.008, 16, closed=True)
    parts = [Part(merge(legs), frame), Part(ring, trim), Part(disc(r, seat - thick, thick, 0.011), frame)]
    if shape.get("pad"):
        cushion = move(pad(circle(r - 0.006, 120), 0.05, 0.018, 0.014), z=seat - 0.006)
        parts.append(Part(cushion, cover))
    if shape.get("back"):
        parts.append(Part(_low_back(r, seat, shape["back"]), frame))
    return parts


def _low_back(r: float, seat: float, height: float) -> Mesh:
    """Return a bent rail on four short rods behind a round seat."""
    line = arc(2 * r + 0.03, 2 * r + 0.05, 62.0, 60, 2.0)
    top = rail(lift(line, seat + height), 0.02, 0.06, 0.008)
    rods = []
    for k in (5, 21, 38, 54):
        foot = np.array([*(line[k] * 0.84), seat - 0.01])
        rods.append(tube(np.linspace(foot, [*line[k], seat + height], 6), 0.0075, 14))
    return merge([top, *rods])
