"""Shape the straps of sandals: bands, narrow strips, ankle straps with a buckle, slingbacks, nails."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from studio.render.curves import spline
from studio.render.mesh import Array, Mesh, merge
from studio.shapes import sandal_sole, soft
from studio.shapes.sandal_sole import Foot


def band(foot: Foot, x: tuple[float, float], width: tuple[float, float], puff: float = 0.0, bow: float = 0.0) -> Array:
    """Return a broad strap's sheet (61, 21, 3): x on the outer and inner side, width at the sides and on top."""
    angle = np.linspace(0.03, np.pi - 0.03, 61)[:, None]
    v = np.linspace(-0.5, 0.5, 21)[None]
    top = np.sin(angle)
    middle = x[0] + (x[1] - x[0]) * angle / np.pi + bow * top**2
    at = middle + v * (width[0] + (width[1] - width[0]) * top)
    sheet = foot.over(np.broadcast_to(angle, at.shape), at)
    normal = soft.normals(sheet)
    normal *= np.sign(normal[30, 10, 2])
    swell = puff * np.sqrt(np.clip(1 - (2 * v) ** 2, 0, 1)) * np.clip(top * 3, 0, 1)
    return np.asarray(sheet + normal * (0.0014 + swell)[..., None])


def edge_seams(sheet: Array, lift: float = 0.0003) -> Mesh:
    """Return the stitched lines along both long edges of a strap's sheet."""
    normal = soft.normals(sheet)
    normal *= np.sign(normal[len(sheet) // 2, sheet.shape[1] // 2, 2])
    raised = (sheet + normal * lift)[3:-3]
    return merge([soft.stitches(raised[:, k], 0.0032, 0.0017, 0.00042) for k in (2, -3)])


def strip(foot: Foot, stations: Sequence[tuple[float, float]], width: ArrayLike, lift: float = 0.001) -> Array:
    """Return a narrow strap's sheet through (angle, x) stations over the foot; `width` at its ends and middle."""
    fine = spline(np.array(stations) * [0.05, 1.0], 60) / [0.05, 1.0]
    path = foot.over(fine[:, 0], fine[:, 1], lift)
    ahead = foot.over(fine[:, 0], fine[:, 1] + 0.002, lift) - path
    turn = foot.over(fine[:, 0] + 0.04, fine[:, 1], lift) - path
    normal = np.cross(ahead, turn)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    normal *= np.sign(normal[30, 2])
    across = np.cross(normal, np.gradient(path, axis=0))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    span = np.interp(np.linspace(0, 1, 60), np.linspace(0, 1, np.size(width)), np.atleast_1d(width))
    return np.asarray(path[:, None] + across[:, None] * (np.linspace(-0.5, 0.5, 9)[None, :] * span[:, None])[..., None])


def mount(mesh: Mesh, at: Array, normal: Array, along: Array) -> Mesh:
    """Lay a fitting that faces -y on a surface: its z runs `along`."""
    n = normal / np.linalg.norm(normal)
    z = along - n * (along @ n)
    z /= np.linalg.norm(z)
    return Mesh(mesh.vertices @ np.array([np.cross(-n, z), -n, z]) + at, mesh.faces, mesh.uvs, mesh.smooth)


def on_sheet(sheet: Array, mesh: Mesh, share: float, lift: float) -> Mesh:
    """Lay a fitting on a strap's sheet at a share of its length, along the strap."""
    k, row = int(share * (len(sheet) - 1)), sheet.shape[1] // 2
    normal = soft.normals(sheet)[k, row]
    normal = normal * np.sign(normal @ (sheet[k, row] - sheet.mean(axis=(0, 1)) + [0, 0, 0.02]))
    return mount(mesh, sheet[k, row] + normal * lift, normal, sheet[k + 1, row] - sheet[k - 1, row])


def ankle_path(foot: Foot, high: float, tilt: float = 0.3, count: int = 160) -> Array:
    """Return the closed line round the ankle, `high` above the heel's footbed, clockwise from the front."""
    a = np.linspace(0, -2 * np.pi, count, endpoint=False)
    x = 0.062 + 0.054 * np.cos(a)
    y = -0.002 + 0.0335 * np.sign(np.sin(a)) * np.abs(np.sin(a)) ** 0.9
    return np.column_stack([x, y, foot.heel + high + tilt * (x - 0.02)])


def ankle_strap(foot: Foot, high: float, width: float = 0.011) -> tuple[Mesh, Mesh]:
    """Return the strap round the ankle with its loose end and keeper, and its buckle on the inner side."""
    path = ankle_path(foot, high)
    spot = int(path[:, 1].argmin())
    out = np.array([0.0, -1.0, 0.0])
    along = path[spot + 1] - path[spot - 1]
    tail = path[spot - 3 : spot + 24] + out * np.linspace(0.0024, 0.0032, 27)[:, None]
    made = [
        sandal_sole.closed_band(path, width, 0.0024),
        soft.ribbon(tail, np.tile([0, 0, 1.0], (27, 1)), width * 0.86, 0.0018),
    ]
    keep = path[spot + 8 : spot + 11] + out * 0.0016
    made.append(soft.ribbon(keep, np.tile([0, 0, 1.0], (3, 1)), width * 1.16, 0.0062))
    frame = mount(soft.buckle(width * 1.65, width * 1.5, 0.0012), path[spot] + out * 0.0034, out, along)
    return merge(made), frame


def sling(foot: Foot, x: float, high: float, width: float = 0.009) -> Mesh:
    """Return a strap from both sides of the sole at x round the back of the heel."""
    inner, outer = foot.edges(x, -0.0015)
    z = float(foot.base(x))
    half = [(x, 0.0, z - 0.004), (x - 0.022, 0.002, z + 0.022), (0.032, 0.001, foot.heel + high * 0.82)]
    left = [(a, float(outer) + b if k == 0 else float(foot.edges(a, 0.0005)[1]), c) for k, (a, b, c) in enumerate(half)]
    right = [
        (a, float(inner) - b if k == 0 else float(foot.edges(a, 0.0005)[0]), c) for k, (a, b, c) in enumerate(half)
    ]
    path = spline([*left, (0.002, 0.0, foot.heel + high), *right[::-1]], 120)
    across = np.cross(np.gradient(path, axis=0), path - np.array([0.09, 0, foot.heel + high * 0.5]))
    return soft.ribbon(path, across, width, 0.0022)


def studs(sheet: Array, count: int) -> Mesh:
    """Return nails' heads along both lower ends of a broad strap."""
    made = []
    normal = soft.normals(sheet)
    normal *= np.sign(normal[30, 10, 2])
    for k in (4, -5):
        for v in np.linspace(2, sheet.shape[1] - 3, count).astype(int):
            at, n = sheet[k, v], normal[k, v]
            made.append(mount(soft.rivet(0.0028), at - n * 0.0004, n, np.array([0.0, 0, 1.0])))
    return merge(made)
