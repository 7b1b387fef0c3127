"""Build clocks: a case, a dial with marks, and hands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, rounded_rectangle, spline, superellipse
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.part import Part, View, finish_of
from studio.render.primitives import extrude, revolve, torus, tube
from studio.shapes.clock_cases import pendulum_case, scallop_case, travel_case
from studio.shapes.turned import plain

VIEW = View(azimuth=-24, elevation=9)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a clock; shape: `case`, `radius` (of the dial), `marks` (bars or dots), `hour`, `minute`, metres.

    Everything is laid flat, dial up, and then stood up to face the front.
    """
    r = shape["radius"]
    case, raise_by = CASES[shape["case"]](r, finish)
    parts = case + face(shape, finish)
    upright = [Part(rotate(part.mesh, "x", 90), part.finish, part.thickness, part.bevel) for part in parts]
    low = min(float(part.mesh.vertices[:, 2].min()) for part in upright)
    stood = [Part(move(part.mesh, z=raise_by - low), part.finish, part.thickness, part.bevel) for part in upright]
    return stood + (bells(r, raise_by - low, finish) if shape["case"] == "alarm" else [])


def face(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Return dial, marks and hands, the dial's top at z = 0."""
    r = shape["radius"]
    dial = finish_of(finish, "dial", surface="matte", colour="white")
    ink = finish_of(finish, "marks", surface="matte", colour="black")
    disc = extrude(circle(0.97 * r, 120), 0.002)
    hands = [
        hand(0.5 * r, 0.055 * r, 30 * (shape.get("hour", 10) + shape.get("minute", 9) / 60), 0.0026),
        hand(0.78 * r, 0.04 * r, 6 * shape.get("minute", 9), 0.0042),
    ]
    second = [
        hand(0.8 * r, 0.013 * r, 6 * shape.get("second", 34), 0.0056),
        move(extrude(circle(0.05 * r, 40), 0.004, 0.001), z=0.0045),
    ]
    return [
        Part(move(disc, z=-0.002), dial),
        Part(marks(r, shape.get("marks", "bars")), ink),
        Part(merge(hands), finish_of(finish, "hands", **plain(ink))),
        Part(merge(second), finish_of(finish, "second", surface="gloss", colour="red")),
    ]


def marks(r: float, kind: str) -> Mesh:
    """Return the hours' marks; quarters are longer, the rest short."""
    out = []
    for k in range(60):
        hour, quarter = k % 5 == 0, k % 15 == 0
        if kind == "dots":
            shape = circle((0.034 if quarter else 0.022) * r, 20) if hour else None
        else:
            long = 0.17 if quarter else 0.12 if hour else 0.04
            shape = rounded_rectangle((0.035 if hour else 0.009) * r, long * r, 0.002 * r, 3)
            shape = shape - [0.0, long * r / 2]
        if shape is not None:
            out.append(rotate(move(extrude(shape, 0.0012), y=(0.82 if kind == "dots" else 0.9) * r), "z", -6 * k))
    return merge(out)


def hand(length: float, width: float, degrees: float, z: float) -> Mesh:
    """Return a tapered hand that points `degrees` clockwise from twelve."""
    outline = [(-width / 2, -0.2 * length), (width / 2, -0.2 * length), (width / 3, length), (-width / 3, length)]
    return rotate(move(extrude(fillet(outline, width / 4, 4, closed=True), 0.0012), z=z), "z", -degrees)


def rim_case(r: float, finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a round metal or wooden rim: a wall clock."""
    body = finish_of(finish, "case", surface="metal", colour="brass")
    line = [
        (0.96 * r, -0.03),
        (1.06 * r, -0.03),
        (1.08 * r, 0.004),
        (1.04 * r, 0.014),
        (0.98 * r, 0.012),
        (0.95 * r, -0.001),
    ]
    back = extrude(circle(1.04 * r, 96), 0.004)
    return [Part(revolve(fillet(line, 0.005, closed=False), 160), body), Part(move(back, z=-0.03), body)], 0.0


def block_case(r: float, finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a soft square block with the dial let in: a table clock."""
    body = finish_of(finish, "case", surface="wood", colour="oak")
    block = extrude(superellipse(2.5 * r, 2.5 * r, 5.0, 140), 0.045, 0.006)
    ring = torus(0.98 * r, 0.0022, 12, 120)
    return [
        Part(move(block, z=-0.0465), body),
        Part(ring, finish_of(finish, "rim", surface="metal", colour="brass")),
    ], 0.0


def arch_case(r: float, finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a mantel clock: a block with a round top, on a plinth."""
    body = finish_of(finish, "case", surface="wood", colour="walnut")
    t = np.linspace(0, np.pi, 60)
    outline = np.concatenate(
        [[(-1.25 * r, -1.75 * r), (1.25 * r, -1.75 * r)], np.column_stack([1.25 * r * np.cos(t), 1.25 * r * np.sin(t)])]
    )
    block = move(extrude(fillet(outline, 0.007, 6, closed=True), 0.06, 0.003), z=-0.0615)
    plinth = move(extrude(rounded_rectangle(2.9 * r, 0.2 * r, 0.004), 0.074, 0.003), y=-1.8 * r, z=-0.068)
    ring = torus(0.99 * r, 0.003, 12, 120)
    return [
        Part(merge([block, plinth]), body),
        Part(ring, finish_of(finish, "rim", surface="metal", colour="brass")),
    ], 0.0


def sun_case(r: float, finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a rim with rods that end in balls, all round."""
    parts, _ = rim_case(0.98 * r, finish)
    rods, balls = [], []
    t = np.linspace(-np.pi / 2, np.pi / 2, 20)
    for k in range(24):
        way = np.array([np.cos(k * np.pi / 12), np.sin(k * np.pi / 12), 0.0])
        reach = 1.75 * r if k % 2 == 0 else 1.5 * r
        rods.append(tube(np.linspace(way * r, way * reach, 5) - [0, 0, 0.014], 0.0022, 10))
        size = 0.085 * r if k % 2 == 0 else 0.06 * r
        ball = revolve(np.column_stack([size * np.cos(t), size * np.sin(t)]), 32)
        balls.append(move(ball, *(way * reach - [0, 0, 0.014])))
    body = finish_of(finish, "case", surface="metal", colour="brass")
    return [*parts, Part(merge(rods), body), Part(merge(balls), finish_of(finish, "balls", **plain(body)))], 0.0


def alarm_case(r: float, finish: Mapping[str, Any]) -> tuple[list[Part], float]:
    """Return a drum: the body of an alarm clock with bells, feet and handle."""
    body = finish_of(finish, "case", surface="gloss", colour="sage")
    line = [
        (0.0, -0.052),
        (0.94 * r, -0.052),
        (1.06 * r, -0.042),
        (1.06 * r, 0.006),
        (0.99 * r, 0.009),
        (0.95 * r, -0.001),
    ]
    return [Part(revolve(fillet(line, [0, 0.006, 0.008, 0.006, 0.002, 0]), 140), body)], 0.16 * r


def bells(r: float, foot: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return two bells, a hammer, a handle and two feet round an upright drum whose middle is 1.06 r above its foot."""
    metal = finish_of(finish, "bells", surface="metal", colour="brass")
    t = np.linspace(0.06, np.pi / 2, 30)
    dome = revolve(np.column_stack([0.4 * r * np.cos(t), 0.3 * r * np.sin(t)]), 72)
    middle = np.array([0.0, 0.024, foot])
    out: list[Mesh] = []
    for side in (-1, 1):
        tilt = 36.0 * side
        way = np.array([np.sin(np.radians(tilt)), 0.0, np.cos(np.radians(tilt))])
        out.append(move(rotate(dome, "y", tilt), *(middle + way * 1.2 * r)))
        out.append(tube(np.linspace(middle + way * r, middle + way * 1.54 * r, 4), 0.03 * r, 12))
        leg = np.array([np.sin(np.radians(150 * side)), 0.0, np.cos(np.radians(150 * side))])
        out.append(
            tube(np.linspace(middle + leg * 0.98 * r, middle + leg * 1.38 * r, 6), np.linspace(0.05, 0.075, 6) * r, 16)
        )
    hammer = tube(np.linspace(middle + [0, 0, r], middle + [0, 0, 1.42 * r], 4), 0.02 * r, 10)
    out += [
        hammer,
        tube(np.linspace(middle + [-0.05 * r, 0, 1.42 * r], middle + [0.05 * r, 0, 1.42 * r], 3), 0.045 * r, 16),
    ]
    out.append(tube(_handle(r) + middle, 0.024 * r, 14))
    return [Part(merge(out), metal)]


def _handle(r: float) -> Array:
    """Return an arc from the top of one bell to the other's, the clock's middle at z = 0."""
    return spline(
        [(x * r, 0.0, z * r) for x, z in ((-0.9, 1.26), (-0.6, 1.66), (0.0, 1.84), (0.6, 1.66), (0.9, 1.26))], 48
    )


CASES = {
    "rim": rim_case, "block": block_case, "arch": arch_case, "sun": sun_case, "alarm": alarm_case,
    "pendulum": pendulum_case, "travel": travel_case, "scallop": scallop_case,
}  # fmt: skip
