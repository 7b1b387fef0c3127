"""Shape toys to stack, build and play: rings, arches, blocks, tops, a xylophone."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from studio.render.curves import fillet, resample, superellipse
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.part import Part
from studio.render.primitives import revolve, tube
from studio.shapes.toy_parts import ball, board, disc, grained, plank, sawn, turned, wood


def rings(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a tower of rings on a rod; shape: `radii` from bottom to top; slots: base, ring0.., knob."""
    base = turned([(0, 0), (0.056, 0), (0.056, 0.012), (0.04, 0.018), (0, 0.018)], 0.005, 96)
    parts, z, tall = [Part(base, wood(finish, "base"))], 0.018, shape.get("thick", 0.021)
    for k, radius in enumerate(shape["radii"]):
        wide = radius - 0.009
        section = superellipse(wide, tall, shape.get("round", 2.6), 40) + [0.009 + wide / 2, z + tall / 2]
        hoop = revolve(np.concatenate([section, section[:1]]), 96)
        parts.append(Part(grained(hoop, 1), wood(finish, f"ring{k}")))
        z += tall * 0.985
    knob = move(ball(0.019), z=z + 0.015)
    rod = tube([(0, 0, 0.01), (0, 0, z / 2), (0, 0, z + 0.002)], 0.0085, 24)
    return [*parts, Part(knob, wood(finish, "knob", "red")), Part(rod, wood(finish, "base"))]


def arch_outline(outer: float, inner: float, exponent: float, foot: float = 0.0) -> Array:
    """Return an arch (n, 2) of x, z: half a superellipse's ring; `foot` lengthens its legs."""
    t = np.linspace(0, np.pi, 90)
    bow = np.stack([np.sign(np.cos(t)) * np.abs(np.cos(t)) ** (2 / exponent), np.sin(t) ** (2 / exponent)], axis=1)
    high, low = bow * outer + [0, foot], (bow * inner + [0, foot])[::-1]
    legs = [[(outer, 0.0)], high, [(-outer, 0.0), (-inner, 0.0)], low, [(inner, 0.0)]]
    line = np.concatenate([np.asarray(part, dtype=float) for part in legs])
    keep = np.linalg.norm(line - np.roll(line, 1, axis=0), axis=1) > 1e-5
    return line[keep]


