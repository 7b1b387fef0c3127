"""Build table and floor lamps: a base and a shade, each of several kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, pchip, soften, spline
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.part import Part, View, finish_of
from studio.render.primitives import revolve, torus, tube
from studio.shapes.turned import legs, plain, ribbed

VIEW = View(azimuth=-14, elevation=7)
BODIES = {
    "jug": ((0.62, 0.0), (0.86, 0.06), (1.0, 0.3), (0.86, 0.6), (0.34, 0.84), (0.2, 0.92), (0.18, 1.0)),
    "ball": ((0.5, 0.0), (0.78, 0.1), (1.0, 0.45), (0.74, 0.82), (0.22, 0.95), (0.2, 1.0)),
    "spindle": ((1.0, 0.0), (0.96, 0.04), (0.4, 0.1), (0.34, 0.2), (0.62, 0.36),
                (0.66, 0.46), (0.34, 0.64), (0.28, 0.8), (0.36, 0.9), (0.2, 1.0)),
    "cone": ((1.0, 0.0), (0.98, 0.03), (0.72, 0.3), (0.46, 0.6), (0.22, 0.93), (0.12, 1.0)),
}  # fmt: skip


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a lamp; shape: `base` with its sizes, `shade` with its sizes, see the functions they name."""
    base, shade = shape["base"], shape["shade"]
    parts, top = BASES[base["kind"]](base, finish)
    return parts + SHADES[shade["kind"]](shade, top, finish)


