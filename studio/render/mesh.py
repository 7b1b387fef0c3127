"""Hold surfaces as NumPy arrays and move, mirror, merge them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Mesh:
    """A surface of quads and triangles, in metres, z up, front towards -y.

    `vertices` (n, 3); `faces` (m, 4) indices, a triangle has -1 last; `uvs` (m, 4, 2) per face corner, in metres.
    Corners run counter-clockwise seen from outside.
    """

    vertices: Array
    faces: NDArray[np.int64]
    uvs: Array
    smooth: bool = True


def arc_lengths(points: Array) -> Array:
    """Return the distance run along (n, k) points at each of them."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def grid(points: ArrayLike, close_u: bool = False, close_v: bool = False, smooth: bool = True) -> Mesh:
    """Make a surface of (nu, nv, 3) points; du x dv points outwards. UVs are mean arc lengths in metres."""
    at = np.asarray(points, dtype=float)
    nu, nv = at.shape[:2]
    i, j = np.meshgrid(np.arange(nu if close_u else nu - 1), np.arange(nv if close_v else nv - 1), indexing="ij")
    corners_u, corners_v = [i, i + 1, i + 1, i], [j, j, j + 1, j + 1]
    faces = np.stack([(a % nu) * nv + b % nv for a, b in zip(corners_u, corners_v, strict=True)], axis=-1)
    along_u, along_v = _mean_run(at, 0), _mean_run(at, 1)
    uvs = np.stack(
        [np.stack([along_u[a], along_v[b]], axis=-1) for a, b in zip(corners_u, corners_v, strict=True)], axis=2
    )
    return Mesh(at.reshape(-1, 3), faces.reshape(-1, 4), uvs.reshape(-1, 4, 2), smooth)


def _mean_run(points: Array, axis: int) -> Array:
    """Return the run along an axis, one entry more than points so that a closed grid has its seam.

    The longest line counts, so that patterns keep their size where the surface is widest.
    """
    wrapped = np.concatenate([points, np.take(points, [0], axis=axis)], axis=axis)
    steps = np.linalg.norm(np.diff(wrapped, axis=axis), axis=2)
    lines = steps if axis == 0 else steps.T
    longest = lines[:, np.argmax(lines[:-1].sum(axis=0))]
    return np.concatenate([[0.0], np.cumsum(longest)])


def merge(meshes: Iterable[Mesh]) -> Mesh:
    """Join surfaces into one; the first decides on smooth shading."""
    parts = list(meshes)
    starts = np.cumsum([0] + [len(part.vertices) for part in parts[:-1]])
    faces = [np.where(part.faces < 0, -1, part.faces + start) for part, start in zip(parts, starts, strict=True)]
    return Mesh(
        np.concatenate([part.vertices for part in parts]),
        np.concatenate(faces),
        np.concatenate([part.uvs for part in parts]),
        parts[0].smooth,
    )


def flip(mesh: Mesh) -> Mesh:
    """Turn a surface inside out."""
    triangle = mesh.faces[:, 3] < 0
    order = np.where(triangle[:, None], [2, 1, 0, 3], [3, 2, 1, 0])
    return replace(
        mesh,
        faces=np.take_along_axis(mesh.faces, order, axis=1),
        uvs=np.take_along_axis(mesh.uvs, order[:, :, None], axis=1),
    )


def move(mesh: Mesh, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Mesh:
    """Shift a surface by metres."""
    return replace(mesh, vertices=mesh.vertices + np.array([x, y, z]))


def scale(mesh: Mesh, x: float = 1.0, y: float | None = None, z: float | None = None) -> Mesh:
    """Stretch a surface about the origin; one factor alone counts for all axes."""
    factors = np.array([x, x if y is None else y, x if z is None else z])
    stretched = replace(mesh, vertices=mesh.vertices * factors)
    return flip(stretched) if np.prod(factors) < 0 else stretched


def rotation(axis: str, degrees: float) -> Array:
    """Return the (3, 3) matrix of a counter-clockwise turn about "x", "y" or "z"."""
    a, b = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix, angle = np.eye(3), np.radians(degrees)
    matrix[a, a] = matrix[b, b] = np.cos(angle)
    matrix[b, a] = np.sin(angle)
    matrix[a, b] = -np.sin(angle)
    return matrix


def rotate(mesh: Mesh, axis: str, degrees: float, about: Sequence[float] = (0.0, 0.0, 0.0)) -> Mesh:
    """Turn a surface about an axis through a point."""
    centre = np.asarray(about, dtype=float)
    return replace(mesh, vertices=(mesh.vertices - centre) @ rotation(axis, degrees).T + centre)


def mirror(mesh: Mesh, axis: str = "x") -> Mesh:
    """Reflect a surface in the plane through the origin across an axis."""
    signs = {"x": (-1.0, 1.0, 1.0), "y": (1.0, -1.0, 1.0), "z": (1.0, 1.0, -1.0)}[axis]
    return scale(mesh, *signs)


def signed_volume(mesh: Mesh) -> float:
    """Return the volume a surface encloses, cubic metres; negative when it is inside out."""
    points = mesh.vertices[mesh.faces]
    fourth = np.where((mesh.faces[:, 3] < 0)[:, None], points[:, 2], points[:, 3])
    first = np.einsum("ij,ij->i", points[:, 0], np.cross(points[:, 1], points[:, 2]))
    second = np.einsum("ij,ij->i", points[:, 0], np.cross(points[:, 2], fourth))
    return float((first + second).sum() / 6)
