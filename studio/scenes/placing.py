"""Put products into a setting: stand them on surfaces at real size, and tell whether any two collide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.spatial import ConvexHull

from studio import catalogue
from studio.render.mesh import Array, mirror, move, rotation
from studio.render.part import Part
from studio.scenes.setting import Placement, Setting


@dataclass(frozen=True)
class Placed:
    """A product where it stands: its parts as built, so that patterns stay in place, its turn (3, 3) and place (3,)."""

    placement: Placement
    parts: list[Part]
    turn: Array
    place: Array

    @property
    def points(self) -> Array:
        """Return all vertices (n, 3) in world metres."""
        return np.concatenate([part.mesh.vertices for part in self.parts]) @ self.turn.T + self.place


@lru_cache(maxsize=256)
def _parts(name: str) -> tuple[Part, ...]:
    return tuple(catalogue.select([name])[0].parts())


def place(placement: Placement, setting: Setting) -> Placed:
    """Stand a product up where it is wanted; its lowest point touches the surface, or has the height `at` names."""
    parts = list(_parts(placement.id))
    if placement.pair:
        parts = _pair(parts, placement.gap)
    turn = rotation("z", placement.turn) @ rotation("y", placement.tilt) @ rotation("x", -placement.lean)
    low = min(float((part.mesh.vertices @ turn[2]).min()) - part.thickness / 2 for part in parts)
    z = placement.at[2] if len(placement.at) > 2 else setting.surfaces[placement.on].z
    return Placed(placement, parts, turn, np.array([*placement.at[:2], z - low]))


def _pair(parts: list[Part], gap: float) -> list[Part]:
    """Stand a shoe, which lies along x, beside its mirror image."""
    points = np.concatenate([part.mesh.vertices for part in parts])
    half = (float(np.ptp(points[:, 1])) + gap) / 2
    middle = float(points[:, 1].min() + points[:, 1].max()) / 2
    near = [replace(part, mesh=move(part.mesh, y=-half - middle)) for part in parts]
    return near + [replace(part, mesh=move(mirror(part.mesh, "y"), x=-gap)) for part in near]


def collide(a: Placed, b: Placed, slack: float = 0.0) -> bool:
    """Tell whether two products overlap, by the hulls of their outlines seen from above and their heights."""
    p, q = a.points, b.points
    if min(p[:, 2].max(), q[:, 2].max()) <= max(p[:, 2].min(), q[:, 2].min()) + 1e-4:
        return False
    hulls = [points[ConvexHull(points[:, :2]).vertices, :2] for points in (p, q)]
    for hull in hulls:
        edges = np.roll(hull, -1, axis=0) - hull
        normals = np.stack([edges[:, 1], -edges[:, 0]], axis=1)
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
        first, second = hulls[0] @ normals.T, hulls[1] @ normals.T
        apart = np.maximum(first.min(axis=0) - second.max(axis=0), second.min(axis=0) - first.max(axis=0))
        if (apart > slack).any():
            return False
    return True
