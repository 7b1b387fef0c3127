"""Shape what sandals stand on: footbeds, layered soles, wooden blocks, rope soles; and where straps lie.

The toe points to +x; angles run over the foot from its outer side at +y (0) to its inner side at -y (pi).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from studio.render.curves import pchip
from studio.render.mesh import Array, Mesh, flip, grid, merge
from studio.render.primitives import tube
from studio.shapes import shoe, soft

# The instep's height over the footbed at shares of the foot's length.
INSTEP = ((0.0, 0.072), (0.3, 0.07), (0.45, 0.062), (0.6, 0.05), (0.75, 0.036), (0.88, 0.026), (1.0, 0.02))


@dataclass(frozen=True)
class Foot:
    """A foot on its sole: `heel` and `ball` are the sole's heights, `spring` the toe's lift, metres."""

    heel: float = 0.024
    ball: float = 0.02
    spring: float = 0.006
    length: float = 0.262
    half: float = 0.0435
    toe: str = "round"
    plate: float = 1.0

    @cached_property
    def last(self) -> shoe.Last:
        """Return the sole's edge as a last."""
        rings = (
            (0.0, self.length, self.half, 0, 0, 0, 0.0),
            (0.001, self.length - 0.001, self.half, *[0.004] * 3, 0.0),
        )
        return shoe.Last(rings, self.heel, self.ball, self.spring, self.toe, self.plate)

    def base(self, x: ArrayLike) -> Array:
        """Return the footbed's height at x."""
        return self.last.base(x)

    def edges(self, x: ArrayLike, out: float = 0.0) -> tuple[Array, Array]:
        """Return y of the inner (-y) and of the outer edge at x, `out` metres outside the footbed."""
        ring = self.last.sole_ring(out, 1.0)
        far, low = ring[:, 0].argmax(), ring[:, 0].argmin()
        around = np.roll(ring, -far, axis=0)
        turn = (low - far) % len(ring)
        outer, inner = around[: turn + 1][::-1], around[turn:]
        return (
            np.interp(x, np.maximum.accumulate(inner[:, 0]), inner[:, 1]),
            np.interp(x, np.maximum.accumulate(outer[:, 0]), outer[:, 1]),
        )

    def over(self, angle: ArrayLike, x: ArrayLike, lift: float = 0.0, out: float = -0.0012) -> Array:
        """Return points over the foot at angles and x, where straps lie; their ends are sunk into the sole."""
        angle, x = np.broadcast_arrays(np.asarray(angle, float), np.asarray(x, float))
        inner, outer = self.edges(x, out)
        line = pchip(INSTEP, 200)
        high = np.interp(x / self.length, line[:, 0], line[:, 1]) + lift
        cos, sin = np.cos(angle), np.clip(np.sin(angle), 0, 1)
        y = (inner + outer) / 2 + ((outer - inner) / 2 + lift) * np.sign(cos) * np.abs(cos) ** 0.82
        return np.stack([x, y, self.base(x) - 0.005 + (high + 0.005) * sin**0.86], axis=-1)

    def footbed(self, thickness: float = 0.004, inset: float = 0.0, cup: float = 0.003) -> Mesh:
        """Return the footbed: hollowed at the heel, raised at the arch and under the toes."""
        ring = self.last.sole_ring(-inset, 1.0)
        t = (1 - np.cos(np.linspace(0.04, np.pi - 0.04, 90))) / 2
        x = ring[:, 0].min() + (ring[:, 0].max() - ring[:, 0].min()) * t
        inner, outer = self.edges(x, -inset)
        share = np.sin(np.linspace(-1, 1, 31) * np.pi / 2)
        y = (inner + outer)[:, None] / 2 + (outer - inner)[:, None] / 2 * share
        far = np.broadcast_to((x / self.length)[:, None], y.shape)
        hollow = cup * (1 - share**2) * np.exp(-(((far - 0.17) / 0.16) ** 2))
        arch = 0.9 * cup * np.clip(-share, 0, 1) ** 2 * np.exp(-(((far - 0.45) / 0.13) ** 2))
        ridge = 0.5 * cup * np.exp(-(((far - 0.78) / 0.04) ** 2)) * (1 - share**4)
        z = self.base(np.broadcast_to(x[:, None], y.shape)) + thickness * 0.5 - hollow + arch + ridge
        return skin(np.stack([np.broadcast_to(x[:, None], y.shape), y, z], axis=-1), thickness)

    def seam(self, inset: float, lift: float) -> Mesh:
        """Return a stitched line round the footbed."""
        ring = self.last.sole_ring(-inset, 1.0) + np.array([0, 0, lift])
        return soft.stitches(np.concatenate([ring, ring[:1]]), 0.0034, 0.0018, 0.00045)

    def counter(self, height: float, reach: float = 0.17, lean: float = 0.006) -> Mesh:
        """Return a wall round the heel, tall at the back and falling off within the share `reach` of the edge."""
        ring = self.last.sole_ring(-0.0012, 1.0)
        at = np.round((0.5 + np.linspace(-reach, reach, 61)) * len(ring)).astype(int)
        fall = np.abs(np.linspace(-1, 1, 61))
        tall = height * (1 - fall**2.4) + 0.003
        t = np.linspace(0, 1, 16)
        foot = ring[at]
        inward = np.array([0.05, 0.0, 0.0]) - foot
        inward[:, 2] = 0
        inward /= np.linalg.norm(inward, axis=1, keepdims=True)
        draw = lean * t**2 - 0.0035 * np.sin(np.pi * t)
        points = foot[:, None] + inward[:, None] * draw[None, :, None]
        points[..., 2] += -0.005 + (tall[:, None] + 0.005) * t
        return soft.slab(points, 0.0024)


