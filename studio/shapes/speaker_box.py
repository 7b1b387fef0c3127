"""Build loudspeakers that are boxes: radios with dials, cubes, shelf pairs, a carrying box with two cones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, pchip, resample, rounded_rectangle, superellipse
from studio.render.mesh import Array, Mesh, grid, merge, move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import extrude, revolve, rounded_box, torus, tube
from studio.shapes import soft
from studio.shapes.joinery import board

Skin = Mapping[str, Finish]


def facing(mesh: Mesh, x: float, y: float, z: float) -> Mesh:
    """Turn a surface that looks up so that it looks to the front, and put it at a point."""
    return move(rotate(mesh, "x", 90), x, y, z)


def sleeve(width: float, height: float, depth: float, radius: float, wall: float) -> Mesh:
    """Return a box open before and behind, standing on z = 0, its middle at y = 0; the grain runs round it."""
    outer = resample(rounded_rectangle(width, height, radius, 10), 240, closed=True)
    inner = resample(
        rounded_rectangle(width - 2 * wall, height - 2 * wall, max(radius - wall, 0.002), 10), 240, closed=True
    )
    d, e = depth / 2, 0.0016
    outside = [(inner, d, 0.0005), (outer, d, -e), (outer, d - e, 0.0), (outer, e - d, 0.0), (outer, -d, -e)]
    rings = []
    for line, y, inset in [*outside, (inner, -d, 0.0005), (inner, 0.002 - d, 0.0), (inner, d - 0.002, 0.0)]:
        grown = line * (1 + 2 * inset / np.array([width, height]))
        rings.append(np.column_stack([grown[:, 0], np.full(len(grown), y), grown[:, 1] + height / 2]))
    return grid(np.array(rings), close_v=True)


def knob(radius: float, height: float) -> Mesh:
    """Return a turned control knob that looks up from z = 0."""
    line = fillet(
        [(0.94 * radius, 0), (radius, 0.2 * height), (0.92 * radius, height), (0, height)], [0, 0.001, 0.0015, 0]
    )
    return revolve(line, 64)


def driver(radius: float) -> dict[str, Mesh]:
    """Return surround, cone, cap and frame of a driver that looks up; it stands on z = 0, as fronts are solid."""
    r, h = radius, 0.17 * radius
    rim = [(r, 0), (r, h), (0.86 * r, h + 0.001), (0.84 * r, h - 0.004)]
    frame = revolve(fillet(rim, [0, 0.0015, 0.001, 0]), 96)
    t = np.linspace(0, np.pi, 14)
    surround = revolve(np.column_stack([(0.765 + 0.085 * np.cos(t)) * r, h - 0.003 + 0.085 * r * np.sin(t)]), 96)
    cone = pchip([(0.69 * r, h - 0.003), (0.48 * r, 0.45 * h), (0.2 * r, 0.04 * h)], 20)
    dome = np.linspace(0, np.pi / 2, 14)
    cap = revolve(np.column_stack([0.27 * r * np.cos(dome), 0.1 * h + 0.15 * r * np.sin(dome)]), 64)
    return {"frame": frame, "surround": surround, "cone": revolve(cone, 96), "cap": cap}


def put_driver(radius: float, x: float, y: float, z: float, skin: Skin) -> list[Part]:
    """Set a driver into a front at a point."""
    slots = {"frame": "trim", "surround": "dark", "cone": "cone", "cap": "dark"}
    return [Part(facing(mesh, x, y, z), skin[slots[name]]) for name, mesh in driver(radius).items()]


def radio(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a wooden radio: cloth on the left, a dial and two knobs on the right; `handle`, `feet`, `slats`."""
    w, h, d, r = (
        shape.get("width", 0.28),
        shape.get("height", 0.17),
        shape.get("depth", 0.13),
        shape.get("radius", 0.02),
    )
    lift = shape.get("feet", 0.0)
    front = -d / 2 + 0.01
    box = sleeve(w, h, d, r, 0.011)
    panel = extrude(rounded_rectangle(w - 0.02, h - 0.02, max(r - 0.01, 0.003), 8), d - 0.026)
    share = shape.get("share", 0.58)
    cloth_w, cloth_h = (w - 0.04) * share, h - 0.044
    cx = -w / 2 + 0.02 + cloth_w / 2
    cloth = extrude(rounded_rectangle(cloth_w, cloth_h, 0.008, 6), 0.004, 0.0015)
    edge = tube(_upright(rounded_rectangle(cloth_w + 0.002, cloth_h + 0.002, 0.009, 8)), 0.0014, 8, closed=True)
    dx, dial = (cx + cloth_w / 2 + w / 2 - 0.016) / 2, shape.get("dial", 0.036)
    dz = h / 2 + 0.022
    parts = [
        Part(box, skin["body"]),
        Part(facing(panel, 0, d / 2 - 0.008, h / 2), skin["front"]),
        Part(facing(cloth, cx, front - 0.005, h / 2), skin["grille"]),
        Part(move(edge, cx, front - 0.008, h / 2), skin["trim"]),
        *_dial(dial, dx, front - 0.0052, dz, skin),
    ]
    knobs = [facing(knob(0.0115, 0.012), dx + s * 0.02, front - 0.006, dz - dial - 0.028) for s in (-1, 1)]
    parts.append(Part(merge(knobs), skin["trim"]))
    if shape.get("slats"):
        count = shape["slats"]
        bars = [
            board(
                (cloth_w - 0.004, 0.004, 0.0055),
                (cx, front - 0.011, h / 2 + (k - (count - 1) / 2) * cloth_h / count),
                0,
                0.0015,
            )
            for k in range(count)
        ]
        parts.append(Part(merge(bars), skin["body"]))
    if shape.get("handle"):
        top = fillet(
            [(-0.36 * w, 0, h - 0.004), (-0.34 * w, 0, h + 0.034), (0.34 * w, 0, h + 0.034), (0.36 * w, 0, h - 0.004)],
            [0, 0.022, 0.022, 0],
            12,
        )
        parts.append(Part(soft.ribbon(resample(top, 90), np.tile([0, 1.0, 0], (90, 1)), 0.022, 0.004), skin["strap"]))
        studs = [
            rotate(
                move(revolve(fillet([(0.005, 0), (0.0045, 0.003), (0, 0.004)], [0, 0.001, 0]), 24), z=0.002),
                "y",
                s * 90,
            )
            for s in (-1, 1)
        ]
        parts.append(
            Part(merge(move(m, s * 0.362 * w, 0, h + 0.006) for m, s in zip(studs, (-1, 1), strict=True)), skin["trim"])
        )
    if lift:
        feet = [_foot(s * (w / 2 - 0.04), t * (d / 2 - 0.03), s, t, lift) for s in (-1, 1) for t in (-1, 1)]
        parts = [Part(move(p.mesh, z=lift - 0.001), p.finish) for p in parts] + [Part(merge(feet), skin["body"])]
    return parts


