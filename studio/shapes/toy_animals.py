"""Shape animals to pull along on wheels; they face +x."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, resample, soften, spline, superellipse
from studio.render.mesh import Array, Mesh, merge, mirror, move, rotate
from studio.render.part import Part
from studio.render.primitives import loft
from studio.shapes.toy_parts import axles, ball, board, cord, disc, grained, plank, sawn, wheels, wood

WING = [(-0.048, 0.092), (-0.02, 0.078), (0.018, 0.074), (0.03, 0.086), (0.012, 0.1), (-0.02, 0.098)]


def duck(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a duck on a board; slots: body, head, wing, beak, eye, base, wheel, hub, cord, bead."""
    xs, y = (-0.045, 0.045), 0.036
    rims, hubs = wheels([(x, s * y) for x in xs for s in (-1, 1)], 0.022, 0.012)
    base = board((0.15, 0.056, 0.014), 0.005, (0, 0, 0.03))
    wing_line = spline(
        [(-0.048, 0.092), (-0.02, 0.078), (0.018, 0.074), (0.03, 0.086), (0.012, 0.1), (-0.02, 0.098)], 90, True
    )
    wing = move(sawn(wing_line, 0.009, 0.0035), y=-0.0375)
    beak = rotate(_beak(), "y", 4)
    eyes = merge([disc(0.0042, 0.003, 0.001)])
    looking = [move(rotate(eyes, "z", s * -22), 0.066, s * 0.0255, 0.137) for s in (-1, 1)]
    string = [
        (0.073, 0, 0.03),
        (0.1, -0.012, 0.012),
        (0.135, -0.03, 0.0016),
        (0.168, -0.016, 0.0014),
        (0.17, 0.02, 0.0014),
        (0.13, 0.045, 0.0014),
    ]
    return [
        Part(_duck_body(), wood(finish, "body", "butter")),
        Part(ball(0.0315, (0.048, 0, 0.13)), wood(finish, "head", "butter")),
        Part(merge([wing, mirror(wing, "y")]), wood(finish, "wing", "ash")),
        Part(move(beak, 0.073, 0, 0.124), wood(finish, "beak", "tangerine")),
        Part(merge(looking), wood(finish, "eye", "black")),
        Part(base, wood(finish, "base")),
        Part(rims, wood(finish, "wheel", "teal")),
        Part(merge([hubs, axles(xs, y, 0.022)]), wood(finish, "hub")),
        *_pull(string, finish),
    ]


def _pull(string: list[tuple[float, float, float]], finish: Mapping[str, Any]) -> list[Part]:
    """Return a cord and the bead at its end."""
    x, y, _ = string[-1]
    bead = ball(0.011, (x - 0.006, y + 0.003, 0.011))
    return [Part(cord(string), wood(finish, "cord", "cream")), Part(bead, wood(finish, "bead", "coral"))]


def _duck_body() -> Mesh:
    """Return a body like a boat's: round breast, tail turned up."""
    t = np.linspace(0, 1, 44)
    x = -0.078 + 0.152 * t
    half = 0.036 * np.sqrt(np.clip(1 - np.abs(2 * t - 1.04) ** 2.3, 0.002, 1)) * (0.55 + 0.45 * np.clip(t * 2.2, 0, 1))
    low = 0.036 + 0.05 * np.clip(0.42 - t, 0, 1) ** 1.4 + 0.06 * np.clip(t - 0.8, 0, 1) ** 1.6 * 4
    high = 0.092 + 0.034 * np.clip(0.3 - t, 0, 1) * 3.2 + 0.026 * np.exp(-(((t - 0.83) / 0.16) ** 2))
    high = low + (high - low) * np.clip(half / 0.02, 0.12, 1)
    rings = []
    for k in range(44):
        flat = superellipse(2 * half[k], high[k] - low[k], 2.3, 72)
        rings.append(np.column_stack([np.full(72, x[k]), flat[:, 0], flat[:, 1] + (low[k] + high[k]) / 2]))
    return _skinned(rings, 1.5)


def _skinned(rings: list[Array], width: float) -> Mesh:
    """Skin rings, evened out along the body over `width` rings."""
    flat = np.array(rings).reshape(len(rings), -1)
    return grained(loft(soften(flat, width).reshape(len(rings), -1, 3)))


