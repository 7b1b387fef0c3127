"""Shape what shoes share: the last's surface with its overlays, soles, heels.

The toe points to +x. On the surface s in [0, 1) runs round the foot from the toe over +y and the heel, and t in [0, 1]
from the sole's edge to the opening.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicSpline, LinearNDInterpolator, RegularGridInterpolator

from studio.render.curves import spline
from studio.render.mesh import Array, Mesh, flip, grid, merge
from studio.render.primitives import loft, tube
from studio.shapes import soft

ROUND = [
    (1, 0),
    (0.965, 0.36),
    (0.88, 0.66),
    (0.72, 0.92),
    (0.5, 1.0),
    (0.2, 0.9),
    (-0.15, 0.78),
    (-0.5, 0.78),
    (-0.8, 0.72),
    (-0.95, 0.42),
    (-1, 0),
]
ALMOND = [
    (1, 0),
    (0.955, 0.25),
    (0.85, 0.52),
    (0.68, 0.82),
    (0.46, 0.98),
    (0.2, 0.9),
    (-0.15, 0.76),
    (-0.5, 0.77),
    (-0.8, 0.71),
    (-0.95, 0.42),
    (-1, 0),
]
POINTED = [
    (1, 0),
    (0.975, 0.13),
    (0.88, 0.32),
    (0.7, 0.66),
    (0.46, 0.94),
    (0.2, 0.9),
    (-0.15, 0.76),
    (-0.5, 0.77),
    (-0.8, 0.71),
    (-0.95, 0.42),
    (-1, 0),
]
TOES = {"round": ROUND, "almond": ALMOND, "pointed": POINTED}


def sole_outline(toe: str, samples: int = 240) -> Array:
    """Return the closed outline (samples, 2) of a foot in [-1, 1] squared, from the toe over +y."""
    half = np.array(TOES[toe], dtype=float)
    other = half[-2:0:-1] * [1, -1]
    waist = np.exp(-(((other[:, 0] + 0.15) / 0.3) ** 2))
    other[:, 1] *= 1 - 0.13 * waist
    line = spline(np.concatenate([half, other]), samples, closed=True)
    line[:, 1] -= 0.1 * np.clip(line[:, 0] - 0.45, 0, 1) ** 1.3
    return line


@dataclass(frozen=True)
class Last:
    """The upper of a shoe as rings from the sole's edge to the opening, and the sole it stands on.

    A ring is x of its back and front, half width, height above the sole at back, sides and front, and how much of an
    ellipse (1) or of the sole's outline (0) it has. `heel` and `ball` are the sole's heights, `spring` the toe's lift,
    `plate` how thick the sole is where it does not reach the ground.
    """

    rings: tuple[tuple[float, ...], ...]
    heel: float = 0.028
    ball: float = 0.022
    spring: float = 0.012
    toe: str = "round"
    plate: float = 1.0

    @property
    def length(self) -> float:
        """Return the x of the toe."""
        return float(max(ring[1] for ring in self.rings))

    def ground(self, x: ArrayLike) -> Array:
        """Return the height of the sole's underside at x: the toe springs up, the heel touches."""
        share = np.asarray(x) / self.length
        return np.asarray(self.spring * np.clip((share - 0.68) / 0.32, 0, 1.1) ** 2)

    def base(self, x: ArrayLike) -> Array:
        """Return the height of the sole's upper side at x."""
        share = np.clip(np.asarray(x) / self.length, 0, 1)
        step = np.clip((share - 0.25) / 0.45, 0, 1)
        return np.asarray(self.heel + (self.ball - self.heel) * step * step * (3 - 2 * step) + self.ground(x))

    def _ring(self, ring: tuple[float, ...]) -> Array:
        back, front, half, low, side, high, round_ = ring
        foot = sole_outline(self.toe)
        angle = np.linspace(0, 2 * np.pi, len(foot), endpoint=False)
        flat = foot * (1 - round_) + np.stack([np.cos(angle), np.sin(angle)], axis=1) * round_
        x = (front + back) / 2 + flat[:, 0] * (front - back) / 2
        z = side + (high - low) / 2 * flat[:, 0] + ((high + low) / 2 - side) * flat[:, 0] ** 2
        return np.stack([x, flat[:, 1] * half, z + self.base(x)], axis=1)

    @cached_property
    def points(self) -> Array:
        """Return the dense surface (s, t, 3), s not closed."""
        rings = np.array([self._ring(ring) for ring in self.rings])
        steps = np.linalg.norm(np.diff(rings, axis=0), axis=2).mean(axis=1)
        at = np.concatenate([[0], np.cumsum(steps)])
        return np.asarray(CubicSpline(at / at[-1], rings)(np.linspace(0, 1, 90))).transpose(1, 0, 2)

    @cached_property
    def normals(self) -> Array:
        """Return outward normals at `points`."""
        p = self.points
        out = np.cross(np.roll(p, -1, axis=0) - np.roll(p, 1, axis=0), np.gradient(p, axis=1))
        return np.asarray(out / np.maximum(np.linalg.norm(out, axis=2, keepdims=True), 1e-12))

    @cached_property
    def _by_st(self) -> RegularGridInterpolator:
        both = np.concatenate([self.points, self.normals], axis=2)
        s = np.arange(-len(both), 2 * len(both)) / len(both)
        return RegularGridInterpolator((s, np.linspace(0, 1, both.shape[1])), np.concatenate([both] * 3))

    def at(self, s: ArrayLike, t: ArrayLike, lift: float = 0.0) -> Array:
        """Return points of the surface, `lift` metres above it."""
        s, t = np.broadcast_arrays(np.asarray(s, float), np.clip(np.asarray(t, float), 0, 1))
        found = self._by_st(np.stack([s, t], axis=-1)).reshape(*s.shape, 6)
        return np.asarray(found[..., :3] + lift * found[..., 3:])

    @cached_property
    def _by_side(self) -> dict[float, LinearNDInterpolator]:
        """Return, for either side, the surface as a function of x and z."""
        out = {}
        for side in (-1.0, 1.0):
            keep = (self.points[..., 1] * side > -0.004) & (self.normals[..., 1] * side > -0.05)
            p, n = self.points[keep], self.normals[keep]
            out[side] = LinearNDInterpolator(p[:, [0, 2]], np.concatenate([p[:, 1:2], n], axis=1), rescale=True)
        return out

    def on_side(self, line: ArrayLike, side: float, lift: float = 0.0) -> Array:
        """Lay (..., 2) points of x, z on one side, -1 for -y: the side the camera sees."""
        at = np.asarray(line, dtype=float)
        found = np.reshape(self._by_side[side](at), (*at.shape[:-1], 4))
        missing = np.isnan(found[..., 0])
        if missing.any():
            p = self.points.reshape(-1, 3)
            n = self.normals.reshape(-1, 3)
            near = [int(((p[:, [0, 2]] - q) ** 2).sum(axis=1).argmin()) for q in at[missing]]
            found[missing] = np.concatenate([p[near, 1:2], n[near]], axis=1)
        return np.stack([at[..., 0], found[..., 0], at[..., 1]], axis=-1) + lift * found[..., 1:]

    @cached_property
    def _arcs(self) -> tuple[Array, Array]:
        """Return s from -0.35 to 0.35 about the toe's midline, and the length across (s, t) from the midline."""
        count = int(0.35 * len(self.points))
        fore = np.roll(self.points, count, axis=0)[: 2 * count + 1]
        steps = np.linalg.norm(np.diff(fore, axis=0), axis=2)
        run = np.concatenate([np.zeros((1, fore.shape[1])), np.cumsum(steps, axis=0)])
        return np.arange(-count, count + 1) / len(self.points), run - run[count]

    def across(self, t: ArrayLike, reach: ArrayLike, lift: float = 0.0) -> Array:
        """Return points of the vamp and shaft at t, `reach` metres to the +y side of the midline along the surface."""
        t, reach = np.broadcast_arrays(np.asarray(t, float), np.asarray(reach, float))
        stations, run = self._arcs
        rows = np.clip(t, 0, 1).ravel() * (run.shape[1] - 1)
        low = np.minimum(rows.astype(int), run.shape[1] - 2)
        lines = run[:, low] + (run[:, low + 1] - run[:, low]) * (rows - low)
        s = [np.interp(r, line, stations) for r, line in zip(reach.ravel(), lines.T, strict=True)]
        return self.at(np.reshape(s, t.shape), t, lift)

    def up(self, t: float) -> Array:
        """Return the normal on the midline at t."""
        return np.asarray(self._by_st(np.array([[0.0, min(t, 1.0)]]))[0, 3:])

    def upper(self) -> Mesh:
        """Skin the upper."""
        return grid(self.points, close_u=True)

    def inside(self, depth: float = 0.45, wall: float = 0.0035) -> Mesh:
        """Skin the lining, from the opening down, with a floor."""
        rows = self.points.shape[1]
        inner = (self.points - self.normals * wall)[:, int(rows * (1 - depth)) :]
        floor = inner[:, :1] * 1.0
        middle = floor.mean(axis=0, keepdims=True)
        steps = [middle + (floor - middle) * k for k in np.linspace(0.01, 1, 5)[:-1]]
        return flip(grid(np.concatenate([*steps, inner], axis=1), close_u=True))

    def collar(self, radius: float, gap: float = 0.0) -> Mesh:
        """Return a round edge along the opening; `gap` leaves out that share of s to either side of the front."""
        edge = self.points[:, -1]
        if not gap:
            return tube(edge[::2], radius, 10, closed=True)
        skip = int(gap * len(edge))
        return tube(edge[skip : len(edge) - skip : 2], radius, 10)

    def patch(self, s: ArrayLike, low: ArrayLike, high: ArrayLike, lift: float = 0.0012, rows: int = 16) -> Mesh:
        """Return an overlay over stations s between the t of two border lines."""
        return soft.slab(self.patch_points(s, low, high, lift, rows), lift)

    def patch_points(self, s: ArrayLike, low: ArrayLike, high: ArrayLike, lift: float, rows: int = 16) -> Array:
        """Return an overlay's points (len(s), rows, 3)."""
        s = np.asarray(s, dtype=float)
        low, high = np.broadcast_to(low, s.shape), np.broadcast_to(high, s.shape)
        t = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, rows)
        return self.at(np.broadcast_to(s[:, None], t.shape), t, lift)

    def sole_ring(self, out: float, height: ArrayLike) -> Array:
        """Return the sole's outline `out` metres outside the upper's edge, at a share of the sole's height."""
        edge = self.points[:, 0]
        along = np.roll(edge, -1, axis=0) - np.roll(edge, 1, axis=0)
        normal = np.stack([along[:, 1], -along[:, 0]], axis=1)
        flat = edge[:, :2] + out * normal / np.linalg.norm(normal, axis=1, keepdims=True)
        high = self.base(edge[:, 0])
        low = np.maximum(self.ground(edge[:, 0]), high - self.plate)
        return np.column_stack([flat, low + (high - low) * np.asarray(height)])


