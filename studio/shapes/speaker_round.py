"""Build loudspeakers without corners: fabric drums, orbs with a mouth, rugged rolls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, spline, superellipse
from studio.render.mesh import Array, Mesh, merge, move, rotate, scale
from studio.render.part import Finish, Part
from studio.render.primitives import extrude, loft, revolve, torus, tube
from studio.shapes import soft
from studio.shapes.joinery import grained, lathe
from studio.shapes.speaker_box import driver

Skin = Mapping[str, Finish]


def drum(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build an upright drum covered in cloth: `radius`, `height`, `loop`.

    Its dished top has touch marks or, with `radiator`, a bare cone.
    """
    r, h, taper = shape.get("radius", 0.055), shape.get("height", 0.15), shape.get("taper", 0.0)
    base = lathe(
        [(0, 0), (0.94 * r, 0), (r + taper, 0.006), (r + taper, 0.016), (0, 0.016)], [0, 0.002, 0.003, 0.001, 0]
    )
    z = np.linspace(0.015, h - 0.012, 30)
    wall = np.column_stack([r + taper * (1 - (z - z[0]) / np.ptp(z)), z])
    cloth = revolve(wall - [0.0012, 0], 144)
    line = [(r - 0.002, h - 0.013), (r, h - 0.013), (r, h), (r - 0.009, h), (r - 0.012, h - 0.005), (0, h - 0.0055)]
    top = grained(lathe(line, [0, 0.0005, 0.004, 0.003, 0.003, 0], 144))
    marks = [
        move(extrude(_cross(k), 0.0006), *p, h - 0.0056)
        for k, p in enumerate(((-0.42 * r, 0), (0.42 * r, 0), (0, -0.42 * r)))
    ]
    glow = move(torus(r - 0.0105, 0.0011, 10, 120), z=h - 0.0035)
    parts = [Part(base, skin["body"]), Part(cloth, skin["grille"]), Part(top, skin["front"])]
    if shape.get("radiator"):
        pieces = driver(0.74 * r)
        parts += [
            Part(move(pieces[k], z=h - 0.0058), skin[s])
            for k, s in zip(pieces, ("trim", "dark", "cone", "dark"), strict=True)
        ]
    else:
        parts += [Part(merge(marks), skin["trim"]), Part(glow, skin["light"])]
    if shape.get("loop"):
        path = spline(
            [
                (r - 0.002, 0, h * 0.8),
                (r + 0.02, 0, h * 0.84),
                (r + 0.03, 0, h * 0.62),
                (r + 0.016, 0, h * 0.44),
                (r - 0.002, 0, h * 0.46),
            ],
            100,
        )
        parts.append(Part(soft.ribbon(path, np.tile([0, 1.0, 0], (100, 1)), 0.013, 0.0026), skin["strap"]))
        stud = rotate(revolve(fillet([(0.0075, 0), (0.007, 0.004), (0, 0.005)], [0, 0.001, 0]), 32), "y", 90)
        parts.append(Part(merge(move(stud, r - 0.001, 0, h * k) for k in (0.8, 0.46)), skin["trim"]))
    return parts


def _cross(kind: int) -> Array:
    """Return the outline of a button's mark: a bar, a cross, a dot."""
    if kind == 2:
        return circle(0.0032, 24)
    a, b = 0.0048, 0.0008
    if kind == 0:
        return np.array([(-a, -b), (a, -b), (a, b), (-a, b)])
    return np.array(
        [(-a, -b), (-b, -b), (-b, -a), (b, -a), (b, -b), (a, -b), (a, b), (b, b), (b, a), (-b, a), (-b, b), (-a, b)]
    )


