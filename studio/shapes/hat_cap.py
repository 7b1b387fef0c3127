"""Shape hats sewn from panels with a visor: baseball caps, trucker caps, newsboy caps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from studio.render.curves import pchip, resample, rounded_rectangle
from studio.render.mesh import Array, Mesh, flip, grid, merge, move, rotate
from studio.render.part import Part
from studio.render.primitives import revolve, torus, tube
from studio.shapes import hat_crown, soft
from studio.shapes.laces import place

PROFILES = {
    "dome": ((1.0, 0.0), (0.985, 0.25), (0.9, 0.56), (0.71, 0.82), (0.4, 0.96), (0.008, 1.0)),
    "tall": ((1.0, 0.0), (1.0, 0.35), (0.95, 0.68), (0.76, 0.9), (0.4, 0.985), (0.008, 1.0)),
    "newsboy": ((1.0, 0.0), (1.03, 0.1), (1.36, 0.4), (1.46, 0.6), (1.3, 0.82), (0.75, 0.97), (0.008, 1.0)),
}


@dataclass(frozen=True)
class Crown:
    """A crown of panels: `profile` in radii and heights, `arch` the height of the opening at the back.

    `rise` lifts the front's edge so that a bent visor meets it; `reach` is the visor's half width as an angle.
    """

    profile: str
    radius: float
    height: float
    panels: int = 6
    arch: float = 0.0
    rise: float = 0.012
    reach: float = 1.08
    puff: float = 0.014

    def low(self, a: Array) -> Array:
        """Return the height of the lower edge at angles a."""
        x = np.cos(a) / np.sin(self.reach)
        front = self.rise * np.clip(1 - x**2, 0, 1) * (np.sin(a) < 0)
        back = self.arch * np.sqrt(np.clip(1 - (np.cos(a) / 0.42) ** 2, 0, 1)) * (np.sin(a) > 0)
        return np.asarray(front + back)

    def at(self, a: ArrayLike, t: ArrayLike, lift: float = 0.0) -> Array:
        """Return points at angles a and shares t from the lower edge to the top."""
        a, t = np.broadcast_arrays(np.asarray(a, float), np.asarray(t, float))
        line = pchip(PROFILES[self.profile], 200)
        low = self.low(a) / self.height
        run = np.interp(low, line[:, 1], np.linspace(0, 1, 200))
        share = run + (1 - run) * t
        r, z = (np.interp(share, np.linspace(0, 1, 200), line[:, k]) for k in (0, 1))
        swell = np.abs(np.sin(self.panels / 2 * (a + np.pi / 2))) ** 0.6 - 1
        r = self.radius * r * (1 + self.puff * swell * np.clip(share * 4, 0, 1)) + lift
        return np.stack(
            [np.cos(a) * r * hat_crown.WIDE, np.sin(a) * r * hat_crown.LONG, z * self.height + lift * t], -1
        )

    def panel(self, k: int, inward: float = 0.0) -> Mesh:
        """Skin one panel; panel 0 lies to the right of the front's middle, seen from the wearer's left."""
        step = 2 * np.pi / self.panels
        a = -np.pi / 2 + step * (k + np.linspace(0, 1, 30))[:, None]
        return grid(self.at(a, np.linspace(0, 1, 46), -inward))

    def seams(self) -> tuple[Mesh, Mesh]:
        """Return the welts between panels, and the stitches beside them."""
        welts, threads = [], []
        for k in range(self.panels):
            a = -np.pi / 2 + 2 * np.pi * k / self.panels
            t = np.linspace(0.0, 0.975, 60)
            welts.append(tube(self.at(a, t), 0.0009, 6))
            radius = np.hypot(*self.at(a, t)[:, :2].T)
            for side in (-1, 1):
                keep = radius > 0.016
                threads.append(
                    soft.stitches(self.at(a + side * 0.0034 / radius, t, 0.0004)[keep], 0.0028, 0.0016, 0.0004)
                )
        return merge(welts), merge(threads)

    def edge(self, t: float, lift: float, count: int = 200) -> Array:
        """Return the closed line (count, 3) round the crown at t."""
        return self.at(hat_crown.angles(count), t, lift)


def visor_points(crown: Crown, length: float, bend: float, tilt: float, rows: int = 30) -> Array:
    """Return a visor's sheet (across, rows, 3) from the crown outwards; `bend` is how far its sides turn down."""
    u = np.sin(np.linspace(-1, 1, 61) * np.pi / 2)
    a = -np.pi / 2 + u * crown.reach
    inner = crown.at(a, 0.0, -0.0006)
    ahead = length * np.clip(1 - np.abs(u) ** 2.5, 0, 1) ** 0.62 + 0.0015
    v = np.linspace(0, 1, rows)
    out = np.repeat(inner[:, None], rows, axis=1)
    out[..., 1] -= ahead[:, None] * v
    out[..., 0] *= 1 + 0.05 * v * np.clip(1 - np.abs(u) ** 3, 0, 1)[:, None]
    out[..., 2] -= ahead[:, None] * v * tilt + bend * v * (out[..., 0] / 0.08) ** 2 * (ahead / length)[:, None]
    return out[::-1]


