"""Make what is fixed to pots and pans: long handles, loops, lids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, resample, superellipse
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.part import Finish, Part, finish_of
from studio.render.primitives import rounded_box, sweep, tube
from studio.shapes import kettle_parts
from studio.shapes.turned import plain

STEEL = {"surface": "brushed", "colour": "steel"}


def long_handle(shape: Mapping[str, Any], finish: Mapping[str, Any], outer: Array) -> list[Part]:
    """Return a handle to the right: a riveted shank, and a grip of another material over it where one is given."""
    h, length, slope = shape["height"], shape["handle"], shape.get("slope", 0.16)
    z = shape.get("joint", 0.74) * h
    start = kettle_parts.radius_at(outer, z)
    shank = finish_of(finish, "handle", **STEEL)
    t = np.linspace(0, 1, 48)
    path = np.column_stack([start + t * length, 0 * t, z + slope * length * np.sin(t * np.pi / 2)])
    if "grip" not in finish:
        width = 0.9 + 0.22 * t**2 - 0.3 * np.exp(-(((t - 0.18) / 0.16) ** 2))
        section = superellipse(0.0085, 0.026, 3.2, 28)
        bar = sweep(section, path, up=(0, 0, 1), scale=np.column_stack([np.ones(48), width]), cap="round")
        return [Part(bar, shank), _plate(outer, z, shank)]
    share = shape.get("shank", 0.3)
    stem = sweep(superellipse(0.007, 0.017, 3.0, 24), path[: int(48 * (share + 0.1))], up=(0, 0, 1), cap="flat")
    hold = path[int(48 * share) :]
    swell = 0.82 + 0.2 * np.linspace(0, 1, len(hold)) ** 0.8
    handle = sweep(superellipse(0.018, 0.027, 2.4, 28), hold, up=(0, 0, 1), scale=swell, cap="round")
    grip = finish_of(finish, "grip", surface="wood", colour="beech")
    ferrule = sweep(superellipse(0.0175, 0.0255, 2.4, 28), hold[:3], up=(0, 0, 1), scale=0.9, cap="flat")
    return [Part(merge([stem, ferrule]), shank), Part(handle, grip), _plate(outer, z, shank)]


def _plate(outer: Array, z: float, metal: Finish) -> Part:
    """Return the plate that joins a handle to a wall."""
    return Part(_on_wall(rounded_box((0.005, 0.034, 0.022), 0.0022), outer, z), metal)


def _on_wall(mesh: Mesh, outer: Array, z: float, y: float = 0.0) -> Mesh:
    """Lay a small piece that faces +x on the outside of a wall at a height."""
    low, here, high = (kettle_parts.radius_at(outer, z + d) for d in (-0.005, 0.0, 0.005))
    lean = np.degrees(np.arctan2(high - low, 0.01))
    placed = move(rotate(mesh, "y", lean), here + 0.0016, 0.0, z)
    return rotate(placed, "z", float(np.degrees(np.arcsin(y / here))))


def _loop(outer: Array, h: float) -> Mesh:
    """Return a cast loop on the right, just under the rim."""
    z = 0.8 * h
    start = kettle_parts.radius_at(outer, z) - 0.005
    line = fillet([(start, -0.042), (start + 0.036, -0.036), (start + 0.036, 0.036), (start, 0.042)], 0.016, 14)
    path = np.column_stack([line, np.full(len(line), z)])
    return sweep(superellipse(0.0125, 0.0145, 3.0, 24), resample(path, 60), up=(0, 0, 1), cap="flat")


def _strap(outer: Array, h: float) -> Mesh:
    """Return a bent rod on the right, rising a little."""
    z = 0.78 * h
    start = kettle_parts.radius_at(outer, z) - 0.036**2 / 2 / outer[:, 0].max() + 0.004
    line = fillet([(start, -0.036), (start + 0.03, -0.04), (start + 0.03, 0.04), (start, 0.036)], 0.016, 14)
    rise = 0.35 * np.clip(line[:, 0] - start, 0, 1)
    rod = tube(np.column_stack([line, z + rise]), 0.0042, 18)
    plates = [_on_wall(rounded_box((0.005, 0.022, 0.018), 0.002), outer, z, y) for y in (-0.036, 0.036)]
    return merge([rod, *plates])


def _tab(outer: Array, h: float) -> Mesh:
    """Return a flat ear on the right with a slot in it."""
    z = 0.93 * h
    start = kettle_parts.radius_at(outer, z) - 0.006
    line = fillet([(start, -0.05), (start + 0.03, -0.03), (start + 0.03, 0.03), (start, 0.05)], 0.02, 14)
    path = np.column_stack([line, np.full(len(line), z)])
    return sweep(superellipse(0.009, 0.018, 3.4, 24), resample(path, 60), up=(0, 0, 1), cap="flat")


def cover(shape: Mapping[str, Any], finish: Mapping[str, Any], inner: float) -> list[Part]:
    """Return a lid that rests on a rim of an inner radius, and its knob."""
    h, rise = shape["height"], shape["lid"]
    body = finish_of(finish, "body", surface="gloss")
    top_side = move(kettle_parts.lid(inner + shape.get("over", 0.0045), rise, 0.004), z=h + 0.0008)
    top = h + rise + 0.0042
    metal = finish_of(finish, "knob", surface="metal", colour="brass")
    parts = [Part(top_side, finish_of(finish, "lid", **plain(body)))]
    if shape["knob"] == "bow":
        line = kettle_parts.arch(0.03, 0.0, 0.026, 2.8, 49)
        return [*parts, Part(move(kettle_parts.bar(line, 0.012, 0.007), z=top - 0.004), metal)]
    size = shape.get("knob_size", 0.019)
    return [*parts, Part(move(kettle_parts.knob(shape["knob"], size), z=top), metal)]


LOOPS = {"loop": _loop, "strap": _strap, "tab": _tab}
