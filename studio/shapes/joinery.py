"""Shape what woodwork shares: boards whose grain runs the right way, discs, square bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from studio.render.curves import circle, fillet, rounded_rectangle
from studio.render.mesh import Mesh, move
from studio.render.primitives import extrude, revolve, sweep


def grained(mesh: Mesh, axis: int = 0) -> Mesh:
    """Lay UVs flat so that grain runs along an axis: 0 is x, 1 is y, 2 is z."""
    corners = mesh.vertices[np.where(mesh.faces < 0, mesh.faces[:, :1], mesh.faces)]
    facing = np.abs(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])).argmax(axis=1)
    along = np.where(facing == axis, (axis + 1) % 3, axis)
    pairs = np.stack([3 - facing - along, along], axis=1)[:, None, :]
    # Each board is cut from elsewhere in the tree, so that no two show the same streaks.
    shift = 0.37 * (mesh.vertices.mean(axis=0) * [1.0, 3.0, 7.0]).sum()
    uvs = np.take_along_axis(corners, np.broadcast_to(pairs, (*corners.shape[:2], 2)), axis=2)
    return replace(mesh, uvs=uvs + shift)


def board(size: Sequence[float], at: Sequence[float], axis: int = 0, edge: float = 0.003) -> Mesh:
    """Return a plank of a size (x, y, z) about a point, its grain along an axis, its upright edges rounded."""
    x, y, z = size
    flat = extrude(rounded_rectangle(x, y, min(2.2 * edge, 0.49 * min(x, y)), 4), z, min(edge, 0.45 * z), 4)
    return grained(move(flat, at[0], at[1], at[2] - z / 2), axis)


def slab(outline: ArrayLike, low: float, thickness: float, edge: float = 0.004, axis: int = 0) -> Mesh:
    """Return a table top over a closed (n, 2) outline, from a height up, with rounded edges."""
    return grained(move(extrude(outline, thickness, edge, 6), z=low), axis)


def disc(radius: float, low: float, thickness: float, edge: float = 0.004) -> Mesh:
    """Return a round top from a height up."""
    return slab(circle(radius, 144), low, thickness, edge)


def lathe(points: ArrayLike, radius: float | ArrayLike = 0.0, sides: int = 96) -> Mesh:
    """Turn a polyline of (radius, z), its corners rounded, about the z axis."""
    return revolve(fillet(points, radius), sides)


def bar(path: ArrayLike, width: float, height: float, edge: float = 0.0015) -> Mesh:
    """Carry a square section along a path: `height` along z where the path is level, along y where it is upright."""
    way = np.asarray(path, dtype=float)
    upright = abs(way[-1, 2] - way[0, 2]) > np.linalg.norm(way[-1, :2] - way[0, :2])
    return sweep(rounded_rectangle(height, width, edge, 4), way, up=(0.0, 1.0, 0.0) if upright else (0.0, 0.0, 1.0))
