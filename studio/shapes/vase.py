"""Build vases: turned, fluted, faceted, handled, and a ring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from studio.render.curves import fillet, pchip, soften, spline, superellipse
from studio.render.mesh import Array, Mesh, grid, merge, mirror, move, rotate
from studio.render.part import Part, View, finish_of
from studio.render.primitives import revolve, sweep, torus, tube, vessel
from studio.shapes.turned import plain, ribbed

VIEW = View(azimuth=-12, elevation=11)
# Outer profiles after the foot's middle, in radii and heights.
FORMS = {
    "amphora": ((0.46, 0.0), (0.6, 0.1), (0.9, 0.36), (1.0, 0.6), (0.84, 0.78), (0.42, 0.88), (0.4, 0.95), (0.55, 1.0)),
    "gourd": ((0.7, 0.0), (0.94, 0.1), (1.0, 0.26), (0.8, 0.45), (0.5, 0.54),
              (0.66, 0.66), (0.7, 0.76), (0.45, 0.9), (0.42, 1.0)),
    "bottle": ((0.78, 0.0), (0.97, 0.08), (1.0, 0.28), (0.8, 0.46),
               (0.3, 0.62), (0.24, 0.8), (0.26, 0.95), (0.36, 1.0)),
    "tulip": ((0.52, 0.0), (0.66, 0.08), (0.92, 0.32), (0.9, 0.6), (0.78, 0.8), (1.0, 1.0)),
    "column": ((0.84, 0.0), (0.94, 0.04), (1.0, 0.4), (0.96, 0.8), (0.84, 1.0)),
    "ball": ((0.4, 0.0), (0.74, 0.1), (1.0, 0.42), (0.8, 0.74), (0.36, 0.86), (0.26, 0.93), (0.34, 1.0)),
    "teardrop": ((0.62, 0.0), (0.9, 0.08), (1.0, 0.22), (0.72, 0.5), (0.38, 0.76), (0.24, 0.92), (0.28, 1.0)),
    "gem": ((0.5, 0.0), (0.78, 0.25), (1.0, 0.5), (0.86, 0.75), (0.62, 1.0)),
    "bubbles": ((0.55, 0.0), (0.86, 0.06), (1.0, 0.2), (0.83, 0.35), (0.5, 0.42), (0.7, 0.52), (0.76, 0.6), (0.6, 0.7),
                (0.38, 0.75), (0.5, 0.82), (0.54, 0.88), (0.42, 0.95), (0.3, 1.0)),
    "trumpet": ((0.56, 0.0), (0.54, 0.04), (0.36, 0.14), (0.3, 0.3), (0.36, 0.55), (0.58, 0.82), (1.0, 1.0)),
    "bud": ((0.62, 0.0), (0.9, 0.1), (1.0, 0.32), (0.8, 0.58), (0.3, 0.72), (0.22, 0.84), (0.24, 0.95), (0.4, 1.0)),
    "cylinder": ((0.97, 0.0), (1.0, 0.03), (1.0, 0.5), (1.0, 1.0)),
    "urn": ((0.6, 0.0), (0.56, 0.05), (0.62, 0.12), (0.96, 0.44), (1.0, 0.68), (0.76, 0.88), (0.78, 1.0)),
}  # fmt: skip


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a vase; shape: `form`, `radius`, `height`, optional `handles`, `ribs` with `depth` and `lean`, `facets`."""
    body = finish_of(finish, "body", surface="ceramic")
    if shape["form"] in HOLLOW:
        return [Part(HOLLOW[shape["form"]](shape["radius"], shape["height"]), body)]
    r, h = shape["radius"], shape["height"]
    outer = profile(shape["form"], r, h)
    outside, inside = vessel(outer, shape.get("wall", 0.005), sides=shape.get("facets", shape.get("ribs", 14) * 10))
    if "ribs" in shape:
        outside = ribbed(outside, shape["ribs"], shape.get("depth", 0.004), 0.02 * h, 0.97 * h, shape.get("lean", 0.0))
    if "facets" in shape:
        outside = faceted(outer, shape["facets"], shape.get("rows", 5), shape.get("wall", 0.005))
    parts = [Part(outside, body), Part(inside, finish_of(finish, "inside", **plain(body)))]
    if shape.get("handles"):
        one = ear(outer, h)
        parts.append(Part(merge([one, mirror(one)]), finish_of(finish, "handles", **plain(body))))
    return parts


