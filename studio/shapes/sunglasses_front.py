"""Shape the fronts of sunglasses: acetate rims in one piece, wire rims, wrapped shields, lenses, nose pads.

x runs to the wearer's left, z up, the front looks to -y; lengths in metres, the bridge over the origin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.ndimage import gaussian_filter1d

from studio.render.curves import circle, pchip, resample, rounded_rectangle, spline
from studio.render.mesh import Array, Mesh, flip, grid, merge, mirror, move, rotate, scale, signed_volume
from studio.render.primitives import revolve, sweep, tube

# Outlines of the left lens about its middle, in half widths and half heights, counter-clockwise from the temple.
LENSES = {
    "panto": (
        (1, 0.12), (0.86, 0.68), (0.4, 0.98), (-0.3, 1),
        (-0.84, 0.72), (-1, 0.1), (-0.72, -0.66), (0, -1), (0.74, -0.68),
    ),
    "square": (
        (1, 0.35), (0.985, 0.78), (0.84, 0.96), (0.3, 1), (-0.4, 0.985), (-0.86, 0.93), (-0.985, 0.7), (-0.97, 0.2),
        (-0.86, -0.5), (-0.7, -0.86), (-0.4, -0.985), (0.2, -1), (0.68, -0.95), (0.88, -0.7), (0.96, -0.2),
    ),
    "cat": (
        (1, 0.3), (1.06, 0.86), (0.72, 1), (-0.3, 0.8),
        (-0.88, 0.6), (-1, 0.0), (-0.72, -0.72), (-0.1, -1), (0.6, -0.76),
    ),
    "pilot": (
        (1, 0.26), (0.94, 0.8), (0.6, 0.98), (-0.5, 0.98),
        (-0.92, 0.74), (-0.98, 0.2), (-0.62, -0.62), (0.08, -1), (0.78, -0.66),
    ),
    "hexagon": ((1, 0.06), (0.62, 0.92), (-0.62, 0.92), (-1, 0.06), (-0.6, -0.92), (0.6, -0.92)),
    "oversize": (
        (1, 0.2), (0.9, 0.72), (0.55, 0.96), (-0.1, 1), (-0.7, 0.86), (-0.97, 0.4), (-0.93, -0.2), (-0.68, -0.76),
        (-0.1, -1), (0.5, -0.92), (0.88, -0.5),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Front:
    """The left half of a front: a lens of `width` and `height` whose middle lies `middle` from the bridge's.

    `rim` is the breadth at temple, brow, nose and chin; `bridge` the heights where the bridge begins and ends; `end`
    the x of the end piece and the heights between which it lies; `depth` how thick the front is, `curve` how far it
    bends back at the end piece.
    """

    lens: str
    width: float
    height: float
    middle: float
    rim: tuple[float, float, float, float] = (0.005, 0.006, 0.0035, 0.0045)
    bridge: tuple[float, float] = (0.002, 0.010)
    end: tuple[float, float, float] = (0.069, 0.006, 0.016)
    depth: float = 0.0046
    bevel: float = 0.0013
    curve: float = 0.007

    def outline(self, count: int = 300) -> Array:
        """Return the lens's edge (count, 2) about its middle."""
        points = np.array(LENSES[self.lens]) * [self.width / 2, self.height / 2]
        if self.lens == "hexagon":
            line = resample(points, 240, closed=True)
            line = gaussian_filter1d(line, 7.0, axis=0, mode="wrap")
        else:
            line = spline(points, 400, closed=True)
        return self._polar(line, count)

    @staticmethod
    def _polar(line: Array, count: int) -> Array:
        angle, radius = np.arctan2(line[:, 1], line[:, 0]), np.hypot(*line.T)
        order = np.argsort(angle)
        at = np.linspace(0, 2 * np.pi, count, endpoint=False)
        reach = np.interp(at, angle[order], radius[order], period=2 * np.pi)
        return np.stack([np.cos(at) * reach, np.sin(at) * reach], axis=1)

    def rim_edge(self, inner: Array) -> Array:
        """Return the rim's outer edge about the lens's middle, with half the bridge and the end piece."""
        radius = np.hypot(*inner.T)
        ways = inner / radius[:, None]
        side, brow, nose, chin = self.rim
        up = np.clip(ways[:, 1], 0, 1) ** 2
        down = np.clip(-ways[:, 1], 0, 1) ** 2
        level = np.where(ways[:, 0] > 0, side, nose)
        reach = radius + level + (brow - level) * up + (chin - level) * down
        with np.errstate(divide="ignore", invalid="ignore"):
            inward = np.where(ways[:, 0] < -0.2, -(self.middle + 0.004) / ways[:, 0], 0)
            outward = np.where(ways[:, 0] > 0.2, (self.end[0] - self.middle) / ways[:, 0], 0)
        held = (inward * ways[:, 1] > self.bridge[0]) & (inward * ways[:, 1] < self.bridge[1])
        tip = (outward * ways[:, 1] > self.end[1]) & (outward * ways[:, 1] < self.end[2])
        reach = np.where(held | tip, np.maximum(np.maximum(inward * held, outward * tip), reach), reach)
        return np.asarray(ways * gaussian_filter1d(reach, 2.6, mode="wrap")[:, None])

    def bend(self, mesh: Mesh) -> Mesh:
        """Bend a flat front back towards the temples."""
        v = mesh.vertices.copy()
        v[:, 1] += self.curve * (v[:, 0] / self.end[0]) ** 2
        return Mesh(v, mesh.faces, mesh.uvs, mesh.smooth)

    def rims(self) -> Mesh:
        """Return both acetate rims with bridge and end pieces, not bent."""
        inner = self.outline()
        outer = self.rim_edge(inner)
        breadth = np.linalg.norm(outer - inner, axis=1)
        ways = (outer - inner) / breadth[:, None]
        corner = rounded_rectangle(2 * self.bevel + 1e-5, self.depth, self.bevel, 6)
        across = np.where(
            corner[None, :, 0] < 0, corner[None, :, 0] + self.bevel, breadth[:, None] - self.bevel + corner[None, :, 0]
        )
        flat = inner[:, None] + ways[:, None] * across[..., None]
        x = np.maximum(flat[..., 0] + self.middle, 0.0)
        points = np.stack([x, np.broadcast_to(corner[:, 1], x.shape), flat[..., 1]], axis=-1)
        half = grid(points, close_u=True, close_v=True)
        half = half if signed_volume(half) > 0 else flip(half)
        return merge([half, mirror(half)])

    def lenses(self, bulge: float = 0.0022, thickness: float = 0.0018, grow: float = 0.0008) -> Mesh:
        """Return both lenses, curved and not bent."""
        line = self.outline(160)
        line = line * (1 + grow / np.hypot(*line.T))[:, None]
        share = np.linspace(0.001, 1, 14)
        flat = line[:, None] * share[None, :, None]
        y = np.broadcast_to(-bulge * (1 - share**2), flat.shape[:2])
        face = np.stack([flat[..., 0] + self.middle, y, flat[..., 1]], axis=-1)
        back = face + np.array([0, thickness, 0])
        solid = grid(np.concatenate([face, back[:, ::-1]], axis=1), close_u=True)
        solid = solid if signed_volume(solid) > 0 else flip(solid)
        return merge([solid, mirror(solid)])

    def wire_rims(self, wire: float) -> Mesh:
        """Return both wire rims, not bent."""
        line = self.outline(220)
        ring = np.column_stack([line[:, 0] + self.middle, np.zeros(len(line)), line[:, 1]])
        half = tube(ring, wire, 12, closed=True)
        lug = self.end
        near = ring[np.abs(ring[:, 2] - (lug[1] + lug[2]) / 2 - 1e3 * (ring[:, 0] < self.middle)).argmin()]
        foot = [
            near,
            near + np.array([0.004, 0, 0.0004]),
            [lug[0], 0.0008, near[2] + 0.0004],
            [lug[0] + 0.0004, 0.005, near[2]],
        ]
        arm = sweep(rounded_rectangle(0.0028, 0.0014, 0.0005, 4), spline(foot, 24), up=(0, 0, 1))
        return merge([half, arm, mirror(half), mirror(arm)])

    def bridge_wires(self, wire: float, bars: Sequence[tuple[float, float]]) -> Mesh:
        """Return wires from rim to rim: a bar for each pair of the height where it springs and how far it arches."""
        line, made = self.outline(220), []
        nose = line[line[:, 0] < 0]
        for z, arch in bars:
            x = self.middle + float(nose[np.abs(nose[:, 1] - z).argmin(), 0])
            path = [
                (-x, 0, z),
                (-x * 0.55, -0.0012, z + arch * 0.8),
                (0, -0.0016, z + arch),
                (x * 0.55, -0.0012, z + arch * 0.8),
                (x, 0, z),
            ]
            made.append(tube(spline(path, 40), wire, 12))
        return merge(made)

    def pad_arms(self) -> Mesh:
        """Return the bent wires that hold nose pads."""
        foot = self._pad_place()
        rim = foot + np.array([0.0036, -0.005, 0.003])
        bow = [rim, rim + np.array([0.0012, 0.0042, 0.0012]), foot + np.array([0.003, 0.0012, 0.001])]
        arm = tube(spline([*bow, foot + np.array([0.0006, 0, 0])], 24), 0.0005, 8)
        return merge([arm, mirror(arm)])

    def pads(self) -> Mesh:
        """Return two nose pads on their arms' ends."""
        ball = revolve(np.column_stack([np.sin(t := np.linspace(np.pi, 0, 20)), np.cos(t)]), 32)
        pad = rotate(rotate(scale(ball, 0.0014, 0.0034, 0.0066), "z", 32), "y", -16)
        pad = move(pad, *self._pad_place())
        return merge([pad, mirror(pad)])

    def _pad_place(self) -> Array:
        line = self.outline(220)
        nose = line[line[:, 0] < 0]
        z = -0.12 * self.height
        x = self.middle + float(nose[np.abs(nose[:, 1] - z).argmin(), 0])
        return np.array([x - 0.0034, 0.0066, z])

    def moulded_pads(self) -> Mesh:
        """Return the swellings of an acetate front that rest on the nose."""
        ball = revolve(np.column_stack([np.sin(t := np.linspace(np.pi, 0, 20)), np.cos(t)]), 32)
        pad = rotate(rotate(scale(ball, 0.0021, 0.0046, 0.0075), "z", 34), "y", -14)
        x, _, z = self._pad_place()
        pad = move(pad, x + 0.0024, 0.0048, z - 0.001)
        return merge([pad, mirror(pad)])