def side_panel(last: Last, lower: ArrayLike, upper: ArrayLike, side: float, lift: float = 0.0012) -> Mesh:
    """Return an overlay between two border lines of x, z, both run from the heel to the toe."""
    a, b = spline(lower, 40), spline(upper, 40)
    flat = a[:, None] + (b - a)[:, None] * np.linspace(0, 1, 14)[None, :, None]
    points = last.on_side(flat, side, lift)
    return soft.slab(points if side < 0 else points[::-1], lift)


def side_seam(last: Last, line: ArrayLike, side: float, lift: float = 0.0004) -> Mesh:
    """Return a stitched line of x, z on one side."""
    return soft.stitches(last.on_side(spline(line, 60), side, lift), 0.0035, 0.0016, 0.00045)


def both(make: Callable[[Last, float], Mesh], last: Last) -> Mesh:
    """Make something for either side of a shoe."""
    return merge([make(last, side) for side in (-1.0, 1.0)])


def sole(last: Last, profile: ArrayLike, lid: bool = True) -> Mesh:
    """Skin a sole from (n, 2) pairs of how far it stands out and at which share of its height, bottom first."""
    steps = np.asarray(profile, dtype=float)
    rings = [last.sole_ring(out, height) for out, height in steps]
    low = [np.concatenate([_shrink(rings[0][:, :2], k), rings[0][:, 2:]], axis=1) for k in (0.02, 0.5, 0.85)]
    top = (
        [np.concatenate([_shrink(rings[-1][:, :2], k), rings[-1][:, 2:]], axis=1) for k in (0.85, 0.5, 0.02)]
        if lid
        else []
    )
    return grid(np.array([*low, *rings, *top]).transpose(1, 0, 2), close_u=True)


