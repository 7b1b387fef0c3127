"""Make surfaces: revolved, swept, lofted, extruded, and soft boxes. Normals point outwards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from studio.render.curves import circle, lift, offset, resample
from studio.render.mesh import Array, Mesh, flip, grid, merge


def revolve(profile: ArrayLike, sides: int = 96, smooth: bool = True) -> Mesh:
    """Turn a (k, 2) profile of (radius, z) about the z axis; the seam is at the back.

    A profile that runs upwards on the outside has its normals outwards.
    """
    at = np.asarray(profile, dtype=float)
    angle = np.pi / 2 + np.linspace(0, 2 * np.pi, sides, endpoint=False)[:, None]
    points = np.stack([np.cos(angle) * at[:, 0], np.sin(angle) * at[:, 0], np.ones_like(angle) * at[:, 1]], axis=-1)
    return grid(points, close_u=True, smooth=smooth)


def vessel(profile: ArrayLike, wall: float, floor: float | None = None, sides: int = 96) -> tuple[Mesh, Mesh]:
    """Return the outside with its round rim, and the inside, of a vessel whose outer profile runs bottom to rim.

    `wall` and `floor` are thicknesses in metres.
    """
    outer = np.asarray(profile, dtype=float)
    dense = resample(outer, 4 * len(outer))
    inner = offset(dense, -wall, closed=False)
    inner = inner[(inner[:, 1] > outer[0, 1] + (wall if floor is None else floor)) & (inner[:, 0] > 1e-4)]
    inner = np.concatenate([[[0.0, inner[0, 1]]], inner])
    a, b = outer[-1], inner[-1]
    t = np.linspace(0, np.pi, 9)[1:-1, None]
    along = outer[-1] - outer[-2]
    along = along / np.linalg.norm(along) * np.linalg.norm(a - b) / 2
    rim = (a + b) / 2 + (a - b) / 2 * np.cos(t) + along * np.sin(t)
    outside = np.concatenate([outer, rim, b[None]])
    return revolve(outside, sides), revolve(inner[::-1], sides)


def frames(path: Array, closed: bool = False, up: Sequence[float] | None = None) -> tuple[Array, Array, Array]:
    """Return tangents, normals and binormals (n, 3) along a path, by parallel transport.

    `up` fixes the first normal, or all of them when the path is to keep its upright.
    """
    along = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0) if closed else np.gradient(path, axis=0)
    tangents = along / np.linalg.norm(along, axis=1, keepdims=True)
    if up is not None:
        normals = np.asarray(up, dtype=float) - tangents * (tangents @ np.asarray(up, dtype=float))[:, None]
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
        return tangents, normals, np.cross(tangents, normals)
    normals = np.empty_like(path)
    start = np.eye(3)[np.argmin(np.abs(tangents[0]))]
    for k, tangent in enumerate(tangents):
        carried = start - tangent * (start @ tangent)
        normals[k] = start = carried / np.linalg.norm(carried)
    if closed:
        _spread_twist(tangents, normals)
    return tangents, normals, np.cross(tangents, normals)


def _spread_twist(tangents: Array, normals: Array) -> None:
    """Turn the frames of a closed path little by little so that the last meets the first."""
    last = normals[-1] - tangents[0] * (normals[-1] @ tangents[0])
    angle = np.arctan2(np.cross(last, normals[0]) @ tangents[0], last @ normals[0])
    turn = angle * np.arange(len(normals)) / len(normals)
    binormals = np.cross(tangents, normals)
    normals[:] = normals * np.cos(turn)[:, None] + binormals * np.sin(turn)[:, None]


def sweep(
    section: ArrayLike,
    path: ArrayLike,
    closed: bool = False,
    scale: ArrayLike = 1.0,
    up: Sequence[float] | None = None,
    cap: str = "flat",
) -> Mesh:
    """Carry a closed counter-clockwise (k, 2) section along an (n, 3) path.

    Section x follows the normal (`up` where given), y the binormal (tangent x normal). `scale`: one factor a path
    point, () or (n,) or (n, 2) for both directions. `cap`: "flat", "round" or "none".
    """
    shape, way = np.asarray(section, dtype=float), np.asarray(path, dtype=float)
    factors = np.asarray(scale, dtype=float)
    factors = factors[:, None] if factors.ndim == 1 else factors
    factors = np.broadcast_to(factors, (len(way), 2))
    tangents, normals, binormals = frames(way, closed, up)
    if cap == "round" and not closed:
        way, factors, normals, binormals = _round_ends(shape, way, factors, tangents, normals, binormals)
    x, y = shape[:, None, 0] * factors[:, 0], shape[:, None, 1] * factors[:, 1]
    points = way[None] + x[..., None] * normals[None] + y[..., None] * binormals[None]
    body = grid(points, close_u=True, close_v=closed)
    if closed or cap == "none":
        return body
    return merge([body, flip(fan(points[:, 0])), fan(points[:, -1])])


def _round_ends(
    shape: Array, way: Array, factors: Array, tangents: Array, normals: Array, binormals: Array
) -> tuple[Array, Array, Array, Array]:
    radius = float(np.abs(shape).max(axis=0).min())
    angles = np.linspace(0, np.pi / 2, 6)[1:]
    out = np.sin(angles)[:, None] * radius
    fade = np.maximum(np.cos(angles), 0.02)[:, None]
    head = way[0] - tangents[0] * out[::-1] * factors[0].min()
    tail = way[-1] + tangents[-1] * out * factors[-1].min()
    n = len(angles)
    return (
        np.concatenate([head, way, tail]),
        np.concatenate([factors[0] * fade[::-1], factors, factors[-1] * fade]),
        np.concatenate([np.repeat(normals[:1], n, axis=0), normals, np.repeat(normals[-1:], n, axis=0)]),
        np.concatenate([np.repeat(binormals[:1], n, axis=0), binormals, np.repeat(binormals[-1:], n, axis=0)]),
    )


def fan(ring: ArrayLike, rings: int = 3) -> Mesh:
    """Fill a closed counter-clockwise (k, 3) ring towards its middle, in concentric rings.

    The first lies near the edge, or smooth shading would bend the light over the whole lid.
    """
    at = np.asarray(ring, dtype=float)
    t = np.insert(np.linspace(0, 1, rings + 1), 1, 0.04)[:, None, None]
    points = (at[None] * (1 - t) + at.mean(axis=0) * t).transpose(1, 0, 2)
    mesh = grid(points, close_u=True)
    flat = _flat_uv(at)
    return Mesh(mesh.vertices, mesh.faces, (mesh.vertices @ flat.T)[mesh.faces], mesh.smooth)


def _flat_uv(ring: Array) -> Array:
    """Return the (2, 3) axes of the plane that fits a ring best."""
    return np.asarray(np.linalg.svd(ring - ring.mean(axis=0))[2][:2])


def tube(path: ArrayLike, radius: float | ArrayLike, sides: int = 14, closed: bool = False, cap: str = "round") -> Mesh:
    """Sweep a circle along a path; an (n,) radius varies along it."""
    radii = np.asarray(radius, dtype=float)
    if radii.ndim == 0:
        return sweep(circle(float(radii), sides), path, closed, cap=cap)
    return sweep(circle(1.0, sides), path, closed, scale=radii, cap=cap)


def loft(rings: ArrayLike, bottom: bool = True, top: bool = True, smooth: bool = True) -> Mesh:
    """Skin (levels, k, 3) counter-clockwise rings from bottom to top, with or without lids."""
    at = np.asarray(rings, dtype=float)
    parts = [grid(at.transpose(1, 0, 2), close_u=True, smooth=smooth)]
    parts += [flip(fan(at[0]))] if bottom else []
    parts += [fan(at[-1])] if top else []
    return merge(parts)


def extrude(outline: ArrayLike, height: float, bevel: float = 0.0, samples: int = 5, smooth: bool = True) -> Mesh:
    """Raise a closed counter-clockwise (k, 2) outline from z = 0, both edges rounded by `bevel`.

    Inner and outer corners of the outline must be rounder than the bevel, or the lid folds over itself.
    """
    flat = np.asarray(outline, dtype=float)
    if bevel <= 0:
        return loft([lift(flat, 0.0), lift(flat, height)], smooth=smooth)
    angles = np.linspace(0, np.pi / 2, samples)
    low = [lift(offset(flat, -bevel * (1 - np.sin(a))), bevel * (1 - np.cos(a))) for a in angles]
    high = [lift(offset(flat, -bevel * (1 - np.cos(a))), height - bevel * (1 - np.sin(a))) for a in angles]
    return loft(low + high, smooth=smooth)


def rounded_box(size: Sequence[float], radius: float, inner: int = 1, samples: int = 6) -> Mesh:
    """Return a box about the origin with round edges; `inner` splits its flat faces, for bending later."""
    half = np.asarray(size, dtype=float) / 2
    core = half - min(radius, float(half.min()) * 0.999)
    sides = []
    for axis in range(3):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        first, second = (_box_stations(half[k], core[k], inner, samples) for k in (a, b))
        for sign in (1.0, -1.0):
            points = np.empty((len(first), len(second), 3))
            points[..., axis] = sign * half[axis]
            points[..., a], points[..., b] = first[:, None], second[None]
            inside = np.clip(points, -core, core)
            outward = points - inside
            outward /= np.linalg.norm(outward, axis=2, keepdims=True)
            side = grid(inside + outward * (half - core).min())
            sides.append(side if sign > 0 else flip(side))
    return merge(sides)


def _box_stations(half: float, core: float, inner: int, samples: int) -> Array:
    edge = core + (half - core) * np.tan(np.linspace(0, np.pi / 4, samples))
    flat = np.linspace(-core, core, inner + 1)
    return np.concatenate([-edge[:0:-1], flat, edge[1:]])


def puffed_box(size: Sequence[float], radius: float, puff: Sequence[float], inner: int = 12) -> Mesh:
    """Return a soft box whose faces bulge by `puff` metres along x, y and z: cushions, padding, soft bags."""
    box = rounded_box(size, radius, inner)
    half = np.asarray(size, dtype=float) / 2
    share = box.vertices / half
    out = box.vertices.copy()
    for axis in range(3):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        swell = np.clip((1 - share[:, a] ** 2) * (1 - share[:, b] ** 2), 0, 1)
        out[:, axis] += puff[axis] * share[:, axis] * np.sqrt(swell)
    return Mesh(out, box.faces, box.uvs, box.smooth)


def torus(radius: float, thickness: float, sides: int = 16, segments: int = 64) -> Mesh:
    """Return a ring flat on the xy plane about the origin; `thickness` is the wire's radius."""
    return tube(lift(circle(radius, segments)), thickness, sides, closed=True)


def link(length: float, width: float, wire: float, samples: int = 48) -> Mesh:
    """Return a stadium-shaped chain link along x, flat on the xy plane; `wire` is its radius."""
    r, half = width / 2, max(length - width, 0.0) / 2
    t = np.linspace(-np.pi / 2, np.pi / 2, 16)
    right = np.stack([half + r * np.cos(t), r * np.sin(t)], axis=1)
    outline = resample(np.concatenate([right, -right]), samples, closed=True)
    return tube(lift(outline), wire, 10, closed=True)
