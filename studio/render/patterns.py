# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports bpy, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Print patterns on surfaces: node expressions from UV lengths to a colour."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from studio.render.nodes import Graph, Value
from studio.render.palettes import linear
from studio.render.part import Pattern

EDGE = 0.015


def apply(graph: Graph, pattern: Pattern, ground: Value) -> Value:
    """Return the ground colour with the pattern over it."""
    if pattern.kind not in PATTERNS:
        raise ValueError(f"No pattern {pattern.kind!r}: one of {sorted(PATTERNS)}.")
    return PATTERNS[pattern.kind](graph, pattern, ground)


def _turned(graph: Graph, pattern: Pattern) -> tuple[Value, Value]:
    """Return u and v turned by the pattern's angle, in pattern sizes."""
    cos, sin = np.cos(np.radians(pattern.angle)), np.sin(np.radians(pattern.angle))
    u = graph.math("MULTIPLY", graph.u, 1 / pattern.size)
    v = graph.math("MULTIPLY", graph.math("SUBTRACT", graph.v, pattern.offset), 1 / pattern.size)
    along = graph.math("ADD", graph.math("MULTIPLY", u, cos), graph.math("MULTIPLY", v, sin))
    across = graph.math("SUBTRACT", graph.math("MULTIPLY", v, cos), graph.math("MULTIPLY", u, sin))
    return along, across


def _bar(graph: Graph, value: Value, share: float, centre: float = 0.5) -> Value:
    """Return 1 inside the middle `share` of every unit, 0 outside."""
    saw = graph.math("FRACT", graph.math("ADD", value, 0.5 - centre))
    away = graph.math("ABSOLUTE", graph.math("SUBTRACT", saw, 0.5))
    return graph.step(away, share / 2 + EDGE, share / 2 - EDGE)


def _stripes(graph: Graph, p: Pattern, ground: Value) -> Value:
    along, _ = _turned(graph, p)
    share = p.amount / len(p.colours)
    for k, colour in enumerate(p.colours):
        ground = graph.mix(_bar(graph, along, share, (k + 0.5) / len(p.colours)), ground, linear(colour))
    return ground


def _dots(graph: Graph, p: Pattern, ground: Value) -> Value:
    along, across = _turned(graph, p)
    row = graph.math("FLOOR", across)
    shifted = graph.math("ADD", along, graph.math("MULTIPLY", graph.math("FLOORED_MODULO", row, 2.0), 0.5))
    x = graph.math("SUBTRACT", graph.math("FRACT", shifted), 0.5)
    y = graph.math("SUBTRACT", graph.math("FRACT", across), 0.5)
    away = graph.math("SQRT", graph.math("ADD", graph.math("MULTIPLY", x, x), graph.math("MULTIPLY", y, y)))
    radius = p.amount / 2
    return graph.mix(graph.step(away, radius + EDGE, radius - EDGE), ground, linear(p.colours[0]))


def _gingham(graph: Graph, p: Pattern, ground: Value) -> Value:
    along, across = _turned(graph, p)
    both = graph.math("ADD", _bar(graph, along, 0.5), _bar(graph, across, 0.5))
    return graph.mix(graph.math("MULTIPLY", both, 0.5), ground, linear(p.colours[0]))


def _checks(graph: Graph, p: Pattern, ground: Value) -> Value:
    along, across = _turned(graph, p)
    a, b = _bar(graph, along, 0.5), _bar(graph, across, 0.5)
    differ = graph.math("ABSOLUTE", graph.math("SUBTRACT", a, b))
    return graph.mix(differ, ground, linear(p.colours[0]))


def _plaid(graph: Graph, p: Pattern, ground: Value) -> Value:
    along, across = _turned(graph, p)
    bands = ((p.colours[0], 0.36, 0.5), (p.colours[1 % len(p.colours)], 0.1, 0.12), (p.colours[-1], 0.05, 0.88))
    for value in (along, across):
        for colour, share, centre in bands:
            ground = graph.mix(graph.math("MULTIPLY", _bar(graph, value, share, centre), 0.55), ground, linear(colour))
    return ground


def _grid(graph: Graph, p: Pattern, ground: Value) -> Value:
    along, across = _turned(graph, p)
    line = graph.math("MAXIMUM", _bar(graph, along, p.amount), _bar(graph, across, p.amount))
    return graph.mix(line, ground, linear(p.colours[0]))


def _zigzag(graph: Graph, p: Pattern, ground: Value) -> Value:
    along, across = _turned(graph, p)
    rise = graph.math("PINGPONG", along, 0.5)
    return graph.mix(_bar(graph, graph.math("ADD", across, rise), p.amount), ground, linear(p.colours[0]))


