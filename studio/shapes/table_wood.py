"""Build tables of solid stuff: columns, bobbins, legs, slats, a bedside box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import spline
from studio.render.mesh import Mesh, merge, move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import revolve
from studio.shapes.joinery import board, disc, lathe, slab
from studio.shapes.turned import legs, ribbed
from studio.shapes.upholstery import four_legs, tapered


def column(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build a round side table on a fluted column; `radius`, `stem`, `height`, `ribs`."""
    r, stem, h, ribs = shape.get("radius", 0.22), shape.get("stem", 0.13), shape.get("height", 0.48), shape["ribs"]
    flare = shape.get("flare", 0.0)
    z = np.linspace(0.012, h - 0.02, 40)
    waist = stem + flare * (2 * (z - z.mean()) / np.ptp(z)) ** 2
    body = ribbed(revolve(np.column_stack([waist, z]), ribs * 12), ribs, shape.get("depth", 0.012))
    foot = lathe([(0, 0), (stem + flare + 0.012, 0), (stem + flare + 0.012, 0.018), (0, 0.018)], [0, 0.002, 0.005, 0])
    return [Part(body, base), Part(foot, trim), Part(disc(r, h - 0.024, 0.024, shape.get("edge", 0.006)), top)]


def bobbin(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build a round side table on a stem of turned balls; `balls` are their radii from the floor up."""
    r, h, balls = shape.get("radius", 0.2), shape.get("height", 0.52), np.array(shape["balls"])
    steps = 1.72 * balls
    room = h - 0.05
    scale = room / steps.sum()
    middles = 0.026 + (np.cumsum(steps) - steps / 2) * scale
    z = np.linspace(0.02, h - 0.02, 700)
    reach = (balls[:, None] * scale) ** 2 - (z - middles[:, None]) ** 2
    stem = np.sqrt(np.clip(reach, 0, None)).max(axis=0)
    body = revolve(np.column_stack([np.maximum(stem, 0.3 * balls.min()), z]), 96)
    foot = lathe([(0, 0), (0.68 * r, 0), (0.68 * r, 0.016), (0.3 * r, 0.03), (0, 0.03)], [0, 0.003, 0.008, 0.01, 0])
    return [Part(body, base), Part(foot, base), Part(disc(r, h - 0.024, 0.024, 0.009), top)]


def tripod(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build a round side table on three splayed legs; `lip` raises the rim, `shelf` adds a lower top at a share."""
    r, h, lip = shape.get("radius", 0.23), shape.get("height", 0.5), shape.get("lip", 0.0)
    spread = shape.get("spread", 0.95) * r
    sticks = merge(legs(3, spread, 0.5 * r, h - 0.02, shape.get("leg", 0.019), turn=-70))
    parts = [Part(sticks, base)]
    if lip:
        line = [(0, h - 0.024), (r, h - 0.024), (r, h + lip), (r - 0.012, h + lip), (r - 0.012, h), (0, h)]
        parts.append(Part(lathe(line, [0, 0.006, 0.005, 0.005, 0.008, 0], 144), top))
    else:
        parts.append(Part(disc(r, h - 0.024, 0.024, 0.008), top))
    if "shelf" in shape:
        z = shape["shelf"] * h
        reach = spread + (0.5 * r - spread) * z / (h - 0.02)
        parts.append(Part(disc(reach + 0.012, z, 0.016, 0.005), base))
    return parts


def pebble(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build a coffee table: a free-form slab on stout round legs; `outline` points, `legs` places, `height`."""
    h, thick = shape.get("height", 0.34), shape.get("thick", 0.05)
    plate = slab(spline(shape["outline"], 220, closed=True), h - thick, thick, shape.get("edge", 0.018))
    stout = shape.get("leg", 0.055)
    post = lathe([(0, 0), (stout, 0), (stout, h - thick + 0.004), (0, h - thick + 0.004)], [0, 0.006, 0, 0], 72)
    return [Part(merge(move(post, x, y) for x, y in shape["legs"]), base), Part(plate, top)]


def slatted(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build a low bench-like table of slats on four legs; `length`, `depth`, `height`, `slats`, optional `shelf`."""
    x, y, h, count = shape.get("length", 1.05), shape.get("depth", 0.44), shape.get("height", 0.38), shape["slats"]
    pitch = y / count
    places = (np.arange(count) - (count - 1) / 2) * pitch
    lanes = [board((x, pitch - 0.013, 0.024), (0, p, h - 0.012), 0, 0.004) for p in places]
    inset = x / 2 - 0.17
    under = [board((0.045, y - 0.03, 0.032), (s * inset, 0, h - 0.04), 1, 0.003) for s in (-1, 1)]
    feet = four_legs(inset, y / 2 - 0.06, h - 0.03, 0.045, 0.021, 0.013)
    parts = [Part(merge(lanes), top), Part(merge([*under, feet]), base)]
    if shape.get("shelf"):
        rods = [tapered((-inset, p, 0.16), (inset, p, 0.16), 0.007, 0.007) for p in places[1:-1]]
        ends = [board((0.026, y - 0.03, 0.026), (s * (inset + 0.02), 0, 0.16), 1) for s in (-1, 1)]
        parts.append(Part(merge(rods + ends), base))
    return parts


def bedside(shape: Mapping[str, Any], top: Finish, base: Finish, trim: Finish) -> list[Part]:
    """Build a bedside table: a box on legs; `drawers` from the top, `niche` the open height under them, `knob`."""
    x, y, thick, legs_ = shape.get("width", 0.45), shape.get("depth", 0.37), 0.018, shape.get("legs", 0.22)
    drawer, niche, count = shape.get("drawer", 0.15), shape.get("niche", 0.13), shape.get("drawers", 1)
    tall = count * drawer + (niche + thick if niche else 0.0) + 2 * thick
    low, high = legs_, legs_ + tall
    shelf = high - thick - count * drawer - thick / 2
    panels = [
        board((x, y, thick), (0, 0, high - thick / 2), 0, 0.004),
        board((x - 0.004, y - 0.004, thick), (0, 0, low + thick / 2), 0, 0.004),
        *[board((thick, y - 0.006, tall - 0.01), (s * (x - thick - 0.003) / 2, 0, low + tall / 2), 2) for s in (-1, 1)],
        board((x - thick, 0.008, tall - 0.01), (0, y / 2 - 0.008, low + tall / 2), 2, 0.001),
    ]
    if niche:
        panels.append(board((x - 2 * thick, y - 0.03, thick), (0, 0.004, shelf), 0, 0.002))
    front = [
        board((x - 2 * thick - 0.012, 0.018, drawer - 0.008), (0, -y / 2 + 0.014, high - thick - (k + 0.5) * drawer))
        for k in range(count)
    ]
    knobs = [
        _knob(shape.get("knob", "ball"), (0, -y / 2 + 0.006, high - thick - (k + 0.5) * drawer)) for k in range(count)
    ]
    feet = four_legs(x / 2 - 0.05, y / 2 - 0.05, low + 0.002, shape.get("splay", 0.025), 0.019, 0.011)
    return [
        Part(merge(panels), base),
        Part(merge(front), top),
        Part(merge(knobs), trim),
        Part(feet, trim if shape.get("metal_legs") else base),
    ]


def _knob(kind: str, at: tuple[float, float, float]) -> Mesh:
    """Return a handle facing -y at a point: a turned ball, or a bar."""
    if kind == "bar":
        grip = board((0.13, 0.01, 0.012), (0, -0.024, 0), 0, 0.003)
        posts = [board((0.01, 0.024, 0.01), (s * 0.05, -0.012, 0), 1, 0.002) for s in (-1, 1)]
        return move(merge([grip, *posts]), *at)
    line = [(0.006, 0), (0.006, 0.008), (0.014, 0.014), (0.015, 0.02), (0.0, 0.024)]
    return move(rotate(lathe(line, [0, 0.002, 0.004, 0.005, 0], 40), "x", 90), *at)