def _shrink(flat: Array, share: float) -> Array:
    """Draw an outline towards its long axis."""
    middle = np.array([flat[:, 0].mean(), 0.0])
    return np.asarray(middle + (flat - middle) * share)


def welt(last: Last, out: float, height: float, radius: float) -> Mesh:
    """Return a cord round the sole's edge."""
    return tube(last.sole_ring(out, height), radius, 8, closed=True)


def heel_block(last: Last, front: float, out: float, slim: float) -> Mesh:
    """Return the heel under the sole, its breast at x = front, drawn in towards the ground by the share `slim`."""
    edge = last.sole_ring(out, 0.0)
    curve = edge[edge[:, 0] < front]
    breast = np.linspace(curve[-1], curve[0], 14)[1:-1]
    breast[:, 0] -= 0.006 * np.sin(np.linspace(0, np.pi, 12))
    top = np.concatenate([curve, breast])
    middle = np.array([curve[:, 0].max() * 0.45, 0.0])
    rings = []
    for share in (0.0, 0.02, 0.2, 0.4, 0.6, 0.8, 1.0):
        draw = 1 - slim * (1 - share) ** 1.5 - 0.03 * (share == 0)
        rings.append(np.column_stack([middle + (top[:, :2] - middle) * draw, top[:, 2] * share]))
    return loft(rings)
