"""Build earbuds in their open charging case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, pchip, superellipse
from studio.render.mesh import Mesh, merge, mirror, move, rotate, scale
from studio.render.part import Finish, Part, finish_of
from studio.render.primitives import extrude, loft, revolve, rounded_box, torus

Placed = list[tuple[Mesh, Finish]]


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build the case, its lid thrown back, and two buds; `width`, `depth`, `low`, `lid` heights, `open` degrees."""
    shell = finish_of(finish, "shell", surface="plastic", colour="white")
    deck = finish_of(finish, "deck", surface="matte", colour=shell.colour)
    bud = finish_of(finish, "bud", surface="gloss", colour=shell.colour)
    metal = finish_of(finish, "metal", surface="metal", colour="steel")
    tip = finish_of(finish, "tip", surface="rubber", colour="dove")
    light = finish_of(finish, "light", surface="matte", colour="#8fe0b0", glow=1.2)
    w, d, low, lid = (
        shape.get("width", 0.066),
        shape.get("depth", 0.046),
        shape.get("low", 0.021),
        shape.get("lid", 0.013),
    )
    square = shape.get("square", 2.8)
    outline = superellipse(w, d, square, 160)
    bottom = _half(outline, low)
    inset = extrude(superellipse(w - 0.007, d - 0.007, square, 120), 0.001)
    hinge = (0.0, d / 2 - 0.002, low + 0.0006)
    cover = rotate(
        move(mirror(_half(outline, lid), "z"), z=lid), "x", -shape.get("open", 96.0), (0.0, d / 2 - 0.002, 0.0)
    )
    inner = rotate(move(inset, z=-0.0006), "x", -shape.get("open", 96.0), (0.0, d / 2 - 0.002, 0.0))
    barrel = move(rounded_box((w * 0.32, 0.005, 0.005), 0.0024), *hinge)
    parts = [
        Part(bottom, shell), Part(move(inset, z=low - 0.0004), deck),
        Part(move(cover, z=low + 0.0012), shell), Part(move(inner, z=low + 0.0012), deck), Part(barrel, metal),
        Part(move(rotate(_dot(0.0017), "x", 90), 0.0, -d / 2 + 0.0006, low * 0.66), light),
    ]  # fmt: skip
    for mesh, skin in _bud(bud, metal, tip):
        one = move(rotate(rotate(mesh, "y", 18), "z", 14), shape.get("apart", 0.0155), -0.001, low + 0.0065)
        parts.append(Part(merge([one, mirror(one)]), skin))
    return parts


def _half(outline: np.ndarray[Any, Any], height: float) -> Mesh:
    """Return a shell with a round bottom and a flat top at z = `height`."""
    a = np.linspace(0.12, np.pi / 2, 16)
    rings = [
        np.column_stack(
            [outline * (0.42 + 0.58 * np.sin(t) ** 0.8), np.full(len(outline), height * 0.86 * (1 - np.cos(t)))]
        )
        for t in a
    ]
    low = rings[0][0, 2]
    rings = [ring - [0, 0, low] for ring in rings]
    rings += [np.column_stack([outline, np.full(len(outline), height - 0.0006)])]
    rings += [np.column_stack([outline * 0.985, np.full(len(outline), height)])]
    return loft(np.array(rings))


def _dot(radius: float) -> Mesh:
    return extrude(superellipse(2 * radius, 2 * radius, 2.0, 32), 0.001, 0.0003)


def _bud(bud: Finish, metal: Finish, tip: Finish) -> Placed:
    """Return one bud about the origin: its touch disc looks up and forward, its silicone tip down and in."""
    line = pchip(
        [(0.0, -0.0075), (0.0055, -0.0072), (0.0088, -0.003), (0.0096, 0.0012), (0.0084, 0.0052), (0.0062, 0.0062)], 60
    )
    body = scale(revolve(line, 72), 1.0, 1.12, 1.0)
    face = scale(
        revolve(fillet([(0.0064, 0.0058), (0.006, 0.0072), (0.0, 0.0075)], [0, 0.0006, 0]), 64), 1.0, 1.12, 1.0
    )
    ring = scale(move(torus(0.0066, 0.00055, 10, 72), z=0.0061), 1.0, 1.12, 1.0)
    plug = revolve(
        pchip([(0.0, -0.0145), (0.0032, -0.014), (0.0056, -0.01), (0.0056, -0.007), (0.003, -0.006)], 40), 48
    )
    plug = move(rotate(plug, "x", 34), y=-0.001)
    meshes = [(body, bud), (face, bud), (ring, metal), (plug, tip)]
    return [(rotate(mesh, "x", 38), skin) for mesh, skin in meshes]
