"""Shape a canopy: gores of cloth stretched between ribs, hems and valances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.render.mesh import Array, Mesh, arc_lengths, flip, grid, merge
from studio.render.part import Finish, Part
from studio.render.primitives import tube


@dataclass(frozen=True)
class Canopy:
    """An open canopy, its apex at the origin, its axis upright: `depth` is the drop from apex to rim.

    `scallop` is the share of the rib's length by which the hem is hollowed between two ribs. Metres.
    """

    radius: float
    depth: float
    ribs: int
    profile: str = "dome"
    scallop: float = 0.06

    def along(self, share: Array) -> tuple[Array, Array]:
        """Return radius and height of a rib at shares 0..1 of its length."""
        s = np.asarray(share, dtype=float)
        match self.profile:
            case "dome":
                reach = np.radians(64)
                return self.radius * np.sin(reach * s) / np.sin(reach), -self.depth * (1 - np.cos(reach * s)) / (
                    1 - np.cos(reach)
                )
            case "bell":
                reach = np.radians(88)
                return self.radius * np.sin(reach * s), -self.depth * (1 - np.cos(reach * s)) / (1 - np.cos(reach))
            case "pagoda":
                return self.radius * (s**1.12), -self.depth * (0.62 * s**0.55 + 0.38 * s**3.2)
            case "cone":
                return self.radius * s, -self.depth * (0.92 * s + 0.08 * s**3)
            case _:
                raise ValueError(f"No canopy profile {self.profile!r}.")

    def angle(self, k: int) -> float:
        """Return the angle of the k-th rib; the middle of a gore lies at -x."""
        return 2 * np.pi * (k + 0.5) / self.ribs

    def rib(self, k: int, share: Array, inside: float = 0.0) -> Array:
        """Return points (n, 3) of the k-th rib, moved `inside` metres towards the handle."""
        r, z = self.along(share)
        return np.column_stack([r * np.cos(self.angle(k)), r * np.sin(self.angle(k)), z - inside])

    def gore(self, k: int, across: Array, share: Array) -> Array:
        """Return points (n, m, 3) of the gore after the k-th rib: `across` -1..1 (n,), `share` of its length (m,)."""
        t, s = np.meshgrid(across, share, indexing="ij")
        hollow = 1 - t**2
        pulled = s * (1 - self.scallop * hollow * s**3)
        r, z = self.along(pulled)
        first, second = self.angle(k), self.angle(k + 1)
        right = np.stack([r * np.cos(first), r * np.sin(first), z], axis=-1)
        left = np.stack([r * np.cos(second), r * np.sin(second), z], axis=-1)
        blend = ((t + 1) / 2)[..., None]
        # Cloth pulled tight between two curved ribs sinks in, and puckers towards the rib ends.
        sink = 1 - 2.2 / self.ribs**2 * hollow * np.sin(np.pi * np.clip(s, 0, 1)) ** 0.8
        pucker = 0.0035 * s**5 * np.sin(9 * np.abs(t) + 1.7 * k) * np.abs(t) ** 2 * hollow * self.radius / 0.5
        out = (right * (1 - blend) + left * blend) * np.stack([sink, sink, np.ones_like(sink)], axis=-1)
        out[..., 2] += pucker
        return np.asarray(out)


def _flat(points: Array) -> Mesh:
    """Skin a gore with the print as cut from flat cloth: u across it, v from the apex."""
    mesh = grid(points)
    middle = points[len(points) // 2]
    run = arc_lengths(middle[::-1])[::-1]
    steps = np.linalg.norm(np.diff(points, axis=0), axis=2)
    across = np.concatenate([np.zeros((1, points.shape[1])), np.cumsum(steps, axis=0)])
    across -= across[-1:] / 2
    flat = np.stack([across, np.broadcast_to(run, across.shape)], axis=-1).reshape(-1, 2)
    return Mesh(mesh.vertices, mesh.faces, flat[mesh.faces], mesh.smooth)


def cloth(canopy: Canopy, skin: Mapping[str, Finish], trim: float) -> list[Part]:
    """Return the gores in two parts, every other one in `other`; `trim` metres of the hem are a band of its own."""
    across, share = np.linspace(-1, 1, 25), np.linspace(1, 0.012, 70)
    cut = 1 - trim / float(arc_lengths(canopy.rib(0, np.linspace(0, 1, 40)))[-1])
    gores = [_flat(canopy.gore(k, across, share * cut)) for k in range(canopy.ribs)]
    parts = [
        Part(merge(gores[::2]), skin["cloth"], thickness=0.0008),
        Part(merge(gores[1::2]), skin["other"], thickness=0.0008),
    ]
    hems = [canopy.gore(k, np.linspace(-1, 1, 40), np.array([1.0]))[:, 0] for k in range(canopy.ribs)]
    parts.append(Part(merge([tube(hem, 0.0011, 6) for hem in hems]), skin["hem"]))
    if trim:
        bands = [_flat(canopy.gore(k, across, np.linspace(1, cut, 8))) for k in range(canopy.ribs)]
        parts.append(Part(merge(bands), skin["hem"], thickness=0.0009))
    return parts


def valance(canopy: Canopy, skin: Mapping[str, Finish], drop: float) -> list[Part]:
    """Return the strips that hang from the hem, scalloped below, in two parts as the gores."""
    t = np.linspace(-1, 1, 97)
    strips = []
    for k in range(canopy.ribs):
        hem = canopy.gore(k, t, np.array([1.0]))[:, 0]
        length = drop * (0.8 + 0.2 * np.abs(np.sin(np.pi * 1.5 * (t + 1))) ** 0.8)
        down = np.linspace(0, 1, 12)
        wave = 1 + 0.012 * np.sin(5 * np.pi * t + k)[:, None] * down
        points = hem[:, None] * np.stack([wave, wave, np.ones_like(wave)], axis=-1)
        points[..., 2] -= length[:, None] * down
        strips.append(flip(grid(points)))
    return [
        Part(merge(strips[::2]), skin["valance"], thickness=0.002),
        Part(merge(strips[1::2]), skin["valance other"], thickness=0.002),
    ]
