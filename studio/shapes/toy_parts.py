"""Shape what wooden toys share: boards, wheels, balls, peg people, cords."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import Delaunay

from studio.render.curves import circle, fillet, lift, offset, spline
from studio.render.mesh import Array, Mesh, flip, grid, merge, move, rotate
from studio.render.part import Finish, finish_of
from studio.render.primitives import extrude, revolve, rounded_box, tube

NATURAL = "beech"


def wood(finish: Mapping[str, Any], slot: str, colour: str = NATURAL) -> Finish:
    """Read a slot; what is not said is wood, stained where its colour is none of wood's."""
    return finish_of(finish, slot, surface="wood", colour=colour)


def grained(mesh: Mesh, axis: int = 0) -> Mesh:
    """Let the grain run along an axis: UVs from the product's own metres, v along `axis`."""
    corners = mesh.vertices[np.where(mesh.faces < 0, mesh.faces[:, :1], mesh.faces)]
    normal = np.abs(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    across = np.where((normal[:, first] > normal[:, second])[:, None], corners[:, :, second], corners[:, :, first])
    return replace(mesh, uvs=np.stack([across, corners[:, :, axis]], axis=-1))


def board(size: Sequence[float], radius: float = 0.003, at: Sequence[float] = (0, 0, 0), axis: int = 0) -> Mesh:
    """Return a block with round edges about a point, its grain along an axis."""
    return move(grained(rounded_box(size, radius, 2, 5), axis), *at)


def plank(outline: ArrayLike, depth: float, bevel: float = 0.004) -> Mesh:
    """Stand an outline (n, 2) of x, z upright, `depth` thick about y = 0, its grain along x."""
    flat = rotate(extrude(outline, depth, bevel), "x", 90)
    return grained(move(flat, y=depth / 2))


def sawn(outline: ArrayLike, depth: float, bevel: float = 0.004) -> Mesh:
    """Stand a board upright like `plank`, whatever its outline (n, 2): arches, animals."""
    flat = np.asarray(outline, dtype=float)
    if np.sum(flat[:, 0] * np.roll(flat[:, 1], -1) - flat[:, 1] * np.roll(flat[:, 0], -1)) < 0:
        flat = flat[::-1]
    angles = np.linspace(0, np.pi / 2, 5)
    rise = [lift(offset(flat, -bevel * (1 - np.sin(a))), -depth / 2 + bevel * (1 - np.cos(a))) for a in angles]
    rings = np.array(rise + [ring * [1, 1, -1] for ring in rise[::-1]])
    # A flat rim before the lid keeps the smooth shading of the edge off it.
    rim = lift(offset(flat, -bevel * 1.3), -depth / 2)
    sides = [rim, *rings, rim * [1, 1, -1]]
    lid = _lid(rim)
    solid = merge([grid(np.array(sides).transpose(1, 0, 2), close_u=True), flip(lid), move(lid, z=depth)])
    return grained(rotate(solid, "x", 90))


def _lid(ring: Array) -> Mesh:
    """Fill a level closed ring (n, 3) of any shape with triangles that face up."""
    flat = ring[:, :2]
    corners = Delaunay(flat).simplices
    x, y = flat[corners].mean(axis=1).T
    ends = np.roll(flat, -1, axis=0)
    crossed = (flat[:, 1, None] > y) != (ends[:, 1, None] > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = flat[:, 0, None] + (y - flat[:, 1, None]) * ((ends - flat)[:, 0] / (ends - flat)[:, 1])[:, None]
    inside = (crossed & (x < at)).sum(axis=0) % 2 == 1
    faces = np.column_stack([corners[inside], np.full(inside.sum(), -1)])
    return Mesh(ring, faces.astype(np.int64), ring[np.maximum(faces, 0)][:, :, :2])


def disc(radius: float, width: float, bevel: float = 0.003) -> Mesh:
    """Return a round slice about the origin, its axis along y."""
    return grained(move(rotate(extrude(circle(radius, 56), width, bevel), "x", 90), y=width / 2), 2)


def ball(radius: float, at: Sequence[float] = (0, 0, 0)) -> Mesh:
    """Return a ball about a point."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 28)
    return move(grained(revolve(np.column_stack([radius * np.cos(t), radius * np.sin(t)]), 44), 2), *at)


def turned(profile: ArrayLike, radius: float = 0.002, sides: int = 64) -> Mesh:
    """Turn a profile of (radius, z) with round corners, its grain upright."""
    return grained(revolve(fillet(profile, radius, 6), sides), 2)


def wheels(places: Sequence[tuple[float, float]], radius: float, width: float = 0.011) -> tuple[Mesh, Mesh]:
    """Return wheels that stand on z = 0 at places (x, y of their middle), and their hubs with axle ends."""
    rolled = [move(disc(radius, width), x, y, radius) for x, y in places]
    hubs = [move(disc(radius * 0.3, width + 0.005, 0.0015), x, y, radius) for x, y in places]
    return merge(rolled), merge(hubs)


def axles(xs: Sequence[float], track: float, z: float) -> Mesh:
    """Return the rods across between wheels."""
    return merge([tube([(x, -track, z), (x, 0, z), (x, track, z)], 0.003, 14, cap="flat") for x in xs])


def peg(at: Sequence[float], height: float = 0.04) -> tuple[Mesh, Mesh]:
    """Return the coat and the head of a peg person that stands at a point."""
    r = height * 0.25
    coat = turned([(0, 0), (r, 0), (r * 0.8, height * 0.62), (0, height * 0.66)], 0.003, 36)
    return move(coat, *at), move(ball(r * 0.86, (0, 0, height * 0.8)), *at)


def cord(points: ArrayLike, radius: float = 0.0014) -> Mesh:
    """Return a pull string along points."""
    return tube(spline(points, 90), radius, 8)
