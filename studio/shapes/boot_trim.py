"""Shape what some boots add: western stitching and pulls, riding straps, padded shafts, rands and shells."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from studio.render.curves import spline
from studio.render.mesh import Array, Mesh, grid, merge
from studio.render.part import Finish, Part
from studio.render.primitives import tube
from studio.shapes import shoe, soft
from studio.shapes.sneaker import raised


def on_shaft(last: shoe.Last, middle: float, flat: Array, lift: float = 0.0005) -> Array:
    """Lay points of s and t about s = `middle` on the surface."""
    return last.at(middle + flat[:, 0], flat[:, 1], lift)


def western_stitches(last: shoe.Last) -> Mesh:
    """Return the nested rows sewn on both sides of a western shaft, and the fan on its vamp."""
    made = []
    for middle in (0.27, 0.73):
        for k in range(4):
            w, high, low = 0.022 + 0.022 * k, 0.9 - 0.015 * k, 0.6 - 0.026 * k
            half = [(0.0, low), (w * 0.75, low + 0.06), (w * 0.42, low + 0.15), (w, low + 0.22), (w * 0.66, high)]
            line = spline([(-a, b) for a, b in half[:0:-1]] + half, 120)
            made.append(soft.stitches(on_shaft(last, middle, line), 0.0032, 0.0014, 0.00055))
    for k in range(3):
        reach = np.linspace(-1, 1, 60)
        t = 0.3 + 0.035 * k + 0.075 * np.abs(reach) ** 1.5 - 0.03 * np.cos(3 * np.pi * reach)
        made.append(soft.stitches(last.across(t, reach * (0.034 - 0.003 * k), 0.0005), 0.003, 0.0014, 0.00055))
    return merge(made)


def side_seams(last: shoe.Last) -> Mesh:
    """Return the piped seams down both sides of a shaft."""
    t = np.linspace(0.36, 0.99, 60)
    return merge([tube(last.at(s, t, 0.0002), 0.0012, 8) for s in (0.25, 0.75)])


def vamp_edge(last: shoe.Last) -> Mesh:
    """Return the cord along the edge where a vamp is sewn over the shaft."""
    s = np.linspace(-0.31, 0.31, 120)
    t = 0.47 + 0.06 * np.cos(2 * np.pi * s / 0.62) - 0.24 * np.abs(s / 0.31) ** 2.2
    return tube(last.at(s, t, 0.0003), 0.0009, 6)


def belt(last: shoe.Last, t: float, width: float, tilt: float = 0.0, lift: float = 0.0026) -> Array:
    """Return the sheet of a strap round the shaft at t, rising by `tilt` towards the heel."""
    s = np.linspace(0, 1, 141)
    middle = t - tilt * np.cos(2 * np.pi * s)
    return last.patch_points(s, middle - width, middle + width, lift, 8)


def buckle_on(last: shoe.Last, sheet: Array, s: float, size: float) -> Mesh:
    """Return a frame buckle on a strap at s, its prong along the strap."""
    k = int(s * (len(sheet) - 1))
    at, along = sheet[k, 4], sheet[k + 2, 4] - sheet[k - 2, 4]
    up = sheet[k, -1] - sheet[k, 0]
    out = np.cross(up, along)
    out *= np.sign(out @ (at - last.points[:, last.points.shape[1] // 2].mean(axis=0)) + 1e-12)
    z = along / np.linalg.norm(along)
    n = out - z * (out @ z)
    n /= np.linalg.norm(n)
    mesh = soft.buckle(size, size * 0.9, 0.0016)
    return Mesh(mesh.vertices @ np.array([np.cross(-n, z), -n, z]) + at + n * 0.0022, mesh.faces, mesh.uvs, mesh.smooth)


def rolls(last: shoe.Last, low: float, high: float, count: int, depth: float) -> Mesh:
    """Return a shaft sewn into horizontal rolls between two t."""
    s, t = np.linspace(0, 1, 161)[:-1, None], np.linspace(low, high, count * 14 + 1)[None]
    s, t = np.broadcast_arrays(s, t)
    flat, raised = last.at(s, t, 0.0), last.at(s, t, 1.0)
    swell = np.abs(np.sin(np.pi * count * (t - low) / (high - low))) ** 0.6
    pucker = 1 - 0.1 * np.sin(2 * np.pi * s * 23 + 5 * t) * (1 - swell)
    return grid(flat + (raised - flat) * (0.0004 + depth * swell * pucker)[..., None], close_u=True)


def rand(last: shoe.Last, high: float, toe: float, heel: float, lift: float) -> Mesh:
    """Return a protective band all round above the sole, taller at toe and heel."""
    s = np.linspace(0, 1, 181)
    c = np.cos(2 * np.pi * s)
    return last.patch(s, 0.0, high + toe * np.clip(c, 0, 1) ** 2 + heel * np.clip(-c, 0, 1) ** 2, lift)


def vamp_seam(last: shoe.Last, side: float) -> Mesh:
    """Return the seam that runs from the ankle to the sole."""
    return shoe.side_seam(last, raised(last, [(0.066, 0.058), (0.1, 0.04), (0.14, 0.02), (0.156, 0.002)]), side)


def pull_tab(last: shoe.Last, s: float, tall: float = 0.022, width: float = 0.018) -> Mesh:
    """Return a loop that stands over the opening at s."""
    foot, edge = last.at([s, s], [0.9, 1.0], 0.001)
    out = last.at(s, 0.99, 0.01) - last.at(s, 0.99)
    out[2] = 0
    out /= np.linalg.norm(out)
    points = [
        foot,
        edge,
        edge + out * 0.002 + [0, 0, tall * 0.7],
        edge - out * 0.002 + [0, 0, tall],
        edge - out * 0.006 + [0, 0, tall * 0.6],
        edge - out * 0.007 - [0, 0, 0.012],
    ]
    path = spline(points, 40)
    return soft.ribbon(path, np.tile(np.cross(out, [0, 0, 1.0]), (40, 1)), width, 0.0016)


def western(last: shoe.Last, skin: Mapping[str, Finish]) -> list[Part]:
    """Return a western boot's stitching, piped seams and pulls."""
    pulls = merge([pull_tab(last, s, 0.02, 0.024) for s in (0.25, 0.75)])
    cords = merge([side_seams(last), vamp_edge(last)])
    return [
        Part(western_stitches(last), skin["thread"]),
        Part(cords, skin["collar"]),
        Part(pulls, skin["accent"]),
    ]


