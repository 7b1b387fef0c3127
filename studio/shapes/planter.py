"""Build planters: a pot, soil, and a plant in it, some on a wooden stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, lift, pchip, rounded_rectangle, soften
from studio.render.mesh import Array, Mesh, flip, merge, move
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import loft, revolve, tube, vessel
from studio.shapes import plants, pot_plants
from studio.shapes.turned import plain, ribbed

VIEW = View(azimuth=-14, elevation=13)
ROUND = {
    "belly": ((0.6, 0.0), (0.86, 0.14), (1.0, 0.45), (0.9, 0.82), (0.84, 1.0)),
    "egg": ((0.5, 0.0), (0.76, 0.1), (0.98, 0.45), (1.0, 0.7), (0.88, 1.0)),
    "urn": ((0.58, 0.0), (0.56, 0.05), (0.4, 0.13), (0.46, 0.22), (0.82, 0.5), (0.97, 0.8), (1.0, 1.0)),
    "bowl": ((0.42, 0.0), (0.66, 0.1), (0.92, 0.5), (1.0, 1.0)),
}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a planter; shape: `pot`, `radius`, `height`, `plant` and its `size`, optional `ribs`, `stand`, metres."""
    r, h, stand = shape["radius"], shape["height"], shape.get("stand", 0.0)
    body = finish_of(finish, "body", surface="terracotta", colour="terracotta")
    parts = pot(shape, body, finish_of(finish, "inside", **plain(body)))
    soil = revolve([(0.0, 0.9 * h), (0.5 * r, 0.895 * h), (opening(shape) * r, 0.885 * h)], 60)
    parts.append(Part(flip(soil), finish_of(finish, "soil", surface="soil", colour="#35261d")))
    parts += [Part(move(part.mesh, z=0.885 * h), part.finish) for part in plant(shape, finish)]
    if stand:
        parts = [Part(move(part.mesh, z=stand), part.finish, part.thickness) for part in parts]
        parts.append(Part(frame(r, stand, h), finish_of(finish, "stand", surface="wood", colour="oak")))
    return parts


def opening(shape: Mapping[str, Any]) -> float:
    """Return the pot's radius at the soil, as a share of its own."""
    return {"tapered": 0.93, "cylinder": 0.94, "square": 0.8, "rimmed": 0.84}.get(shape["pot"], 0.9)


def pot(shape: Mapping[str, Any], body: Finish, inside: Finish) -> list[Part]:
    """Return the pot's outside and inside."""
    r, h, form = shape["radius"], shape["height"], shape["pot"]
    if form == "square":
        return _square(r, h, body)
    outer = profile(form, r, h)
    outside, inner = vessel(outer, shape.get("wall", 0.006), 0.7 * h, sides=shape.get("ribs", 12) * 10)
    if "ribs" in shape:
        outside = ribbed(outside, shape["ribs"], shape.get("depth", 0.004), 0.03 * h, 0.95 * h)
    return [Part(outside, body), Part(inner, inside)]


def profile(form: str, r: float, h: float) -> Array:
    """Return the pot's outer profile (k, 2) from the middle of its base to its rim."""
    match form:
        case "tapered":
            return fillet([(0, 0), (0.72 * r, 0), (r, h)], [0, 0.006, 0])
        case "cylinder":
            return fillet([(0, 0), (r, 0), (r, h)], [0, 0.01, 0])
        case "rimmed":
            lip = [(0.84 * r, 0.74 * h), (0.97 * r, 0.75 * h), (r, h)]
            return fillet([(0, 0), (0.6 * r, 0), *lip], [0, 0.005, 0.001, 0.004, 0])
        case _:
            wall = [(x * r, z * h) for x, z in ROUND[form]]
            foot = fillet([(0.0, 0.0), wall[0], wall[1]], [0, 0.004, 0])[:-1]
            return np.concatenate([foot, soften(pchip([foot[-1], *wall[1:]], 80), 5)[1:]])


def _square(r: float, h: float, body: Finish) -> list[Part]:
    low, high = (rounded_rectangle(2 * k * r, 2 * k * r, 0.012) for k in (0.8, 0.95))
    rings = [
        lift(low * 0.985, 0.0),
        lift(low, 0.003),
        lift(high, h - 0.002),
        lift(high * 0.99, h),
        lift(high * 0.9, h),
        lift(high * 0.86, 0.6 * h),
    ]
    return [Part(loft(rings, top=False), body)]


def frame(radius: float, height: float, pot_height: float) -> Mesh:
    """Return a wooden stand: four posts beside the pot and a crossed pair of bars under it."""
    out = radius + 0.012
    posts = []
    for angle in np.radians([30, 120, 210, 300]):
        x, y = np.cos(angle) * out, np.sin(angle) * out
        posts.append(
            tube([(x, y, 0.0), (x, y, 0.5 * height), (x, y, height + 0.45 * pot_height)], 0.0095, 20, cap="flat")
        )
    bars = []
    for angle in (30, 120):
        c, s = np.cos(np.radians(angle)) * out, np.sin(np.radians(angle)) * out
        bars.append(
            tube([(-c, -s, height - 0.012), (0, 0, height - 0.012), (c, s, height - 0.012)], 0.008, 16, cap="flat")
        )
    return merge(posts + bars)


def plant(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Return the plant, standing on z = 0."""
    size = shape["size"]
    green = finish_of(finish, "leaf", surface="leaf", colour="#5f8f52")
    stem = finish_of(finish, "stem", surface="leaf", colour="#8fa565")
    match shape["plant"]:
        case "snake":
            return plants.snake(size, green, finish_of(finish, "edge", surface="leaf", colour="#b9b865"))
        case "lily":
            return plants.arching(size, 0.62 * size, green, stem)
        case "rubber":
            return plants.rubber(size, green, finish_of(finish, "stem", surface="matte", colour="#6b5138"))
        case "rosette":
            return plants.rosette(size, green)
        case "cactus":
            return plants.cactus(0.42 * size, size, green, finish_of(finish, "thorn", surface="matte", colour="ivory"))
        case "fern":
            return plants.fern(size, 1.05 * size, green)
        case "ivy":
            return plants.trailing(size, shape["radius"], green, stem)
        case "pilea":
            return pot_plants.pilea(size, 0.75 * size, green, stem)
        case "aloe":
            return pot_plants.aloe(size, green)
        case "topiary":
            bark = finish_of(finish, "stem", surface="matte", colour="#6b5138")
            return pot_plants.topiary(size, 0.3 * size, green, bark)
        case "lavender":
            return pot_plants.lavender(
                size, 0.5 * size, green, finish_of(finish, "bloom", surface="leaf", colour="violet")
            )
        case _:
            raise ValueError(f"No plant {shape['plant']!r}.")
