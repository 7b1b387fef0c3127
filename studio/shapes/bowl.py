"""Build bowls: turned ones on a foot, scalloped or lipped, nested in stacks, with chopsticks or salad servers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from studio.render.curves import fillet, pchip, soften, spline, superellipse
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.part import Part, View, finish_of
from studio.render.primitives import sweep, torus, vessel
from studio.shapes.turned import plain, pouring_lip, ribbed

VIEW = View(azimuth=-16, elevation=24)
# Wall points after the foot, in radii and heights.
FORMS = {
    "coupe": ((0.34, 0.0), (0.34, 0.06), (0.62, 0.2), (0.88, 0.58), (1.0, 1.0)),
    "deep": ((0.46, 0.0), (0.46, 0.07), (0.72, 0.2), (0.93, 0.55), (1.0, 1.0)),
    "ramen": ((0.4, 0.0), (0.37, 0.13), (0.52, 0.2), (0.8, 0.56), (1.0, 1.0)),
    "round": ((0.5, 0.0), (0.8, 0.12), (1.0, 0.5), (0.98, 0.8), (0.92, 1.0)),
    "flared": ((0.42, 0.0), (0.44, 0.06), (0.54, 0.3), (0.72, 0.7), (1.0, 1.0)),
    "wide": ((0.42, 0.0), (0.6, 0.1), (0.84, 0.4), (0.95, 0.74), (1.0, 1.0)),
    "footed": ((0.5, 0.0), (0.49, 0.03), (0.3, 0.12), (0.17, 0.3), (0.17, 0.42), (0.4, 0.53),
               (0.78, 0.68), (0.95, 0.86), (1.0, 1.0)),
    "low": ((0.7, 0.0), (0.82, 0.16), (0.95, 0.55), (1.0, 1.0)),
}  # fmt: skip


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a bowl; shape: `form`, `radius`, `height`, optional `wall`, `ribs` with `depth`, `scallops`, `lip` (reach).

    `stack` nests that many, each `step` higher and smaller by `shrink`, with finishes body, body2, body3 ...;
    `chopsticks` and `servers` lay those on the rim.
    """
    parts = _one(shape, finish, "body", "inside")
    for k in range(1, shape.get("stack", 1)):
        size = shape["shrink"] ** k
        smaller = {**shape, "radius": shape["radius"] * size, "height": shape["height"] * size}
        inner = _one(smaller, finish, f"body{k + 1}", f"inside{k + 1}")
        parts += [replace(part, mesh=move(part.mesh, z=k * shape["step"])) for part in inner]
    if shape.get("chopsticks"):
        parts.append(_chopsticks(shape["height"], finish))
    if shape.get("servers"):
        parts.append(_servers(shape["radius"], shape["height"], finish))
    return parts


def _one(shape: Mapping[str, Any], finish: Mapping[str, Any], outer_slot: str, inner_slot: str) -> list[Part]:
    r, h, wall = shape["radius"], shape["height"], shape.get("wall", 0.004)
    floor = shape.get("floor", 0.1) * h
    outside, inside = vessel(profile(shape["form"], r, h), wall, floor, sides=shape.get("ribs", 16) * 10)
    if "ribs" in shape:
        outside = ribbed(outside, shape["ribs"], shape.get("depth", 0.003), 0.1 * h, 0.94 * h)
    if "lip" in shape:
        outside, inside = (pouring_lip(mesh, 180, shape["lip"], 0.03, 0.55 * h, h) for mesh in (outside, inside))
    if "scallops" in shape:
        depth = shape.get("depth", 0.004)
        outside, inside = (scalloped(mesh, shape["scallops"], depth, h) for mesh in (outside, inside))
    body = finish_of(finish, outer_slot, surface="ceramic")
    parts = [Part(outside, body), Part(inside, finish_of(finish, inner_slot, **plain(body)))]
    if "rim" in finish:
        ring = move(torus(r - wall / 2, 0.62 * wall, 16, 160), z=h)
        if "lip" in shape:
            ring = pouring_lip(ring, 180, shape["lip"], 0.03, 0.55 * h, h)
        parts.append(Part(ring, finish_of(finish, "rim", surface="gloss")))
    return parts


def profile(form: str, r: float, h: float) -> Array:
    """Return the outer profile (k, 2) from the middle of the foot to the rim."""
    wall = [(x * r, z * h) for x, z in FORMS[form]]
    foot = fillet([(0.0, 0.0), wall[0], wall[1]], [0, 0.002, 0])[:-1]
    return np.concatenate([foot, soften(pchip([foot[-1], *wall[1:]], 140), 4)[1:]])


def scalloped(mesh: Mesh, count: int, depth: float, height: float) -> Mesh:
    """Wave a bowl's wall in and out, the more the higher, its rim up and down."""
    x, y, z = mesh.vertices.T
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    rise = np.clip(z / height - 0.25, 0, 1) ** 1.2
    wave = np.abs(np.cos(count / 2 * angle)) ** 0.8 - 0.6
    out = 1 + wave * depth * rise / np.maximum(radius, depth)
    return replace(mesh, vertices=np.column_stack([x * out, y * out, z + 0.5 * depth * wave * rise**2]))


def _chopsticks(h: float, finish: Mapping[str, Any]) -> Part:
    """Return a pair of chopsticks across the rim."""
    t = np.linspace(-1, 1, 24)
    sticks = []
    for side, turn in ((-1, 24.0), (1, 29.0)):
        path = np.column_stack([0.12 * t - 0.001, np.full(24, side * 0.007), np.full(24, h + 0.0042)])
        stick = sweep(superellipse(0.0068, 0.0068, 4.0, 20), path, up=(0, 0, 1), scale=0.78 + 0.22 * t, cap="flat")
        sticks.append(rotate(stick, "z", turn))
    return Part(merge(sticks), finish_of(finish, "chopsticks", surface="wood", colour="chocolate"))


def _servers(r: float, h: float, finish: Mapping[str, Any]) -> Part:
    """Return two wooden paddles that lean in a salad bowl."""
    line = [(-0.5 * r, 0, 0.34 * h), (0.2 * r, 0, 0.7 * h), (0.95 * r, 0, h + 0.006), (1.5 * r, 0, 1.36 * h)]
    t = np.linspace(0, 1, 60)
    blade = 2.4 * np.exp(-((np.maximum(t - 0.14, 0) / 0.16) ** 2)) * np.sqrt(np.clip(t / 0.1, 0.2, 1))
    width = np.column_stack([np.ones(60), 0.85 + blade + 0.4 * t**3])
    one = sweep(superellipse(0.006, 0.02, 3.0, 28), spline(line, 60), up=(0, 0, 1), scale=width, cap="round")
    wood = finish_of(finish, "servers", surface="wood", colour="beech")
    return Part(merge([rotate(one, "z", 22), rotate(one, "z", 92)]), wood)
