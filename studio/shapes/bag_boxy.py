"""Shape bags with a box's or a barrel's body: camera bags with a front pocket, weekenders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from studio.render.curves import resample, spline, superellipse
from studio.render.mesh import Array, Mesh, flip, grid, merge, mirror, move, rotate
from studio.render.part import Part, finish_of
from studio.render.primitives import revolve, tube
from studio.shapes import soft
from studio.shapes.bag_flap import finishes, outline, shoulder_strap, side_rings
from studio.shapes.bag_zip import plaque, seam_stitches, top_zip


def tassel(at: Array, length: float = 0.05) -> Mesh:
    """Return a fringe of leather cut from one strip, hanging from a point."""
    head = revolve([(0, -0.014), (0.0052, -0.014), (0.0056, -0.004), (0.003, 0.001), (0, 0.0015)], 20)
    made = [move(head, *at)]
    for k in range(16):
        a, far = 2.399 * k, 0.0046 * np.sqrt((k + 0.5) / 16)
        out = np.array([np.cos(a) * far, np.sin(a) * far, 0])
        way = [at + out * 0.8 - [0, 0, 0.012], at + out * 1.1 - [0, 0, length * 0.6], at + out * 1.5 - [0, 0, length]]
        made.append(tube(spline(way, 8), 0.0011, 5, cap="flat"))
    return merge(made)


def boxy(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a camera bag: a zipped box with a pocket on its front and a broad strap."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = finishes(finish)
    body = soft.Body(outline(w, h, w, (0.028, 0.028)), d / 2, d / 2, 0.004, 0.008, 0.002)
    pw, ph, deep = w * 0.8, h * 0.58, 0.011
    pocket = soft.Body(outline(pw, ph, pw, (0.02, 0.008)), deep, deep, 0.003, 0.006)
    place = {"y": -d / 2 - deep * 0.72, "z": h * 0.09}
    tape, teeth, pull = top_zip(body, w * 0.42)
    lip = np.column_stack(
        [np.linspace(-pw * 0.44, pw * 0.44, 60), np.full(60, place["y"] + 0.001), np.full(60, ph + place["z"] + 0.0006)]
    )
    zips = [
        soft.zip_teeth(lip, (0.0, 1.0, 0.0), 0.003, 0.0046),
        move(soft.rivet(0.0035), -pw * 0.42, place["y"] - deep, ph + place["z"] - 0.004),
    ]
    anchors, rings, tabs = side_rings(body, h * 0.9)
    band = shoulder_strap(anchors, shape["strap"], shape.get("strap_width", 0.036), 0.012)
    piping = [tube(body.seam(side, 0.0004), 0.0019, 8, closed=True) for side in (-1, 1)]
    piping.append(move(tube(pocket.seam(-1, 0.0004), 0.0016, 8, closed=True), **place))
    fringe = tassel(np.array([-pw * 0.42, place["y"] - deep - 0.004, ph + place["z"] - 0.006]))
    mark = move(plaque(pocket, 0, ph * 0.5, 0.026, 0.007), **place)
    return [
        Part(merge([body.mesh(), move(pocket.mesh(), **place)]), skin["body"]),
        Part(merge([*piping, tabs, fringe]), skin["trim"]),
        Part(band, finish_of(finish, "band", surface="canvas", colour="cream")),
        Part(merge([seam_stitches(body), move(seam_stitches(pocket, 0.004), **place)]), skin["thread"]),
        Part(tape, skin["lining"]),
        Part(merge([teeth, pull, rings, mark, *zips]), skin["metal"]),
    ]


def barrel(width: float, height: float, depth: float, levels: int = 90) -> Array:
    """Return the skin (around, levels, 3) of a barrel along x that stands on z = 0, its ends rounded."""
    ring = resample(superellipse(depth, height, 2.7, 200), 160, closed=True)
    ring[:, 1] = np.maximum(ring[:, 1], -height / 2 * 0.985)
    x = np.sin(np.linspace(-1, 1, levels) * np.pi / 2) * width / 2
    away = np.clip((np.abs(x) - (width / 2 - 0.022)) / 0.022, 0, 1)
    share = np.sqrt(np.clip(1 - away**2.4, 0, 1)) * 0.1 + 0.9
    sag = 1 - 0.02 * np.cos(x / width * 2 * np.pi)
    flat = ring[:, None] * share[None, :, None]
    z = flat[..., 1] * sag + height / 2 * 0.985
    return np.stack([np.broadcast_to(x, z.shape), flat[..., 0], z - z.min()], axis=-1)


def end_cap(ring: Array, puff: float) -> Mesh:
    """Return a padded end that closes the barrel at a ring."""
    middle = ring.mean(axis=0)
    side = float(np.sign(middle[0]))
    share = np.linspace(0.001, 1, 20)
    points = middle + (ring - middle)[:, None] * share[None, :, None]
    points[..., 0] += side * puff * (1 - share**2.5)
    mesh = grid(points, close_u=True)
    return soft.flat_uv(mesh if side < 0 else flip(mesh))


def girth(skin: Array, x: float, width: float, rise: float, lean: float) -> list[Mesh]:
    """Return straps that run from under the barrel up its front and back and meet above it as handles."""
    level = int(np.abs(skin[0, :, 0] - x).argmin())
    ring = skin[:, level]
    made = []
    for side in (-1.0, 1.0):
        half = ring[(ring[:, 1] * side > 0.002) & (ring[:, 2] < ring[:, 2].max() * 0.8)]
        half = half[half[:, 2].argsort()]
        out = np.column_stack([np.zeros(len(half)), half[:, 1], half[:, 2] - ring[:, 2].mean()])
        half = half + out / np.linalg.norm(out, axis=1, keepdims=True) * 0.0022
        top, tall = half[-1], float(ring[:, 2].max())
        reach = [(x * 1.0, top[1] * 0.93, top[2] + (tall - top[2]) * 0.55), (x * 0.93, side * lean, tall + rise * 0.45)]
        reach += [(x * 0.6, side * lean * 0.8, tall + rise * 0.9), (0.0, side * lean * 0.7, tall + rise)]
        left = np.concatenate([half[::3], reach])
        path = spline(np.concatenate([left, left[-2::-1] * [-1, 1, 1]]), 220)
        along = np.gradient(path, axis=0)
        across = np.stack([along[:, 2], np.zeros(220), -along[:, 0]], axis=1)
        made.append(soft.ribbon(path, across + np.array([1e-6, 0, 0]), width, 0.0036))
    return made


def duffle(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a weekender: a barrel with padded ends, a zip along its top, straps right round it."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = finishes(finish)
    points = barrel(w, h, d)
    body = grid(points, close_u=True)
    top = float(points[..., 2].max())
    line = np.column_stack([np.linspace(-w * 0.4, w * 0.4, 120), np.zeros(120), np.full(120, 0.0)])
    crest = points[points[:, 45, 2].argmax()]
    line[:, 2] = np.interp(line[:, 0], crest[:, 0], crest[:, 2])
    tape = soft.ribbon(line + np.array([0, 0, 0.0012]), np.tile([0, 1.0, 0], (120, 1)), 0.03, 0.0016)
    teeth = soft.zip_teeth(line + np.array([0, 0, 0.0028]), (0, 1, 0), 0.0036, 0.006)
    ends = [points[:, k] for k in (0, -1)]
    collars = []
    for cut in (9, -10):
        ring = points[:, cut]
        collars.append(tube(ring * [1, 1.004, 1.002], 0.0024, 8, closed=True))
    caps = merge([end_cap(end, 0.012) for end in ends])
    bands = merge(girth(points, -w * 0.23, 0.03, shape["handle"], 0.028))
    grip = _grip(top + shape["handle"], 0.028 * 0.7)
    ring = move(rotate(soft.d_ring(0.034, 0.026, 0.0024), "z", 90), w / 2 + 0.016, 0, h * 0.66)
    tab = soft.slab(
        np.array(
            [
                [[w / 2 + 0.0155 - 0.06 * abs(z), y, h * 0.6 + z] for y in (0.014, -0.014)]
                for z in (-0.03, -0.01, 0.01, 0.024)
            ]
        ),
        0.004,
    )
    seam = merge(
        [
            soft.stitches(np.concatenate([points[:, k], points[:1, k]]) * [1, 1.004, 1.003], 0.005, 0.0025, 0.0007)
            for k in (12, -13)
        ]
    )
    return [
        Part(replace(body, uvs=soft.flat_uv(body).uvs), skin["body"]),
        Part(merge([caps, *collars, bands, grip, tab, mirror(tab)]), skin["trim"]),
        Part(seam, skin["thread"]),
        Part(tape, skin["lining"]),
        Part(merge([teeth, ring, mirror(ring), *_pulls(line)]), skin["metal"]),
    ]


def _grip(z: float, lean: float) -> Mesh:
    """Return the leather that is buttoned round both handles at their top."""
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.column_stack([np.zeros(40), np.cos(turn) * (lean + 0.006), np.sin(turn) * 0.02 + z])
    rows = [ring + np.array([x, 0, -abs(x) * 0.05]) for x in np.linspace(-0.045, 0.045, 12)]
    mesh = grid(np.array(rows).transpose(1, 0, 2), close_u=True)
    return merge([mesh, *[tube(rows[k], 0.0018, 8, closed=True) for k in (0, -1)]])


def _pulls(line: Array) -> list[Mesh]:
    """Return the sliders of a two-way zip with their pulls, a hand's breadth apart."""
    made = []
    for k, side in ((52, -1), (68, 1)):
        at = line[k]
        made.append(move(soft.plate(superellipse(0.016, 0.008, 4, 40), 0.009), at[0], 0.0045, at[2] + 0.0045))
        steps = [(side * 0.006, -0.006, 0.005), (side * 0.012, -0.02, 0.003), (side * 0.014, -0.036, -0.001)]
        drop = at + np.array(steps)
        made.append(soft.ribbon(spline(drop, 16), np.tile([1.0, 0, 0], (16, 1)), 0.009, 0.0022))
    return made
