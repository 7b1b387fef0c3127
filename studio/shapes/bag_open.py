"""Shape bags that stay open: canvas totes and leather shoppers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import lift, offset, resample, rounded_rectangle, spline
from studio.render.mesh import Array, Mesh, flip, grid, merge, move
from studio.render.part import Part
from studio.render.primitives import tube
from studio.shapes import soft
from studio.shapes.bag_flap import finishes


def walls(shape: Mapping[str, Any], levels: int = 40, around: int = 160) -> Array:
    """Return the outer skin (levels, around, 3) of an open bag, from its base edge to its top edge.

    `taper` is top width over bottom width, `mouth` top depth over bottom depth, `slouch` the depth of soft folds,
    `fold` how far the sides fold in at the top, `dip` how far the top edge hangs.
    """
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    slouch, phase = float(shape.get("slouch", 0.002)), float(shape.get("phase", 0.0))
    rings = []
    for t in np.linspace(0, 1, levels):
        width = w * (1 + (shape.get("taper", 1.0) - 1) * t)
        depth = d * (1 + (shape.get("mouth", 1.0) - 1) * t)
        base = 0.012 * np.clip(1 - t / 0.06, 0, 1) ** 2
        flat = resample(
            rounded_rectangle(width - base, depth - base, shape.get("corner", 0.02), 10), around, closed=True
        )
        swell = shape.get("puff", 0.0) * np.sin(np.pi * np.clip(t, 0, 1) ** 0.8)
        flat[:, 1] += np.sign(flat[:, 1]) * swell * np.clip(1 - (2 * flat[:, 0] / width) ** 2, 0, 1)
        flat[:, 0] -= (
            np.sign(flat[:, 0]) * shape.get("fold", 0.0) * t * np.clip(1 - (2 * flat[:, 1] / depth) ** 2, 0, 1)
        )
        out = offset(flat, 1.0) - flat
        rings.append(lift(flat + out * (slouch * drape(flat, t, phase, shape["spread"]))[:, None], h * t))
    out = np.array(rings)
    out[:, :, 2] += (
        float(shape.get("dip", 0.0)) * np.linspace(0, 1, levels)[:, None] ** 3 * ((2 * out[:, :, 0] / w) ** 2 - 0.6)
    )
    return out


def drape(flat: Array, t: float, phase: float, spread: float) -> Array:
    """Return the cloth's folds at (n, 2) points of a level, about -1..1: broad waves, and ridges below the handles."""
    x, y = flat.T
    broad = np.sin(x * 26 + 3.4 * t + phase) * np.sin(4.2 * t + 0.7 + phase) + 0.5 * np.sin(x * 57 - 6 * t + y * 40)
    ridges = sum(np.exp(-(((x - s * spread * (0.5 + 0.5 * t)) / 0.016) ** 2)) for s in (-1, 1)) * t**0.7
    return np.asarray((0.25 + 0.6 * t) * broad + 0.8 * ridges - 0.35)


def open_body(rings: Array, wall: float) -> tuple[Mesh, Mesh]:
    """Return the outside with its base and hem, and the inside, of an open bag's skin."""
    centre = rings.mean(axis=1, keepdims=True)
    outward = rings - centre
    outward[..., 2] = 0
    outward /= np.linalg.norm(outward, axis=2, keepdims=True)
    inner = rings - outward * wall
    base = np.array([rings[0] * [s, s, 1] for s in np.linspace(0.02, 1, 8)[:-1]])
    hem = tube((rings[-1] + inner[-1]) / 2, wall * 0.56, 8, closed=True)
    outside = grid(np.concatenate([base, rings]).transpose(1, 0, 2), close_u=True)
    floor = np.array([inner[0] * [s, s, 1] for s in np.linspace(0.02, 1, 6)[:-1]]) + [0, 0, wall]
    inside = flip(grid(np.concatenate([floor, inner]).transpose(1, 0, 2), close_u=True))
    return merge([soft.flat_uv(outside), hem]), inside


def front_point(rings: Array, x: float, z: float, side: float = -1.0) -> Array:
    """Return the point of the skin at x, z on the front (side -1) or the back (+1)."""
    level = rings[np.abs(rings[:, :, 2].mean(axis=1) - z).argmin()]
    facing = level[np.sign(level[:, 1]) == side]
    near = facing[np.abs(facing[:, 0] - x).argsort()[:2]]
    return np.array([x, near[:, 1].mean(), z])


def sewn_line(rings: Array, x: float, low: float, width: float, side: float) -> Array:
    """Return the straight line (2, 3) from height `low` to the top along which a band of `width` clears the cloth."""
    top = float(rings[-1, np.abs(rings[-1, :, 0] - x).argmin(), 2])
    share = np.linspace(0, 1, 7)
    across = x + np.linspace(-0.5, 0.5, 5) * width
    out = np.array([[side * front_point(rings, a, low + t * (top - low), side)[1] for a in across] for t in share]).max(
        axis=1
    )
    line = out[0] + (out[-1] - out[0]) * share
    reach = line + (out - line).max()
    return np.array([[x, side * reach[0], low], [x, side * reach[-1], top]])


