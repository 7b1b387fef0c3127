"""Shape wooden vehicles: a car, a train, an aeroplane; they face +x."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, resample, rounded_rectangle, soften, superellipse
from studio.render.mesh import Mesh, merge, move, rotate
from studio.render.part import Part
from studio.render.primitives import extrude, sweep, tube
from studio.shapes.toy_parts import axles, ball, board, disc, grained, peg, plank, turned, wheels, wood


def car(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a car with a bent-wood cabin and a peg driver; slots: body, cabin, wheel, hub, coat, head, lamp."""
    w, y = 0.066, 0.042
    corners = [(-0.088, 0.02), (0.09, 0.02), (0.09, 0.05), (0.05, 0.058), (-0.088, 0.058)]
    hull = plank(fillet(corners, [0.012, 0.012, 0.014, 0.02, 0.016], 10, closed=True), w, 0.006)
    arch = [(-0.066, 0.052), (-0.056, 0.108), (0.012, 0.108), (0.044, 0.052)]
    line = resample(fillet(arch, [0, 0.026, 0.03, 0], 14), 70)
    path = np.column_stack([line[:, 0], np.zeros(len(line)), line[:, 1]])
    cabin = sweep(rounded_rectangle(w * 0.86, 0.0085, 0.003, 4), path, up=(0, 1, 0))
    xs = (-0.052, 0.054)
    rims, hubs = wheels([(x, s * y) for x in xs for s in (-1, 1)], 0.026, 0.014)
    coat, head = peg((-0.014, 0, 0.056), 0.045)
    lamps = [move(rotate(disc(0.0085, 0.008, 0.003), "z", 90), 0.09, s * 0.02, 0.0385) for s in (-1, 1)]
    bumper = board((0.014, w * 0.96, 0.011), 0.004, (0.09, 0, 0.022), 1)
    return [
        Part(hull, wood(finish, "body", "red")),
        Part(grained(cabin), wood(finish, "cabin")),
        Part(rims, wood(finish, "wheel", "walnut")),
        Part(merge([hubs, axles(xs, y, 0.026), bumper]), wood(finish, "hub")),
        Part(coat, wood(finish, "coat", "mustard")),
        Part(head, wood(finish, "head", "ash")),
        Part(merge(lamps), wood(finish, "lamp", "ash")),
    ]


