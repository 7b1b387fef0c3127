"""Grow what is not for sale: potted plants, stems for vases, hedges, fallen leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.render.curves import bezier, fillet
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import revolve, tube
from studio.scenes.grounds import block
from studio.scenes.setting import Vector
from studio.shapes import plants

GREEN = Finish("leaf", "#4f7a45")
STEM = Finish("leaf", "#71824c")


def pot(at: Vector, radius: float, height: float, finish: Finish) -> list[Part]:
    """Set down a plain flower pot filled with soil."""
    r, h = radius, height
    profile = [(0, 0.002), (0.68 * r, 0), (0.97 * r, h * 0.98), (r, h), (0.93 * r, h), (0.9 * r, 0.9 * h)]
    soil = [(0.9 * r, 0.88 * h), (0, 0.91 * h)]
    return [
        Part(move(revolve(fillet(profile, 0.006, 4), 64), *at), finish),
        Part(move(revolve(soil, 32), *at), Finish("soil", "#3d2c20")),
    ]


def potted(kind: str, at: Vector, tall: float, finish: Finish, turn: float = 0.0) -> list[Part]:
    """Set down a plant (arching, rubber, fern or snake) in a pot; `tall` counts from the floor to the leaves' tips."""
    radius = 0.17 * tall
    height = 0.3 * tall
    grow = {
        "arching": lambda: plants.arching(0.7 * tall, 0.55 * tall, GREEN, STEM),
        "rubber": lambda: plants.rubber(0.75 * tall, Finish("leaf", "#3c6440"), Finish("matte", "#6b5a3f")),
        "fern": lambda: plants.fern(0.6 * tall, 0.7 * tall, Finish("leaf", "#587f3e")),
        "snake": lambda: plants.snake(0.75 * tall, Finish("leaf", "#43683f"), Finish("leaf", "#b9bb78")),
    }[kind]()
    up = at[2] + 0.88 * height
    return pot(at, radius, height, finish) + [
        replace(part, mesh=move(rotate(part.mesh, "z", turn), at[0], at[1], up)) for part in grow
    ]


def stems(at: Vector, tall: float, colour: str = "#7d8f76", count: int = 5, round_leaf: bool = True) -> list[Part]:
    """Put leafy twigs into a vase whose mouth is at `at`."""
    wood, leaves = [], []
    for k in range(count):
        angle, high = k * plants.GOLDEN + 0.4, tall * (1 + 0.16 * plants.jitter(k))
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        out = way * tall * (0.16 + 0.1 * abs(plants.jitter(k, 1)))
        path = bezier(
            [[0, 0, -0.04], way * 0.004 + [0, 0, high * 0.4], out * 0.6 + [0, 0, high * 0.8], out + [0, 0, high]], 20
        )
        wood.append(tube(path, np.linspace(0.0018, 0.0009, len(path)), 6))
        for n in range(4, len(path) - 1, 2 if round_leaf else 1):
            leaves += [
                _twig_leaf(path[n], angle + s * 1.4 + 0.5 * plants.jitter(n, k), 0.075 * tall, round_leaf)
                for s in (-1, 1)
            ]
    return [
        Part(move(merge(wood), *at), Finish("matte", "#7a6a4e")),
        Part(move(merge(leaves), *at), Finish("leaf", colour)),
    ]


def _twig_leaf(foot: Array, angle: float, size: float, broad: bool) -> Mesh:
    way = np.array([np.cos(angle), np.sin(angle), 0.55])
    path = foot + np.linspace(0, size * (1.2 if broad else 1.6), 8)[:, None] * way
    return plants.leaf(path, size * (0.95 if broad else 0.4), 0.5)


def hedge(
    width: float,
    height: float,
    y: float,
    count: int = 26000,
    colours: Sequence[str] = ("#48692f", "#3c5a2a", "#5c7d39", "#6d8a44"),
) -> list[Part]:
    """Grow a clipped hedge whose face is at y, of single leaves before a dark body."""
    random = np.random.default_rng(count)
    foot = np.column_stack(
        [
            random.uniform(-width / 2, width / 2, count),
            y + random.normal(0.01, 0.03, count),
            random.uniform(0, height, count),
        ]
    )
    foot[:, 1] += 0.03 * np.sin(5 * foot[:, 0]) * np.sin(4 * foot[:, 2])
    body = block((width, 0.3, height), (0, y + 0.2, 0), Finish("soil", "#1f2c17"))
    return [*_scattered(foot, random, 0.017, colours), body]


def fallen(count: int, x: tuple[float, float], y: tuple[float, float], z: float, colours: Sequence[str]) -> list[Part]:
    """Let leaves lie on the ground, a little curled."""
    random = np.random.default_rng(count)
    foot = np.column_stack([random.uniform(*x, count), random.uniform(*y, count), np.full(count, z + 0.004)])
    return _scattered(foot, random, 0.032, colours, flat=True)


def _scattered(
    foot: Array, random: np.random.Generator, size: float, colours: Sequence[str], flat: bool = False
) -> list[Part]:
    """Set a leaf of two halves at each foot (n, 3), the colours taking turns."""
    n = len(foot)
    angle = random.uniform(0, 2 * np.pi, n)
    rise = random.uniform(0.0, 0.25, n) if flat else random.uniform(-0.9, 0.9, n)
    long = size * random.uniform(0.7, 1.4, n)[:, None]
    way = np.column_stack([np.cos(angle), np.sin(angle) * (1.0 if flat else 0.6), rise])
    side = (
        np.column_stack([-np.sin(angle), np.cos(angle), np.zeros(n)])
        if flat
        else np.cross(way, random.normal(0, 1, (n, 3)))
    )
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6)
    lift = [0, 0, 1] if flat else np.cross(side, way)
    curl = 0.16 * long * lift
    points = np.stack(
        [foot - way * long, foot + side * long * 0.62 + curl, foot + way * long, foot - side * long * 0.62 + curl],
        axis=1,
    )
    parts = []
    for k, colour in enumerate(colours):
        own = points[k :: len(colours)].reshape(-1, 3)
        start = np.arange(0, len(own), 4)[:, None]
        halves = np.concatenate([start + [0, 1, 2], start + [0, 2, 3]])
        faces = np.column_stack([halves, np.full(len(halves), -1)])
        parts.append(
            Part(Mesh(own, faces, np.zeros((len(faces), 4, 2)), smooth=False), Finish("leaf", colour, roughness=0.6))
        )
    return parts
