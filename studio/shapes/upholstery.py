"""Shape what furniture shares: stuffed cushions, bent padded walls, seat pads, legs and rails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from studio.render.curves import circle, lift, offset, resample, rounded_rectangle
from studio.render.mesh import Array, Mesh, arc_lengths, flip, grid, merge, mirror, move, rotate
from studio.render.primitives import sweep, tube
from studio.shapes.soft import Body


@dataclass(frozen=True)
class Cushion:
    """A stuffed box lying flat on z = 0: two crowned panels, a border between them, piping along both seams.

    `radius` rounds the outline, `crown` is how far the panels rise, `bulge` how far the border swells, `crease`
    the height of the folds, `phase` shifts the folds so that neighbours differ. All metres but `phase`.
    """

    width: float
    depth: float
    height: float
    radius: float = 0.05
    crown: float = 0.03
    bulge: float = 0.008
    crease: float = 0.004
    soft: float = 4.0
    phase: float = 0.0

    def outline(self) -> Array:
        """Return the closed seam line (n, 2), counter-clockwise."""
        return resample(rounded_rectangle(self.width, self.depth, self.radius, 10), 160, closed=True)

    def panel(self, count: int = 56) -> Array:
        """Return the upper panel as a (count, count, 3) grid that ends on the seam."""
        a, b = np.meshgrid(*[np.sin(np.linspace(-np.pi / 2, np.pi / 2, count))] * 2, indexing="ij")
        half = np.array([self.width, self.depth]) / 2
        reach = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-9)
        edge = np.stack([a / reach, b / reach], axis=-1) * half
        core = np.clip(edge, -(half - self.radius), half - self.radius)
        away = edge - core
        length = np.maximum(np.linalg.norm(away, axis=-1, keepdims=True), 1e-9)
        shift = core + away / length * self.radius - edge
        flat = np.stack([a, b], axis=-1) * half + shift * (reach**6)[..., None]
        swell = np.sqrt(np.clip((1 - np.abs(a) ** self.soft) * (1 - np.abs(b) ** self.soft), 0, 1))
        z = self.height + self.crown * swell + self.crease * swell * self._folds(a, b)
        return np.concatenate([flat, z[..., None]], axis=-1)

    def _folds(self, a: Array, b: Array) -> Array:
        """Return the height -1..1 of broad folds, and of puckers that fade away from the seams."""
        p = self.phase
        broad = np.sin(2.3 * a + 1.7 * b + p) * np.sin(1.9 * b - 1.1 * a + 2 * p) + 0.5 * np.sin(5 * a * b + 3 * p)
        near_x, near_y = np.abs(a) ** 6, np.abs(b) ** 6
        pucker = near_x * np.sin(9 * b * self.depth / 0.5 + p + 2 * a) + near_y * np.sin(9 * a * self.width / 0.5 - p)
        return np.asarray(0.6 * broad + 0.55 * pucker)

    def body(self) -> Mesh:
        """Return panels and border."""
        upper = grid(self.panel())
        lower = flip(replace(upper, vertices=upper.vertices * [1, 1, -1] + [0, 0, self.height]))
        line = self.outline()
        rows = np.linspace(0, 1, 9)
        border = [lift(offset(line, self.bulge * (1 - (2 * t - 1) ** 2)), t * self.height) for t in rows]
        return merge([upper, lower, grid(np.array(border).transpose(1, 0, 2), close_u=True)])

    def piping(self, radius: float = 0.0045, lower: bool = True) -> Mesh:
        """Return the round cord sewn into the seams."""
        heights = [self.height, 0.0] if lower else [self.height]
        return merge(tube(lift(self.outline(), z), radius, 8, closed=True) for z in heights)


def upright(mesh: Mesh, lean: float = 0.0) -> Mesh:
    """Stand a flat surface up so that its top faces the front, leaning back by degrees."""
    return rotate(mesh, "x", 90 - lean)


def pad(outline: ArrayLike, height: float, edge: float, crown: float) -> Mesh:
    """Return a soft body over a closed (n, 2) outline, from z = 0; a negative crown is a hollow seat."""
    half = height / 2
    return move(rotate(Body(np.asarray(outline, dtype=float), half, half, crown, edge).mesh(), "x", -90), z=half)


def tapered(top: Sequence[float], foot: Sequence[float], thick: float, thin: float, sides: int = 20) -> Mesh:
    """Return a round leg from its top to its foot; `thick` and `thin` are radii."""
    t = np.linspace(0, 1, 12)[:, None]
    path = np.asarray(top, dtype=float) * (1 - t) + np.asarray(foot, dtype=float) * t
    radii = thick + (thin - thick) * t[:, 0]
    return sweep(circle(1.0, sides), path, scale=radii)


def four_legs(x: float, y: float, top: float, splay: float, thick: float, thin: float) -> Mesh:
    """Return round legs from plus and minus x, y at a height, their feet `splay` further out."""
    pair = [tapered((x, s * y, top), (x + splay, s * (y + splay), 0), thick, thin) for s in (-1, 1)]
    return merge([*pair, *[mirror(one) for one in pair]])


def turned(top: Sequence[float], foot: Sequence[float], radius: float) -> Mesh:
    """Return a lathe-turned leg: swelling below its middle, slender at both ends."""
    t = np.linspace(0, 1, 40)
    path = np.asarray(top, dtype=float) * (1 - t[:, None]) + np.asarray(foot, dtype=float) * t[:, None]
    radii = radius * (0.62 + 0.38 * np.sin(np.pi * np.clip(t * 1.05, 0, 1)) ** 1.4)
    return tube(path, radii, 18, cap="flat")


def rail(path: ArrayLike, width: float, height: float, radius: float = 0.004) -> Mesh:
    """Carry a rounded board upright along a path: `width` across it, `height` upwards."""
    return sweep(rounded_rectangle(height, width, radius, 4), path, up=(0.0, 0.0, 1.0))


@dataclass(frozen=True)
class Wall:
    """A padded back bent along a floor line: `line` (n, 2) seen from above, running from its left end to its right.

    `heights` (n,) say where its top is, `thickness` its padding, `lean` how far the top stands out beyond the foot;
    `channels` vertical rolls of `channel` metres' depth are sewn into it.
    """

    line: Array
    heights: Array
    thickness: float
    lean: float = 0.0
    puff: float = 0.008
    channels: int = 0
    channel: float = 0.0

    def mesh(self, base: float) -> Mesh:
        """Skin the wall, standing on the height `base`."""
        run = arc_lengths(self.line) / arc_lengths(self.line)[-1]
        along = np.gradient(self.line, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True)
        outward = np.stack([-along[:, 1], along[:, 0]], axis=1)
        total = arc_lengths(self.line)[-1]
        ends = np.clip(np.minimum(run, 1 - run) * total / (self.thickness / 2), 0, 1)
        fade = np.maximum(np.sqrt(1 - (1 - ends) ** 2), 0.04)
        rolls = np.abs(np.sin(np.pi * self.channels * run)) ** 0.55 if self.channels else np.ones_like(run)
        section = resample(rounded_rectangle(1.0, 1.0, 0.3, 8), 72, closed=True) + 0.5
        rings = []
        for k, (x, y) in enumerate(self.line):
            tall = (self.heights[k] - base) * (0.9 + 0.1 * fade[k])
            rings.append(self._ring(section, tall, fade[k], rolls[k], base, np.array([x, y]), outward[k]))
        skin = grid(np.array(rings), close_v=True)
        return flip(merge([skin, _lid(rings[0]), flip(_lid(rings[-1]))]))

    def _ring(
        self, section: Array, tall: float, fade: float, roll: float, base: float, at: Array, outward: Array
    ) -> Array:
        corner = min(self.thickness / 2 * 0.92, tall / 2)
        unit = resample(rounded_rectangle(self.thickness, tall, corner, 10), len(section), closed=True)
        up = unit[:, 1] / tall + 0.5
        swell = np.sqrt(np.clip(1 - (2 * up - 1) ** 2, 0, 1)) * np.sign(unit[:, 0]) * self.puff
        across = (unit[:, 0] + swell) * fade
        across -= np.sign(unit[:, 0]) * self.channel * (1 - roll) * np.clip(up * 6, 0, 1)
        z = base + unit[:, 1] + tall / 2 - self.channel * 0.8 * (1 - roll) * np.clip(up * 8 - 7, 0, 1)
        reach = across + self.lean * up
        return np.column_stack([at[0] + outward[0] * reach, at[1] + outward[1] * reach, z])


def _lid(ring: Array) -> Mesh:
    middle = ring.mean(axis=0)
    return grid(np.stack([middle + (ring - middle) * s for s in (0.02, 0.5, 1.0)]), close_v=True)


def arc(width: float, depth: float, reach: float, samples: int = 90, exponent: float = 2.4) -> Array:
    """Return the back of a superellipse seen from above, `reach` degrees to either side of its rear, left to right."""
    t = np.radians(np.linspace(90 + reach, 90 - reach, samples))
    cos, sin = np.cos(t), np.sin(t)
    x, y = (np.sign(c) * np.abs(c) ** (2 / exponent) for c in (cos, sin))
    return resample(np.stack([x * width / 2, y * depth / 2], axis=1), samples)