def train(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build an engine with two wagons; slots: base, boiler, cab, roof, wheel, hub, load0..load2."""
    bases, rims, hubs, boiler, cab, roof = [], [], [], [], [], []
    for x, length in ((0.12, 0.13), (-0.015, 0.1), (-0.135, 0.1)):
        bases.append(board((length, 0.052, 0.012), 0.004, (x, 0, 0.026)))
        reach = length / 2 - 0.024
        at = [(x + k, s * 0.03) for k in (-reach, reach) for s in (-1, 1)]
        rolled, caps = wheels(at, 0.0165, 0.009)
        rims.append(rolled)
        hubs += [caps, axles((x - reach, x + reach), 0.03, 0.0165)]
    hubs += [move(rotate(disc(0.007, 0.008, 0.002), "x", 90), x, 0, 0.034) for x in (0.05, 0.041, -0.07, -0.081)]
    hubs += [tube([(x, 0, 0.034), (x + 0.006, 0, 0.036), (x + 0.012, 0, 0.034)], 0.0022, 10) for x in (0.0395, -0.0815)]
    barrel = move(rotate(extrude(circle(0.0225, 64), 0.078, 0.003), "y", 90), 0.096, 0, 0.0545)
    boiler.append(grained(barrel))
    chimney = turned([(0, 0), (0.008, 0), (0.008, 0.024), (0.0125, 0.032), (0.0125, 0.036), (0, 0.036)], 0.0016)
    dome = turned([(0, 0), (0.009, 0), (0.009, 0.012), (0.006, 0.017), (0, 0.018)], 0.003)
    cab.append(board((0.044, 0.052, 0.05), 0.004, (0.078, 0, 0.056), 2))
    roof += [move(chimney, 0.156, 0, 0.073), move(dome, 0.124, 0, 0.073)]
    roof.append(move(rotate(disc(0.0245, 0.006, 0.002), "z", 90), 0.1755, 0, 0.0545))
    arch = np.array([(x, z) for x, z in superellipse(0.066, 0.03, 2.4, 90) if z >= -1e-9])
    lid = rotate(extrude(fillet(arch, 0.004, 5, closed=True), 0.058, 0.003), "x", 90)
    roof.append(grained(move(rotate(lid, "z", 90), 0.107 - 0.058, 0, 0.079)))
    windows = [move(disc(0.011, 0.0545, 0.001), 0.078, 0, 0.062)]
    loads = _loads()
    parts = [
        Part(merge(bases), wood(finish, "base")),
        Part(merge(boiler), wood(finish, "boiler", "red")),
        Part(merge(cab), wood(finish, "cab", "teal")),
        Part(merge(roof), wood(finish, "roof", "navy")),
        Part(merge(windows), wood(finish, "window", "ash")),
        Part(merge(rims), wood(finish, "wheel", "mustard")),
        Part(merge(hubs), wood(finish, "hub")),
    ]
    return parts + [Part(mesh, wood(finish, f"load{k}", c)) for k, (mesh, c) in enumerate(loads)]


def _loads() -> list[tuple[Mesh, str]]:
    """Return what the wagons carry: three drums, and a stack of logs between stakes."""
    drums = [turned([(0, 0), (0.0135, 0), (0.0135, 0.03 + 0.01 * (k % 2)), (0, 0.03 + 0.01 * (k % 2))], 0.003)
             for k in range(3)]  # fmt: skip
    stood = [move(drum, -0.015 + (k - 1) * 0.0295, 0, 0.032) for k, drum in enumerate(drums)]
    log = grained(rotate(extrude(circle(0.0105, 40), 0.082, 0.002), "y", 90))
    stack = [move(log, -0.176, y, 0.0425 + z) for y, z in ((-0.0105, 0), (0.0105, 0), (0, 0.018))]
    stakes = [tube([(-0.135 + x, y, 0.03), (-0.135 + x, y, 0.06), (-0.135 + x, y, 0.072)], 0.003, 12)
              for x in (-0.026, 0.026) for y in (-0.0225, 0.0225)]  # fmt: skip
    return [(merge([stood[0], stood[2]]), "mustard"), (stood[1], "red"), (merge([*stack, *stakes]), "oak")]


def aeroplane(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a biplane; slots: body, wing, tail, strut, wheel, nose, coat, head."""
    t = np.linspace(0, 1, 60)
    radii = soften(np.interp(t, [0, 0.08, 0.6, 0.95, 1], [0.008, 0.0105, 0.026, 0.0275, 0.024])[:, None], 4)[:, 0]
    axis = np.column_stack([-0.115 + 0.19 * t, np.zeros(60), 0.062 - 0.004 * t])
    hull = grained(tube(axis, radii, 48, cap="round"))
    wing = grained(extrude(rounded_rectangle(0.058, 0.25, 0.024, 12), 0.009, 0.0035), 1)
    wings = [move(wing, 0.03, 0, 0.0365), move(wing, 0.036, 0, 0.112)]
    tail = move(grained(extrude(rounded_rectangle(0.036, 0.094, 0.016, 10), 0.007, 0.0028), 1), -0.1, 0, 0.06)
    fin = fillet(
        [(-0.122, 0.064), (-0.082, 0.064), (-0.098, 0.105), (-0.126, 0.105)],
        [0.006, 0.006, 0.012, 0.012],
        8,
        closed=True,
    )
    struts = [tube([(0.03 + x, y, 0.042), (0.033 + x, y, 0.08), (0.036 + x, y, 0.116)], 0.0032, 14)
              for x in (-0.017, 0.017) for y in (-0.085, 0.085)]  # fmt: skip
    struts += [
        tube([(0.05, s * 0.012, 0.042), (0.053, s * 0.024, 0.03), (0.056, s * 0.034, 0.018)], 0.0036, 14)
        for s in (-1, 1)
    ]
    struts += [
        axles((0.056,), 0.044, 0.018),
        tube([(-0.105, 0, 0.056), (-0.108, 0, 0.03), (-0.112, 0, 0.006)], 0.0036, 14),
    ]
    rims, hubs = wheels([(0.056, s * 0.044) for s in (-1, 1)], 0.018, 0.011)
    blade = np.concatenate(
        [superellipse(0.018, 0.05, 2.4, 48) + [0, 0.03], superellipse(0.018, 0.05, 2.4, 48) - [0, 0.03]]
    )
    blades = [extrude(blade[k * 48 : k * 48 + 48], 0.005, 0.002) for k in (0, 1)]
    screw = rotate(rotate(merge(blades), "z", 28), "y", 90)
    nose = rotate(turned([(0, -0.004), (0.012, -0.004), (0.01, 0.008), (0, 0.014)], 0.004), "y", 90)
    coat, head = peg((-0.018, 0, 0.07), 0.04)
    return [
        Part(hull, wood(finish, "body", "red")),
        Part(merge(wings), wood(finish, "wing", "cream")),
        Part(merge([tail, plank(fin, 0.007, 0.0025)]), wood(finish, "tail", "cream")),
        Part(merge([*struts, hubs]), wood(finish, "strut")),
        Part(rims, wood(finish, "wheel", "walnut")),
        Part(move(grained(screw, 2), 0.1, 0, 0.058), wood(finish, "screw")),
        Part(move(nose, 0.1, 0, 0.058), wood(finish, "nose", "mustard")),
        Part(coat, wood(finish, "coat", "navy")),
        Part(merge([head, ball(0.006, (-0.112, 0, 0.006))]), wood(finish, "head", "ash")),
    ]
