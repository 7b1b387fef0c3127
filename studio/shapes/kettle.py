"""Build kettles and teapots: a turned body with spout, handle, lid and knob. Coffee pots are in coffee_pot.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from studio.render.curves import resample
from studio.render.mesh import Array, Mesh, move, rotate
from studio.render.part import Part, View, finish_of
from studio.render.primitives import revolve, torus, vessel
from studio.shapes import coffee_pot
from studio.shapes import kettle_parts as parts_of
from studio.shapes.turned import plain, ribbed

VIEW = View(azimuth=-16, elevation=17)
# Wall points after the base, in radii and heights; the last is the mouth.
FORMS: dict[str, parts_of.Line] = {
    "dome": ((0.9, 0.0), (1.0, 0.1), (0.99, 0.3), (0.9, 0.62), (0.7, 0.87), (0.46, 1.0)),
    "cone": ((0.97, 0.0), (1.0, 0.04), (0.86, 0.4), (0.68, 0.82), (0.6, 0.97), (0.57, 1.0)),
    "drum": ((0.94, 0.0), (1.0, 0.08), (1.0, 0.5), (0.97, 0.8), (0.86, 0.95), (0.6, 1.0)),
    "pitcher": ((0.98, 0.0), (1.0, 0.05), (0.93, 0.4), (0.81, 0.75), (0.74, 0.97), (0.72, 1.0)),
    "ball": ((0.5, 0.0), (0.78, 0.1), (1.0, 0.45), (0.86, 0.8), (0.56, 0.97), (0.5, 1.0)),
    "pear": ((0.62, 0.0), (0.86, 0.06), (1.0, 0.26), (0.86, 0.55), (0.62, 0.82), (0.54, 0.95), (0.56, 1.0)),
    "squat": ((0.6, 0.0), (0.84, 0.1), (1.0, 0.42), (0.93, 0.72), (0.68, 0.95), (0.48, 1.0)),
}
# Spout: points in radii from the axis and heights; radii in body radii; thickness in metres; mouth in degrees.
SPOUTS: dict[str, tuple[parts_of.Line, tuple[float, ...], float, float]] = {
    "stout": (((0.7, 0.42), (1.02, 0.56), (1.2, 0.76), (1.29, 0.96)), (0.34, 0.25, 0.2, 0.18), 0.002, 62),
    "cone": (((0.55, 0.42), (0.95, 0.62), (1.2, 0.84)), (0.3, 0.21, 0.15), 0.0018, 60),
    "gooseneck": (((0.7, 0.2), (1.2, 0.24), (1.42, 0.5), (1.5, 0.85), (1.74, 1.08), (1.98, 1.04)),
                  (0.2, 0.115, 0.08, 0.068, 0.062, 0.06), 0.0014, -38),
    "tea": (((0.7, 0.34), (1.1, 0.42), (1.32, 0.68), (1.52, 0.98)), (0.3, 0.22, 0.14, 0.105), 0.003, 62),
    "swan": (((0.7, 0.22), (1.16, 0.27), (1.36, 0.5), (1.46, 0.78), (1.72, 0.98)),
             (0.26, 0.2, 0.13, 0.1, 0.095), 0.003, 48),
    "stub": (((0.7, 0.5), (1.04, 0.6), (1.22, 0.78), (1.34, 0.92)), (0.25, 0.19, 0.15, 0.13), 0.004, 70),
}  # fmt: skip


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a pot; shape: `form`, `radius`, `height` (body), `spout`, `handle`, `lid` (rise), `knob`; metres.

    Optional: `foot`, `whistle`, `hobs`, `ribs`, `wall` (glass), `fill` (share of tea in glass), `knob_size`.
    """
    if shape["form"] in coffee_pot.MODELS:
        return coffee_pot.MODELS[shape["form"]](shape, finish)
    r, h = shape["radius"], shape["height"]
    outer = parts_of.wall(FORMS[shape["form"]], r, h)
    parts = [*_body(shape, finish, outer), *_spout(shape, finish), *_handle(shape, finish, outer)]
    parts += _lid(shape, finish, float(outer[-1, 0]), h)
    if "foot" in shape:
        ring = revolve([(0.0, -shape["foot"]), (shape.get("foot_radius", 0.8) * r, -shape["foot"]),
                        (shape.get("foot_radius", 0.8) * r, 0.004)], 96)  # fmt: skip
        parts.append(Part(ring, finish_of(finish, "foot", surface="brushed", colour="steel")))
        parts = [replace(part, mesh=move(part.mesh, z=shape["foot"])) for part in parts]
    return parts