def _beak() -> Mesh:
    """Return a flat beak that starts at the origin and points to +x."""
    t = np.linspace(0, 1, 24)
    wide = np.interp(t, [0, 0.5, 0.85, 1], [0.013, 0.0125, 0.0135, 0.004])
    tall = np.interp(t, [0, 0.5, 0.85, 1], [0.011, 0.0065, 0.005, 0.0015])
    rings = [
        np.column_stack([np.full(40, 0.032 * a), *(superellipse(2 * w, 2 * h, 2.4, 40) + [0, -0.004 * a]).T])
        for a, w, h in zip(t, wide, tall, strict=True)
    ]
    return _skinned(rings, 1.2)


ELEPHANT = [
    (-7.4, 1.0), (-8.2, 5.5), (-7.6, 9.6), (-4.4, 11.6), (0.4, 11.7), (3.2, 11.2), (5.0, 12.6), (7.6, 12.2), (9.2, 9.6),
    (9.8, 6.4), (10.6, 4.8), (11.8, 4.6), (12.3, 6.0), (13.6, 5.6), (13.2, 3.0), (10.6, 2.2), (8.2, 3.8), (7.2, 6.2),
    (6.2, 5.6), (5.8, 1.0), (2.4, 1.0), (1.8, 4.2), (-2.6, 4.2), (-3.4, 1.0),
]  # centimetres of x, z; from the rear foot over the back to the trunk and the belly  # fmt: skip

EAR = [(0.016, 0.108), (0.044, 0.112), (0.06, 0.092), (0.05, 0.066), (0.032, 0.056), (0.018, 0.078)]
TUSK = [(0.066, 0.062), (0.078, 0.056), (0.092, 0.058), (0.079, 0.066)]


def elephant(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build an elephant sawn from thick board; slots: body, ear, eye, tusk, saddle, wheel, hub, cord, bead."""
    corners = np.array(ELEPHANT)[::-1] / 100
    outline = soften(resample(fillet(corners, 0.012, 10, closed=True), 400, closed=True), 2)
    body = sawn(outline, 0.036, 0.006)
    ear_line = spline(
        [(0.016, 0.108), (0.044, 0.112), (0.06, 0.092), (0.05, 0.066), (0.032, 0.056), (0.018, 0.078)], 90, True
    )
    ear = move(sawn(ear_line, 0.009, 0.0035), y=-0.0215)
    eye = move(disc(0.0042, 0.003, 0.001), 0.073, -0.0182, 0.098)
    tusk = move(
        plank(
            fillet([(0.066, 0.062), (0.078, 0.056), (0.092, 0.058), (0.079, 0.066)], 0.004, 6, closed=True),
            0.006,
            0.0018,
        ),
        y=-0.02,
    )
    cloth = _saddle()
    xs, y = (-0.056, 0.041), 0.026
    rims, hubs = wheels([(x, s * y) for x in xs for s in (-1, 1)], 0.021, 0.012)
    tail = [(-0.079, 0, 0.086), (-0.092, 0, 0.078), (-0.096, 0, 0.06), (-0.1, 0, 0.048)]
    string = [
        (0.058, 0, 0.03),
        (0.09, -0.03, 0.012),
        (0.125, -0.052, 0.0014),
        (0.16, -0.042, 0.0014),
        (0.166, -0.008, 0.0014),
    ]
    return [
        Part(body, wood(finish, "body", "slate")),
        Part(merge([ear, mirror(ear, "y")]), wood(finish, "ear", "powder blue")),
        Part(merge([eye, mirror(eye, "y")]), wood(finish, "eye", "black")),
        Part(merge([tusk, mirror(tusk, "y")]), wood(finish, "tusk", "chalk")),
        Part(cloth, wood(finish, "saddle", "coral")),
        Part(rims, wood(finish, "wheel", "mustard")),
        Part(merge([hubs, axles(xs, y, 0.021)]), wood(finish, "hub")),
        Part(cord(tail, 0.0024), wood(finish, "cord", "cream")),
        *_pull(string, finish),
    ]


def _saddle() -> Mesh:
    """Return a painted cloth: a round board let into both flanks."""
    one = move(plank(circle(0.024, 72) + [-0.03, 0.084], 0.004, 0.0015), y=-0.0185)
    return merge([one, mirror(one, "y")])