def riding(last: shoe.Last, skin: Mapping[str, Finish]) -> list[Part]:
    """Return a riding boot's buckled straps, seams and pull tab."""
    belts = [belt(last, 0.385, 0.013, -0.012), belt(last, 0.955, 0.017)]
    frames = [buckle_on(last, belt, s, size) for belt, s, size in zip(belts, (0.7, 0.68), (0.02, 0.026), strict=True)]
    return [
        Part(merge([soft.slab(belt, 0.0024) for belt in belts]), skin["accent"]),
        Part(merge(frames), skin["metal"]),
        Part(
            merge([shoe.both(vamp_seam, last), soft.stitches(last.at(0.5, np.linspace(0.3, 0.9, 80), 0.0004))]),
            skin["thread"],
        ),
        Part(pull_tab(last, 0.5, 0.02), skin["accent"]),
    ]


def padded(last: shoe.Last, skin: Mapping[str, Finish]) -> list[Part]:
    """Return a snow boot's padded shaft, its strap and pull loop."""
    strap = belt(last, 0.555, 0.028, -0.075, 0.0098)
    return [
        Part(rolls(last, 0.3, 0.97, 6, 0.0085), skin["upper"]),
        Part(soft.slab(strap, 0.0024), skin["accent"]),
        Part(buckle_on(last, strap, 0.7, 0.026), skin["metal"]),
        Part(pull_tab(last, 0.5, 0.026, 0.022), skin["accent"]),
    ]


PULLED_ON = {"western": western, "riding": riding, "padded": padded}