def _blotch(graph: Graph, p: Pattern, ground: Value) -> Value:
    warp = graph.noise(graph.object, p.size)
    for k, colour in enumerate(p.colours):
        moved = graph.add("ShaderNodeVectorMath", operation="ADD")
        graph.put(moved.inputs[0], graph.object)
        graph.put(moved.inputs[1], (k * 3.7 + p.offset, k * 1.3, k * 2.1))
        away = graph.math("ADD", graph.voronoi(moved.outputs[0], p.size), graph.math("MULTIPLY", warp, 0.25))
        reach = p.amount * 0.9
        ground = graph.mix(graph.step(away, reach + 0.02, reach - 0.02), ground, linear(colour))
    return ground


def _dip(graph: Graph, p: Pattern, ground: Value) -> Value:
    wobble = graph.math("MULTIPLY", graph.math("SUBTRACT", graph.noise(graph.object, 0.05), 0.5), p.size)
    height = graph.math("ADD", graph.z, wobble)
    return graph.mix(graph.step(height, p.offset - 3e-4, p.offset + 3e-4), linear(p.colours[0]), ground)


def _fade(graph: Graph, p: Pattern, ground: Value) -> Value:
    share = graph.step(graph.z, p.offset + p.size / 2, p.offset - p.size / 2)
    return graph.mix(share, ground, linear(p.colours[0]))


def _bands(graph: Graph, p: Pattern, ground: Value) -> Value:
    """Paint rings by height: ring k lies `size` x (2k + 0..2 amount) above `offset`."""
    for k, colour in enumerate(p.colours):
        low = p.offset + 2 * k * p.size
        inside = graph.math(
            "MULTIPLY",
            graph.step(graph.z, low - 2e-4, low + 2e-4),
            graph.step(graph.z, low + 2 * p.amount * p.size + 2e-4, low + 2 * p.amount * p.size - 2e-4),
        )
        ground = graph.mix(inside, ground, linear(colour))
    return ground


def _terrazzo(graph: Graph, p: Pattern, ground: Value) -> Value:
    edge = graph.voronoi(graph.object, p.size, "DISTANCE_TO_EDGE")
    chance, tint, _ = graph.split(graph.voronoi(graph.object, p.size, "F1", "Color"))
    chip = graph.math("MULTIPLY", graph.step(edge, 0.06, 0.09), graph.math("LESS_THAN", chance, p.amount))
    colour: Value = linear(p.colours[0])
    for k, other in enumerate(p.colours[1:], 1):
        colour = graph.mix(graph.math("GREATER_THAN", tint, k / len(p.colours)), colour, linear(other))
    return graph.mix(chip, ground, colour)


def _speckle(graph: Graph, p: Pattern, ground: Value) -> Value:
    for k, colour in enumerate(p.colours):
        size = p.size * (1 - 0.45 * k / len(p.colours))
        chance, reach, _ = graph.split(graph.voronoi(graph.object, size, "F1", "Color"))
        away = graph.voronoi(graph.object, size)
        radius = graph.math("MULTIPLY_ADD", reach, 0.22, 0.06)
        spot = graph.step(graph.math("SUBTRACT", away, radius), 0.03, -0.03)
        ground = graph.mix(
            graph.math("MULTIPLY", spot, graph.math("LESS_THAN", chance, p.amount)), ground, linear(colour)
        )
    return ground


def _marble(graph: Graph, p: Pattern, ground: Value) -> Value:
    bend = graph.math("MULTIPLY", graph.noise(graph.object, p.size * 1.5, 4.0), p.size * 5)
    x, y, z = graph.split(graph.object)
    run = graph.math("ADD", graph.math("ADD", x, graph.math("MULTIPLY", y, 0.6)), graph.math("ADD", z, bend))
    vein = graph.math("POWER", graph.wave(run, p.size * 2), 6.0)
    return graph.mix(graph.math("MULTIPLY", vein, p.amount), ground, linear(p.colours[0]))


PATTERNS: dict[str, Callable[[Graph, Pattern, Value], Value]] = {
    "stripes": _stripes, "dots": _dots, "gingham": _gingham, "checks": _checks, "plaid": _plaid, "grid": _grid,
    "zigzag": _zigzag, "blotch": _blotch, "dip": _dip, "fade": _fade, "bands": _bands, "terrazzo": _terrazzo,
    "speckle": _speckle, "marble": _marble,
}  # fmt: skip
