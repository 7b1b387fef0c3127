"""Dress walls and ceilings: mouldings, garlands, painted arches, awnings, strings of light bulbs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.render.curves import circle
from studio.render.mesh import Array, grid, merge, move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import extrude, revolve, torus, tube
from studio.scenes.grounds import block
from studio.scenes.setting import Vector


def moulding(y: float, panels: Sequence[tuple[float, float]], low: float, high: float, colour: str) -> list[Part]:
    """Frame wall panels, their x ranges given, with thin trim."""
    trim, bar, deep = Finish("matte", colour), 0.028, 0.014
    parts = []
    for a, b in panels:
        parts += [block((b - a, deep, bar), ((a + b) / 2, y - deep / 2, z), trim, 0.005) for z in (low, high - bar)]
        parts += [
            block((bar, deep, high - low - 2 * bar), (x, y - deep / 2, low + bar), trim, 0.005)
            for x in (a + bar / 2, b - bar / 2)
        ]
    return parts


def ring(at: Vector, inner: float, outer: float, colour: str, thick: float = 0.004) -> Part:
    """Paint half a ring on a wall, open side down, its centre at `at`."""
    angle, radius = np.meshgrid(np.linspace(0, np.pi, 64), [inner, outer], indexing="ij")
    points = np.stack([radius * np.cos(angle), np.zeros_like(angle), radius * np.sin(angle)], axis=-1)
    return Part(move(grid(points), *at), Finish("matte", colour), thickness=thick)


def arch(at: Vector, width: float, height: float, colour: str) -> Part:
    """Paint a round-topped field on a wall, standing at `at`."""
    turn = np.linspace(0, np.pi, 48)
    rim = np.concatenate(
        [
            [[width / 2, 0.0]],
            np.column_stack([np.cos(turn) * width / 2, height - width / 2 + np.sin(turn) * width / 2]),
            [[-width / 2, 0.0]],
        ]
    )
    return Part(move(rotate(extrude(rim, 0.004), "x", 90), *at), Finish("concrete", colour, bump=0.00012, scale=0.012))


def round_patch(at: Vector, radius: float, colour: str) -> Part:
    """Paint a disc on a wall."""
    return Part(move(rotate(extrude(circle(radius, 72), 0.003), "x", 90), *at), Finish("matte", colour))


def round_mirror(at: Vector, radius: float, rim: str = "brass") -> list[Part]:
    """Hang a round mirror, its middle at `at`."""
    glass, edge = (
        rotate(mesh, "x", 90) for mesh in (extrude(circle(radius, 96), 0.006, 0.001), torus(radius + 0.005, 0.013))
    )
    return [Part(move(glass, *at), Finish("polished", "#e8ecee")), Part(move(edge, *at), Finish("brushed", rim))]


def sagging(start: Vector, end: Vector, sag: float, count: int) -> Array:
    """Return (count, 3) points of a cord between two ends."""
    t = np.linspace(0, 1, count)[:, None]
    return np.array(start) * (1 - t) + np.array(end) * t - [0, 0, sag] * (4 * t * (1 - t))


def bunting(start: Vector, end: Vector, sag: float, colours: Sequence[str], flags: int = 11) -> list[Part]:
    """Hang a garland of cloth flags along x."""
    cord = sagging(start, end, sag, 60)
    feet = sagging(start, end, sag, flags + 2)[1:-1]
    wide = abs(end[0] - start[0]) / (flags + 2) * 0.8
    parts = [Part(tube(cord, 0.0025, 6), Finish("cotton", "oat"))]
    for k, foot in enumerate(feet):
        u, v = np.meshgrid(np.linspace(-1, 1, 8), np.linspace(0, 1, 10), indexing="ij")
        points = np.stack([u * wide / 2 * (1 - 0.98 * v), 0.006 * np.sin(3 * v + k) * v, -v * wide * 1.25], axis=-1)
        parts.append(
            Part(move(grid(points[:, ::-1]), *foot), Finish("cotton", colours[k % len(colours)]), thickness=0.0015)
        )
    return parts


def festoon(start: Vector, end: Vector, sag: float, count: int = 9) -> list[Part]:
    """Hang a string of glowing bulbs; `sagging` with `count` points tells where they are."""
    cord = sagging(start, end, sag, 60)
    spots = sagging(start, end, sag, count)
    bulb = revolve([(0, -0.085), (0.018, -0.08), (0.028, -0.062), (0.022, -0.04), (0.012, -0.025), (0, -0.024)], 24)
    cap = revolve([(0, -0.03), (0.0125, -0.03), (0.0125, 0.0), (0, 0.003)], 20)
    return [
        Part(merge([tube(cord, 0.004, 8), *[move(cap, *s) for s in spots]]), Finish("rubber", "#26282a")),
        Part(merge(move(bulb, *s) for s in spots), Finish("matte", "#ffd08a", glow=5.0)),
    ]


def awning(width: float, at: Vector, out: float, drop: float, cloth: Finish) -> Part:
    """Stretch an awning from the wall at `at` towards the camera, with a scalloped edge."""
    x, run = np.meshgrid(np.linspace(-width / 2, width / 2, 320), np.linspace(0, 1.25, 40), indexing="ij")
    slope, hang = np.minimum(run, 1.0), np.clip(run - 1.0, 0, None) / 0.25
    scallop = 0.12 + 0.05 * np.abs(np.sin(np.pi * x / 0.24))
    points = np.stack(
        [x, -slope * out - 0.01 * hang, -slope * drop - hang * scallop + 0.012 * np.sin(np.pi * slope)], axis=-1
    )
    return Part(move(grid(points[:, ::-1]), *at), cloth, thickness=0.003)
