"""Place a camera so that a product fills its picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.render.mesh import Array, rotation
from studio.render.part import View

FOCAL, SENSOR = 85.0, 36.0  # millimetres


@dataclass(frozen=True)
class Camera:
    """A camera's place (3,) in metres and its Euler angles (3,) in radians."""

    place: Array
    angles: Array


def frame(points: Array, view: View, margin: float = 1.14) -> Camera:
    """Return the camera of a view that holds all (n, 3) points with a margin, square picture."""
    turn = rotation("z", view.azimuth) @ rotation("x", 90 - view.elevation)
    seen = points @ turn  # camera axes: x right, y up, z towards the camera
    limit = SENSOR / 2 / FOCAL / margin
    middle = (seen.min(axis=0) + seen.max(axis=0)) / 2
    for _ in range(4):
        away = seen - middle
        distance = float((np.abs(away[:, :2]).max(axis=1) / limit + away[:, 2]).max())
        flat = away[:, :2] / (distance - away[:, 2])[:, None]
        middle[:2] += (flat.min(axis=0) + flat.max(axis=0)) / 2 * distance
    place = turn @ (middle + np.array([0.0, 0.0, distance]))
    return Camera(place, np.radians([90 - view.elevation, view.roll, view.azimuth]))
