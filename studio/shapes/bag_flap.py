"""Shape handbags that close with a flap: structured top handles, crossbodies, envelopes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, offset, resample, rounded_rectangle, spline
from studio.render.mesh import Array, Mesh, merge, mirror, move
from studio.render.part import Finish, Part, finish_of
from studio.render.primitives import link, revolve, tube
from studio.shapes import soft


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots every bag has; trim follows the body, thread the trim."""
    body = finish_of(finish, "body", surface="leather", colour="cognac")
    trim = finish_of(finish, "trim", surface="leather", colour=body.colour)
    return {
        "body": body,
        "trim": trim,
        "flap": finish_of(finish, "flap", surface=body.surface, colour=body.colour),
        "thread": finish_of(finish, "thread", surface="cotton", colour=trim.colour),
        "lining": finish_of(finish, "lining", surface="canvas", colour="oat"),
        "metal": finish_of(finish, "metal", surface="metal", colour="gold"),
    }


def outline(width: float, height: float, top: float, radii: tuple[float, float]) -> Array:
    """Return a trapezium of x, z standing on z = 0 with round corners; `top` is the upper width, radii low and high."""
    w, t = width / 2, top / 2
    corners = fillet([(-w, 0), (w, 0), (t, height), (-t, height)], [radii[0]] * 2 + [radii[1]] * 2, 10, closed=True)
    return resample(corners, 160, closed=True)


def flap_line(body: soft.Body, width: float, drop: float, straight: float, power: float) -> Array:
    """Return the flap's edge (n, 2) over the front from the left top round to the right top.

    `straight` is the length of its sides; below them the edge is a superellipse of `power`.
    """
    u = np.sin(np.linspace(-1, 1, 81) * np.pi / 2)
    bow = (1 - np.abs(u) ** power) ** (1 / power)
    return np.stack([u * width / 2, body.height - straight - (drop - straight) * bow], axis=1)


def flap(body: soft.Body, line: Array, gap: float, back: float = 0.03, bend: float = 0.012) -> Array:
    """Return the outer sheet (nu, nv, 3) that runs from the back over the top down to the edge line."""
    high, half = body.height, float(body.half(body.height))
    turn = np.linspace(0, np.pi / 2, 8)
    rear = np.stack([half - bend + (bend + gap) * np.cos(turn), high - bend + (bend + gap) * np.sin(turn)], axis=1)
    over = np.linspace(half - bend, -half + bend, 12)[1:-1]
    top = np.stack([over, np.full(len(over), high + gap)], axis=1)
    fore = rear[::-1] * [-1, 1]
    crest = np.concatenate([[[half + gap, high - back]], rear, top, fore])
    crest[:, 1] += 0.003 * np.clip(1 - (crest[:, 0] / (half + gap)) ** 2, 0, 1)
    columns = []
    for x, low in line:
        z = np.linspace(high - bend, low, 34)[1:]
        y = -np.maximum(body.depth(np.full(len(z), x), z), half) - gap
        front = np.stack([np.full(len(z), x), y, z], axis=1)
        columns.append(np.concatenate([np.column_stack([np.full(len(crest), x), crest]), front]))
    return np.array(columns)[::-1]


def rolled_handle(spread: float, height: float, base: float, radius: float) -> tuple[Mesh, Mesh]:
    """Return an arched rolled handle, and its metal: ferrules, rings and plates at both feet."""
    ring = 0.008
    foot = base + 2 * ring + 0.002
    side = [(-spread, foot), (-spread * 0.99, foot + height * 0.42), (-spread * 0.6, foot + height * 0.88)]
    points = [*side, (0, foot + height), *[(-x, z) for x, z in side[::-1]]]
    path = spline([(x, 0, z) for x, z in points], 60)
    swell = radius * (0.86 + 0.14 * np.sin(np.linspace(0, np.pi, 60)))
    ferrule = revolve([(0, 0), (radius * 1.08, 0), (radius * 1.12, 0.003), (radius * 1.02, 0.012), (0, 0.0121)], 24)
    base_plate = soft.plate(rounded_rectangle(0.026, 0.009, 0.004), 0.012)
    at_left = [
        move(ferrule, -spread, 0, foot - 0.002),
        move(soft.ring(resample(circle(ring, 40), 40, closed=True), 0.0016), -spread, 0, base + ring),
        move(base_plate, -spread, 0.006, base + 0.001),
    ]
    left = merge(at_left)
    return tube(path, swell, 18), merge([left, mirror(left)])


def shoulder_strap(anchors: Array, rise: float, width: float, lean: float = 0.03) -> Mesh:
    """Return a flat strap that arches from the left to the right anchor (2, 3), `rise` above them."""
    left, right = anchors
    span = right - left
    arch = [(0, 0, 0), (-0.02, 0.3, 0.3), (0.06, 0.85, 0.7), (0.28, 1, 0.97), (0.5, 1, 1)]
    arch += [(1 - a, b, c) for a, b, c in arch[-2::-1]]
    path = spline([left + span * a + np.array([0, lean * b, rise * c]) for a, b, c in arch], 120)
    return soft.ribbon(path, np.tile([0.0, 1.0, 0.25], (len(path), 1)), width, 0.0028)