def _foot(x: float, y: float, s: int, t: int, lift: float) -> Mesh:
    return tube(
        np.linspace((x, y, lift + 0.002), (x + s * 0.014, y + t * 0.01, 0), 6),
        np.linspace(0.008, 0.005, 6),
        20,
        cap="flat",
    )


def _upright(outline: Array) -> Array:
    return np.column_stack([outline[:, 0], np.zeros(len(outline)), outline[:, 1]])


def _dial(r: float, x: float, y: float, z: float, skin: Skin) -> list[Part]:
    """Return a tuning dial with ticks, a pointer and a brass knob in its middle."""
    plate = extrude(circle(r, 96), 0.003, 0.0008)
    rim = move(torus(r, 0.0016, 12, 96), z=0.0026)
    ticks = []
    for k in range(31):
        long = 0.2 if k % 5 == 0 else 0.11
        mark = extrude(rounded_rectangle(0.0009, long * r, 0.0002, 3) - [0, long * r / 2], 0.0006)
        ticks.append(rotate(move(mark, y=0.9 * r, z=0.003), "z", 135 - 9 * k))
    middle = knob(0.42 * r, 0.012)
    pointer = rotate(
        move(extrude(rounded_rectangle(0.0016, 0.8 * r, 0.0004, 3), 0.0007), y=0.45 * r, z=0.0034), "z", -38
    )
    return [
        Part(facing(plate, x, y, z), skin["light"]),
        Part(facing(merge([rim, move(middle, z=0.003)]), x, y, z), skin["trim"]),
        Part(facing(merge(ticks), x, y, z), skin["dark"]),
        Part(facing(pointer, x, y, z), skin["dark"]),
    ]


