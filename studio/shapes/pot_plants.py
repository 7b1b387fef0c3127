"""Grow more pot plants: coin leaves, fleshy spears, clipped balls, flower spikes."""

from __future__ import annotations

import numpy as np

from studio.render.curves import bezier, superellipse
from studio.render.mesh import Array, Mesh, grid, merge
from studio.render.part import Finish, Part
from studio.render.primitives import revolve, sweep, tube
from studio.shapes.plants import GOLDEN, jitter, leaf


def pilea(height: float, spread: float, green: Finish, stem: Finish, count: int = 34) -> list[Part]:
    """Grow round coin leaves, each on its own thin stalk."""
    coins, stalks = [], []
    for k in range(count):
        share = (k + 0.5) / count
        angle = k * GOLDEN + 0.3 * jitter(k)
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        top = way * spread * share**0.6 + [0, 0, height * (1.0 - 0.62 * share**1.3 + 0.1 * jitter(k, 1))]
        foot = np.array([0, 0, 0.3 * height * (1 - share)])
        stalks.append(tube(bezier([foot, (foot + top) / 2 + [0, 0, 0.12 * height], top], 12), 0.0013, 8))
        size = height * (0.2 + 0.03 * jitter(k, 2))
        tilt = np.array([0.55 * way[0] * share, 0.55 * way[1] * share, 1.0])
        coins.append(_coin(top, tilt + 0.25 * np.array([jitter(k, 3), jitter(k, 4), 0.0]), size))
    trunk = tube([(0, 0, 0), (0.004, 0, 0.18 * height), (0, 0, 0.34 * height)], 0.006, 12)
    return [Part(merge(coins), green), Part(merge([*stalks, trunk]), stem)]


def _coin(middle: Array, facing: Array, radius: float) -> Mesh:
    """Return a shallow round blade about a point."""
    normal = facing / np.linalg.norm(facing)
    first = np.cross(normal, [0.0, 1.0, 0.2])
    first /= np.linalg.norm(first)
    second = np.cross(normal, first)
    r, turn = np.linspace(1, 0, 6)[None, :, None], np.linspace(0, 2 * np.pi, 28, endpoint=False)[:, None, None]
    flat = r * radius * (np.cos(turn) * first + np.sin(turn) * second)
    return grid(middle + flat - 0.16 * radius * (1 - r**2) * normal, close_u=True)


def aloe(height: float, green: Finish, count: int = 17) -> list[Part]:
    """Grow thick, tapered leaves that rise and bend outwards."""
    leaves = []
    for k in range(count):
        share = (k + 0.5) / count
        angle, size = k * GOLDEN, height * (1.02 - 0.3 * share + 0.06 * jitter(k))
        pitch = np.radians(82 - 52 * share + 5 * jitter(k, 1))
        way = np.array([np.cos(angle) * np.cos(pitch), np.sin(angle) * np.cos(pitch), np.sin(pitch)])
        root = np.array([np.cos(angle), np.sin(angle), 0.0]) * 0.012 * share
        path = bezier([root, root + way * 0.55 * size, root + way * size + [0, 0, 0.16 * size * share]], 20)
        t = np.linspace(0, 1, 20)
        up = (-np.cos(angle) * np.sin(pitch), -np.sin(angle) * np.sin(pitch), np.cos(pitch))
        taper = np.column_stack([1 - 0.9 * t**1.4, 1 - 0.96 * t**1.3])
        leaves.append(sweep(superellipse(0.05 * height, 0.15 * height, 2.0, 16), path, scale=taper, up=up, cap="flat"))
    return [Part(merge(leaves), green)]


def topiary(height: float, radius: float, green: Finish, bark: Finish, count: int = 620) -> list[Part]:
    """Grow a little tree: a bare stem under a clipped ball of small leaves."""
    middle = np.array([0.0, 0.0, height - radius])
    blades = [revolve(middle[2] * np.array([0, 1]) + 0.86 * radius * _half_circle(24), 36)]
    for k in range(count):
        z = 1 - 2 * (k + 0.5) / count
        flat = np.sqrt(1 - z * z)
        out = np.array([np.cos(k * GOLDEN) * flat, np.sin(k * GOLDEN) * flat, z])
        side = np.cross(out, [jitter(k), jitter(k, 1), jitter(k, 2)])
        foot = middle + out * radius * (0.84 + 0.06 * jitter(k, 3))
        size = 0.24 * radius * (1 + 0.3 * jitter(k, 4))
        tip = foot + size * (0.75 * out + 0.7 * side)
        blades.append(leaf(bezier([foot, (foot + tip) / 2 + 0.2 * size * out, tip], 6), 0.6 * size, 0.45, 0.2))
    trunk = bezier([(0, 0, -0.01), (0.012, 0, 0.3 * height), (-0.008, 0, 0.5 * height), middle], 24)
    return [Part(merge(blades), green), Part(tube(trunk, np.linspace(0.0085, 0.006, 24), 12), bark)]


def _half_circle(samples: int) -> Array:
    t = np.linspace(-np.pi / 2, np.pi / 2, samples)
    return np.column_stack([np.maximum(np.cos(t), 0), np.sin(t)])


def lavender(height: float, spread: float, green: Finish, bloom: Finish, count: int = 46) -> list[Part]:
    """Grow thin stalks with narrow leaves below and a flower spike at each tip."""
    stalks, spikes = [], []
    for k in range(count):
        share = (k + 0.5) / count
        angle = k * GOLDEN
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        top = way * spread * share**0.5 + [0, 0, height * (1.0 - 0.2 * share + 0.1 * jitter(k))]
        path = bezier([way * 0.3 * spread * share, way * 0.35 * spread * share + [0, 0, 0.5 * height], top], 16)
        stalks.append(tube(path, 0.0009, 6))
        for j in range(1, 8):
            turn = angle + 2.2 * j + jitter(k, j)
            aside = np.array([np.cos(turn), np.sin(turn), 0.9])
            at, size = path[j], 0.13 * height * (1 - 0.05 * j)
            stalks.append(leaf(bezier([at, at + 0.55 * size * aside, at + size * aside * [1, 1, 0.6]], 6), 0.004, 0.4))
        along = path[-1] - path[-3]
        along = along / np.linalg.norm(along)
        for j in range(7):
            ring = top + along * (j * 0.021 * height * (1.0 + 0.1 * jitter(k, 7)) - 0.03 * height)
            for turn in (j, j + 2.1, j + 4.2):
                at = ring + 0.0034 * (1 - 0.09 * j) * np.array([np.cos(turn), np.sin(turn), 0.0])
                bead = at + np.array([0, 0.0018, 0.004, 0.006])[:, None] * along
                spikes.append(tube(bead, np.array([0.0008, 0.003, 0.003, 0.0006]), 6, cap="none"))
    return [Part(merge(stalks), green), Part(merge(spikes), bloom)]
