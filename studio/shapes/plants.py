"""Grow house plants: leaves on bent paths, set round a stem by the golden angle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.render.curves import bezier, superellipse
from studio.render.mesh import Array, Mesh, arc_lengths, grid, merge, move
from studio.render.part import Finish, Part
from studio.render.primitives import revolve, sweep, tube

GOLDEN = np.pi * (3 - np.sqrt(5))


def jitter(k: int, salt: float = 0.0) -> float:
    """Return a number -1..1 that is always the same for k: plants are to look grown, yet never change."""
    value = np.sin(k * 12.9898 + salt * 78.233 + 1.0) * 43758.5453
    return float(2 * (value - np.floor(value)) - 1)


def leaf(path: Array, width: float, fullest: float = 0.4, fold: float = 0.25, wave: float = 0.0) -> Mesh:
    """Return a leaf blade along a path; `fullest` is where it is widest, `fold` how far its sides rise."""
    t = arc_lengths(path) / arc_lengths(path)[-1]
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(along, [0.0, 0.0, 1.0])
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6)
    up = np.cross(side, along)
    power = np.log(0.5) / np.log(fullest)
    half = width / 2 * np.sin(np.pi * np.clip(t**power, 0, 1)) ** 0.8 + 1e-4
    s = np.linspace(1, -1, 7)
    lift = fold * np.abs(s)[:, None] * half + wave * half * np.abs(s)[:, None] * np.sin(9 * np.pi * t)
    points = path + s[:, None, None] * half[:, None] * side + lift[..., None] * up
    return grid(points)


def snake(height: float, green: Finish, edge: Finish) -> list[Part]:
    """Grow upright sword leaves with pale margins."""
    inner, outer = [], []
    for k in range(11):
        angle, tall = k * GOLDEN, height * (1 - 0.055 * k + 0.05 * jitter(k))
        root = 0.006 + 0.0045 * k
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        lean = way * (0.05 + 0.1 * k / 11) * tall
        path = bezier([way * root, way * root * 1.2 + [0, 0, 0.4 * tall], way * root + lean + [0, 0, tall]], 24)
        blade = _sword(path, 0.042 + 0.012 * jitter(k, 2), angle + 0.8 * jitter(k, 1))
        inner.append(blade)
        outer.append(_sword(path, 0.052 + 0.012 * jitter(k, 2), angle + 0.8 * jitter(k, 1), back=0.0012))
    return [Part(merge(inner), green), Part(merge(outer), edge)]


def _sword(path: Array, width: float, facing: float, back: float = 0.0) -> Mesh:
    """Return a stiff blade whose flat side faces one direction; `back` sets it behind that face, on both sides."""
    t = np.linspace(0, 1, len(path))
    half = width / 2 * np.minimum(1, 0.55 + 1.2 * t) * (1 - t**5) + 4e-4
    side = np.array([-np.sin(facing), np.cos(facing), 0.0])
    front = np.array([np.cos(facing), np.sin(facing), 0.0])
    s = np.linspace(-1, 1, 7)
    cup = 0.35 * (s[:, None] ** 2 - 0.5) * half
    points = path + s[:, None, None] * half[:, None] * side + cup[..., None] * front
    faces = [grid(points + front * (0.0016 - back)), grid((points - front * (0.0016 - back))[::-1])]
    return merge(faces)


def arching(
    height: float, spread: float, green: Finish, stem: Finish, count: int = 17, width: float = 0.3
) -> list[Part]:
    """Grow broad leaves on arching stems."""
    blades, stalks = [], []
    for k in range(count):
        share = (k + 0.5) / count
        angle = k * GOLDEN + 0.25 * jitter(k)
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        reach, tall = spread * (0.35 + 0.65 * share**0.7), height * (1.0 - 0.5 * share + 0.06 * jitter(k, 1))
        knee = way * 0.45 * reach + [0, 0, 0.72 * tall]
        stalks.append(tube(bezier([way * 0.01, way * 0.12 * reach + [0, 0, 0.5 * tall], knee], 14), 0.0022, 8))
        tip = way * reach * 1.12 + [0, 0, tall * (0.98 - 0.42 * share)]
        bend = way * reach * 0.8 + [0, 0, tall * 1.12]
        size = float(np.linalg.norm(tip - knee))
        blades.append(leaf(bezier([knee, bend, tip], 22), size * width * 1.5, 0.38, 0.28, 0.03))
    return [Part(merge(blades), green), Part(merge(stalks), stem)]


def rubber(height: float, green: Finish, bark: Finish) -> list[Part]:
    """Grow glossy oval leaves along three upright stems."""
    blades, stems = [], []
    for j, (x, y, tall) in enumerate(((0.0, 0.0, 1.0), (0.022, 0.012, 0.78), (-0.02, 0.01, 0.62))):
        foot, top = np.array([x, y, 0.0]), np.array([2.4 * x, 2.4 * y, tall * height])
        path = bezier([foot, foot + [0.5 * x, 0, 0.5 * tall * height], top], 20)
        stems.append(tube(path, np.linspace(0.0055, 0.003, 20), 10))
        number = int(11 * tall)
        for k in range(number):
            share = 0.28 + 0.72 * (k + 0.6) / number
            base = np.array([np.interp(share, np.linspace(0, 1, 20), axis) for axis in path.T])
            angle = k * GOLDEN + 1.3 * j
            way = np.array([np.cos(angle), np.sin(angle), 0.0])
            size = height * (0.42 - 0.14 * share + 0.03 * jitter(k, j))
            rise = 0.9 * share**3
            bend = base + size * (0.5 * way + [0, 0, 0.4 + rise])
            tip = base + size * ((0.85 - 0.4 * rise) * way + [0, 0, 1.1 * rise - 0.3])
            blades.append(leaf(bezier([base, bend, tip], 18), 0.5 * size, 0.48, 0.2))
    return [Part(merge(blades), green), Part(merge(stems), bark)]


def rosette(radius: float, green: Finish) -> list[Part]:
    """Grow a succulent: thick pointed leaves in spirals, opening outwards."""
    leaves = []
    for k in range(46):
        share = (k + 1) / 46
        angle, size = k * GOLDEN, radius * (0.3 + 0.72 * share)
        pitch = np.radians(78 - 66 * share)
        way = np.array([np.cos(angle) * np.cos(pitch), np.sin(angle) * np.cos(pitch), np.sin(pitch)])
        root = np.array([0, 0, 0.42 * radius * (1 - share) + 0.06 * radius])
        tip = root + way * size + [0, 0, 0.12 * size]
        path = bezier([root, root + way * 0.6 * size, tip], 14)
        t = np.linspace(0, 1, 14)
        fat = np.sin(np.pi * np.clip(0.25 + 0.75 * t, 0, 1) ** 1.5) ** 0.8 + 0.02
        up = np.array([-np.cos(angle) * np.sin(pitch), -np.sin(angle) * np.sin(pitch), np.cos(pitch)])
        leaves.append(sweep(superellipse(0.1 * size, 0.5 * size, 2.0, 16), path, scale=fat, up=tuple(up), cap="none"))
    return [Part(merge(leaves), green)]


def cactus(radius: float, height: float, green: Finish, thorn: Finish) -> list[Part]:
    """Grow a ribbed column with two shoots at its side."""
    bodies, thorns = [], []
    for x, y, z, size in ((0.0, 0.0, 0.0, 1.0), (0.92, -0.1, 0.0, 0.52), (-0.8, -0.35, 0.0, 0.4)):
        column, spines = _ribs(radius * size, height * size)
        bodies.append(move(column, x * radius, y * radius, z))
        thorns.append(move(spines, x * radius, y * radius, z))
    return [Part(merge(bodies), green), Part(merge(thorns), thorn)]


def _ribs(radius: float, height: float, count: int = 13) -> tuple[Mesh, Mesh]:
    z = np.linspace(0, 1, 40)
    line = radius * np.where(
        z < 0.6, 0.86 + 0.14 * np.sin(np.pi * z / 1.2), np.sqrt(np.maximum(0, 1 - ((z - 0.6) / 0.4) ** 2))
    )
    body = revolve(np.column_stack([line, z * height]), count * 10)
    x, y, level = body.vertices.T
    angle = np.arctan2(y, x)
    dent = 1 - 0.2 * (1 - np.abs(np.cos(count / 2 * angle)))
    cones = []
    for i in range(count):
        for j, share in enumerate(np.linspace(0.12, 0.97, 11)):
            out = np.interp(share, z, line)
            turn = 2 * np.pi * i / count
            at = np.array([np.cos(turn) * out, np.sin(turn) * out, share * height])
            for side in (-0.5, 0.5):
                way = np.array([np.cos(turn + side), np.sin(turn + side), 0.5 + 0.3 * jitter(j, i)])
                cones.append(
                    tube(
                        np.stack([at, at + way * 0.0045, at + way * 0.009]),
                        np.array([0.0007, 0.0005, 0.0001]),
                        5,
                        cap="none",
                    )
                )
    return replace(body, vertices=np.column_stack([x * dent, y * dent, level])), merge(cones)


def fern(height: float, spread: float, green: Finish) -> list[Part]:
    """Grow arching fronds of paired leaflets."""
    pieces = []
    for k in range(20):
        angle, share = k * GOLDEN, (k + 0.5) / 20
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        tall, reach = height * (1.15 - 0.75 * share), spread * (0.45 + 0.55 * share)
        path = bezier(
            [way * 0.008, way * 0.3 * reach + [0, 0, tall * 1.2], way * reach + [0, 0, tall * (0.9 - 0.75 * share)]], 26
        )
        pieces.append(tube(path, 0.0011, 6))
        across = np.array([-way[1], way[0], 0.0])
        for j in range(4, 26):
            size = 0.3 * reach * np.sin(np.pi * ((j - 2) / 25) ** 0.75) + 0.005
            for sign in (-1.0, 1.0):
                end = path[j] + sign * across * size + (path[j] - path[j - 1]) * 1.2 - [0, 0, 0.25 * size]
                pieces.append(
                    leaf(
                        bezier([path[j], (path[j] + end) / 2 + [0, 0, 0.1 * size], end], 7),
                        0.3 * size + 0.004,
                        0.4,
                        0.1,
                    )
                )
    return [Part(merge(pieces), green)]


def trailing(length: float, radius: float, green: Finish, stem: Finish, count: int = 9) -> list[Part]:
    """Grow strings of small round leaves that hang over the rim of a pot of a radius."""
    blades, strings = [], []
    for k in range(count):
        angle = k * GOLDEN
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        fall = length * (0.55 + 0.45 * abs(jitter(k)))
        out = radius * (1.12 + 0.12 * jitter(k, 3))
        path = bezier(
            [
                way * 0.3 * radius,
                way * out + [0, 0, 0.06],
                way * out * 1.08 + [0, 0, -0.1 * fall],
                way * out + [0, 0, -fall],
            ],
            40,
        )
        sway = np.sin(np.linspace(0, 7 + jitter(k, 5), 40) + k) * np.linspace(0, 0.013, 40)
        path = path + sway[:, None] * np.array([-way[1], way[0], 0.0])
        strings.append(tube(path, 0.0012, 6))
        for j in range(3, 40, 2):
            swing = angle + (1.1 if j % 4 == 1 else -1.1) + 0.7 * jitter(j, k)
            side = np.array([np.cos(swing), np.sin(swing), 0.1])
            size = 0.034 * (1 - 0.3 * j / 40) * (1 + 0.25 * jitter(j, k + 9))
            blades.append(
                leaf(
                    bezier(
                        [path[j], path[j] + side * 0.5 * size + [0, 0, 0.006], path[j] + side * size - [0, 0, 0.012]], 9
                    ),
                    0.8 * size,
                    0.42,
                    0.15,
                )
            )
    for k in range(16):
        angle, reach = k * GOLDEN, radius * np.sqrt((k + 0.5) / 16)
        at = np.array([np.cos(angle) * reach, np.sin(angle) * reach, 0.0])
        side = np.array([np.cos(angle + jitter(k)), np.sin(angle + jitter(k)), 0.0])
        blades.append(
            leaf(bezier([at, at + side * 0.02 + [0, 0, 0.05], at + side * 0.04 + [0, 0, 0.035]], 9), 0.03, 0.42, 0.15)
        )
    return [Part(merge(blades), green), Part(merge(strings), stem)]