def orb(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a ball with a round cloth mouth that looks up and forward, in a ring; `radius`, `mouth`, `tilt`."""
    r, mouth, tilt = shape.get("radius", 0.07), shape.get("mouth", 0.72), shape.get("tilt", 52.0)
    edge = np.arcsin(mouth)
    t = np.linspace(-np.pi / 2, np.pi / 2 - edge, 60)
    line = np.column_stack([r * np.cos(t), r * np.sin(t)])
    lip = line[-1]
    bowl = np.concatenate([line, fillet([lip, lip + [-0.003, 0.0015], lip + [-0.005, -0.004]], [0, 0.002, 0], 6)[1:]])
    dome = np.linspace(0, 1, 30)
    sag = shape.get("sag", 0.006)
    cloth = np.column_stack(
        [(lip[0] - 0.004) * np.cos(np.pi / 2 * dome), lip[1] - 0.003 + sag * np.sin(np.pi / 2 * dome)]
    )
    rim = move(torus(lip[0] - 0.0032, 0.0016, 12, 120), z=lip[1] + 0.0002)
    parts = [(revolve(bowl, 144), "body"), (revolve(cloth, 144), "grille"), (rim, "trim")]
    dot = move(extrude(circle(0.0055, 40), 0.0018, 0.0006), z=lip[1] - 0.0042 + sag)
    parts.append((dot, "trim"))
    foot = lathe(
        [(0.5 * r, 0), (0.66 * r, 0), (0.7 * r, 0.02), (0.62 * r, 0.02), (0.5 * r, 0.0)], [0, 0.003, 0.003, 0.002, 0]
    )
    low = 0.02 + np.sqrt(r**2 - (0.66 * r) ** 2) - 0.001
    placed = [Part(move(rotate(mesh, "x", tilt), z=low), skin[slot]) for mesh, slot in parts]
    return [*placed, Part(foot, skin["front"])]


def rugged(shape: Mapping[str, Any], skin: Skin) -> list[Part]:
    """Build a lying roll in mesh cloth with rubber ends, a key strip and a cord; `length`, `height`, `depth`."""
    long, h, d = shape.get("length", 0.21), shape.get("height", 0.085), shape.get("depth", 0.078)
    section = superellipse(d, h, shape.get("square", 2.6), 96)
    x = np.linspace(-long / 2, long / 2, 60)
    share = np.abs(2 * x / long)
    grow = 1.0 - shape.get("barrel", 0.1) * share**2
    body = _along(section, x * 0.86, grow)
    rubber = []
    for s in (-1, 1):
        t = np.linspace(0, 1, 24)
        ends = s * long * (0.42 + 0.08 * np.sin(t * np.pi / 2))
        size = (1.0 - shape.get("barrel", 0.1) * 0.84**2) * (1.045 - 0.4 * (1 - np.sqrt(1 - (0.96 * t) ** 2)))
        size[0] *= 0.94
        rubber.append(_along(section, ends, size) if s > 0 else _along(section, ends[::-1], size[::-1]))
    plates = []
    for s in (-1, 1):
        disc = scale(extrude(circle(0.5, 72), 0.003, 0.001), d * 0.52, h * 0.52, 1)
        plates.append(rotate(rotate(disc, "z", 90), "y", 90 * s) if s > 0 else rotate(rotate(disc, "z", 90), "y", -90))
    discs = [move(p, s * (long * 0.5 - 0.0012)) for p, s in zip(plates, (-1, 1), strict=True)]
    strip = [
        move(scale(extrude(circle(0.5, 48), 0.004, 0.0012), 0.017, 0.013, 1), k * 0.026, -0.004, h / 2 - 0.0015)
        for k in (-1, 0, 1)
    ]
    rest = [
        move(extrude(superellipse(0.03, 0.036, 4, 48), 0.008, 0.001), s * long * 0.26, 0, -h / 2 - 0.003)
        for s in (-1, 1)
    ]
    parts = [
        Part(body, skin["grille"]),
        Part(merge(rubber), skin["body"]),
        Part(merge(discs), skin["front"]),
        Part(merge(strip), skin["trim"]),
        Part(merge(rest), skin["body"]),
    ]
    if shape.get("cord"):
        y = -d * 0.2
        path = spline(
            [
                (long * 0.45, y, h * 0.36),
                (long * 0.56, y - 0.004, h * 0.56),
                (long * 0.66, y - 0.008, h * 0.1),
                (long * 0.58, y - 0.006, -h * 0.2),
                (long * 0.46, y, -h * 0.05),
            ],
            90,
        )
        parts.append(Part(tube(path, 0.0028, 12), skin["strap"]))
    return [Part(move(p.mesh, z=h / 2 + 0.003), p.finish) for p in parts]


def _along(section: Array, x: Array, grow: Array) -> Mesh:
    """Skin a section (y, z) along x, scaled by `grow`."""
    rings = [np.column_stack([np.full(len(section), at), section * g]) for at, g in zip(x, grow, strict=True)]
    return loft(np.array(rings))