def _body(shape: Mapping[str, Any], finish: Mapping[str, Any], outer: Array) -> list[Part]:
    body = finish_of(finish, "body", surface="gloss")
    if "wall" in shape:
        outside, inside = vessel(outer, shape["wall"], sides=120)
        drink = parts_of.drink(outer, shape["wall"] + 0.0006, shape["wall"] + 0.0006, shape["fill"] * shape["height"])
        tea = finish_of(finish, "drink", surface="gloss", glow=0.9)
        return [Part(outside, body), Part(inside, body), Part(drink, tea)]
    h = shape["height"]
    mesh = revolve(np.concatenate([outer, [[0.0, h]]]), shape.get("ribs", 12) * 10)
    if "ribs" in shape:
        mesh = ribbed(mesh, shape["ribs"], 0.0026, 0.06 * h, 0.9 * h)
    if "hobs" in shape:
        mesh = hobnailed(outer, shape["hobs"], 0.0018)
    return [Part(mesh, body)]


def hobnailed(outer: Array, count: int, depth: float) -> Mesh:
    """Return a turned wall with rows of `count` round bosses each, cast-iron fashion."""
    dense = resample(outer, 260)
    mesh = revolve(np.concatenate([dense, [[0.0, outer[-1, 1]]]]), 8 * count)
    x, y, z = mesh.vertices.T
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    pitch = 2 * np.pi * outer[:, 0].max() / count
    run = np.interp(z, dense[:, 1], np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(dense, axis=0).T))])) / pitch
    low, high = outer[-1, 1] * 0.16, outer[-1, 1] * 0.9
    row = np.floor(run / 0.87)
    across = (angle * count / (2 * np.pi) + 0.5 * (row % 2)) % 1.0 - 0.5
    away = np.hypot(across * radius / outer[:, 0].max(), run - 0.87 * (row + 0.5))
    boss = np.sqrt(np.clip(1 - (away / 0.36) ** 2, 0, 1)) * ((z > low) & (z < high))
    swell = 1 + depth * boss / np.maximum(radius, depth)
    return replace(mesh, vertices=np.column_stack([x * swell, y * swell, z + 0.3 * depth * boss]))


def _spout(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    r, h = shape["radius"], shape["height"]
    points, radii, thick, mouth = SPOUTS[shape["spout"]]
    path = [(x * r, z * h) for x, z in points]
    mesh = parts_of.spout(path, [k * r for k in radii], shape.get("wall", thick), mouth)
    body = finish_of(finish, "body", surface="gloss")
    out = [Part(rotate(mesh, "z", 180), finish_of(finish, "spout", **plain(body)))]
    if shape.get("whistle"):
        cap = move(rotate(parts_of.knob("cap", 1.06 * radii[-1] * r), "y", 90 - mouth), path[-1][0], 0.0, path[-1][1])
        out.append(Part(rotate(cap, "z", 180), finish_of(finish, "whistle", surface="plastic", colour="black")))
    return out


def _handle(shape: Mapping[str, Any], finish: Mapping[str, Any], outer: Array) -> list[Part]:
    r, h = shape["radius"], shape["height"]
    body = finish_of(finish, "body", surface="gloss")
    if shape["handle"] == "arch":
        half = shape.get("arch", 0.74) * r
        foot = parts_of.shoulder_at(outer, half)
        path = parts_of.arch(half, foot - 0.008, shape["rise"], shape.get("squareness", 2.6))
        strap = parts_of.bar(path, shape.get("strap", 0.014), 0.0042, 3.0)
        metal = finish_of(finish, "handle", surface="brushed", colour="steel")
        holder = Part(parts_of.lugs(path[6:-6], 0.0052, 0.02), metal)
        if "grip" not in finish:
            return [Part(strap, metal), holder]
        middle = parts_of.grip(path, 0.34, 0.66, shape.get("grip", 0.0115))
        return [Part(strap, metal), holder, Part(middle, finish_of(finish, "grip", surface="wood", colour="beech"))]
    top, low = shape.get("hold", (0.82, 0.26))
    path = parts_of.side_handle(outer, top * h, low * h, shape["reach"], shape["handle"])
    width, thick = shape.get("bar", (0.016, 0.0095))
    return [Part(parts_of.bar(path, width, thick), finish_of(finish, "handle", **plain(body)))]


def _lid(shape: Mapping[str, Any], finish: Mapping[str, Any], mouth: float, h: float) -> list[Part]:
    body = finish_of(finish, "body", surface="gloss")
    cover = parts_of.lid(mouth + shape.get("over", 0.0015), shape["lid"])
    top = h + shape["lid"] + 0.0028
    button = move(parts_of.knob(shape["knob"], shape.get("knob_size", 0.013)), z=top)
    parts = [
        Part(move(cover, z=h + 0.0008), finish_of(finish, "lid", **plain(body))),
        Part(button, finish_of(finish, "knob", **plain(body))),
    ]
    if "rim" in finish:
        band = move(torus(mouth + 0.001, 0.0016, segments=120), z=h)
        parts.append(Part(band, finish_of(finish, "rim", surface="gloss")))
    return parts
