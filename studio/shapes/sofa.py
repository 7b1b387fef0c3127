"""Build sofas and armchairs: boxed, round, channelled, wood-framed, cornered and winged ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from studio.render.curves import lift, superellipse
from studio.render.mesh import Mesh, merge, mirror, move, rotate
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import puffed_box, rounded_box, tube
from studio.shapes import sofa_large
from studio.shapes.upholstery import Cushion, Wall, arc, four_legs, pad, rail, tapered, upright

VIEW = View(azimuth=24, elevation=14)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a sofa; shape: `form` of FORMS and that form's own sizes (metres)."""
    cover = finish_of(finish, "cover", surface="linen", colour="oat")
    frame = finish_of(finish, "frame", surface="wood", colour="walnut")
    trim = finish_of(finish, "trim", surface=cover.surface, colour=cover.colour)
    return FORMS[shape["form"]](shape, cover, frame, trim)


def boxed(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a sofa with straight arms, loose seat and back cushions and slender legs."""
    seats, place = shape.get("seats", 3), shape.get("place", 0.62)
    depth, arm, floor = shape.get("depth", 0.86), shape.get("arm", 0.13), shape.get("legs", 0.15)
    inner = seats * place
    width, arm_top, back_top = inner + 2 * arm, shape.get("arm_top", 0.6), shape.get("back_top", 0.72)
    soft = shape.get("soft", 0.03)
    base = move(puffed_box((width - 0.02, depth, 0.16), 0.02, (0.0, 0.004, 0.0)), z=floor + 0.08)
    side = puffed_box((arm, depth + 0.01, arm_top - floor), soft, (0.006, 0.01, 0.008))
    side = move(side, x=(inner + arm) / 2, y=-0.005, z=(floor + arm_top) / 2)
    rest = puffed_box((inner + 0.04, 0.17, back_top - floor), soft, (0.0, 0.008, 0.01))
    rest = move(rotate(rest, "x", -4), y=depth / 2 - 0.06, z=(floor + back_top) / 2)
    body = merge([base, side, mirror(side), rest])
    seat = Cushion(place - 0.006, depth - 0.22, 0.15, 0.03, shape.get("crown", 0.03), 0.012, shape.get("crease", 0.004))
    tall = shape.get("cushion", 0.46)
    back = Cushion(
        place - 0.01, tall, 0.14, 0.05, shape.get("crown", 0.03) * 1.7, 0.014, shape.get("crease", 0.004) * 1.6, 2.6
    )
    loose, cords = [], []
    for k in range(seats):
        x = (k - (seats - 1) / 2) * place
        for cushion, stand in (
            (seat, _lying(x, -0.11, floor + 0.155)),
            (back, _leaning(x, depth / 2 - 0.14, floor + 0.3, tall)),
        ):
            own = Cushion(**{**cushion.__dict__, "phase": 1.3 * k + 0.4})
            loose.append(stand(own.body()))
            cords.append(stand(own.piping(shape.get("cord", 0.0045))))
    legs = four_legs(width / 2 - 0.09, depth / 2 - 0.09, floor + 0.01, shape.get("splay", 0.03), 0.022, 0.013)
    return [Part(body, cover), Part(merge(loose), cover), Part(merge(cords), trim), Part(legs, frame)]


def _lying(x: float, y: float, z: float) -> Callable[[Mesh], Mesh]:
    return lambda mesh: move(mesh, x, y, z)


def _leaning(x: float, y: float, z: float, tall: float, lean: float = 13.0) -> Callable[[Mesh], Mesh]:
    return lambda mesh: move(upright(move(mesh, y=tall / 2), lean), x, y, z)


def rounded(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a sofa without corners: one thick bent back around a soft round seat, on a plinth."""
    width, depth, seat, back = shape.get("width", 1.7), shape.get("depth", 0.92), 0.43, shape.get("back", 0.74)
    thick = shape.get("thick", 0.2)
    line = arc(width - thick, depth - thick, shape.get("reach", 108.0), 140, 2.7)
    run = np.linspace(-1, 1, len(line))
    low = shape.get("arm_top", 0.6)
    rise = np.clip((1 - np.abs(run)) / 0.6, 0, 1)
    wall = Wall(line, low + (back - low) * rise**2 * (3 - 2 * rise), thick, shape.get("lean", 0.02), 0.02)
    outline = superellipse(width - thick * 1.1, depth - thick * 0.7, 3.0, 160)
    base = pad(superellipse(width - 0.08, depth - 0.1, 2.9, 160), 0.2, 0.05, 0.0)
    cushion = pad(outline, 0.2, 0.075, 0.03)
    plinth = pad(superellipse(width - 0.3, depth - 0.3, 2.8, 120), 0.06, 0.004, 0.0)
    return [
        Part(wall.mesh(0.07), cover),
        Part(move(base, z=0.055), cover),
        Part(move(cushion, y=-0.06, z=seat - 0.2), cover),
        Part(plinth, frame),
    ]


def channelled(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a barrel armchair: upright rolls sewn into a back that runs round to the front."""
    width, depth, seat, back = shape.get("width", 0.74), shape.get("depth", 0.7), 0.43, shape.get("back", 0.76)
    line = arc(width - 0.12, depth - 0.1, shape.get("reach", 118.0), 260, 2.5)
    run = np.linspace(-1, 1, len(line))
    low = shape.get("arm_top", back - 0.14)
    rise = np.clip((1 - np.abs(run)) / 0.75, 0, 1)
    heights = low + (back - low) * rise**2 * (3 - 2 * rise)
    wall = Wall(line, heights, 0.105, shape.get("lean", 0.03), 0.012, shape.get("channels", 15), 0.02)
    cushion = pad(superellipse(width - 0.2, depth - 0.1, 2.7, 140), 0.15, 0.05, 0.03)
    seam = lift(superellipse(width - 0.194, depth - 0.094, 2.7, 140), seat - 0.052)
    parts = [
        Part(wall.mesh(0.13), cover),
        Part(move(pad(superellipse(width - 0.14, depth - 0.1, 2.6, 140), 0.17, 0.03, 0.0), z=0.125), cover),
        Part(move(cushion, y=-0.045, z=seat - 0.15), cover),
        Part(move(tube(seam, 0.004, 8, closed=True), y=-0.045), trim),
    ]
    return [*parts, Part(four_legs(width * 0.29, depth * 0.28, 0.14, 0.025, 0.02, 0.011), frame)]


def framed(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a sofa or lounge chair of open woodwork with loose cushions."""
    seats, place, depth = shape.get("seats", 2), shape.get("place", 0.6), shape.get("depth", 0.76)
    inner = seats * place
    x, front, rear = inner / 2 + 0.035, -depth / 2 + 0.04, depth / 2 - 0.05
    sides = [move(_side(front, rear, shape.get("arm_top", 0.58)), x=s * x) for s in (-1, 1)]
    beams = [
        move(rounded_box((inner + 0.06, 0.028, 0.07), 0.006), y=front + 0.03, z=0.27),
        move(rounded_box((inner + 0.06, 0.028, 0.06), 0.006), y=rear - 0.06, z=0.22),
    ]
    top = np.column_stack([np.linspace(-x, x, 20), np.full(20, rear + 0.1), np.full(20, 0.76)])
    slats = [_slat(k * inner / (5 * seats), rear) for k in range(-5 * seats // 2 + 1, 5 * seats // 2 + 1)]
    wood = merge([*sides, *beams, rail(top, 0.026, 0.06, 0.01), *slats])
    seat = Cushion(place - 0.008, depth - 0.12, 0.12, 0.035, 0.028, 0.012, 0.005)
    back = Cushion(place - 0.01, 0.46, 0.12, 0.045, 0.035, 0.014, 0.006, 3.0)
    loose, cords = [], []
    for k in range(seats):
        at = (k - (seats - 1) / 2) * place
        own = [Cushion(**{**c.__dict__, "phase": 1.7 * k + shift}) for c, shift in ((seat, 0.3), (back, 1.1))]
        tilted = [rotate(move(mesh, y=-0.02), "x", -4) for mesh in (own[0].body(), own[0].piping())]
        loose += [move(tilted[0], at, 0.0, 0.3), _leaning(at, rear - 0.075, 0.375, 0.46, 15)(own[1].body())]
        cords += [move(tilted[1], at, 0.0, 0.3), _leaning(at, rear - 0.075, 0.375, 0.46, 15)(own[1].piping())]
    return [Part(wood, frame), Part(merge(loose), cover), Part(merge(cords), trim)]


def _side(front: float, rear: float, top: float) -> Mesh:
    legs = [
        tapered((0, front, top - 0.01), (0, front - 0.015, 0), 0.02, 0.014),
        tapered((0, rear, top - 0.01), (0, rear + 0.05, 0), 0.02, 0.014),
        tapered((0, rear - 0.02, 0.24), (0, rear + 0.105, 0.78), 0.017, 0.014),
    ]
    t = np.linspace(0, 1, 30)
    arm = np.column_stack([np.zeros(30), front - 0.05 + (rear + 0.09 - front) * t, top + 0.012 - 0.03 * t**1.5])
    board = rail(arm, 0.058, 0.024, 0.01)
    brace = rail([[0, front, 0.27], [0, 0, 0.25], [0, rear, 0.22]], 0.024, 0.055, 0.006)
    return merge([*legs, board, brace])


def _slat(x: float, rear: float) -> Mesh:
    return tube([[x, rear - 0.03, 0.23], [x, rear + 0.035, 0.5], [x, rear + 0.1, 0.75]], 0.0085, 10)


FORMS: dict[str, Callable[[Mapping[str, Any], Finish, Finish, Finish], list[Part]]] = {
    "boxed": boxed, "rounded": rounded, "channelled": channelled, "framed": framed,
    "corner": sofa_large.corner, "wing": sofa_large.wing,
}  # fmt: skip
