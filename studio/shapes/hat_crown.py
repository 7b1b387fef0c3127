"""Shape what hats share: turned shells on an oval head, brims, ribbons and bows.

The front looks to -y; a hat rests on z = 0 as it would lie on a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from studio.render.mesh import Array, Mesh, flip, grid, merge
from studio.render.part import Finish, finish_of
from studio.render.primitives import tube
from studio.shapes import soft

WIDE, LONG = 0.92, 1.08


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots every hat has: body, brim, back, lining, band, thread, trim."""
    body = finish_of(finish, "body", surface="canvas", colour="sand")
    own = {"surface": body.surface, "colour": body.colour, "scale": body.scale, "bump": body.bump}
    return {
        "body": body,
        "brim": finish_of(finish, "brim", **own),
        "back": finish_of(finish, "back", **own),
        "lining": finish_of(finish, "lining", surface="cotton", colour=body.colour),
        "band": finish_of(finish, "band", surface="cotton", colour="black"),
        "thread": finish_of(finish, "thread", surface="cotton", colour=body.colour),
        "trim": finish_of(finish, "trim", **own),
        "metal": finish_of(finish, "metal", surface="metal", colour="steel"),
    }


def angles(count: int = 192) -> Array:
    """Return angles round the head from the back, counter-clockwise seen from above."""
    return np.pi / 2 + np.linspace(0, 2 * np.pi, count, endpoint=False)


def turned(profile: ArrayLike, count: int = 192) -> Array:
    """Turn a (k, 2) profile of radius and z into (count, k, 3) points on the head's oval."""
    at, a = np.asarray(profile, dtype=float), angles(count)[:, None]
    return np.stack([np.cos(a) * at[:, 0] * WIDE, np.sin(a) * at[:, 0] * LONG, np.ones_like(a) * at[:, 1]], axis=-1)


def closed_normals(points: Array) -> Array:
    """Return unit normals du x dv of a (nu, nv, 3) grid that is closed in u."""
    out = np.cross(np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0), np.gradient(points, axis=1))
    return np.asarray(out / np.maximum(np.linalg.norm(out, axis=2, keepdims=True), 1e-12))


def shell(points: Array, thickness: float, edges: str = "low") -> tuple[Mesh, Mesh]:
    """Return the outside with its round edges, "low", "high" or "both", and the inside, of cloth closed in u."""
    inner = points - closed_normals(points) * thickness
    ends = {"low": [0], "high": [-1], "both": [0, -1]}[edges]
    rims = [tube((points[:, k] + inner[:, k]) / 2, thickness * 0.52, 8, closed=True) for k in ends]
    return merge([grid(points, close_u=True), *rims]), flip(grid(inner, close_u=True))


def ring_stitches(points: Array, row: float, lift: float = 0.0003) -> Mesh:
    """Return a seam round a grid closed in u, at a share of its rows."""
    at = row * (points.shape[1] - 1)
    low = min(int(at), points.shape[1] - 2)
    raised = points + closed_normals(points) * lift
    line = raised[:, low] + (raised[:, low + 1] - raised[:, low]) * (at - low)
    return soft.stitches(np.concatenate([line, line[:1]]), 0.0034, 0.0017, 0.00045)


def ribbon_band(points: Array, low: int, high: int, lift: float, thickness: float = 0.0009) -> Mesh:
    """Return a ribbon round a crown between two of its rows, with round edges."""
    sheet = points[:, low : high + 1] + closed_normals(points)[:, low : high + 1] * lift
    return merge([grid(sheet, close_u=True), *[tube(sheet[:, k], thickness, 8, closed=True) for k in (0, -1)]])


def bow(at: Array, out: Array, length: float, width: float) -> Mesh:
    """Return a flat bow of two loops and a knot on a wall, `out` its outward direction."""
    out = out / np.linalg.norm(out)
    along = np.cross([0.0, 0.0, 1.0], out)
    up = np.array([0.0, 0.0, 1.0])
    made = []
    for side in (-1.0, 1.0):
        line = [(0.0, 0.002), (0.3, 0.006), (0.75, 0.0075), (1.0, 0.004), (0.98, 0.0015), (0.5, 0.001), (0.0, 0.001)]
        t = np.linspace(0, 1, len(line))
        fine = np.linspace(0, 1, 40)
        reach, rise = (np.interp(fine, t, [p[k] for p in line]) for k in (0, 1))
        spread = 0.72 + 0.28 * np.clip(reach * 1.6, 0, 1)
        path = at + side * along * (reach * length)[:, None] - out * (reach**2 * length * 0.16)[:, None]
        path = path + out * rise[:, None]
        rows = np.linspace(-0.5, 0.5, 9)
        sheet = path[:, None] + up * (rows[None, :, None] * width * spread[:, None, None])
        made.append(soft.slab(sheet if side < 0 else sheet[:, ::-1], 0.0009))
    knot = np.linspace(-1, 1, 15)
    arch = at + along * (knot * 0.006)[:, None] + out * (0.0095 - 0.006 * knot**4)[:, None]
    made.append(soft.slab((arch[:, None] + up * (np.linspace(-0.46, 0.46, 9)[None, :, None] * width)), 0.001))
    return merge(made)
