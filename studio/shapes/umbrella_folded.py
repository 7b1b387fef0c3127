"""Shape closed umbrellas: cloth rolled about its stick in pleats, bound with a strap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.interpolate import PchipInterpolator

from studio.render.curves import circle, fillet, lift, rounded_rectangle, spline
from studio.render.mesh import Array, Mesh, grid, merge, move
from studio.render.part import Part
from studio.render.primitives import revolve, sweep, tube
from studio.shapes import soft
from studio.shapes.umbrella_frame import ferrule, handle, shaft, slots


@dataclass(frozen=True)
class Roll:
    """Furled cloth about the z axis, from z = -start down to -end: `girth` rows of (share of length, radius).

    Pleats turn by `twist` radians on their way; a strap at the share `strap` binds them. Metres.
    """

    start: float
    end: float
    girth: tuple[tuple[float, float], ...]
    pleats: int = 8
    twist: float = 1.3
    strap: float = 0.62

    def radius(self, share: Array) -> Array:
        """Return the mean radius at shares of the length."""
        at, wide = np.array(self.girth).T
        waist = 1 - 0.1 * np.exp(-(((share - self.strap) / 0.05) ** 2))
        return np.asarray(PchipInterpolator(at, wide)(share) * waist)

    def mesh(self) -> Mesh:
        """Skin the cloth: each pleat laps over the next, deeper towards the hem."""
        around = np.linspace(0, 2 * np.pi, 480, endpoint=False)
        angle, share = np.meshgrid(around, np.linspace(1, 0, 150), indexing="ij")
        bound = 1 - 0.45 * np.exp(-(((share - self.strap) / 0.06) ** 2))
        turn = self.pleats * (angle / (2 * np.pi)) + self.pleats * self.twist * share / (2 * np.pi)
        turn = turn + 0.05 * np.sin(11 * share + 3 * np.floor(turn)) * bound
        saw = turn % 1.0
        lap = np.where(saw < 0.86, saw / 0.86, (1 - saw) / 0.14)
        lap = lap * lap * (3 - 2 * lap)
        deep = (0.05 + 0.3 * share) * bound
        crease = 0.02 * np.sin(23 * share + 2 * angle) * np.sin(5 * angle - 9 * share) * bound
        r = self.radius(share) * (1 + deep * (lap - 0.5) + crease)
        hem = 0.035 * (share**8) * (self.end - self.start) * (lap - 0.5)
        z = -self.start - (self.end - self.start) * share - hem
        points = np.stack([r * np.cos(angle), r * np.sin(angle), z], axis=-1)
        last = points[:, 0]
        ends = np.stack([last * [k, k, 1] + [0, 0, 0.02 * (1 - k)] for k in (0.15, 0.6, 0.94, 1.0)], axis=1)
        return merge([grid(points, close_u=True), grid(ends, close_u=True)])

    def band(self, width: float) -> tuple[Mesh, Mesh]:
        """Return the strap round the pleats, its end standing out a little, and its stud."""
        r = float(self.radius(np.array([self.strap]))[0]) * 1.1
        z = -self.start - (self.end - self.start) * self.strap
        hoop = sweep(rounded_rectangle(width, 0.0022, 0.0008, 3), lift(circle(r, 90), z), closed=True, up=(0, 0, 1))
        t = np.linspace(-1.9, -0.9, 24)
        grow = r + 0.0016 + 0.002 * np.linspace(1, 0, 24) ** 2
        path = np.column_stack([grow * np.cos(t), grow * np.sin(t), np.full(24, z)])
        tab = soft.ribbon(path, np.tile([0.0, 0.0, 1.0], (24, 1)), width * 0.94, 0.0022)
        stud = soft.rivet(width * 0.26)
        return merge([hoop, tab]), move(stud, path[5, 0], path[5, 1] - 0.0005, z)


def _tips(roll: Roll) -> Mesh:
    """Return the ends of the ribs, seen at the hem."""
    made = []
    for k in range(roll.pleats):
        angle = 2 * np.pi * (k + 0.5) / roll.pleats
        r = float(roll.radius(np.array([1.0]))[0]) * 0.62
        at = np.array([r * np.cos(angle), r * np.sin(angle), -roll.end])
        made.append(tube([at + [0, 0, 0.02], at, at - [0, 0, 0.012]], 0.0028, 10))
    return merge(made)


def furled(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a long umbrella, rolled up, upright with its apex at z = 0; the cloth comes first."""
    skin, length = slots(finish), float(shape["length"])
    end = length - 0.24
    roll = Roll(0.0, end, ((0, 0.009), (0.12, 0.0175), (0.5, 0.029), (0.85, 0.0355), (1, 0.037)), twist=2.2)
    band, stud = roll.band(0.022)
    grip, collar = handle(shape["handle"], length, shape.get("hook", -90.0))
    return [
        Part(roll.mesh(), skin["cloth"]),
        Part(band, skin["strap"]),
        Part(stud, skin["metal"]),
        Part(_tips(roll), skin["tip"]),
        Part(shaft(length - 0.1, 0.007), skin["shaft"]),
        Part(grip, skin["handle"]),
        Part(collar, skin["metal"]),
        Part(ferrule(0.075, 0.0072), skin["ferrule"]),
    ]


def compact(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build an umbrella that folds to a hand's length, with a wrist loop; upright, its apex at z = 0."""
    skin, length = slots(finish), float(shape["length"])
    grip_at = length - shape.get("grip", 0.075)
    girth = ((0, 0.014), (0.05, 0.022), (0.3, 0.0275), (0.8, 0.0285), (1, 0.026))
    roll = Roll(0.004, grip_at - 0.006, girth, 8, 1.5, 0.56)
    band, stud = roll.band(0.024)
    tall = length - grip_at
    profile = [(0, 0), (0.0145, 0), (0.0185, 0.006), (0.0175, 0.03), (0.0195, tall), (0.012, tall)]
    grip = move(revolve(fillet(profile, 0.004, 8), 56), z=-length)
    cap = revolve([(0.0205, -0.012), (0.0205, -0.002), (0.016, 0.006), (0.006, 0.009), (0, 0.009)], 48)
    return [
        Part(roll.mesh(), skin["cloth"]),
        Part(band, skin["strap"]),
        Part(stud, skin["metal"]),
        Part(grip, skin["handle"]),
        Part(cap, skin["ferrule"]),
        Part(shaft(length - 0.03, 0.006), skin["shaft"]),
        Part(_loop(length), skin["strap"]),
    ]


def _loop(length: float) -> Mesh:
    """Return the wrist loop at the foot of the grip, hanging in a plane that lies level once the umbrella lies."""
    points = [(0.004, -0.006, -length + 0.004), (0.006, -0.03, -length - 0.03), (0.0, -0.028, -length - 0.09)]
    points += [(-0.004, 0.006, -length - 0.115), (0.0, 0.03, -length - 0.085), (0.006, 0.022, -length - 0.03)]
    line = spline([*points, (0.004, 0.006, -length + 0.004)], 90)
    return soft.ribbon(line, np.tile([1.0, 0.0, 0.0], (90, 1)), 0.007, 0.0016)
