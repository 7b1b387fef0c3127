"""Shape cushions that are no sheet: bolsters, knots, shells; and tassels for the corners of square ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, lift, resample
from studio.render.mesh import Array, Mesh, flip, grid, merge, move, rotate
from studio.render.part import Part, finish_of
from studio.render.primitives import revolve, tube
from studio.shapes.turned import plain


def bolster(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Lay a roll along x on the floor, its ends gathered to a button; shape: `width` (its length), `depth`."""
    half, r = shape["width"] / 2, shape["depth"] / 2
    body = finish_of(finish, "body", surface="velvet")
    trim = finish_of(finish, "edge", **plain(body))
    side = [(0.0, -half + 0.016), (0.35 * r, -half + 0.006), (0.8 * r, -half - 0.004), (r, -half)]
    line = np.array([*side, *[(x, -z) for x, z in side[::-1]]])
    skin = revolve(resample(fillet(line, [0, 0.02, 0.02, 0.012, 0.012, 0.02, 0.02, 0]), 220), 320)
    x, y, z = skin.vertices.T
    away, angle = np.hypot(x, y), np.arctan2(y, x)
    end = np.clip((np.abs(z) - half + 0.03) / 0.03, 0, 1)
    gather = 0.0042 * end * np.abs(np.sin(20 * angle)) * np.clip(away / r, 0, 1) * np.clip((1 - away / r) * 6, 0, 1)
    folds = np.abs(np.sin(13 * angle + 0.6 * np.sin(3 * angle))) * np.exp((np.abs(z) - half) / 0.035)
    swell = 1 + 0.03 * np.cos(np.pi * z / (2 * half)) - 0.03 * folds
    swell += 0.01 * np.sin(2 * angle + 11 * z) * np.sin(7 * z + 1) * (1 - end)
    points = np.column_stack([x * swell, y * swell, z + np.sign(z) * gather])
    cords = [move(tube(lift(circle(r + 0.001, 120)), 0.0042, 10, closed=True), z=s * half) for s in (-1, 1)]
    knob = revolve(fillet([(0.0, 0.0), (0.018, 0.0), (0.016, 0.009), (0.0, 0.011)], [0, 0.003, 0.005, 0]), 40)
    knobs = [move(knob, z=half - 0.012), flip(move(knob, z=half - 0.012))]
    knobs[1] = Mesh(knobs[1].vertices * [1, 1, -1], knobs[1].faces, knobs[1].uvs)
    made = [(Mesh(points, skin.faces, skin.uvs), body), (merge([*cords, *knobs]), trim)]
    return [Part(move(rotate(mesh, "y", 90), z=r), look) for mesh, look in made]


def knot(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Lay a stuffed tube tied in a trefoil flat, front up; shape: `width`, `depth` (of the tube)."""
    r = shape["depth"] / 2
    scale = (shape["width"] / 2 - r) / 3.0
    t = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    x, y = np.sin(t) + 2 * np.sin(2 * t), np.cos(t) - 2 * np.cos(2 * t)
    path = resample(np.column_stack([x * scale, y * scale, -1.02 * r * np.sin(3 * t)]), 360, closed=True)
    soft = r * (1 + 0.02 * np.sin(17 * np.linspace(0, 2 * np.pi, 360, endpoint=False)))
    return [Part(tube(path, soft, 40, closed=True), finish_of(finish, "body", surface="knit"))]


def shell(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Lay a scallop shell flat, front up, its hinge towards -y; shape: `width`, `depth`, `channels`."""
    reach, depth, count = shape["width"] / 1.9, shape["depth"] / 2, int(shape.get("channels", 7))
    body = finish_of(finish, "body", surface="velvet")
    a = np.linspace(-1, 1, count * 22 + 1)
    b = 1 - (1 - np.linspace(0, 1, 70)) ** 1.5
    across, out = np.meshgrid(a, b, indexing="ij")
    roll = np.abs(np.sin(np.pi * count * (across + 1) / 2)) ** 0.6
    angle = across * np.radians(78)
    radius = reach * out * (0.8 + 0.2 * np.cos(angle * 0.9)) * (1 + 0.035 * roll * out**3) + 0.03
    x, y = radius * np.sin(angle) * 1.06, radius * np.cos(angle) - reach * 0.55
    high = np.sqrt(np.clip(1 - out**5, 0, 1)) * np.sqrt(np.clip(1 - across**8, 0, 1)) * (0.34 + 0.66 * out**0.6)
    z = depth * high * (0.62 + 0.38 * roll)
    front = flip(grid(np.stack([x, y, z], axis=-1)))
    back = grid(np.stack([x, y, -z], axis=-1))
    seam = np.concatenate([np.column_stack([x[:, -1], y[:, -1], 0 * a]), [[0.028, y[-1, 0], 0], [-0.028, y[0, 0], 0]]])
    roll_up = np.column_stack([np.linspace(-0.045, 0.045, 20), np.full(20, y[0, 0] - 0.004), np.zeros(20)])
    hinge = tube(roll_up, depth * 0.42 * np.sqrt(np.clip(1.08 - np.linspace(-1, 1, 20) ** 4, 0, 1)), 24)
    cord = tube(resample(seam, 300, closed=True), 0.0035, 8, closed=True)
    trim = finish_of(finish, "edge", **plain(body))
    return [Part(front, body), Part(back, body), Part(merge([hinge, cord]), trim)]


def tassels(line: Array) -> Mesh:
    """Return a tassel at each of the four corners of an outline (n, 3) laid flat, its lower edge towards -y."""
    made = []
    for sx in (-1, 1):
        for sy in (-1, 1):
            corner = line[np.argmax(line @ np.array([sx, sy, 0.0]))]
            # The upper ones hang, the lower ones lie on the floor.
            way = np.array([0.4 * sx, -0.92, 0.0]) if sy > 0 else np.array([1.0 * sx, 0.06, 0.0])
            side = np.array([-way[1], way[0], 0.0])
            head = corner + way * 0.012
            t = np.linspace(-np.pi / 2, np.pi / 2, 16)
            made.append(move(revolve(np.column_stack([0.011 * np.cos(t), 0.012 * np.sin(t)]), 24), *head))
            made += [_thread(head, way, side, k) for k in range(64)]
    return merge(made)


def _thread(head: Array, way: Array, side: Array, k: int) -> Mesh:
    turn, spread = k * 2.399963, 0.011 * np.sqrt((k + 0.5) / 64)
    off = side * spread * np.cos(turn) + np.array([0, 0, 1.0]) * spread * np.sin(turn)
    tip = head + way * (0.075 + 0.004 * np.sin(5 * k)) + off * 1.5
    return tube(np.stack([head + off * 0.5, head + way * 0.025 + off, tip]), 0.0015, 5, cap="none")