def cube(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a small soft-cornered block with a cloth front and a leather loop; `width`, `height`, `depth`."""
    w, h, d = shape.get("width", 0.11), shape.get("height", 0.11), shape.get("depth", 0.085)
    outline = superellipse(w, h, shape.get("square", 5.5), 160)
    shell = extrude(outline, d, 0.008, 8)
    cloth = extrude(outline * (1 - 0.016 / np.array([w, h])), 0.008, 0.004, 6)
    seam = tube(_upright(outline * (1 - 0.013 / np.array([w, h]))), 0.0012, 8, closed=True)
    lift = 0.003
    parts = [
        Part(facing(shell, 0, d / 2, h / 2 + lift), skin["body"]),
        Part(facing(cloth, 0, -d / 2 + 0.004, h / 2 + lift), skin["grille"]),
        Part(move(seam, 0, -d / 2, h / 2 + lift), skin["dark"]),
    ]
    bottom = [
        move(extrude(circle(0.008, 32), lift + 0.004, 0.001), x * w * 0.3, y * d * 0.28)
        for x in (-1, 1)
        for y in (-1, 1)
    ]
    parts.append(Part(merge(bottom), skin["dark"]))
    buttons = [
        move(extrude(circle(0.0055, 32), 0.002, 0.0007), (k - 1) * 0.018, -0.006, h + lift - 0.0004) for k in range(3)
    ]
    parts.append(Part(merge(buttons), skin["trim"]))
    x = w / 2
    loop = fillet(
        [
            (x - 0.003, 0, h * 0.74),
            (x + 0.012, 0, h * 0.78),
            (x + 0.03, 0, h * 0.52),
            (x + 0.03, 0, h * 0.3),
            (x + 0.012, 0, h * 0.62),
            (x - 0.003, 0, h * 0.7),
        ],
        [0, 0.008, 0.03, 0.014, 0.02, 0],
        12,
    )
    path = resample(loop, 120) + [0, 0, lift]
    parts.append(Part(soft.ribbon(path, np.tile([0, 1.0, 0], (120, 1)), 0.013, 0.0026), skin["strap"]))
    stud = rotate(revolve(fillet([(0.009, 0), (0.008, 0.004), (0, 0.005)], [0, 0.001, 0]), 40), "y", 90)
    parts.append(Part(move(stud, x - 0.002, 0, h * 0.72 + lift), skin["trim"]))
    return parts


def shelf(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a pair of shelf loudspeakers: a large cone, a small one above; `width`, `height`, `depth`, `gap`."""
    w, h, d = shape.get("width", 0.15), shape.get("height", 0.25), shape.get("depth", 0.18)
    big, small, gap = shape.get("woofer", 0.055), shape.get("tweeter", 0.026), shape.get("gap", 0.05)
    case = board((w, d, h), (0, 0, h / 2), 2, shape.get("edge", 0.004))
    baffle = extrude(rounded_rectangle(w - 0.01, h - 0.01, 0.004, 5), 0.006, 0.0015)
    y = -d / 2 - 0.005
    one = [Part(case, skin["body"]), Part(facing(baffle, 0, -d / 2 + 0.001, h / 2), skin["front"])]
    one += put_driver(big, 0, y, 0.012 + big + h * 0.05, skin)
    one += put_driver(small, 0, y, h * 0.76, skin)
    if shape.get("port"):
        one.append(Part(facing(move(torus(0.011, 0.0022, 12, 48)), 0, y, 0.026), skin["dark"]))
    offsets = (-(w + gap) / 2, (w + gap) / 2) if shape.get("pair", True) else (0.0,)
    return [Part(merge(move(p.mesh, x) for x in offsets), p.finish) for p in one]


def carry(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a wide box with two cones and a tube for a handle; `width`, `height`, `depth`."""
    w, h, d = shape.get("width", 0.34), shape.get("height", 0.16), shape.get("depth", 0.11)
    r = shape.get("cone", 0.058)
    case = rounded_box((w, d, h), shape.get("round", 0.016), samples=8)
    front = extrude(rounded_rectangle(w - 0.024, h - 0.024, 0.014, 8), 0.004, 0.0012)
    y = -d / 2 - 0.003
    parts = [Part(move(case, z=h / 2), skin["body"]), Part(facing(front, 0, -d / 2 + 0.001, h / 2), skin["front"])]
    for s in (-1, 1):
        parts += put_driver(r, s * (w / 2 - r - 0.02), y, h / 2, skin)
    scale = extrude(rounded_rectangle(0.05, 0.024, 0.004, 5), 0.002, 0.0006)
    keys = [
        facing(extrude(rounded_rectangle(0.009, 0.012, 0.002, 4), 0.005, 0.001), (k - 2) * 0.0115, y, h * 0.33)
        for k in range(5)
    ]
    parts += [
        Part(facing(scale, 0, y + 0.001, h * 0.64), skin["light"]),
        Part(
            facing(move(extrude(rounded_rectangle(0.0012, 0.02, 0.0003, 3), 0.001), 0.009), 0, y - 0.001, h * 0.64),
            skin["dark"],
        ),
        Part(merge(keys), skin["trim"]),
    ]
    x = w / 2 - 0.022
    grip = fillet(
        [(-x, 0, h - 0.012), (-x, 0, h + 0.042), (x, 0, h + 0.042), (x, 0, h - 0.012)], [0, 0.02, 0.02, 0], 10
    )
    parts.append(Part(tube(grip, 0.0058, 18), skin["trim"]))
    parts.append(
        Part(tube(np.linspace((-x * 0.62, 0, h + 0.042), (x * 0.62, 0, h + 0.042), 4), 0.0092, 24), skin["strap"])
    )
    feet = [
        move(extrude(circle(0.012, 32), 0.006, 0.001), sx * w * 0.4, sy * d * 0.26, -0.004)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    parts.append(Part(merge(feet), skin["dark"]))
    return [Part(move(p.mesh, z=0.004), p.finish) for p in parts]
