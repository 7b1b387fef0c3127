"""Turn a snapshot into surfaces: the place, the things, the product where it stands, and the camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from studio.render.camera import Camera
from studio.render.mesh import Array, Mesh, rotation
from studio.render.part import Finish, Part
from studio.scenes.placing import Placed, place
from studio.scenes.setting import Placement, Setting, Shot
from studio.views import framing, places, things
from studio.views.drape import drape
from studio.views.snapshot import Snapshot, Thing

NOWHERE = Shot((0.0, -1.0, 0.0), (0.0, 0.0, 0.0))


@dataclass(frozen=True)
class Model:
    """A snapshot's surfaces."""

    snapshot: Snapshot

    @cached_property
    def product(self) -> Placed:
        """Return the product where it stands."""
        s = self.snapshot
        spot = Placement(s.product_id, s.at, "", s.turn, s.lean, s.tilt, s.pair)
        return place(spot, Setting([], {}, s.light, NOWHERE))

    @cached_property
    def points(self) -> Array:
        """Return the outermost points (n, 3) of the product: all that its extent needs."""
        return hull(self.product.points)

    @cached_property
    def outline(self) -> Placed:
        """Return the product as something that can collide."""
        return outline(self.product.placement, self.points)

    @cached_property
    def camera(self) -> Camera:
        """Return the camera."""
        return framing.camera(self.points, self.snapshot.aim)

    def surroundings(self) -> list[Part]:
        """Return all that is not the product."""
        s = self.snapshot
        parts = places.build(s.ground, s.options, s.light)
        for thing in s.things:
            parts += things.build(thing)
        return parts + (self.covering(s.cover) if s.cover else [])

    def covering(self, cover: Thing) -> list[Part]:
        """Return the parts of what hides part of the product."""
        return drape(self.product.points, cover) if cover.kind == "drape" else things.build(cover)

    @cached_property
    def silhouette(self) -> NDArray[np.bool_]:
        """Return where the product is seen, hidden or not: a small picture (rows, columns)."""
        turned = self.product
        meshes = [replace(p.mesh, vertices=p.mesh.vertices @ turned.turn.T + turned.place) for p in turned.parts]
        return framing.silhouette(meshes, self.snapshot.aim, self.camera)

    def hidden(self, front: Sequence[Part]) -> float:
        """Return the share of the product's silhouette that parts hide, were they all in front."""
        seen = framing.silhouette([part.mesh for part in front], self.snapshot.aim, self.camera)
        return float((self.silhouette & seen).sum() / max(self.silhouette.sum(), 1))


def standing(thing: Thing) -> Placed:
    """Return a thing as something that can collide."""
    spot = Placement(thing.kind, thing.at)
    return outline(spot, _thing_hull(replace(thing, at=things.FOOT, turn=0.0)) @ rotation("z", thing.turn).T + thing.at)


@lru_cache(maxsize=256)
def _thing_hull(thing: Thing) -> Array:
    return hull(np.concatenate([part.mesh.vertices for part in things.build(thing)]))


def outline(spot: Placement, points: Array) -> Placed:
    """Return points (n, 3) as a body without faces."""
    mesh = Mesh(points, np.empty((0, 4), dtype=np.int64), np.empty((0, 4, 2)))
    return Placed(spot, [Part(mesh, Finish("matte", "white"))], np.eye(3), np.zeros(3))


def hull(points: Array) -> Array:
    """Return the corners (n, 3) of the hull of points."""
    return np.asarray(points[ConvexHull(points).vertices])


def footprint(points: Array) -> tuple[float, float]:
    """Return the (width, depth) about the origin that points (n, 3) need on the ground."""
    reach = np.abs(points[:, :2]).max(axis=0) * 2
    return float(reach[0]), float(reach[1])
