"""Share what kettles, teapots and coffee pots have in common: walls, spouts, handles, lids and knobs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.render.curves import fillet, pchip, resample, soften, spline, superellipse
from studio.render.mesh import Array, Mesh, grid, merge, move
from studio.render.primitives import revolve, sweep, torus, tube

Line = Sequence[tuple[float, float]]


def wall(points: Line, radius: float, height: float) -> Array:
    """Return the outer profile (k, 2) from the middle of the base through wall points in radii and heights."""
    at = [(x * radius, z * height) for x, z in points]
    foot = fillet([(0.0, 0.0), at[0], at[1]], [0, 0.004, 0])[:-1]
    return np.concatenate([foot, soften(pchip([foot[-1], *at[1:]], 120), 5)[1:]])


def radius_at(outer: Array, z: float) -> float:
    """Return a wall's radius at a height."""
    edge = outer[outer[:, 0] > 0.3 * outer[:, 0].max()]
    return float(np.interp(z, edge[:, 1], edge[:, 0]))


def shoulder_at(outer: Array, radius: float) -> float:
    """Return the height at which a wall, past its widest, has come in to a radius."""
    above = outer[int(np.argmax(outer[:, 0])) :][::-1]
    return float(np.interp(radius, above[:, 0], above[:, 1]))


def spout(points: Line, radii: Sequence[float], thick: float, mouth: float) -> Mesh:
    """Return an open spout along (x, z) points, towards +x; `mouth` is its last ring's direction, degrees above +x."""
    way = spline(points, 48)
    size = pchip(np.column_stack([np.linspace(0, 1, len(radii)), radii]), 48)[:, 1]
    along = np.gradient(way, axis=0)
    heading = np.unwrap(np.arctan2(along[:, 1], along[:, 0]))
    turn = np.clip((np.linspace(0, 1, 48) - 0.7) / 0.3, 0, 1)
    facing = heading + turn**2 * (np.radians(mouth) - heading)
    stretch = 1 / np.maximum(np.cos(facing - heading), 0.7)
    bend = np.linspace(0, np.pi, 9)[1:-1]
    tip = way[-1] + np.sin(bend)[:, None] * thick / 2 * [np.cos(facing[-1]), np.sin(facing[-1])]
    back = slice(None, 8, -1)
    path = np.concatenate([way, tip, way[back]])
    radius = np.concatenate([size, size[-1] - thick / 2 + thick / 2 * np.cos(bend), size[back] - thick])
    facing = np.concatenate([facing, np.full(7, facing[-1]), facing[back]])
    stretch = np.concatenate([stretch, np.full(7, stretch[-1]), stretch[back]])
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)[:, None]
    up = radius * stretch * np.cos(angle)
    side = radius * np.sin(angle)
    ring = np.stack([path[:, 0] - up * np.sin(facing), -side, path[:, 1] + up * np.cos(facing)], axis=-1)
    return grid(ring, close_u=True)


def upright(line: Array) -> Array:
    """Put (n, 2) points into the xz plane."""
    return np.stack([line[:, 0], np.zeros(len(line)), line[:, 1]], axis=1)


def arch(half: float, foot: float, rise: float, squareness: float = 2.6, samples: int = 97) -> Array:
    """Return the path of a handle over the top, from +x to -x."""
    t = np.linspace(0, np.pi, samples)
    x = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** (2 / squareness) * half
    z = foot + np.sin(t) ** (2 / squareness) * rise
    return upright(resample(np.column_stack([x, z]), samples))


def side_handle(outer: Array, top: float, low: float, reach: float, kind: str) -> Array:
    """Return the path of a handle on the right, both ends sunk into the wall; "open" ends free below."""
    a, b = radius_at(outer, top) - 0.003, radius_at(outer, low) - 0.003
    far, drop = max(a, b) + reach, top - low
    match kind:
        case "ear":
            bow = [
                (far - 0.3 * reach, top + 0.06 * drop),
                (far, top - 0.32 * drop),
                (far - 0.34 * reach, low + 0.13 * drop),
            ]
            return upright(spline([(a, top), *bow, (b, low)], 64))
        case "square":
            return upright(fillet([(a, top), (far, top), (far, low), (b, low)], 0.3 * reach, 12))
        case "angle":
            return upright(fillet([(a, top), (far, top + 0.02 * drop), (far - 0.25 * reach, low)], 0.35 * reach, 14))
        case "open":
            return upright(fillet([(a, top), (far, top + 0.02), (far + 0.1 * reach, low)], 0.34 * reach, 14))
        case _:
            raise ValueError(f"No handle {kind!r}.")


