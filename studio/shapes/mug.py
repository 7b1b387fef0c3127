"""Build mugs: a turned body with a swept handle, some on a saucer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, pchip, soften, spline, superellipse
from studio.render.mesh import Array, move
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import revolve, sweep, torus, vessel
from studio.shapes import kettle_parts
from studio.shapes.turned import plain, ribbed

VIEW = View(azimuth=-16, elevation=20)
# Wall points after the foot, in radii and heights.
FORMS = {
    "round": ((0.55, 0.0), (0.86, 0.14), (1.0, 0.45), (0.93, 0.8), (0.86, 1.0)),
    "bell": ((0.62, 0.0), (0.7, 0.1), (0.76, 0.45), (0.86, 0.8), (1.0, 1.0)),
    "bowl": ((0.45, 0.0), (0.7, 0.1), (0.92, 0.4), (0.99, 0.75), (1.0, 1.0)),
    "waisted": ((0.95, 0.0), (0.98, 0.06), (0.86, 0.5), (0.92, 0.85), (1.0, 1.0)),
    "cone": ((0.52, 0.0), (0.56, 0.05), (0.78, 0.5), (1.0, 1.0)),
    "belly": ((0.7, 0.0), (0.92, 0.12), (1.0, 0.38), (0.9, 0.74), (0.88, 1.0)),
}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a mug; shape: `form`, `radius`, `height`, `handle`, optional `wall`, `ribs`, `saucer` (radius), metres.

    `facets` cuts that many flat sides; `fill` is the share of a drink in a glass one.
    """
    radius, height = shape["radius"], shape["height"]
    outer = profile(shape["form"], radius, height)
    sides = shape.get("facets", shape.get("ribs", 12) * 10)
    outside, inside = vessel(outer, shape.get("wall", 0.0042), floor=0.008, sides=sides)
    if "ribs" in shape:
        outside = ribbed(outside, shape["ribs"], 0.0022, 0.12 * height, 0.8 * height, shape.get("lean", 0.0))
    body = finish_of(finish, "body", surface="ceramic")
    parts = [Part(outside, body), Part(inside, finish_of(finish, "inside", **plain(body)))]
    if shape["handle"] != "none":
        path, section = handle(shape["handle"], outer, height)
        parts.append(Part(sweep(section, path, up=(0, 1, 0)), finish_of(finish, "handle", **plain(body))))
    if "fill" in shape:
        drink = kettle_parts.drink(outer, shape["wall"] + 0.0006, 0.009, shape["fill"] * height)
        parts.append(Part(drink, finish_of(finish, "drink", surface="gloss", glow=0.9)))
    if "rim" in finish:
        ring = move(torus(radius - 0.0006, shape.get("wall", 0.0042) * 0.85, segments=120), z=height)
        parts.append(Part(ring, finish_of(finish, "rim", surface="gloss")))
    if "saucer" in shape:
        parts = [Part(move(part.mesh, z=0.007), part.finish) for part in parts]
        parts.append(_saucer(shape["saucer"], finish_of(finish, "saucer", **plain(body))))
    return parts


def _saucer(radius: float, finish: Finish) -> Part:
    top = [(0.0, 0.0), (0.5 * radius, 0.0), (0.55 * radius, 0.003), (0.98 * radius, 0.014), (radius, 0.0165)]
    back = [(0.98 * radius, 0.0185), (0.6 * radius, 0.0085), (0.5 * radius, 0.0065), (0.0, 0.0065)]
    return Part(revolve(fillet(top + back, 0.003), 120), finish)


def profile(form: str, r: float, h: float) -> Array:
    """Return the outer profile (k, 2) from the middle of the foot to the rim."""
    if form == "straight":
        return fillet([(0, 0), (r, 0), (r, h)], [0, 0.006, 0])
    if form == "conical":
        return fillet([(0, 0), (0.74 * r, 0), (r, h)], [0, 0.008, 0])
    wall = [(x * r, z * h) for x, z in FORMS[form]]
    foot = fillet([(0.0, 0.0), wall[0], wall[1]], [0, 0.003, 0])[:-1]
    return np.concatenate([foot, soften(pchip([foot[-1], *wall[1:]], 80), 5)[1:]])


def handle(kind: str, outer: Array, height: float) -> tuple[Array, Array]:
    """Return path and section of a handle on the right of the body, its ends sunk into the wall."""
    top, low = (0.86, 0.3) if kind == "angle" else (0.84, 0.2)
    edge = outer[outer[:, 1] > 0.02 * height]
    a, b = (float(np.interp(t * height, edge[:, 1], edge[:, 0])) - 0.002 for t in (top, low))
    reach = max(a, b) + (0.028 if kind == "loop" else 0.034)
    z0, z1 = top * height, low * height
    match kind:
        case "ear":
            bow = [(reach - 0.009, z0 + 0.004), (reach, z0 - 0.3 * (z0 - z1)), (reach - 0.013, z1 + 0.012)]
            line, section = spline([(a, z0), *bow, (b, z1)], 48), superellipse(0.013, 0.0078, 2.6, 20)
        case "loop":
            bow = [(reach - 0.006, z0 - 0.002), (reach, (z0 + z1) / 2), (reach - 0.006, z1 + 0.002)]
            line, section = spline([(a, z0), *bow, (b, z1)], 48), superellipse(0.0095, 0.0095, 2.0, 20)
        case "square":
            line = fillet([(a, z0), (reach, z0), (reach, z1), (b, z1)], 0.012, 10)
            section = superellipse(0.012, 0.0085, 4.0, 24)
        case "angle":
            line = fillet([(a, z0), (reach, z0), (b, z1)], 0.014, 12)
            section = superellipse(0.012, 0.008, 3.0, 24)
        case _:
            raise ValueError(f"No handle {kind!r}.")
    return np.stack([line[:, 0], np.zeros(len(line)), line[:, 1]], axis=1), section
