"""Build cushions: two inflated sheets with piping, fringe or a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, resample, superellipse
from studio.render.mesh import Array, Mesh, flip, grid, merge, move, rotate
from studio.render.part import Part, View, finish_of
from studio.render.primitives import revolve, tube
from studio.shapes.cushion_forms import bolster, knot, shell, tassels
from studio.shapes.turned import plain

VIEW = View(azimuth=-20, elevation=10)
LEAN = -9.0  # degrees backwards


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a cushion; shape: `form` (of FLAT, or bolster), `width`, `height`, `depth`, `edge`, optional `button`."""
    if shape["form"] == "bolster":
        return bolster(shape, finish)
    parts = FLAT[shape["form"]](shape, finish)
    turned = [rotate(rotate(part.mesh, "x", 90), "x", LEAN) for part in parts]
    low = min(float(mesh.vertices[:, 2].min()) for mesh in turned)
    return [Part(move(mesh, z=-low), part.finish) for mesh, part in zip(turned, parts, strict=True)]


def _square(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Lay a cushion flat: its front is up, x is its width, y its height."""
    w, h, depth = shape["width"], shape["height"], shape["depth"]
    body = finish_of(finish, "body", surface="linen")
    t = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 72))
    a, b = np.meshgrid(t, t, indexing="ij")
    x, y = _pinched(a, b, w, h)
    swell = ((1 - a**2) * (1 - b**2)) ** 0.42 * depth / 2 * (1 + _creases(a, b)) + _dents(a, b) * depth
    if shape.get("button"):
        away = np.hypot(a, b)
        swell -= 0.75 * depth / 2 * np.exp(-((away / 0.16) ** 2)) * (1 + 0.1 * np.cos(8 * np.arctan2(b, a)))
    front = grid(np.stack([x, y, swell], axis=-1))
    back = flip(grid(np.stack([x, y, -swell], axis=-1)))
    parts = [Part(front, body), Part(back, finish_of(finish, "back", **plain(body)))]
    if shape.get("button"):
        knob = revolve(fillet([(0.0, 0.0), (0.016, 0.0), (0.014, 0.008), (0.0, 0.009)], [0, 0.003, 0.005, 0]), 40)
        parts.append(Part(move(knob, z=0.27 * depth / 2), finish_of(finish, "edge", **plain(body))))
    return parts + _edge(shape.get("edge", "plain"), _outline(w, h), finish, plain(body))


def _pinched(a: Array, b: Array, w: float, h: float) -> tuple[Array, Array]:
    """Return x and y of a sheet whose sides are drawn in between the corners, as a filled cover's are."""
    pull = 0.055
    return a * w / 2 * (1 - pull * (1 - b**2) * a**2), b * h / 2 * (1 - pull * (1 - a**2) * b**2)


def _creases(a: Array, b: Array) -> Array:
    """Return shallow folds that run from the corners and edges inwards."""
    angle = np.arctan2(np.abs(b), np.abs(a))
    edge = np.maximum(np.abs(a), np.abs(b)) ** 4
    folds = np.sin(23 * angle + 2 * a) * 0.05 + np.sin(41 * angle + 3 * b) * 0.03
    return edge * folds + 0.02 * np.sin(5 * a + 1) * np.sin(4 * b + 2)


def _dents(a: Array, b: Array) -> Array:
    """Return soft hollows of a filling that has settled, as shares of the depth; none at the seam."""
    slow = np.sin(2.1 * a + 1.3 * b + 0.6) * np.sin(1.7 * b - 1.1 * a + 1.9)
    pleats = np.sin(9 * (np.abs(a) - np.abs(b))) * np.exp(-((np.hypot(np.abs(a) - 0.8, np.abs(b) - 0.8) / 0.28) ** 2))
    return np.asarray((0.05 * slow + 0.045 * pleats) * np.sqrt((1 - a**2) * (1 - b**2)))


def _outline(w: float, h: float) -> Array:
    t = np.linspace(-1, 1, 60)[:-1]
    ones = np.ones_like(t)
    sides = [(t, -ones), (ones, t), (-t, ones), (-ones, -t)]
    points = [np.stack(_pinched(a, b, w, h), axis=1) for a, b in sides]
    line = fillet(resample(np.concatenate(points), 240, closed=True), 0.0)
    return np.column_stack([line, np.zeros(len(line))])


def _edge(kind: str, line: Array, finish: Mapping[str, Any], fallback: dict[str, Any]) -> list[Part]:
    trim = finish_of(finish, "edge", **fallback)
    match kind:
        case "piping":
            return [Part(tube(line, 0.0045, 12, closed=True), trim)]
        case "fringe":
            return [Part(_fringe(line), trim), Part(tube(line, 0.003, 10, closed=True), trim)]
        case "tassels":
            return [Part(merge([tassels(line), tube(line, 0.0036, 10, closed=True)]), trim)]
        case "pompoms":
            t = np.linspace(-np.pi / 2, np.pi / 2, 14)
            ball = revolve(np.column_stack([0.011 * np.cos(t), 0.011 * np.sin(t)]), 20)
            return [Part(merge([move(ball, *(p * 1.03)) for p in resample(line, 44, closed=True)]), trim)]
        case _:
            return []


def _fringe(line: Array) -> Mesh:
    """Return short threads that stand out from an outline."""
    threads = []
    for k, p in enumerate(resample(line, 520, closed=True)):
        way = p / np.linalg.norm(p)
        bend = np.array([-way[1], way[0], 0.0]) * 0.006 * np.sin(k * 2.4) + [0, 0, 0.004 * np.sin(k * 1.7)]
        tip = p + way * 0.034 + bend
        threads.append(tube(np.stack([p, (p + tip) / 2 + bend * 0.3, tip]), 0.0013, 5, cap="none"))
    return merge(threads)


def _round(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Lay a round cushion flat, gathered in pleats towards a button."""
    r, half = shape["width"] / 2, shape["depth"] / 2
    body = finish_of(finish, "body", surface="velvet")
    ring = superellipse(1.0, 1.0, 2.6, 60)
    side = ring[(ring[:, 0] > 0.02)]
    side = side[np.argsort(side[:, 1])]
    line = np.concatenate(
        [
            [(0.0, -0.62 * half)],
            np.column_stack([0.55 * r + 0.9 * r * side[:, 0], 2 * half * side[:, 1]]),
            [(0.0, 0.62 * half)],
        ]
    )
    skin = revolve(resample(line, 130), 360)
    x, y, z = skin.vertices.T
    away, angle = np.hypot(x, y) / r, np.arctan2(y, x)
    depth = np.clip(away / 0.15, 0, 1) * np.clip((1.0 - away) / 0.7, 0, 1) * 0.0045
    pleated = skin.vertices + np.stack([0 * x, 0 * x, np.sign(z) * depth * (np.abs(np.sin(18 * angle)) - 0.6)], axis=1)
    knob = revolve(fillet([(0.0, 0.0), (0.02, 0.0), (0.018, 0.01), (0.0, 0.012)], [0, 0.003, 0.006, 0]), 48)
    trim = finish_of(finish, "edge", **plain(body))
    return [Part(Mesh(pleated, skin.faces, skin.uvs), body), Part(move(knob, z=0.6 * half), trim)]


FLAT = {"square": _square, "round": _round, "knot": knot, "shell": shell}
