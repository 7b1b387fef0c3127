"""Build the larger seats: corner sofas with a long end, wing chairs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import superellipse
from studio.render.mesh import Mesh, merge, move
from studio.render.part import Finish, Part
from studio.render.primitives import puffed_box
from studio.shapes.upholstery import Cushion, Wall, arc, four_legs, pad, tapered, upright


def corner(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a corner sofa: `seats` places of width `place`, the last (at +x) drawn out to the length `long`."""
    seats, place = shape.get("seats", 3), shape.get("place", 0.72)
    depth, long, arm, floor = shape.get("depth", 0.88), shape.get("long", 1.5), shape.get("arm", 0.16), 0.12
    arm_top, back_top = shape.get("arm_top", 0.58), shape.get("back_top", 0.74)
    inner, rear = seats * place, shape.get("depth", 0.88) / 2
    right, left = inner / 2, -inner / 2
    box = _box((left - arm + 0.005, right), (-rear, rear), (floor, floor + 0.16), 0.02)
    chaise = _box((right - place, right), (rear - long, rear), (floor, floor + 0.16), 0.02)
    side = _box((left - arm, left), (-rear - 0.005, rear), (floor, arm_top), 0.035)
    rest = _box((left - 0.02, right), (rear - 0.16, rear + 0.005), (floor, back_top), 0.035)
    loose, cords = [], []
    for k in range(seats):
        x = left + (k + 0.5) * place
        reach = (long if k == seats - 1 else depth) - 0.2
        seat = Cushion(place - 0.008, reach, 0.15, 0.03, 0.032, 0.012, 0.005, phase=1.3 * k + 0.4)
        back = Cushion(place - 0.02, 0.44, 0.15, 0.05, 0.055, 0.014, 0.007, 2.6, 1.9 * k)
        at = (x, rear - 0.18 - reach / 2, floor + 0.155)
        for pick, out in ((Cushion.body, loose), (Cushion.piping, cords)):
            leaning = upright(move(pick(back), z=-0.075), 14)
            out += [move(pick(seat), *at), move(leaning, x, rear - 0.24, floor + 0.505)]
    feet = [(left - arm + 0.08, -rear + 0.08), (left - arm + 0.08, rear - 0.08), (right - 0.08, rear - 0.08)]
    feet += [(right - 0.08, rear - long + 0.08), (right - place + 0.08, rear - long + 0.08)]
    legs = [tapered((x, y, floor + 0.01), (x, y, 0), 0.022, 0.015) for x, y in feet]
    parts = [Part(merge([box, chaise, side, rest]), cover), Part(merge(loose), cover), Part(merge(cords), trim)]
    parts.append(Part(merge(legs), frame))
    middle = (rear - long + rear) / 2
    return [Part(move(p.mesh, arm / 2, -middle), p.finish) for p in parts]


def _box(x: tuple[float, float], y: tuple[float, float], z: tuple[float, float], edge: float) -> Mesh:
    size = (x[1] - x[0], y[1] - y[0], z[1] - z[0])
    mesh = puffed_box(size, edge, (0.004, 0.006, 0.006))
    return move(mesh, sum(x) / 2, sum(y) / 2, sum(z) / 2)


def wing(shape: Mapping[str, Any], cover: Finish, frame: Finish, trim: Finish) -> list[Part]:
    """Build a wing chair: a tall back whose sides step down to the arms; `width`, `depth`, `back`, `arm_top`."""
    width, depth, seat, back = shape.get("width", 0.76), shape.get("depth", 0.74), 0.45, shape.get("back", 1.06)
    low = shape.get("arm_top", 0.62)
    line = arc(width - 0.1, depth - 0.08, 124.0, 240, 3.2)
    run = np.abs(np.linspace(-1, 1, len(line)))
    step = np.clip((shape.get("wing", 0.72) - run) / 0.14, 0, 1)
    heights = low + (back - 0.06 * np.clip((run - 0.2) / 0.4, 0, 1) - low) * step**2 * (3 - 2 * step)
    wall = Wall(line, heights, 0.088, shape.get("lean", 0.05), 0.008, shape.get("channels", 0), 0.014)
    cushion = Cushion(width - 0.2, depth - 0.14, 0.14, 0.05, 0.032, 0.01, 0.005, 3.6)
    base = pad(superellipse(width - 0.13, depth - 0.1, 3.4, 140), 0.15, 0.03, 0.0)
    parts = [
        Part(wall.mesh(0.17), cover),
        Part(move(base, y=-0.01, z=0.17), cover),
        Part(move(cushion.body(), y=-0.06, z=seat - 0.14), cover),
        Part(move(cushion.piping(0.0042), y=-0.06, z=seat - 0.14), trim),
    ]
    if shape.get("roll"):
        bolster = Cushion(width * 0.5, 0.26, 0.09, 0.05, 0.035, 0.01, 0.004, 3.0)
        parts.append(Part(move(upright(bolster.body(), 10), y=depth / 2 - 0.15, z=seat + 0.18), trim))
    return [*parts, Part(four_legs(width * 0.3, depth * 0.29, 0.19, 0.045, 0.021, 0.012), frame)]