def visor(crown: Crown, shape: Mapping[str, Any]) -> tuple[Mesh, Mesh, Mesh]:
    """Return a visor's upper side with its edge, its lower side, and its rows of stitches."""
    sheet = visor_points(crown, shape["visor"], shape.get("bend", 0.012), shape.get("tilt", 0.24))
    normal = soft.normals(sheet)
    normal *= np.sign(normal[30, 15, 2])
    thick = 0.0034
    under = sheet - normal * thick
    facing = soft.normals(sheet)[30, 15, 2] > 0
    upper, lower = grid(sheet), grid(under)
    rim = tube(resample(((sheet + under) / 2)[:, -1], 140), thick * 0.53, 10)
    rows = []
    for share in shape.get("rows", (0.16, 0.3, 0.44, 0.58, 0.72, 0.86)):
        rows.append(soft.stitches((sheet + normal * 0.0003)[2:-2, int(share * 29)], 0.0028, 0.0016, 0.00042))
    return merge([upper if facing else flip(upper), rim]), flip(lower) if facing else lower, merge(rows)


def strap(crown: Crown) -> tuple[Mesh, Mesh]:
    """Return the strap across the opening at the back, and its buckle."""
    a = np.pi / 2 + np.linspace(-0.62, 0.62, 40)
    low = crown.at(a, 0.0, 0.0)
    path = np.column_stack([low[:, :2] * 1.008, np.full(40, 0.009)])
    band = soft.ribbon(path, np.tile([0.0, 0.0, 1.0], (40, 1)), 0.017, 0.0018)
    frame = soft.ring(resample(rounded_rectangle(0.02, 0.023, 0.003), 48, closed=True), 0.0013)
    return band, move(frame, path[24, 0], path[24, 1] + 0.0012, 0.009)


def vents(crown: Crown) -> Mesh:
    """Return a sewn eyelet high on every panel."""
    made = []
    for k in range(crown.panels):
        a = -np.pi / 2 + 2 * np.pi * (k + 0.5) / crown.panels
        p, q, r = crown.at([a, a + 0.02, a], [0.72, 0.72, 0.74], 0.0004)
        made.append(place(torus(0.0032, 0.0011, 8, 24), p, np.cross(q - p, r - p)))
    return merge(made)


def emblem(crown: Crown, width: float, height: float, z: float) -> tuple[Mesh, Mesh]:
    """Return a patch sewn to the front with its middle at height z, and its stitches."""
    ring = resample(rounded_rectangle(width, height, min(width, height) * 0.3), 80, closed=True)
    steps = np.linspace(0.0005, 1, 9)

    def laid(flat: Array, lift: float) -> Array:
        t = np.linspace(0, 1, 120)
        heights = crown.at(-np.pi / 2, t)[:, 2]
        share = np.interp(z + flat[:, 1], heights, t)
        radius = np.abs(crown.at(-np.pi / 2, share)[:, 1]) / hat_crown.LONG
        return crown.at(-np.pi / 2 + flat[:, 0] / (radius * 0.95), share, lift)

    sheet = np.stack([laid(ring * s, 0.0022) for s in steps], axis=0).transpose(1, 0, 2)
    face = flip(grid(sheet, close_u=True))
    edge = tube(laid(ring, 0.0012), 0.0013, 8, closed=True)
    line = laid(ring * (1 - 0.006 / height), 0.0025)
    return merge([face, edge]), soft.stitches(np.concatenate([line, line[:1]]), 0.0026, 0.0014, 0.0004)


def button() -> Mesh:
    """Return the covered button on a crown's top, its foot on z = 0."""
    return revolve([(0.0, -0.002), (0.0075, -0.001), (0.008, 0.0012), (0.0058, 0.0036), (0.0, 0.0044)], 32)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a cap; shape: `profile`, `radius`, `height`, `visor`, `panels`, `arch` (opening at the back), metres."""
    skin = hat_crown.finishes(finish)
    keys = ("panels", "arch", "rise", "reach", "puff")
    crown = Crown(shape["profile"], shape["radius"], shape["height"], **{k: shape[k] for k in keys if k in shape})
    fronts = (0, crown.panels - 1)
    upper, lower, rows = visor(crown, shape)
    welts, threads = crown.seams()
    hem = tube(crown.edge(0.0, -0.0005), 0.0013, 8, closed=True)
    parts = [Part(crown.panel(k), skin["body" if k in fronts else "back"]) for k in range(crown.panels)]
    parts += [
        Part(merge([flip(crown.panel(k, 0.0022)) for k in range(crown.panels)]), skin["lining"]),
        Part(upper, skin["brim"]),
        Part(lower, skin["lining"]),
        Part(merge([welts, hem]), skin["back"]),
        Part(move(button(), z=crown.height - 0.0006), skin["trim"]),
    ]
    seams = [rows, threads]
    if crown.arch:
        band, frame = strap(crown)
        parts += [Part(band, skin["back"]), Part(frame, skin["metal"])]
    if shape.get("vents", True):
        parts.append(Part(vents(crown), skin["thread"]))
    if "emblem" in shape:
        patch, line = emblem(crown, *shape["emblem"])
        parts.append(Part(patch, skin["band"]))
        seams.append(line)
    parts.append(Part(merge(seams), skin["thread"]))
    return [Part(rotate(p.mesh, "x", shape.get("lean", 0.0)), p.finish) for p in parts]
