"""Build watering cans: a turned body, a spout with or without a rose, bent handles; the spout points to +x."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, lift, resample, rounded_rectangle, soften, spline
from studio.render.mesh import Array, Mesh, grid, merge, move, rotate
from studio.render.part import Part, View, finish_of
from studio.render.primitives import extrude, revolve, sweep, torus, tube, vessel
from studio.shapes.turned import plain

VIEW = View(azimuth=18, elevation=16)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a watering can; lengths in metres, lines are lists of points of the upright plane through the spout.

    shape: `body` (radius, z from the foot to the rim), `round` (of its corners), `spout` (x, z), `radii` along it,
    `rose` (radius, 0 is none), `handles` (each `line` of x, z, `width`, `thick`), optional `beads` (heights), `hood`.
    """
    skin = finish_of(finish, "body", surface="gloss", colour="sage")
    trim = finish_of(finish, "trim", **plain(skin))
    outer = np.concatenate([[[0.0, 0.0]], fillet(np.array(shape["body"], dtype=float), shape["round"], 10)])
    outer = outer if "edge" in shape else np.concatenate([outer[:1], soften(resample(outer[1:], 180), 12)])
    outside, inside = vessel(outer, 0.003, 0.006)
    pipe, rose, holes = spout(shape)
    parts = [
        Part(merge([outside, pipe]), skin),
        Part(inside, finish_of(finish, "inside", **plain(skin))),
        Part(merge([grip(**handle) for handle in shape["handles"]]), finish_of(finish, "handle", **plain(trim))),
    ]
    ring = [move(torus(shape["body"][-1][0] - 0.001, 0.0034, 12, 96), z=shape["body"][-1][1])]
    ring += [move(torus(_radius(outer, z) - 0.0006, 0.0028, 10, 96), z=z) for z in shape.get("beads", [])]
    parts.append(Part(merge([*ring, *rose]), trim))
    if "hood" in shape:
        parts.append(Part(hood(*shape["body"][-1], shape["hood"]), skin, thickness=0.0016))
    if holes:
        parts.append(Part(merge(holes), finish_of(finish, "holes", surface="matte", colour="black")))
    return parts


def _radius(outer: Array, z: float) -> float:
    return float(np.interp(z, outer[1:, 1], outer[1:, 0]))


def spout(shape: Mapping[str, Any]) -> tuple[Mesh, list[Mesh], list[Mesh]]:
    """Return the pipe, the rose with its neck or the lip at the end, and the holes of the rose or the mouth."""
    flat = np.array(shape["spout"], dtype=float)
    line = spline(flat, 80) if len(flat) > 2 else np.linspace(flat[0], flat[-1], 80)
    path = np.column_stack([line[:, 0], np.zeros(80), line[:, 1]])
    radii = np.interp(np.linspace(0, 1, 80), np.linspace(0, 1, len(shape["radii"])), shape["radii"])
    way, tip, wide = line[-1] - line[-2], path[-1], float(radii[-1])
    lean = float(np.degrees(np.arctan2(way[0], way[1])))
    rose = float(shape["rose"])
    if rose:
        profile = [
            (wide, -0.012),
            (wide * 1.25, 0.0),
            (rose * 0.96, rose * 0.9),
            (rose, rose * 0.96),
            (rose * 0.97, rose),
        ]
        head = revolve(fillet([*profile, (0, rose * 1.12)], 0.002, 5), 64)
        spots = [
            move(
                extrude(circle(rose * 0.045, 10), 0.0012),
                r * np.cos(a),
                r * np.sin(a),
                rose * (1.12 - 0.12 * r / rose) - 0.0004,
            )
            for ring in range(1, 5)
            for r in [rose * ring / 4.8]
            for a in np.linspace(0, 2 * np.pi, 6 * ring, endpoint=False)
        ]
        ends, dark = [head], spots
    else:
        ends = [torus(wide, 0.0016, 10, 40)]
        dark = [move(extrude(circle(wide * 0.93, 40), 0.001), z=0.0002)]
    place = [[move(rotate(mesh, "y", lean), *tip) for mesh in group] for group in (ends, dark)]
    return tube(path, radii, 36, cap="flat"), place[0], place[1]


def grip(line: list[list[float]], width: float, thick: float) -> Mesh:
    """Return a bent band or rod along x, z points; `width` lies across the can."""
    flat = soften(spline(np.array(line, dtype=float), 90), 2)
    path = np.column_stack([flat[:, 0], np.zeros(90), flat[:, 1]])
    return sweep(rounded_rectangle(width, thick, min(width, thick) * 0.48, 6), path, up=(0, 1, 0))


def hood(radius: float, z: float, share: float) -> Mesh:
    """Return the half lid over the mouth towards the spout; `share` of the diameter is covered."""
    cut = radius * (1 - 2 * share)
    reach = np.arccos(cut / radius)
    t = np.linspace(-reach, reach, 60)
    outline = resample(np.column_stack([radius * np.cos(t), radius * np.sin(t)]), 60)
    low, high = lift(outline, z - 0.001), lift(outline * [1, 0.98], z + 0.012)
    high[:, 0] = np.maximum(high[:, 0] * 0.97, cut)
    middle = np.column_stack([np.full(60, cut), high[:, 1], high[:, 2] + 0.006 * np.cos(t / reach * np.pi / 2)])
    rows = np.stack(
        [low, (low + high) / 2 + [0.002, 0, 0.002], high, (high + middle) / 2 + [0, 0, 0.005], middle], axis=1
    )
    return grid(rows)