@dataclass(frozen=True)
class Shield:
    """A one-piece lens that wraps round the face below a brow bar."""

    half: float = 0.068
    height: float = 0.046
    wrap: float = 0.034
    notch: float = 0.022

    def place(self, x: ArrayLike, z: ArrayLike) -> Array:
        """Return points at x and z on the wrapped face."""
        x, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float))
        y = self.wrap * np.abs(x / self.half) ** 2.3 + 1.6 * z**2
        return np.stack([x, y, z], axis=-1)

    def edges(self, x: Array) -> tuple[Array, Array]:
        """Return the lens's lower and upper edge at x."""
        u = np.abs(x / self.half)
        nose = self.notch * np.exp(-((np.abs(x) / 0.0115) ** 2.4))
        low = -self.height * 0.56 + nose + self.height * 0.86 * np.clip((u - 0.3) / 0.7, 0, 1) ** 3
        high = self.height * 0.44 - 0.004 * u**2 + 0.0012 * (1 - np.exp(-((x / 0.012) ** 2)))
        return low, high

    def lens(self, thickness: float = 0.0018) -> Mesh:
        """Return the lens as a solid sheet."""
        x = np.linspace(-1, 1, 161) * self.half * 0.985
        low, high = self.edges(x)
        z = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, 30)
        face = self.place(np.broadcast_to(x[:, None], z.shape), z)
        back = face + np.array([0, thickness, 0])
        solid = grid(np.concatenate([face, back[:, ::-1]], axis=1), close_v=True)
        return solid if signed_volume(solid) > 0 else flip(solid)

    def brow(self, tall: float = 0.0085) -> Mesh:
        """Return the bar along the lens's upper edge, taller towards the temples."""
        x = np.sin(np.linspace(-1, 1, 121) * np.pi / 2) * self.half
        path = self.place(x, self.edges(x)[1] - 0.001) + np.array([0, 0.0004, 0])
        swell = np.column_stack([tall * (0.72 + 0.55 * np.abs(x / self.half) ** 3), np.full(len(x), 0.0058)])
        return sweep(rounded_rectangle(1.0, 1.0, 0.34, 6), path, up=(0, 0, 1), scale=swell, cap="round")

    def nose(self) -> Mesh:
        """Return the soft saddle under the notch."""
        t = np.linspace(-1, 1, 41) * 0.0135
        path = self.place(t, self.edges(t)[0] + 0.0004) + np.array([0, 0.0028, 0])
        grow = np.column_stack([0.0034 + 0.001 * np.abs(t / 0.0135), 0.0075 + 0.002 * np.abs(t / 0.0135)])
        return sweep(circle(0.5, 20), path, up=(0, 0, 1), scale=grow, cap="round")

    def rim(self, radius: float = 0.0014) -> Mesh:
        """Return a thin frame along the lens's lower edge."""
        x = np.linspace(-1, 1, 200) * self.half * 0.985
        return tube(pchip(self.place(x, self.edges(x)[0]), 200), radius, 10)
