"""Build the cases of clocks that are more than a frame: pendulum, travel and scalloped ones. All lie dial up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, resample, rounded_rectangle
from studio.render.mesh import move
from studio.render.part import Part, finish_of
from studio.render.primitives import extrude, revolve, torus, tube
from studio.shapes.joinery import grained


def pendulum_case(r: float, finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a tall wall case, round at both ends, with a pendulum in a recess below the dial."""
    body = finish_of(finish, "case", surface="wood", colour="walnut")
    half, foot = 1.28 * r, -2.5 * r
    t = np.linspace(0, np.pi, 50)
    top = np.column_stack([half * np.cos(t), half * np.sin(t)])
    low = np.column_stack([-half * np.cos(t), foot - half * np.sin(t)])
    slab = grained(move(extrude(np.concatenate([top, low]), 0.038, 0.005), z=-0.0395), 1)
    a, b, width = -1.3 * r, foot - 0.55 * r, 0.5 * r
    inner = np.column_stack([width * np.cos(t), width * np.sin(t)])
    recess = np.concatenate([inner + [0, a - width], -inner + [0, b + width]])
    panel = move(extrude(recess, 0.001), z=-0.0012)
    frame = tube(np.column_stack([resample(recess, 120, closed=True), np.zeros(120)]), 0.0022, 10, closed=True)
    bob_y = b + 0.62 * r
    rod = tube([(0, a - 0.1 * r, 0.004), (0, (a + bob_y) / 2, 0.004), (0, bob_y, 0.004)], 0.0018, 12)
    bob = move(extrude(circle(0.33 * r, 72), 0.006, 0.0028), y=bob_y, z=0.002)
    metal = finish_of(finish, "rim", surface="metal", colour="brass")
    ring = torus(0.99 * r, 0.0032, 12, 120)
    dark = finish_of(finish, "panel", surface="matte", colour="#241a15")
    return [Part(slab, body), Part(panel, dark), *[Part(m, metal) for m in (frame, rod, bob, ring)]], 0.0


def travel_case(r: float, finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return an upright case with a bail handle and ball feet: a carriage clock made simple."""
    body = finish_of(finish, "case", surface="gloss", colour="cherry")
    metal = finish_of(finish, "rim", surface="metal", colour="brass")
    w, low, high = 1.22 * r, -1.75 * r, 1.28 * r
    block = extrude(rounded_rectangle(2 * w, high - low, 0.2 * r, 10), 0.05, 0.006, 7)
    front = extrude(rounded_rectangle(2.16 * r, high - low - 0.28 * r, 0.14 * r, 8), 0.002, 0.0008)
    lid = extrude(rounded_rectangle(1.7 * r, 0.2 * r, 0.04 * r, 5), 0.034, 0.002)
    top = fillet(
        [(-0.62 * r, high, 0), (-0.62 * r, high + 0.62 * r, 0), (0.62 * r, high + 0.62 * r, 0), (0.62 * r, high, 0)],
        [0, 0.3 * r, 0.3 * r, 0],
        12,
    )
    handle = tube(top - [0, 0, 0.026], 0.055 * r, 16)
    t = np.linspace(-np.pi / 2, np.pi / 2, 20)
    ball = revolve(np.column_stack([0.13 * r * np.cos(t), 0.13 * r * np.sin(t)]), 32)
    feet = [move(ball, s * 0.85 * w, low - 0.07 * r, z) for s in (-1, 1) for z in (-0.012, -0.042)]
    plate = finish_of(finish, "plate", surface="matte", colour="ivory")
    metals = [torus(0.99 * r, 0.0024, 12, 120), handle, move(lid, y=high + 0.04 * r, z=-0.044), *feet]
    middle = (low + high) / 2
    return [
        Part(move(block, y=middle, z=-0.0525), body),
        Part(move(front, y=middle, z=-0.0035), plate),
        *[Part(m, metal) for m in metals],
    ], 0.0


def scallop_case(r: float, finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a wall plate with a scalloped edge and a fine ring round the dial."""
    body = finish_of(finish, "case", surface="gloss", colour="butter")
    t = np.linspace(0, 2 * np.pi, 480, endpoint=False)
    edge = r * (1.22 + 0.16 * np.abs(np.sin(6 * t)) ** 0.75)
    plate = extrude(np.column_stack([edge * np.cos(t), edge * np.sin(t)]), 0.024, 0.004)
    ring = torus(0.985 * r, 0.0024, 12, 120)
    return [
        Part(move(plate, z=-0.0252), body),
        Part(ring, finish_of(finish, "rim", surface="metal", colour="brass")),
    ], 0.0