def skin(points: Array, thickness: float) -> Mesh:
    """Give a sheet that faces upwards in its middle a thickness below it."""
    middle = soft.normals(points)[points.shape[0] // 2, points.shape[1] // 2]
    return soft.slab(points if middle[2] > 0 else points[::-1], thickness)


def layer(foot: Foot, low: float, high: float, out: float, bulge: float = 0.0, edge: float = 0.06) -> Mesh:
    """Return one layer of a sole between two shares of its height, standing `out` beyond the footbed."""
    t = np.linspace(0, 1, 9)
    sides = [(out + bulge * np.sin(np.pi * k), low + (high - low) * (edge + (1 - 2 * edge) * k)) for k in t]
    profile = [(out - 0.0022, low), (out - 0.0006, low + (high - low) * edge * 0.3), *sides]
    profile += [(out - 0.0006, high - (high - low) * edge * 0.3), (out - 0.0022, high)]
    return shoe.sole(foot.last, profile, lid=False)


def rope(foot: Foot, row: float = 0.0085, pitch: float = 0.0056, out: float = 0.002) -> Mesh:
    """Return the braided jute round a sole: rows of slanted strands that turn from row to row."""
    ring = foot.last.sole_ring(out, 1.0)
    ground = foot.last.ground(ring[:, 0])
    count = len(ring)
    step = max(round(pitch / float(np.linalg.norm(np.diff(ring, axis=0), axis=1).mean())), 1)
    rows, made = int(np.ceil(float((ring[:, 2] - ground).max()) / row)), []
    for k in range(rows):
        slant = step if k % 2 else -step
        for i in range(0, count, step):
            a, b = ring[i], ring[(i + slant) % count]
            high, low = a[2] - row * k, b[2] - row * (k + 1)
            floor = max(ground[i], ground[(i + slant) % count]) + 0.001
            if high - floor < 0.002:
                continue
            p, q = np.array([a[0], a[1], high - 0.0008]), np.array([b[0], b[1], max(low, floor) + 0.0008])
            out_way = (p + q) / 2 - np.array([foot.length * 0.45, 0.0, 0.0])
            out_way[2] = 0
            bow = (p + q) / 2 + out_way / np.linalg.norm(out_way) * 0.0009
            made.append(tube([p, bow, q], 0.0026, 7))
    return merge(made)


def block_heel(foot: Foot, front: float, slim: float = 0.06) -> Mesh:
    """Return a heel under a plate sole."""
    return shoe.heel_block(foot.last, front, 0.001, slim)


def tread(foot: Foot, out: float) -> Mesh:
    """Return a thin outsole along the ground."""
    profile = [(out - 0.003, 0.0), (out, 0.03), (out + 0.0004, 0.1), (out, 0.16), (out - 0.004, 0.17)]
    return shoe.sole(foot.last, profile, lid=False)


def closed_band(path: Array, width: float, thickness: float) -> Mesh:
    """Return an upright band along a closed (n, 3) path about the ankle."""
    along = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0)
    out = np.cross(along, [0.0, 0.0, 1.0])
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    turn = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    x, z = (np.sign(f(turn)) * np.abs(f(turn)) ** 0.6 for f in (np.cos, np.sin))
    points = path[:, None] + out[:, None] * (x * thickness / 2)[None, :, None]
    points[..., 2] += z * width / 2
    mesh = grid(points, close_u=True, close_v=True)
    return mesh if _outward(points) else flip(mesh)


def _outward(points: Array) -> bool:
    normal = np.cross(points[1, 0] - points[0, 0], points[0, 1] - points[0, 0])
    return bool(normal @ (points[0, 0] - points[0].mean(axis=0)) > 0)