def arches(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build arches that nest in one another; shape: `count`, `outer`, `depth`; slots: arch0 (outermost) ..."""
    count, outer, depth = shape["count"], shape["outer"], shape["depth"]
    step, parts = shape["outer"] * 0.8 / shape["count"], []
    for k in range(count):
        high = outer - k * step
        line = arch_outline(high, high - step + 0.0012, shape.get("exponent", 2.0), 0.006)
        one = sawn(resample(fillet(line, 0.004, 5, closed=True), 320, closed=True), depth, 0.0026)
        parts.append(Part(move(rotate(one, "z", shape["turns"][k]), y=shape["shifts"][k]), wood(finish, f"arch{k}")))
    return parts


def _cube(x: float, z: float, turn: float, size: tuple[float, float, float]) -> Mesh:
    return move(rotate(board(size, 0.0026, axis=int(np.argmax(size))), "z", turn), x, 0, z + size[2] / 2)


def blocks(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a gate of building blocks as a child would; slots: colour0..colour4."""
    u = 0.036
    column = turned([(0, 0), (u * 0.42, 0), (u * 0.42, 2 * u), (0, 2 * u)], 0.0026, 48)
    square = np.array([(1.5 * u, 0), (1.5 * u, 1.5 * u), (-1.5 * u, 1.5 * u), (-1.5 * u, 0)])
    t = np.linspace(np.pi, 0, 60)
    hole = np.stack([0.95 * u * np.cos(t), 0.95 * u * np.sin(t)], axis=1)
    bridge = fillet(np.concatenate([square, hole]), [0.004] * 4 + [0.003] + [0.0] * 58 + [0.003], 5, closed=True)
    gable = fillet([(-1.1 * u, 0), (1.1 * u, 0), (0, 1.05 * u)], 0.005, 6, closed=True)
    half = fillet(arch_outline(0.5 * u, 0.001, 2.0)[:92], 0.003, 5, closed=True)
    cone = turned([(0, 0), (u * 0.5, 0), (u * 0.06, 1.3 * u), (0, 1.32 * u)], 0.003, 48)
    groups: list[list[Mesh]] = [[] for _ in range(5)]
    groups[0] += [_cube(-1.12 * u, 0, 3, (u, u, u)), _cube(1.1 * u, u, -5, (u, u, u))]
    groups[1] += [_cube(1.12 * u, 0, 4, (u, u, u)), _cube(-1.1 * u, u, -4, (u, u, u))]
    groups[2].append(move(rotate(sawn(resample(bridge, 220, closed=True), u, 0.0024), "z", 2), z=2 * u))
    groups[3].append(_cube(0, 3.5 * u, -3, (3.3 * u, u, 0.42 * u)))
    groups[4] += [move(column, s * 0.85 * u, 0, 3.92 * u) for s in (-1, 1)]
    groups[0].append(_cube(0, 5.92 * u, 2, (2.6 * u, u, 0.42 * u)))
    groups[1].append(move(plank(gable, u, 0.0026), z=6.34 * u))
    groups[2] += [_cube(-2.75 * u, 0, -8, (u, u, 2 * u))]
    groups[4].append(move(_cube(2.7 * u, 0, 10, (u, u, u)), y=-0.1 * u))
    groups[3].append(move(cone, -2.75 * u, 0, 2 * u))
    groups[0].append(move(rotate(plank(half, u, 0.0024), "z", 6), 2.7 * u, -0.1 * u, u))
    groups[3].append(move(ball(0.42 * u), 0, -0.2 * u, 0.42 * u))
    colours = ("red", "mustard", "teal", "beech", "navy")
    return [Part(merge(g), wood(finish, f"colour{k}", c)) for k, (g, c) in enumerate(zip(groups, colours, strict=True))]


TOP = [(0.0005, 0.0), (0.004, 0.003), (0.012, 0.012), (0.03, 0.026), (0.038, 0.036), (0.038, 0.043), (0.028, 0.052),
       (0.014, 0.058), (0.006, 0.062)]  # fmt: skip

STEM = [(0, 0), (0.0055, 0), (0.0042, 0.026), (0.0075, 0.036), (0.005, 0.044), (0, 0.045)]


def tops(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build three spinning tops, one upright; shape: `sizes`; slots: top<k>band<j> from tip to shoulder, stem."""
    parts: list[Part] = []
    places = ((0.0, 0.012, 0.0, 0.0), (-0.062, -0.016, 44.0, -62.0), (0.06, -0.03, 44.0, 48.0))
    for k, (size, (x, y, tilt, turn)) in enumerate(zip(shape["sizes"], places, strict=True)):
        line = resample(fillet(TOP, 0.006, 8), 120) * size
        cuts = np.searchsorted(line[:, 1], np.array([0.02, 0.032, 0.041, 0.05]) * size)
        edges = [0, *cuts, 120]
        bands = [revolve(line[max(a - 1, 0) : b], 96) for a, b in pairwise(edges)]
        stem = move(
            turned([(0, 0), (0.0055, 0), (0.0042, 0.026), (0.0075, 0.036), (0.005, 0.044), (0, 0.045)], 0.003), z=0.058
        )
        stem = Mesh(stem.vertices * size, stem.faces, stem.uvs * size)
        made = [(f"top{k}band{j}", band) for j, band in enumerate(bands)] + [("stem", stem)]
        turned_down = [(slot, rotate(rotate(mesh, "x", tilt), "z", turn)) for slot, mesh in made]
        low = min(float(mesh.vertices[:, 2].min()) for _, mesh in turned_down)
        parts += [Part(grained(move(mesh, x, y, -low), 2), wood(finish, slot)) for slot, mesh in turned_down]
    return parts


def xylophone(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a xylophone with two mallets; shape: `bars`; slots: frame, bar0.., pin, stick, head."""
    count, pitch = shape["bars"], 0.031
    xs = (np.arange(count) - (count - 1) / 2) * pitch
    lengths = np.linspace(0.17, 0.1, count)
    parts = []
    for k, (x, length) in enumerate(zip(xs, lengths, strict=True)):
        parts.append(Part(board((0.025, length, 0.0115), 0.004, (x, 0, 0.0365), 1), wood(finish, f"bar{k}")))
    pins, frame = [], []
    for s in (-1, 1):
        a, b = (s * (length / 2 - 0.02) for length in (lengths[0], lengths[-1]))
        rail = board((pitch * (count + 0.6), 0.018, 0.027), 0.004)
        frame.append(
            move(rotate(rail, "z", float(np.degrees(np.arctan2(b - a, xs[-1] - xs[0])))), 0, (a + b) / 2, 0.0155)
        )
        ys = np.interp(xs, [xs[0], xs[-1]], [a, b])
        pins += [move(rotate(disc(0.0042, 0.004, 0.0018), "x", 90), x, y, 0.0435) for x, y in zip(xs, ys, strict=True)]
    frame += [
        board((0.016, 0.11 * w, 0.02), 0.004, (x, 0, 0.0155), 1)
        for x, w in ((xs[0] - 0.004, 1.1), (xs[-1] + 0.004, 0.6))
    ]
    sticks, heads = [], []
    for y0, y1, dx in ((-0.112, -0.094, 0.0), (-0.137, -0.132, 0.03)):
        start, end = np.array([-0.1 + dx, y0, 0.0115]), np.array([0.07 + dx, y1, 0.0115])
        sticks.append(tube(np.linspace(start, end, 4), 0.0036, 14))
        heads.append(ball(0.0118, tuple(end)))
    return [
        *parts,
        Part(merge(frame), wood(finish, "frame")),
        Part(merge(pins), wood(finish, "pin")),
        Part(merge(sticks), wood(finish, "stick")),
        Part(merge(heads), wood(finish, "head", "red")),
    ]
