"""Build insulated bottles: a turned body, a collar, and one of several caps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, pchip, resample, spline, superellipse
from studio.render.mesh import Array, Mesh, merge, move
from studio.render.part import Part, View, finish_of
from studio.render.primitives import extrude, revolve, sweep, torus, tube, vessel
from studio.shapes import kettle_parts
from studio.shapes.turned import plain, ribbed

VIEW = View(azimuth=-18, elevation=9)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a bottle; shape: `form`, `radius`, `height` (body), `cap`, optional `boot` (height of a rubber base).

    `wall` makes it hollow, for glass that thick, and `fill` is the share of water in it; `ear` is the reach of a
    handle on the body.
    """
    r, h = shape["radius"], shape["height"]
    wall = profile(shape["form"], r, h)
    neck = float(wall[-1, 0])
    body = finish_of(finish, "body", surface="powder")
    if "wall" in shape:
        parts = [Part(mesh, body) for mesh in vessel(resample(wall, 120), shape["wall"], sides=120)]
        if "fill" in shape:
            gap = shape["wall"] + 0.0006
            water = kettle_parts.drink(resample(wall, 120), gap, gap, shape["fill"] * h)
            parts.append(Part(water, finish_of(finish, "water", surface="gloss", colour="#dcecee", glow=0.9)))
    else:
        parts = [Part(revolve(np.concatenate([wall, [[0.0, h]]]), 120), body)]
    if "ear" in shape:
        path = kettle_parts.side_handle(wall, 0.7 * h, 0.3 * h, shape["ear"], "square")
        bar = kettle_parts.bar(path, 0.02, 0.011, 3.2)
        parts.append(Part(bar, finish_of(finish, "ear", **plain(body))))
    collar = fillet([(neck - 0.001, h - 0.001), (neck, h - 0.001), (neck, h + 0.005), (0, h + 0.005)], [0, 0, 0.001, 0])
    parts.append(Part(revolve(collar, 96), finish_of(finish, "collar", surface="brushed", colour="steel")))
    parts += [Part(move(part.mesh, z=h + 0.005), part.finish) for part in CAPS[shape["cap"]](neck, finish)]
    if "boot" in shape:
        low = wall[wall[:, 1] < shape["boot"]]
        top = float(low[-1, 0])
        sleeve = np.concatenate(
            [low + [0.0016, 0.0] * (low[:, :1] > 0), [[top + 0.0016, shape["boot"]], [top - 0.001, shape["boot"]]]]
        )
        parts.append(
            Part(move(revolve(sleeve, 120), z=-0.0012), finish_of(finish, "boot", surface="rubber", colour="charcoal"))
        )
    return parts


def profile(form: str, r: float, h: float) -> Array:
    """Return the outer profile (k, 2) from the middle of the base to the neck's top."""
    match form:
        case "slim":
            corners = [(0, 0), (r, 0), (r, 0.78 * h), (0.62 * r, 0.93 * h), (0.6 * r, h)]
            return fillet(corners, [0, 0.006, 0.05, 0.012, 0], 14)
        case "wide":
            return fillet(
                [(0, 0), (r, 0), (r, 0.86 * h), (0.78 * r, 0.95 * h), (0.78 * r, h)], [0, 0.008, 0.016, 0.008, 0], 12
            )
        case "straight":
            return fillet([(0, 0), (r, 0), (r, h - 0.004), (r - 0.004, h)], [0, 0.005, 0.003, 0], 8)
        case "tapered":
            return fillet([(0, 0), (0.78 * r, 0), (r, h)], [0, 0.006, 0], 10)
        case "waist":
            low = [(0, 0), (r, 0), (r, 0.36 * h), (0.88 * r, 0.5 * h)]
            high = [(r, 0.64 * h), (r, 0.84 * h), (0.66 * r, 0.95 * h), (0.66 * r, h)]
            return fillet(low + high, [0, 0.008, 0.05, 0.06, 0.05, 0.02, 0.008, 0], 14)
        case "squeeze":
            low = [(0, 0), (0.96 * r, 0), (r, 0.3 * h), (r, 0.52 * h), (0.84 * r, 0.6 * h), (0.84 * r, 0.7 * h)]
            high = [(r, 0.78 * h), (r, 0.93 * h), (0.86 * r, h)]
            return fillet(low + high, [0, 0.008, 0.05, 0.008, 0.006, 0.006, 0.008, 0.012, 0], 12)
        case "growler":
            corners = [(0, 0), (r, 0), (r, 0.74 * h), (0.42 * r, 0.92 * h), (0.38 * r, h)]
            return fillet(corners, [0, 0.012, 0.05, 0.02, 0], 16)
        case "swing":
            corners = [(0, 0), (r, 0), (r, 0.5 * h), (0.42 * r, 0.72 * h), (0.36 * r, 0.97 * h), (0.42 * r, h)]
            return fillet(corners, [0, 0.008, 0.05, 0.05, 0.01, 0], 16)
        case _:
            raise ValueError(f"No bottle form {form!r}.")


