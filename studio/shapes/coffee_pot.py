"""Build coffee pots: a two-chamber stovetop pot and a press with a glass beaker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, resample
from studio.render.mesh import Mesh, merge, move
from studio.render.part import Part, finish_of
from studio.render.primitives import revolve, tube, vessel
from studio.shapes import kettle_parts as parts_of
from studio.shapes.turned import plain, pouring_lip, ribbed


def stovetop(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a two-chamber pot; shape: `radius`, `height` (to the lid), `ribs` about the boiler's collar."""
    r, h = shape["radius"], shape["height"]
    boiler = fillet(
        [(0, 0), (r, 0), (1.02 * r, 0.06 * h), (0.84 * r, 0.4 * h), (0.84 * r, 0.44 * h), (0, 0.44 * h)],
        [0, 0.003, 0.012, 0.004, 0.001, 0], 10,
    )  # fmt: skip
    jug = fillet(
        [(0.7 * r, 0.45 * h), (0.8 * r, 0.45 * h), (0.76 * r, 0.58 * h), (0.96 * r, h), (0, h)],
        [0, 0.002, 0.05, 0.0015, 0], 16,
    )  # fmt: skip
    collar = revolve([(0.5 * r, 0.425 * h), (0.87 * r, 0.425 * h), (0.87 * r, 0.47 * h), (0.5 * r, 0.47 * h)], 200)
    body = finish_of(finish, "body", surface="brushed", colour="steel")
    top = pouring_lip(revolve(resample(jug, 160), 160), 180, 0.3 * r, 0.42 * r, 0.66 * h, h)
    cover = pouring_lip(
        move(parts_of.lid(0.975 * r, 0.012, 0.0025), z=h + 0.0005), 180, 0.27 * r, 0.42 * r, h - 0.012, h
    )
    outer = jug[:-1]
    path = parts_of.side_handle(outer, 0.93 * h, 0.53 * h, 0.62 * r, "angle")
    dark = finish_of(finish, "handle", surface="plastic", colour="black")
    return [
        Part(revolve(boiler, 120), finish_of(finish, "boiler", **plain(body))),
        Part(ribbed(collar, 50, 0.0012, 0.0, h), finish_of(finish, "collar", surface="brushed", colour="steel")),
        Part(top, body),
        Part(cover, finish_of(finish, "lid", **plain(body))),
        Part(parts_of.bar(path, 0.017, 0.012, 3.2), dark),
        Part(move(parts_of.knob("peg", 0.0085), z=h + 0.0145), finish_of(finish, "knob", **plain(dark))),
    ]


def press(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a press; shape: `radius`, `height` of the glass, `cup` (height of what it stands in), `fill` (share)."""
    r, h, cup = shape["radius"], shape["height"], shape["cup"]
    glass = finish_of(finish, "glass", surface="glass", colour="#f4f8f8")
    metal = finish_of(finish, "frame", surface="brushed", colour="steel")
    line = resample(fillet([(0, 0.006), (r, 0.006), (r, h)], [0, 0.008, 0], 10), 90)
    beaker = [pouring_lip(m, 180, 0.016, 0.017, 0.86 * h, h) for m in vessel(line, 0.0024, sides=144)]
    level = shape["fill"] * h
    drink = [(0, 0.011), (r - 0.0034, 0.011), (r - 0.0034, level), (0, level)]
    sleeve = vessel(fillet([(0, 0), (r + 0.0028, 0), (r + 0.0028, cup)], [0, 0.004, 0]), 0.0024, sides=120)
    band = _band(r + 0.0026, 0.8 * h, 0.018)
    outer = np.array([(r + 0.002, 0.0), (r + 0.002, h)])
    path = parts_of.side_handle(outer, 0.81 * h, 0.5 * cup, 0.037, "ear")
    return [
        *(Part(m, glass) for m in beaker),
        Part(revolve(fillet(drink, [0, 0.006, 0.0005, 0]), 96), finish_of(finish, "coffee", surface="gloss", glow=0.9)),
        Part(merge([*sleeve, band]), metal),
        Part(parts_of.bar(path, 0.018, 0.012, 3.4), finish_of(finish, "handle", surface="plastic", colour="black")),
        *_plunger(r, h, level, finish),
    ]


def _band(radius: float, z: float, width: float) -> Mesh:
    out = [(radius - 0.0026, z), (radius, z), (radius, z + width), (radius - 0.0026, z + width)]
    return revolve(fillet(out, 0.0008), 120)


def _plunger(r: float, h: float, level: float, finish: Mapping[str, Any]) -> list[Part]:
    metal = finish_of(finish, "frame", surface="brushed", colour="steel")
    sieve = _band(r - 0.003, level + 0.001, 0.006)
    disc = revolve([(r - 0.004, level + 0.005), (0.3 * r, level + 0.008), (0, level + 0.008)], 96)
    rod = tube(np.linspace((0, 0, level), (0, 0, h + 0.055), 8), 0.0024, 20, cap="flat")
    return [
        Part(merge([sieve, disc, rod]), finish_of(finish, "plunger", surface="metal", colour="steel")),
        Part(move(parts_of.lid(r + 0.0035, 0.014, 0.009), z=h - 0.004), finish_of(finish, "lid", **plain(metal))),
        Part(
            move(parts_of.knob("button", 0.0155), z=h + 0.046),
            finish_of(finish, "knob", surface="plastic", colour="black"),
        ),
    ]


MODELS = {"stovetop": stovetop, "press": press}