def turned_base(size: Mapping[str, Any], finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a turned ceramic or wooden body; `form`, `radius`, `height`, optional `ribs`."""
    r, h = size["radius"], size["height"]
    wall = [(x * r, z * h) for x, z in BODIES[size["form"]]]
    foot = fillet([(0.0, 0.0), wall[0], wall[1]], [0, 0.004, 0])[:-1]
    line = np.concatenate([foot, soften(pchip([foot[-1], *wall[1:]], 120), 5)[1:], [[0.0, h]]])
    body = revolve(line, size.get("ribs", 12) * 10)
    if "ribs" in size:
        body = ribbed(body, size["ribs"], size.get("depth", 0.004), 0.03 * h, 0.8 * h)
    return [Part(body, finish_of(finish, "body", surface="ceramic")), _stem(h - 0.004, 0.05, finish)], h + 0.04


def post_base(size: Mapping[str, Any], finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a slim post on a round foot; `radius` of the foot, `height`, optional `block`: a cube or ball for foot."""
    r, h = size["radius"], size["height"]
    body = finish_of(finish, "body", surface="metal", colour="brass")
    foot = revolve(
        fillet([(0, 0), (r, 0), (r, size.get("foot", 0.018)), (0, size.get("foot", 0.018))], [0, 0.002, 0.005, 0]), 120
    )
    post = tube([(0, 0, 0.01), (0, 0, h / 2), (0, 0, h)], 0.006, 24, cap="flat")
    return [Part(foot, finish_of(finish, "foot", **plain(body))), Part(post, body)], h


def tripod_base(size: Mapping[str, Any], finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return three splayed legs meeting in a small hub; `radius` on the floor, `height`, optional `leg` radius."""
    h = size["height"]
    body = finish_of(finish, "body", surface="wood", colour="beech")
    hub = move(revolve(fillet([(0, 0), (0.03, 0), (0.03, 0.02), (0, 0.02)], [0, 0.004, 0.004, 0]), 48), z=h - 0.01)
    sticks = merge(legs(3, size["radius"], 0.018, h, size.get("leg", 0.0105), turn=-90))
    return [
        Part(sticks, body),
        Part(hub, finish_of(finish, "hub", surface="brushed", colour="brass")),
        _stem(h, 0.05, finish),
    ], h + 0.045


def _stem(z: float, length: float, finish: Mapping[str, Any]) -> Part:
    return Part(
        tube([(0, 0, z), (0, 0, z + length / 2), (0, 0, z + length)], 0.008, 24, cap="flat"),
        finish_of(finish, "stem", surface="brushed", colour="brass"),
    )


def cone_shade(size: Mapping[str, Any], top: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a fabric shade; radii `low` and `high`, `height`, optional `pleats`, `curve` (metres inwards)."""
    z0, h = top - 0.03, size["height"]
    t = np.linspace(0, 1, 24)
    radius = size["low"] + (size["high"] - size["low"]) * t - size.get("curve", 0.0) * np.sin(np.pi * t)
    skin = revolve(np.column_stack([radius, z0 + h * t]), size.get("pleats", 16) * 8)
    if "pleats" in size:
        skin = ribbed(skin, size["pleats"], 0.007)
    cloth = finish_of(finish, "shade", surface="shade", colour="cream", glow=0.1)
    trim = finish_of(finish, "trim", **{**plain(cloth), "glow": 0.02})
    inset = 0.003 if "pleats" in size else 0.0
    rings = [move(torus(size[k] - inset, 0.0028, segments=128), z=z) for k, z in (("low", z0), ("high", z0 + h))]
    return [Part(skin, cloth, thickness=0.0016), Part(merge(rings), trim)]


def dome_shade(size: Mapping[str, Any], top: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a metal or ceramic dome, open below; `radius`, `height`, optional `lip`."""
    r, h, z0 = size["radius"], size["height"], top - 0.4 * size["height"]
    t = np.linspace(0, np.pi / 2, 48)
    line = np.column_stack([r * np.cos(t) ** size.get("round", 0.85), z0 + h * np.sin(t)])
    skin = revolve(line, 128)
    knob = move(
        revolve(fillet([(0, 0), (0.011, 0), (0.011, 0.012), (0, 0.014)], [0, 0.001, 0.005, 0]), 40), z=z0 + h - 0.002
    )
    shade = finish_of(finish, "shade", surface="gloss")
    return [Part(skin, shade, thickness=0.002), Part(knob, finish_of(finish, "trim", surface="metal", colour="brass"))]


def globe_shade(size: Mapping[str, Any], top: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return an opal glass ball in a collar; `radius`, optional `squash`."""
    r, k = size["radius"], size.get("squash", 1.0)
    t = np.linspace(-np.pi / 2 + 0.28, np.pi / 2, 64)
    ball = revolve(np.column_stack([r * np.cos(t), top + k * r * (np.sin(t) + 1) - 0.006]), 128)
    collar = move(
        revolve(fillet([(0, 0), (0.36 * r, 0), (0.4 * r, 0.016), (0, 0.016)], [0, 0.003, 0.002, 0]), 64), z=top - 0.006
    )
    glass = finish_of(finish, "shade", surface="gloss", colour="white", glow=0.28)
    return [Part(ball, glass), Part(collar, finish_of(finish, "trim", surface="metal", colour="brass"))]


def lantern_shade(size: Mapping[str, Any], top: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a paper lantern drawn over hoops; `radius`, `height`, `hoops`, optional `full`: where it is widest."""
    r, h, count = size["radius"], size["height"], size.get("hoops", 18)
    t = np.linspace(0.0, 1.0, 12 * count + 1)
    widest = size.get("full", 0.5)
    share = np.where(t < widest, t / widest, (1 - t) / (1 - widest))
    dip = 0.004 * (1 - np.abs(np.cos(np.pi * count * t))) * (t > 0) * (t < 1)
    radius = r * np.sqrt(np.clip(1 - 0.93 * (1 - share) ** 2.2, 0, 1)) - dip
    paper = finish_of(finish, "shade", surface="paper", colour="white", glow=0.32)
    rims = [move(torus(radius[k], 0.0024, segments=96), z=top - 0.03 + k_z * h) for k, k_z in ((0, 0.0), (-1, 1.0))]
    skin = revolve(np.column_stack([radius, top - 0.03 + h * t]), 128)
    return [Part(skin, paper), Part(merge(rims), finish_of(finish, "trim", surface="powder", colour="black"))]


def desk_base(size: Mapping[str, Any], finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a round foot with two jointed arms; `radius`, `lower`, `upper` lengths. The head hangs at their end."""
    body = finish_of(finish, "body", surface="powder")
    r = size["radius"]
    foot = revolve(fillet([(0, 0), (r, 0), (r, 0.02), (0, 0.024)], [0, 0.003, 0.009, 0]), 120)
    knee, wrist = _joints(size["lower"], size["upper"])
    arms = merge([tube(np.linspace(a, b, 6), 0.0062, 20) for a, b in (((0.0, 0.0, 0.02), knee), (knee, wrist))])
    pins = merge([move(rotate(_pin(0.011, 0.026), "x", 90), *p) for p in (knee, wrist)])
    joint = finish_of(finish, "joint", surface="brushed", colour="brass")
    return [Part(merge([foot, arms]), body), Part(pins, joint), *_head(wrist, size, finish)], float(wrist[2])


def _joints(lower: float, upper: float) -> tuple[Array, Array]:
    knee = np.array([0.3 * lower, 0.0, 0.02 + 0.95 * lower])
    return knee, knee + np.array([-0.86, 0.0, 0.5]) * upper


def _pin(radius: float, length: float) -> Mesh:
    ends = [(0, -length / 2), (radius, -length / 2), (radius, length / 2), (0, length / 2)]
    return revolve(fillet(ends, [0, 0.002, 0.002, 0]), 32)


def _head(wrist: Array, size: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Return a bell-shaped reflector that looks down and away from the arm."""
    line = spline([(0.017, 0.05), (0.021, 0.02), (0.05, -0.03), (0.066, -0.075)], 40)[::-1]
    bell = revolve(line, 96)
    cap = revolve(fillet([(0.019, 0.044), (0.017, 0.07), (0, 0.07)], [0, 0.006, 0]), 64)
    bulb = revolve(
        np.column_stack([0.026 * np.cos(t := np.linspace(-np.pi / 2, np.pi / 2, 24)), -0.03 + 0.028 * np.sin(t)]), 48
    )
    place = [move(rotate(m, "y", 28), wrist[0] - 0.02, 0.0, wrist[2] - 0.03) for m in (bell, cap, bulb)]
    shade = finish_of(finish, "shade", surface="powder")
    return [
        Part(place[0], shade, thickness=0.0016),
        Part(place[1], shade),
        Part(place[2], finish_of(finish, "bulb", surface="matte", colour="#fff1d6", glow=0.9)),
    ]


def no_shade(size: Mapping[str, Any], top: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return nothing: the base carries its own head."""
    return []


BASES = {"turned": turned_base, "post": post_base, "tripod": tripod_base, "desk": desk_base}
SHADES = {"cone": cone_shade, "dome": dome_shade, "globe": globe_shade, "lantern": lantern_shade, "none": no_shade}