def _plug(radius: float, height: float, edge: float = 0.003) -> Mesh:
    return revolve(fillet([(0, 0), (radius, 0), (radius, height), (0, height)], [0, 0.001, edge, 0]), 96)


def _arch(half: float, rise: float, foot: float) -> Array:
    side, high = 0.92 * half, foot + 0.6 * rise
    return spline([(-half, 0, foot), (-side, 0, high), (0, 0, foot + rise), (side, 0, high), (half, 0, foot)], 56)


def loop_cap(neck: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a wooden lid with an arched loop."""
    lid = finish_of(finish, "cap", surface="wood", colour="beech")
    loop = sweep(superellipse(0.011, 0.0055, 3.0, 20), _arch(0.72 * neck, 0.03, 0.02), up=(0, 1, 0))
    return [Part(_plug(neck * 1.04, 0.026), lid), Part(loop, finish_of(finish, "loop", **plain(lid)))]


def strap_cap(neck: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a ribbed screw lid under a broad carrying strap."""
    lid = finish_of(finish, "cap", surface="plastic", colour="black")
    screw = ribbed(_plug(neck * 1.06, 0.024), 40, 0.0012, 0.002, 0.02)
    band = sweep(superellipse(0.02, 0.0046, 4.0, 24), _arch(0.98 * neck, 0.034, 0.01), up=(0, 1, 0))
    top = move(_plug(neck * 0.7, 0.006), z=0.024)
    return [Part(merge([screw, top]), lid), Part(band, finish_of(finish, "loop", surface="rubber", colour=lid.colour))]


def cup_cap(neck: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a beaker turned over as a lid."""
    edge = [(0.6 * neck, 0), (neck * 1.03, 0), (neck * 1.03, 0.006)]
    wall = [(neck * 0.99, 0.008), (neck * 0.9, 0.062), (0, 0.062)]
    cup = revolve(fillet(edge + wall, [0, 0.002, 0.001, 0.002, 0.008, 0]), 96)
    return [Part(cup, finish_of(finish, "cap", surface="brushed", colour="steel"))]


def flip_cap(neck: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a domed lid with a drinking spout under a thin arched handle."""
    lid = finish_of(finish, "cap", surface="plastic", colour="charcoal")
    dome = revolve(
        fillet(
            [(0, 0), (neck * 1.05, 0), (neck * 1.05, 0.016), (neck * 0.5, 0.028), (0, 0.028)],
            [0, 0.001, 0.008, 0.006, 0],
        ),
        96,
    )
    spout = revolve(fillet([(0, 0), (0.34 * neck, 0), (0.26 * neck, 0.02), (0, 0.02)], [0, 0, 0.005, 0]), 64)
    arch = tube(_arch(1.06 * neck, 0.046, 0.008), 0.0036, 16)
    return [
        Part(dome, lid),
        Part(merge([move(spout, z=0.025), arch]), finish_of(finish, "loop", surface="plastic", colour=lid.colour)),
    ]


def straw_cap(neck: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a clear-edged press lid with a straw."""
    edge = [(0, 0), (neck * 1.02, 0), (neck * 1.02, 0.006)]
    top = [(neck * 0.93, 0.007), (neck * 0.9, 0.014), (0, 0.014)]
    lid = revolve(fillet(edge + top, [0, 0.002, 0.002, 0.002, 0.003, 0]), 96)
    slide = move(extrude(superellipse(0.03, 0.016, 4.0, 40), 0.004, 0.0012), x=-0.012, z=0.014)
    straw = tube(np.linspace((0.012, 0.0, 0.0), (0.03, -0.004, 0.1), 8), 0.0036, 20, cap="flat")
    cap = finish_of(finish, "cap", surface="plastic", colour="charcoal")
    return [Part(merge([lid, slide]), cap), Part(straw, finish_of(finish, "loop", surface="brushed", colour="steel"))]


def nozzle_cap(neck: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a screw lid that slopes up to a pull-up drinking nozzle."""
    lid = finish_of(finish, "cap", surface="plastic", colour="black")
    edge = [(0, 0), (1.06 * neck, 0), (1.06 * neck, 0.014), (0.5 * neck, 0.026), (0.36 * neck, 0.036), (0, 0.036)]
    cone = ribbed(revolve(fillet(edge, [0, 0.001, 0.003, 0.008, 0.002, 0]), 160), 40, 0.001, 0.0, 0.014)
    tip = [(0.28 * neck, 0), (0.28 * neck, 0.006), (0.36 * neck, 0.008), (0.36 * neck, 0.013), (0.26 * neck, 0.018)]
    nozzle = move(revolve(fillet([*tip, (0, 0.018)], 0.0015), 64), z=0.036)
    return [Part(cone, lid), Part(nozzle, finish_of(finish, "loop", surface="rubber", colour=lid.colour))]


def plug_cap(neck: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a plain round lid."""
    lid = finish_of(finish, "cap", surface="wood", colour="beech")
    return [Part(_plug(1.06 * neck, 0.03, 0.004), lid)]


def swing_cap(neck: float, finish: Mapping[str, Any]) -> list[Part]:
    """Return a ceramic stopper on a rubber ring, held by a wire bow."""
    foot = fillet([(0, -0.006), (0.6 * neck, -0.006), (0.8 * neck, 0.0), (0.96 * neck, 0.004)], 0.002)
    dome = pchip([(0.96 * neck, 0.004), (0.9 * neck, 0.012), (0.5 * neck, 0.017), (0, 0.018)], 24)
    seal = move(torus(0.86 * neck, 0.0022, 16, 64), z=-0.001)
    side = 1.06 * neck
    line = [(-side, 0, -0.03), (-1.3 * neck, 0, -0.012), (-side, 0, 0.006), (-0.4 * neck, 0, 0.0125)]
    bow = tube(spline([*line, *((-x, y, z) for x, y, z in line[::-1])], 90), 0.0012, 12)
    collar = move(torus(side * 0.95, 0.0014, 12, 64), z=-0.03)
    return [
        Part(
            revolve(np.concatenate([foot, dome[1:]]), 72), finish_of(finish, "cap", surface="ceramic", colour="white")
        ),
        Part(seal, finish_of(finish, "seal", surface="rubber", colour="brick")),
        Part(merge([bow, collar]), finish_of(finish, "loop", surface="metal", colour="steel")),
    ]


CAPS = {
    "loop": loop_cap, "strap": strap_cap, "cup": cup_cap, "flip": flip_cap, "straw": straw_cap, "nozzle": nozzle_cap,
    "plug": plug_cap, "swing": swing_cap,
}  # fmt: skip
