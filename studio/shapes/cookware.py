"""Build pots and pans: a turned, stretched or square body, handles, and a lid where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from studio.render.curves import fillet, lift, pchip, resample, rounded_rectangle, soften
from studio.render.mesh import Array, Mesh, grid, merge, move, rotate, scale
from studio.render.part import Part, View, finish_of
from studio.render.primitives import fan, rounded_box, torus, vessel
from studio.shapes.cookware_fittings import LOOPS, STEEL, cover, long_handle
from studio.shapes.turned import plain, pouring_lip

VIEW = View(azimuth=-24, elevation=27)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a pot; shape: `form`, `radius`, `height`, optional `wall`, `lips` (degrees).

    Fittings: `handle` (length of a long one) with `slope` and `joint`, `loops` (kind of a pair), `helper` (kind of
    one), `lid` (rise) with `knob`; `oval` stretches the whole.
    """
    r, h, thick = shape["radius"], shape["height"], shape.get("wall", 0.003)
    parts = _square(shape, finish) if shape["form"] == "square" else _round(shape, finish)
    outer = profile(shape["form"], r, h)
    if "loops" in shape:
        one = LOOPS[shape["loops"]](outer, h)
        parts.append(Part(merge([one, rotate(one, "z", 180)]), finish_of(finish, "loops", **plain(parts[0].finish))))
    if "helper" in shape:
        ear = rotate(LOOPS[shape["helper"]](outer, h), "z", 180)
        parts.append(Part(ear, finish_of(finish, "handle", **STEEL)))
    if "lid" in shape:
        parts += cover(shape, finish, r - thick)
    if "oval" in shape:
        parts = [_stretched(part, shape["oval"]) for part in parts]
    if "handle" in shape:
        parts += long_handle(shape, finish, outer)
    return parts


def _stretched(part: Part, by: float) -> Part:
    """Draw a round pot out along x; what stands near its middle, the knob, keeps its form."""
    x, y, z = part.mesh.vertices.T
    if np.hypot(x, y).max() < 0.04:
        return part
    return replace(part, mesh=replace(part.mesh, vertices=np.column_stack([x * by, y, z])))


def profile(form: str, r: float, h: float) -> Array:
    """Return the outer profile (k, 2) from the middle of the base to the rim."""
    match form:
        case "straight":
            return resample(fillet([(0, 0), (r, 0), (r, h)], [0, 0.012, 0], 12), 90)
        case "casserole":
            return resample(fillet([(0, 0), (0.9 * r, 0), (r, h)], [0, 0.03, 0], 16), 90)
        case "pan":
            return resample(fillet([(0, 0), (0.76 * r, 0), (r, h)], [0, 0.034, 0], 16), 90)
        case "square":
            return np.array([(r, 0.0), (r, h)])
        case "milk":
            wall = [(0.86 * r, 0.0), (0.98 * r, 0.1 * h), (r, 0.36 * h), (0.93 * r, 0.78 * h), (0.99 * r, h)]
        case "wok":
            wall = [(0.3 * r, 0.0), (0.5 * r, 0.1 * h), (0.78 * r, 0.4 * h), (0.94 * r, 0.76 * h), (r, h)]
        case _:
            raise ValueError(f"No pot form {form!r}.")
    foot = fillet([(0.0, 0.0), wall[0], wall[1]], [0, 0.004, 0])[:-1]
    return np.concatenate([foot, soften(pchip([foot[-1], *wall[1:]], 100), 6)[1:]])


def _round(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    r, h, thick = shape["radius"], shape["height"], shape.get("wall", 0.003)
    outside, inside = vessel(profile(shape["form"], r, h), thick, max(thick, 0.004), sides=160)
    for angle in shape.get("lips", ()):
        outside, inside = (
            pouring_lip(mesh, angle, shape.get("lip", 0.012), 0.02, h - 0.035, h) for mesh in (outside, inside)
        )
    body = finish_of(finish, "body", surface="gloss")
    parts = [Part(outside, body), Part(inside, finish_of(finish, "inside", **plain(body)))]
    if "rim" in finish:
        ring = move(torus(r - thick / 2, 0.62 * thick + 0.0006, 16, 160), z=h)
        for angle in shape.get("lips", ()):
            ring = pouring_lip(ring, angle, shape.get("lip", 0.012), 0.02, h - 0.035, h)
        parts.append(Part(ring, finish_of(finish, "rim", surface="gloss")))
    return parts


def _square(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Return a square pan with ridges on its floor."""
    r, h, thick = shape["radius"], shape["height"], shape["wall"]
    levels = [(0.93, 0.0), (0.95, 0.004), (1.0, h - 0.0015), (0.995, h)]
    inner = [(1 - 1.2 * thick / r, h), (1 - 1.4 * thick / r, h - 0.0015), (0.95 - thick / r, thick + 0.003)]
    rings = [lift(rounded_rectangle(2 * r * k, 2 * r * k, 0.22 * r * k, 16), z) for k, z in levels]
    within = [lift(rounded_rectangle(2 * r * k, 2 * r * k, 0.22 * r * k, 16), z) for k, z in inner]
    skin = grid(np.array(rings + within[:1]).transpose(1, 0, 2), close_u=True)
    hollow = grid(np.array(within).transpose(1, 0, 2), close_u=True)
    across = np.linspace(-0.74 * r, 0.74 * r, 2 * round(0.74 * r / 0.0125) + 1)
    bars = [move(rounded_box((0.0046, 1.5 * r, 0.007), 0.002), x, 0, thick + 0.0035) for x in across]
    for angle in (90, 270):
        skin, hollow = (_corner_lip(mesh, angle, h) for mesh in (skin, hollow))
    body = finish_of(finish, "body", surface="powder")
    floor = fan(within[-1])
    base = scale(move(fan(rings[0]), z=0.0), 1, 1, -1)
    return [
        Part(merge([skin, base]), body),
        Part(merge([hollow, floor, *bars]), finish_of(finish, "inside", **plain(body))),
    ]


def _corner_lip(mesh: Mesh, angle: float, h: float) -> Mesh:
    return pouring_lip(mesh, angle, 0.012, 0.026, h - 0.022, h)
