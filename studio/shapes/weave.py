"""Weave strands over walls and panels: wicker, seagrass, coiled rope, plaited rims, all as real geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import PchipInterpolator

from studio.render.curves import resample, superellipse
from studio.render.mesh import Array, Mesh, grid, merge
from studio.render.primitives import frames


@dataclass(frozen=True)
class Wall:
    """The wall of a basket about the z axis: a superellipse `width` x `depth`, swelling by its profile.

    `profile` holds (share of the wall, factor of the plan, height in metres) from the foot up.
    """

    width: float
    depth: float
    profile: tuple[tuple[float, float, float], ...]
    exponent: float = 2.0

    def ring(self, share: float, samples: int) -> Array:
        """Return a level closed line (n, 3) round the wall."""
        at, factor, height = np.array(self.profile).T
        plan = resample(superellipse(self.width, self.depth, self.exponent, 400), samples, closed=True)
        scale, z = (float(PchipInterpolator(at, values)(share)) for values in (factor, height))
        return np.column_stack([plan * scale, np.full(samples, z)])

    def frame(self, share: float, samples: int) -> tuple[Array, Array, Array]:
        """Return the ring, its outward normals and its directions up the wall."""
        line = self.ring(share, samples)
        low, high = max(share - 0.01, 0.0), min(share + 0.01, 1.0)
        up = self.ring(high, samples) - self.ring(low, samples)
        up /= np.linalg.norm(up, axis=1, keepdims=True)
        along = np.roll(line, -1, axis=0) - np.roll(line, 1, axis=0)
        out = np.cross(along, up)
        return line, out / np.linalg.norm(out, axis=1, keepdims=True), up

    def upright(self, k: int, count: int, low: float = 0.0, high: float = 1.0, samples: int = 40) -> Array:
        """Return the line (n, 3) of the k-th of `count` stakes, from the foot up."""
        return np.array([self.ring(share, count)[k] for share in np.linspace(low, high, samples)])


def strand(
    path: Array, out: Array, up: Array, high: float, thick: float, closed: bool = True, twist: float = 0.0
) -> Mesh:
    """Carry an oval strand along a path: `high` and `thick` are half its size along `up` and `out`.

    `twist` is the length in metres after which its three plies have turned once; 0 is a smooth strand.
    """
    sides = 12 if twist else 8
    phi = np.linspace(0, 2 * np.pi, sides, endpoint=False)[:, None]
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    turns = max(round(run[-1] / twist), 1) if twist else 0
    plies = 1 + (0.16 * np.abs(np.sin(1.5 * phi - 3 * np.pi * turns * run / run[-1])) - 0.06 if twist else 0.0)
    x, y = np.cos(phi) * high * plies, np.sin(phi) * thick * plies
    points = path[None] + x[..., None] * up[None] + y[..., None] * out[None]
    # The section turns from `up` to `out`; along x that is outwards only for a path that runs so.
    along = np.gradient(path, axis=0)
    inward = float(np.einsum("ij,ij->i", np.cross(up, out), along).mean()) < 0
    return grid(points[::-1] if inward else points, close_u=True, close_v=closed)


def woven(wall: Wall, rows: int, stakes: int, high: float, thick: float, stake: float, twist: float = 0.0) -> Mesh:
    """Weave rows round a wall, each over one stake and under the next; `stakes` is even."""
    samples = stakes * (10 if twist else 6)
    around = np.cos(np.pi * stakes * np.arange(samples) / samples)
    made = []
    for j, share in enumerate(np.linspace(0.5 / rows, 1 - 0.5 / rows, rows)):
        line, out, up = wall.frame(float(share), samples)
        path = line + out * ((-1) ** j * (stake + thick * 0.75) * around)[:, None]
        made.append(strand(path, out, up, high, thick, twist=twist))
    return merge(made)


def stakes(wall: Wall, count: int, radius: float, low: float = 0.0, high: float = 1.0) -> Mesh:
    """Return the upright rods that rows are woven about."""
    made = []
    for k in range(count):
        line = wall.upright(k, count, low, high, 24)
        _, normals, sides = frames(line)
        made.append(strand(line, normals, sides, radius, radius, closed=False))
    return merge(made)


def coiled(wall: Wall, shares: ArrayLike, radius: float, twist: float, samples: int = 420) -> Mesh:
    """Lay one rope on another round a wall."""
    made = []
    for share in np.asarray(shares, dtype=float):
        line, out, up = wall.frame(float(share), samples)
        made.append(strand(line, out, up, radius, radius * 1.02, twist=twist))
    return merge(made)


def plait(path: Array, out: Array, up: Array, radius: float, pitch: float, closed: bool = True, plies: int = 3) -> Mesh:
    """Twist strands about one another along a path; `pitch` is the length of one turn, metres."""
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    step = float(np.linalg.norm(path[0] - path[-1])) if closed else 0.0
    total = run[-1] + step
    turns = max(round(total / pitch), 1)
    made = []
    for k in range(plies):
        phase = (2 * np.pi * (turns * run / total + k / plies))[:, None]
        wound = path + radius * (np.cos(phase) * out + np.sin(phase) * up)
        made.append(strand(wound, out, up, radius * 0.92, radius * 0.92, closed))
    return merge(made)


def bow(path: Array, radius: float, pitch: float, plies: int = 3) -> Mesh:
    """Return a plaited handle along an open (n, 3) path."""
    _, normals, sides = frames(path)
    return plait(path, normals, sides, radius, pitch, closed=False, plies=plies)


def mat(width: float, depth: float, count: tuple[int, int], thick: float) -> Mesh:
    """Weave a flat panel about the origin: slats along x over and under slats along y, `count` of each."""
    made = []
    for axis in (0, 1):
        across, length = (depth, width) if axis == 0 else (width, depth)
        number, others = count[axis], count[1 - axis]
        half = across / number / 2
        t = np.linspace(0, 1, others * 6 + 1)
        for j in range(number):
            wave = (-1) ** (j + axis) * thick * np.cos(np.pi * (others * t - 0.5))
            side = np.full(len(t), -across / 2 + half * (2 * j + 1))
            run = (t - 0.5) * length
            path = np.column_stack([run, side, wave] if axis == 0 else [side, run, wave])
            up = np.tile([0.0, 1.0, 0.0] if axis == 0 else [1.0, 0.0, 0.0], (len(t), 1))
            made.append(strand(path, np.tile([0.0, 0.0, 1.0], (len(t), 1)), up, half * 0.9, thick, closed=False))
    return merge(made)
