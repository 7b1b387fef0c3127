"""Shape bucket bags: gathered by a cord, on one shoulder strap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, resample, spline
from studio.render.mesh import Array, Mesh, grid, merge, move
from studio.render.part import Part
from studio.render.primitives import revolve, tube
from studio.shapes import soft
from studio.shapes.bag_flap import finishes, shoulder_strap
from studio.shapes.bag_open import open_body

GATHER = 0.86


def skin_rings(shape: Mapping[str, Any]) -> Array:
    """Return the outer skin (levels, around, 3): a round base, pleats that deepen towards the gathered mouth."""
    h, r = float(shape["height"]), float(shape["width"]) / 2
    angle = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    folds, rings = int(shape.get("folds", 12)), []
    for t in np.linspace(0, 1, 46):
        base = 0.9 + 0.1 * np.clip(t / 0.06, 0, 1) ** 0.5
        neck = 1 - shape.get("gather", 0.32) * np.exp(-(((t - GATHER) / 0.16) ** 2)) - 0.1 * np.clip(t - 0.9, 0, 1)
        ripple = shape.get("pleat", 0.055) * np.clip((t - 0.45) / 0.41, 0, 1) ** 1.5
        wave = np.cos(folds * angle) + 0.25 * np.cos((folds - 5) * angle + 1.0)
        radius = r * base * (neck + 0.05 * np.sin(np.pi * t)) * (1 + ripple * wave)
        rings.append(np.stack([radius * np.cos(angle), radius * 0.82 * np.sin(angle), np.full(240, h * t)], axis=1))
    return np.array(rings)


def cord(ring: Array, folds: int, drop: float) -> Mesh:
    """Return the cord round the gathered mouth with both ends hanging from the front, `drop` metres, in tassels."""
    path = ring + (ring - ring.mean(axis=0)) * 0.035
    crest = [int(i) for i in np.linspace(0, 240, folds, endpoint=False)]
    front = min(path[crest], key=lambda p: float(p[1]))
    made = [tube(resample(path, 200, closed=True), 0.0024, 8, closed=True)]
    for s in (-1, 1):
        tip = front + [s * 0.022, -0.012, -drop]
        line = [front, front + [s * 0.006, -0.012, -0.01], front + [s * 0.016, -0.012, -drop / 2], tip]
        made += [tube(spline(line, 30), 0.0024, 8), tassel(tip)]
    return merge(made)


def tassel(tip: Array) -> Mesh:
    """Return a short bunch of leather strips that hangs from a tip."""
    head = [(0, -0.012), (0.0055, -0.012), (0.0062, -0.006), (0.004, 0.002), (0, 0.003)]
    made = [move(revolve(head, 20), *tip)]
    for a in np.linspace(0, 2 * np.pi, 9, endpoint=False):
        out = np.array([np.cos(a), np.sin(a), 0])
        points = [tip + out * reach + [0, 0, -low] for reach, low in ((0.0035, 0.01), (0.006, 0.024), (0.0075, 0.04))]
        made.append(tube(spline(points, 8), 0.0021, 6))
    return merge(made)


def chape(r: float, h: float, side: int) -> Mesh:
    """Return the leather that holds a strap's ring against the bag."""
    path = np.array([[side * (r * 0.86 + 0.01 * q), 0, h * (0.62 + 0.18 * q)] for q in np.linspace(0, 1, 8)])
    return soft.ribbon(path, np.tile([0, 1.0, 0], (8, 1)), 0.026, 0.003)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a bucket bag; lengths in metres."""
    skin = finishes(finish)
    h, r = float(shape["height"]), float(shape["width"]) / 2
    rings = skin_rings(shape)
    outside, inside = open_body(rings, 0.0024)
    gathered = cord(rings[int(45 * GATHER)], int(shape.get("folds", 12)), h * 0.3)
    anchors = np.array([[0.004 - r * 0.98, 0, h * 0.8], [r * 0.98 - 0.004, 0, h * 0.8]])
    strap = shoulder_strap(anchors, shape["strap"], shape.get("band", 0.022), 0.02)
    low = rings[:9] + (rings[:9] - rings[:9].mean(axis=1, keepdims=True)) * [0.015, 0.015, 0]
    cuff = merge([grid(low.transpose(1, 0, 2), close_u=True), tube(low[-1], 0.0013, 8, closed=True)])
    seam = soft.stitches(resample(np.concatenate([low[-2], low[-2, :1]]) * [1.008, 1.008, 1], 240))
    ring = tube(np.stack([np.zeros(40), *circle(0.013, 40).T], axis=1), 0.002, 10, closed=True)
    return [
        Part(outside, skin["body"]),
        Part(inside, skin["lining"]),
        Part(merge([gathered, strap, chape(r, h, -1), chape(r, h, 1), cuff]), skin["trim"]),
        Part(seam, skin["thread"]),
        Part(merge([move(ring, side * r * 0.985, 0, h * 0.8) for side in (-1, 1)]), skin["metal"]),
    ]