def profile(form: str, r: float, h: float) -> Array:
    """Return the outer profile (k, 2) from the middle of the foot to the lip."""
    wall = [(x * r, z * h) for x, z in FORMS[form]]
    foot = fillet([(0.0, 0.0), wall[0], wall[1]], [0, 0.004, 0])[:-1]
    return np.concatenate([foot, soften(pchip([foot[-1], *wall[1:]], 140), 6)[1:]])


def ear(outer: Array, h: float) -> Mesh:
    """Return a handle on the right, from the shoulder to below the lip."""
    z0, z1 = 0.93 * h, 0.66 * h
    a, b = (float(np.interp(z, outer[:, 1], outer[:, 0])) for z in (z0, z1))
    bow = [(a + 0.3 * (b - a) + 0.012, z0 + 0.015 * h), (b + 0.004, z0 - 0.09 * h)]
    line = spline([(a - 0.004, z0 - 0.01 * h), *bow, (b - 0.006, z1)], 40)
    path = np.stack([line[:, 0], np.zeros(len(line)), line[:, 1]], axis=1)
    return sweep(superellipse(0.09 * h, 0.05 * h, 2.4, 20) * 0.8, path, up=(0, 1, 0))


def faceted(outer: Array, sides: int, rows: int, wall: float) -> Mesh:
    """Return flat triangles between rings of which every second is turned by half a side."""
    edge = outer[outer[:, 0] > 0.3 * outer[:, 0].max()]
    heights = np.linspace(outer[0, 1], outer[-1, 1], rows + 1)
    rings = [
        _turned(float(np.interp(z, edge[:, 1], edge[:, 0])), float(z), sides, k % 2) for k, z in enumerate(heights)
    ]
    points = np.concatenate([*rings, [[0.0, 0.0, 0.0]]])
    faces = [(sides * (rows + 1), (i + 1) % sides, i, -1) for i in range(sides)]
    for j in range(rows):
        for i in range(sides):
            here, there = j * sides, (j + 1) * sides
            a, b = here + i, here + (i + 1) % sides
            c, d = there + i, there + (i + 1) % sides
            faces += [(a, b, c, -1), (b, d, c, -1)] if j % 2 == 0 else [(a, d, c, -1), (a, b, d, -1)]
    index = np.array(faces)
    skin = Mesh(points, index, points[index][..., [0, 2]], smooth=False)
    lip_out, lip_in = rings[-1], _turned(float(outer[-1, 0]) - wall, float(outer[-1, 1]), sides, rows % 2)
    return merge([skin, grid(np.stack([lip_out, lip_in], axis=1), close_u=True)])


def _turned(radius: float, z: float, sides: int, half: int) -> Array:
    angle = (np.arange(sides) + half / 2) * 2 * np.pi / sides
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), np.full(sides, z)], axis=1)


def ring(radius: float, height: float) -> Mesh:
    """Return an upright ring on a foot with a short neck."""
    tube = 0.36 * radius
    body = move(rotate(torus(radius - tube, tube, 40, 96), "x", 90), z=radius)
    top = 2 * radius - 0.25 * tube
    lip = [(0.42 * tube, top), (0.4 * tube, height - 0.004), (0.62 * tube, height), (0.3 * tube, height)]
    neck_profile = fillet([*lip, (0.28 * tube, top)], 0.006)
    foot = revolve(fillet([(0.0, 0.0), (0.75 * tube, 0.0), (0.6 * tube, 0.022), (0.0, 0.022)], 0.003), 72)
    return merge([body, revolve(neck_profile, 72), foot])


def arch(radius: float, height: float) -> Mesh:
    """Return a bowed pipe with both open ends up, flattened below so that it stands; `radius` is the bow's."""
    thick, wall = 0.38 * radius, 0.005
    t = np.linspace(0, np.pi, 60)
    bow = np.column_stack([-radius * np.cos(t), np.zeros(60), radius + thick - radius * np.sin(t)])
    rise = np.linspace(height, radius + thick, 24)[:-1, None] * [0.0, 0.0, 1.0]
    path = np.concatenate([rise - [radius, 0, 0], bow, rise[::-1] + [radius, 0, 0]])
    skin = tube(path, thick, 48, cap="none")
    flat = replace(skin, vertices=np.maximum(skin.vertices, [-np.inf, -np.inf, 0.06 * thick]) - [0, 0, 0.06 * thick])
    level = height - 0.06 * thick
    lip = fillet([(thick, -0.001), (thick, 0.003), (thick - wall, 0.003), (thick - wall, -0.4 * height)], 0.0014)
    ends = [move(revolve(lip, 48), x, 0.0, level) for x in (-radius, radius)]
    return merge([flat, *ends])


HOLLOW = {"ring": ring, "arch": arch}
