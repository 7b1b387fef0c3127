"""Draw watch dials: hour marks, ticks, hands, counters, turning bezels. Faces look towards -y."""

from __future__ import annotations

import numpy as np

from studio.render.curves import circle, fillet, rounded_rectangle
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.primitives import revolve, tube
from studio.shapes import soft, watch_numerals


def marks(flat: Array, kind: str, y: float, leave: int | None = None) -> Mesh:
    """Return the hour marks inside an outline: "baton", "dot", "mixed" or "arabic"; y is the dial's face.

    `leave` is an hour without its mark.
    """
    made = []
    if kind == "arabic":
        angle = np.radians(90 - 30 * np.arange(12)) % (2 * np.pi)
        reach, tall = np.interp(angle, *_polar(flat)), 0.17 * float(np.abs(flat).max(axis=0).mean())
        return watch_numerals.hours(reach * 0.9 - 0.55 * tall, tall, y - 0.0001)
    for hour in range(12):
        if hour == leave:
            continue
        a = np.radians(90 - 30 * hour)
        ray = np.array([np.cos(a), np.sin(a)])
        reach = float(np.interp(a % (2 * np.pi), *_polar(flat))) * 0.9
        main = hour % 3 == 0
        if kind == "dot" or (kind == "mixed" and not main):
            size = 0.0009 if kind == "mixed" else 0.0011 + 0.0003 * main
            made.append(
                move(
                    soft.plate(circle(size, 16), 0.0004, 0.0001), ray[0] * (reach - 0.001), y, ray[1] * (reach - 0.001)
                )
            )
            continue
        length, thick = (0.0038, 0.0013) if main else (0.0028, 0.0008)
        bar = soft.plate(rounded_rectangle(thick, length, 0.0002, 3), 0.0005, 0.0001)
        turn = -30 * hour
        for shift in (-0.0011, 0.0011) if hour == 0 and kind == "mixed" else (0.0,):
            at = ray * (reach - length / 2)
            made.append(move(rotate(move(bar, shift), "y", -turn), at[0], y, at[1]))
    return merge(made)


def minute_track(flat: Array, y: float) -> Mesh:
    """Return the fine minute ticks round the dial."""
    made = []
    for minute in range(60):
        if minute % 5:
            a = np.radians(90 - 6 * minute)
            reach = float(np.interp(a % (2 * np.pi), *_polar(flat))) * 0.92
            tick = soft.plate(rounded_rectangle(0.0002, 0.0009, 0.00005, 2), 0.0001, 0)
            made.append(move(rotate(tick, "y", 6 * minute), np.cos(a) * reach, y, np.sin(a) * reach))
    return merge(made)


def _polar(flat: Array) -> tuple[Array, Array]:
    angle = np.mod(np.arctan2(flat[:, 1], flat[:, 0]), 2 * np.pi)
    order = np.argsort(angle)
    angle, radius = angle[order], np.hypot(*flat[order].T)
    return np.concatenate([angle[-1:] - 2 * np.pi, angle, angle[:1] + 2 * np.pi]), np.concatenate(
        [radius[-1:], radius, radius[:1]]
    )


def hand(length: float, width: float, degrees: float, y: float, tail: float = 0.004) -> Mesh:
    """Return a hand that points `degrees` clockwise from twelve."""
    w = width / 2
    flat = fillet(
        [
            (-w * 0.6, -tail),
            (w * 0.6, -tail),
            (w, length * 0.55),
            (w * 0.25, length),
            (-w * 0.25, length),
            (-w, length * 0.55),
        ],
        0.0002,
        3,
        closed=True,
    )
    return move(rotate(soft.plate(flat, 0.0004, 0.0001), "y", degrees), 0, y)


def subdials(radius: float, y: float) -> tuple[Mesh, Mesh]:
    """Return three small counters on the dial: their sunk discs, and their rims and hands."""
    discs, details = [], []
    for degrees in (90, 180, 270):
        a = np.radians(90 - degrees)
        x, z = np.cos(a) * radius * 0.46, np.sin(a) * radius * 0.46
        size = radius * 0.25
        discs.append(move(soft.plate(circle(size, 40), 0.00012, 0), x, y, z))
        ring = tube(
            np.column_stack([circle(size, 48)[:, 0], np.zeros(48), circle(size, 48)[:, 1]]), 0.00022, 6, closed=True
        )
        details += [
            move(ring, x, y - 0.0001, z),
            move(hand(size * 0.8, 0.0006, degrees * 2.3, -0.0002, 0.0008), x, y, z),
        ]
    return merge(discs), merge(details)


def small_seconds(radius: float, y: float) -> tuple[Mesh, Mesh, Mesh]:
    """Return one counter above six: its disc, its rim with ticks, and its hand."""
    size, z = radius * 0.29, -radius * 0.5
    line = circle(size, 60)
    rim = tube(np.column_stack([line[:, 0], np.zeros(60), line[:, 1]]), 0.0002, 6, closed=True)
    ticks = []
    for k in range(12):
        a = np.radians(30 * k)
        tick = rotate(soft.plate(rounded_rectangle(0.0002, 0.0008, 0.00005, 2), 0.00018, 0), "y", 30 * k)
        ticks.append(move(tick, np.sin(a) * size * 0.82, 0, np.cos(a) * size * 0.82))
    disc = soft.plate(circle(size, 60), 0.00012, 0)
    pointer = hand(size * 0.84, 0.0005, 205, -0.0003, 0.0012)
    return move(disc, 0, y, z), move(merge([rim, *ticks]), 0, y - 0.00012, z), move(pointer, 0, y, z)


def dive_bezel(flat: Array, thick: float) -> tuple[Mesh, Mesh]:
    """Return a turning bezel, and the marks on its inlay."""
    r = float(flat[:, 0].max())
    ring = rotate(
        revolve(
            [
                (r * 0.86, 0.0),
                (r * 1.03, 0.0),
                (r * 1.05, 0.0006),
                (r * 1.03, 0.0022),
                (r * 0.9, 0.003),
                (r * 0.86, 0.0024),
                (r * 0.86, 0.0),
            ],
            120,
        ),
        "x",
        90,
    )
    dots = []
    for k in range(12):
        a = np.radians(90 - 30 * k)
        size = (0.0013, 0.0018) if k % 3 == 0 else (0.0007, 0.0014)
        bar = rotate(soft.plate(rounded_rectangle(*size, 0.0003, 3), 0.0004, 0.0001), "y", 30 * k)
        dots.append(move(bar, np.cos(a) * r * 0.945, -thick - 0.0026, np.sin(a) * r * 0.945))
    return move(ring, y=-thick), merge(dots)