def bar(path: Array, width: float, thick: float, roundness: float = 2.6, cap: str = "round") -> Mesh:
    """Return a handle: a flat bar along an upright path, `width` across it."""
    return sweep(superellipse(width, thick, roundness, 24), path, up=(0, 1, 0), cap=cap)


def grip(path: Array, start: float, end: float, radius: float) -> Mesh:
    """Return the thicker middle of a handle, between two shares of its path."""
    n = len(path)
    part = path[int(start * n) : int(end * n)]
    swell = 0.86 + 0.14 * np.sin(np.linspace(0, np.pi, len(part)))
    return tube(part, radius * swell, 24)


def lid(radius: float, rise: float, edge: float = 0.003) -> Mesh:
    """Return a domed lid of a radius, on z = 0."""
    t = np.linspace(0, np.pi / 2, 24)[1:]
    dome = np.column_stack([radius * np.cos(t), edge + rise * np.sin(t)])
    rim = fillet([(0, 0), (radius, 0), (radius, edge), tuple(dome[2])], [0, edge / 3, edge / 2, 0], 6)
    return revolve(np.concatenate([rim, dome[3:]]), 120)


KNOBS: dict[str, Line] = {
    "ball": ((0.42, -0.1), (0.34, 0.3), (0.5, 0.5), (0.92, 0.95), (1.0, 1.35), (0.86, 1.85), (0.5, 2.16), (0.0, 2.25)),
    "disc": ((0.3, -0.1), (0.28, 0.4), (0.4, 0.52), (0.95, 0.56), (1.0, 0.66), (0.95, 0.8), (0.4, 0.86), (0.0, 0.87)),
    "peg": ((0.62, -0.1), (0.62, 0.2), (0.72, 0.9), (0.98, 1.8), (1.0, 2.2), (0.9, 2.34), (0.4, 2.38), (0.0, 2.38)),
    "drop": ((0.5, -0.1), (0.3, 0.35), (0.4, 0.6), (0.9, 0.95), (1.0, 1.3), (0.8, 1.75), (0.36, 2.2), (0.0, 2.5)),
    "cap": ((0.9, -0.25), (1.02, -0.24), (1.04, 0.1), (1.0, 0.45), (0.84, 0.62), (0.4, 0.68), (0.0, 0.68)),
    "button": ((0.5, -0.1), (0.44, 0.3), (0.6, 0.45), (0.96, 0.62), (1.0, 0.86), (0.84, 1.1), (0.4, 1.22), (0.0, 1.24)),
}


def knob(kind: str, radius: float) -> Mesh:
    """Return a lid's knob of a radius, standing on z = 0."""
    return revolve(pchip(np.asarray(KNOBS[kind]) * radius, 60), 64)


def ring_at(outer: Array, z: float, thick: float, out: float = 0.0) -> Mesh:
    """Return a ring about a wall at a height; `thick` is its wire's radius."""
    return move(torus(radius_at(outer, z) + out, thick, segments=120), z=z)


def lugs(path: Array, radius: float, width: float) -> Mesh:
    """Return the pins that hold both ends of a handle."""
    ends = [np.array([end, end]) + [[0, -width / 2, 0], [0, width / 2, 0]] for end in (path[0], path[-1])]
    return merge([tube(np.linspace(*end, 5), radius, 20) for end in ends])


def drink(outer: Array, gap: float, floor: float, level: float) -> Mesh:
    """Return what stands in a glass, `gap` within its outer wall, between two heights."""
    within = outer - [gap, 0.0]
    within = within[(within[:, 1] > floor) & (within[:, 1] < level) & (within[:, 0] > 0)]
    return revolve(np.concatenate([[[0.0, floor]], within, [[0.0, level]]]), 96)