def chain(anchors: Array, rise: float, size: float = 0.013, lean: float = 0.02) -> Mesh:
    """Return a chain of stadium links along the arch a strap would take."""
    left, right = anchors
    span = right - left
    arch = [(0, 0, 0), (-0.03, 0.4, 0.35), (0.1, 0.9, 0.8), (0.5, 1, 1), (0.9, 0.9, 0.8), (1.03, 0.4, 0.35), (1, 0, 0)]
    path = spline([left + span * a + np.array([0, lean * b, rise * c]) for a, b, c in arch], 400)
    count = int(np.linalg.norm(np.diff(path, axis=0), axis=1).sum() / (size * 0.68))
    at = resample(path, count)
    along = np.gradient(at, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    one = link(size, size * 0.62, size * 0.12, 28)
    made = []
    for k, (p, x) in enumerate(zip(at, along, strict=True)):
        flat = np.cross(x, [0, 1.0, 0])
        flat /= np.linalg.norm(flat)
        y, z = (flat, np.cross(x, flat)) if k % 2 else (np.cross(x, flat), -flat)
        made.append(Mesh(one.vertices @ np.array([x, y, z]) + p, one.faces, one.uvs))
    return merge(made)


def side_rings(body: soft.Body, z: float) -> tuple[Array, Mesh, Mesh]:
    """Return strap anchors, D-rings and the leather tabs that hold them, at height z on both gussets."""
    x = float(body.outline[np.abs(body.outline[:, 1] - z).argsort()[:8], 0].max())
    tab = soft.slab(
        np.array([[[x + 0.0035, y, z + h] for y in (0.007, -0.007)] for h in (-0.03, -0.02, -0.01, 0)]), 0.003
    )
    ring = move(soft.d_ring(0.018, 0.016), x + 0.003, 0, z + 0.008)
    anchors = np.array([[-x - 0.003, 0, z + 0.014], [x + 0.003, 0, z + 0.014]])
    return anchors, merge([ring, mirror(ring)]), merge([tab, mirror(tab)])


def closure(shape: Mapping[str, Any], body: soft.Body, line: Array, lift: float) -> tuple[list[Mesh], list[Mesh]]:
    """Return the metal and the leather of what closes the flap: "lock", "stud", "tab" or "ring"."""
    low = float(line[:, 1].min())
    kind = shape.get("closure", "lock")
    z = low + 0.02
    y = -float(body.depth(0.0, z)) - lift
    if kind == "lock":
        return [move(soft.turn_lock(), 0, y, z)], []
    if kind == "stud":
        return [move(soft.rivet(0.006), 0, y, z)], []
    if kind == "ring":
        ring = soft.ring(resample(circle(0.017, 60), 60, closed=True), 0.0024)
        return [move(ring, 0, y - 0.002, z + 0.002), move(soft.rivet(0.004), 0, y, z + 0.02)], []
    tongue = fillet([(-0.015, 0.05), (-0.015, -0.03), (0.015, -0.03), (0.015, 0.05)], [0, 0.014, 0.014, 0], 10)
    flat = np.concatenate([tongue, [[0.015, 0.05]]]) + [0, low]
    leather = soft.plate(resample(flat, 90, closed=True), 0.004)
    frame = soft.ring(resample(rounded_rectangle(0.042, 0.016, 0.004), 60, closed=True), 0.0016)
    return [move(frame, 0, y - 0.003, low + 0.004), move(soft.rivet(0.0035), 0, y - 0.004, low - 0.017)], [
        move(leather, 0, y)
    ]


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a flap bag; lengths in metres."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = finishes(finish)
    radii = (float(shape.get("low_radius", 0.02)), float(shape.get("high_radius", 0.014)))
    body = soft.Body(
        outline(w, h, w * shape.get("taper", 1.0), radii),
        d / 2,
        d / 2 * shape.get("wedge", 0.8),
        shape.get("puff", 0.006),
        0.006,
        shape.get("dent", 0.004),
    )
    line = flap_line(
        body,
        w * shape.get("taper", 1.0) * shape.get("flap_width", 0.93),
        h * shape["drop"],
        h * shape.get("straight", 0.0),
        shape.get("power", 3.0),
    )
    gap, thick = 0.0035, 0.003
    sheet = flap(body, line, gap)
    lift = gap
    thread = soft.stitches(body.on_front(offset(line, -0.0045, closed=False)[2:-2], lift + 0.0002))
    metal, leather = closure(shape, body, line, lift)
    piping = merge([tube(body.seam(side, 0.0004), 0.0019, 8, closed=True) for side in (-1, 1)])
    parts = [
        Part(body.mesh(), skin["body"]),
        Part(soft.slab(sheet, thick), skin["flap"]),
        Part(piping, skin["trim"]),
        Part(thread, skin["thread"]),
    ]
    parts += [Part(mesh, skin["trim"]) for mesh in leather]
    if "handle" in shape:
        handle, feet = rolled_handle(
            w * shape.get("spread", 0.24), shape["handle"], h + gap + 0.003, shape.get("roll", 0.007)
        )
        parts.append(Part(handle, skin["trim"]))
        metal.append(feet)
    if "strap" in shape or "chain" in shape:
        anchors, rings, tabs = side_rings(body, h * 0.86)
        metal.append(rings)
        parts.append(Part(tabs, skin["trim"]))
        if "chain" in shape:
            metal.append(chain(anchors, shape["chain"]))
        else:
            parts.append(Part(shoulder_strap(anchors, shape["strap"], shape.get("strap_width", 0.018)), skin["trim"]))
    return [*parts, Part(merge(metal), skin["metal"])]
