"""Lace shoes up: rows of laces, eyelets, a bow, and the panel they run through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from studio.render.curves import spline
from studio.render.mesh import Array, Mesh, merge
from studio.render.primitives import torus
from studio.shapes import soft
from studio.shapes.shoe import Last


def place(mesh: Mesh, at: Array, normal: Array, along: ArrayLike = (1.0, 0.0, 0.0)) -> Mesh:
    """Stand a mesh whose up is +z on a surface point."""
    z = normal / np.linalg.norm(normal)
    x = np.asarray(along, dtype=float)
    x = x - z * (x @ z)
    x /= np.linalg.norm(x)
    return Mesh(mesh.vertices @ np.array([x, np.cross(z, x), z]) + at, mesh.faces, mesh.uvs, mesh.smooth)


@dataclass(frozen=True)
class Lacing:
    """Rows of laces from t `low` (near the toe) to `high`, `half` metres to either side of the midline."""

    low: float
    high: float
    rows: int = 5
    half: float = 0.014
    width: float = 0.006
    lift: float = 0.0042

    def stations(self) -> Array:
        """Return t and half width (rows, 2) of every row."""
        return np.column_stack(
            [np.linspace(self.low, self.high, self.rows), np.linspace(1, 1.25, self.rows) * self.half]
        )

    def laces(self, last: Last) -> Mesh:
        """Return the rows: straight across on top, crossing from row to row below."""
        made = []
        share = np.linspace(-1, 1, 24)
        sink = 0.0035 * np.clip((np.abs(share) - 0.8) / 0.2, 0, 1)[:, None]
        at = self.stations()
        for k, (t, half) in enumerate(at):
            up = last.up(t)
            made.append(_lace(last.across(t, share * half) + up * (self.lift - sink), up, self.width))
            if k + 1 < len(at):
                way = np.linspace(t, at[k + 1, 0], 24)
                for side in (1, -1):
                    line = last.across(way, side * share * half) + up * (self.lift - 0.0016 - sink * 0.6)
                    made.append(_lace(line, up, self.width * 0.85))
        return merge(made)

    def eyelets(self, last: Last, radius: float = 0.0027) -> Mesh:
        """Return a ring at both ends of every row."""
        made = []
        for t, half in self.stations():
            for side in (-1, 1):
                spot, inner, ahead = last.across(
                    np.array([t, t, t - 0.02]), side * np.array([half, half - 0.003, half]), 0.0022
                )
                made.append(
                    place(torus(radius, radius * 0.34, 8, 20), spot, np.cross(ahead - spot, (inner - spot) * -side))
                )
        return merge(made)

    def bow(self, last: Last, size: float = 0.034) -> Mesh:
        """Return two loops and two ends above the last row."""
        up = last.up(self.high)
        knot = last.at(0.0, self.high, self.lift + 0.003)
        fore = np.cross([0.0, 1.0, 0.0], up)
        axes = np.array([fore, [0.0, 1.0, 0.0], up])
        made = [_lace(knot + np.array([[0, -0.005, 0], [0, 0, 0], [0, 0.005, 0]]) + up * 0.001, up, self.width * 1.3)]
        for side in (-1.0, 1.0):
            loop = [
                (0, 0, 0.001),
                (0.004, 0.35, 0.007),
                (0.014, 0.8, 0.003),
                (0.022, 1.0, -0.006),
                (0.024, 0.75, -0.003),
                (0.012, 0.35, 0.003),
                (0, 0, 0.001),
            ]
            tail = [(0, 0, 0.001), (0.010, 0.3, 0.004), (0.020, 0.62, -0.002), (0.028, 0.86, -0.015)]
            for line in (loop, tail):
                way = spline([knot + np.array([x, side * y * size, z]) @ axes for x, y, z in line], 50)
                made.append(_lace(way, up, self.width * 0.8))
        return merge(made)


def eyestay(last: Last, lacing: Lacing, width: float = 0.016, foot: float = 0.12) -> tuple[Mesh, Mesh]:
    """Return the panel that holds the eyelets, a U from opening to opening round the laces' low end, and its seam."""
    u = np.linspace(0, 1, 44)
    gap = lacing.half - 0.0045
    inner = _leg(0.995, lacing.low - 0.01, lacing.low - 0.05, gap, u)
    outer = _leg(0.995, lacing.low - 0.02, lacing.low - foot, gap + width, u)
    outer[:, 1] *= 1 + 0.15 * np.clip(outer[:, 0] - lacing.low, 0, 1)
    sheets, seams = [], []
    for side in (-1, 1):
        flat = inner[:, None] + (outer - inner)[:, None] * np.linspace(0, 1, 12)[None, :, None]
        points = last.across(flat[..., 0], flat[..., 1] * side, 0.0016)
        sheets.append(soft.slab(points if side > 0 else points[:, ::-1], 0.0016))
        line = inner + (outer - inner) * 0.86
        seams.append(soft.stitches(last.across(line[:, 0], line[:, 1] * side, 0.0021), 0.0032, 0.0016, 0.0004))
    return merge(sheets), merge(seams)


def _leg(top: float, low: float, foot: float, reach: float, u: Array) -> Array:
    """Run down one leg of a U in t and metres across, then round a quarter of its foot."""
    turn = np.clip((u - 0.65) / 0.35, 0, 1) * np.pi / 2
    leg = np.column_stack([top + (low - top) * np.clip(u / 0.65, 0, 1), np.full(len(u), reach)])
    bow = np.column_stack([low + (foot - low) * np.sin(turn), reach * np.cos(turn) + 0.0003])
    return np.where(u[:, None] <= 0.65, leg, bow)


def _lace(path: Array, up: Array, width: float) -> Mesh:
    along = np.gradient(path, axis=0)
    return soft.ribbon(path, np.cross(np.broadcast_to(up, along.shape), along), width, width * 0.32)