def handles(rings: Array, shape: Mapping[str, Any]) -> tuple[Mesh, Mesh]:
    """Return two flat handles sewn to front and back, and their stitched crosses."""
    spread, rise = shape["spread"], shape["handle"]
    width, thick = shape.get("band", 0.026), shape.get("thick", 0.0035)
    bands, seams = [], []
    for side in (-1.0, 1.0):
        lines = [sewn_line(rings, x, shape["height"] - shape.get("sewn", 0.09), width, side) for x in (-spread, spread)]
        left, right = ([a + (b - a) * t for t in np.linspace(0, 1, 6)] for a, b in lines)
        lean = side * (0.014 if side < 0 else 0.004)
        arch = [(-spread * 0.98, 0.45, 0.5), (-spread * 0.62, 0.9, 0.9), (0, 1, 1)]
        arch += [(-x, a, b) for x, a, b in arch[-2::-1]]
        foot = (left[-1] + right[-1]) / 2
        over = [foot + [x, lean * a, rise * b] for x, a, b in arch]
        path = spline([*left, *over, *right[::-1]], 140)
        across = np.gradient(path, axis=0)
        across = np.stack([across[:, 2], np.zeros(len(path)), -across[:, 0]], axis=1)
        bands.append(soft.ribbon(path, across, width, thick))
        seams += [_cross(line, width, side * (thick / 2 + 0.0003)) for line in lines]
    return merge(bands), merge(seams)


def _cross(line: Array, width: float, lift_by: float) -> Mesh:
    """Return a sewn box with a cross in it where a handle meets the bag."""
    a, low, high = width / 2 - 0.0035, 0.004, width
    lines = [[(-a, low), (a, low), (a, high), (-a, high), (-a, low)], [(-a, low), (a, high)], [(a, low), (-a, high)]]
    up = (line[1] - line[0]) / np.linalg.norm(line[1] - line[0])
    made = []
    for corners in lines:
        flat = np.concatenate([np.linspace(p, q, 8) for p, q in zip(corners[:-1], corners[1:], strict=True)])
        made.append(
            soft.stitches(np.array([line[0] + up * z + [x, lift_by, 0] for x, z in flat]), 0.0034, 0.0016, 0.0005)
        )
    return merge(made)


def patch(rings: Array, width: float, height: float, z: float, lift_by: float = 0.0016) -> tuple[Mesh, Mesh]:
    """Return a patch (a pocket, a label) sewn to the front with its top at height z, and its stitches."""
    flat = np.array(
        [[front_point(rings, x, z - k) for k in np.linspace(height, 0, 12)] for x in np.linspace(-1, 1, 24) * width / 2]
    )
    flat[..., 1] -= lift_by
    seam = flat[1:-1, 1:-1].copy()
    line = np.concatenate([seam[0, ::-1], seam[1:, 0], seam[-1, 1:]]) - [0, 0.0004, 0]
    return soft.slab(flat, 0.0015), soft.stitches(line, 0.004, 0.002, 0.0005)


def top_seam(rings: Array, below: float) -> Mesh:
    """Return the hem's stitches all round, `below` the top edge."""
    steps = below / float((rings[-1] - rings[-2])[:, 2].mean())
    whole, part = int(steps), steps - int(steps)
    line = rings[-1 - whole] * (1 - part) + rings[-2 - whole] * part
    line[:, :2] = offset(line[:, :2], 0.0004)
    return soft.stitches(np.concatenate([line, line[:1]]), 0.004, 0.0022, 0.0005)


def tote(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a tote or a shopper with two flat handles."""
    skin = finishes(finish)
    rings = walls(shape)
    outside, inside = open_body(rings, shape.get("wall", 0.0022))
    bands, crosses = handles(rings, shape)
    parts = [Part(outside, skin["body"]), Part(inside, skin["lining"]), Part(bands, skin["trim"])]
    threads = [crosses, top_seam(rings, 0.022)]
    if "pocket" in shape:
        sheet, seam = patch(rings, *shape["pocket"])
        parts.append(Part(soft.flat_uv(sheet), skin["flap"]))
        threads.append(seam)
    if "label" in shape:
        sheet, seam = patch(rings, *shape["label"], lift_by=0.003)
        parts.append(Part(sheet, skin["trim"]))
        threads.append(seam)
    if "base" in shape:
        count = max(int(len(rings) * shape["base"] / shape["height"]), 2)
        band = rings[:count] + (rings[:count] - rings[:count].mean(axis=1, keepdims=True)) * [0.004, 0.014, 0]
        skirt = grid(band.transpose(1, 0, 2), close_u=True)
        edge = tube(band[-1], 0.0012, 8, closed=True)
        parts.append(Part(merge([soft.flat_uv(skirt), edge]), skin["trim"]))
    if "studs" in shape:
        s, low = shape["spread"], shape["height"] - shape.get("sewn", 0.09) + 0.012
        at = [front_point(rings, x, z, -1) for x in (-s, s) for z in (low, low + 0.022)]
        parts.append(Part(merge([move(soft.rivet(0.0034), *(p - [0, 0.0045, 0])) for p in at]), skin["metal"]))
    return [*parts, Part(merge(threads), skin["thread"])]
