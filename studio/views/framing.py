"""Point a phone at a product, and tell how much of it is hidden."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.spatial.transform import Rotation

from studio.render.camera import SENSOR, Camera
from studio.render.mesh import Array, Mesh, rotation
from studio.views.snapshot import Aim

LONG, SHORT = 640, 480
NEAR = 0.02


def picture_size(aim: Aim) -> tuple[int, int]:
    """Return width and height in pixels."""
    return (SHORT, LONG) if aim.upright else (LONG, SHORT)


def camera(points: Array, aim: Aim) -> Camera:
    """Return the camera that sees (n, 3) points as large and where the aim says."""
    turn = _turn(aim)
    seen = points @ turn  # camera axes: x right, y up, z towards the camera
    middle = (seen.min(axis=0) + seen.max(axis=0)) / 2
    half = np.array(picture_size(aim)) / LONG * SENSOR / 2 / aim.lens
    distance = 2 * float(np.ptp(seen, axis=0).max())
    for _ in range(12):
        away = seen - middle
        flat = away[:, :2] / np.maximum(distance - away[:, 2], NEAR)[:, None]
        low, high = flat.min(axis=0), flat.max(axis=0)
        distance *= float(((high - low) / (2 * half)).max()) / aim.fill
        distance = max(distance, float(away[:, 2].max()) + 4 * NEAR)
        middle[:2] += ((low + high) / 2 - np.array(aim.shift) * 2 * half) * distance
    place = turn @ (middle + np.array([0.0, 0.0, distance]))
    return Camera(place, Rotation.from_matrix(turn).as_euler("xyz"))


def _turn(aim: Aim) -> Array:
    """Return the (3, 3) matrix whose columns are the camera's axes."""
    return rotation("z", aim.azimuth) @ rotation("x", 90 - aim.elevation) @ rotation("z", aim.roll)


def bounds(points: Array, aim: Aim, eye: Camera | None = None) -> tuple[Array, Array]:
    """Return the low and high corner (2,) of points in the picture, in its shares from its middle, right and up."""
    seen = (points - (eye or camera(points, aim)).place) @ _turn(aim)
    half = np.array(picture_size(aim)) / LONG * SENSOR / 2 / aim.lens
    flat = seen[:, :2] / np.maximum(-seen[:, 2], NEAR)[:, None] / (2 * half)
    return flat.min(axis=0), flat.max(axis=0)


def silhouette(meshes: Sequence[Mesh], aim: Aim, eye: Camera, longer: int = 112) -> NDArray[np.bool_]:
    """Return the small picture (rows, columns) of where surfaces are seen, hidden or not."""
    width, height = (side * longer // LONG for side in picture_size(aim))
    image = Image.new("1", (width, height))
    draw = ImageDraw.Draw(image)
    for mesh in meshes:
        seen = (mesh.vertices - eye.place) @ _turn(aim)
        flat = seen[:, :2] / np.maximum(-seen[:, 2], NEAR)[:, None] * aim.lens / SENSOR * longer
        pixels = flat * [1, -1] + [width / 2, height / 2]
        ahead = -seen[:, 2] > NEAR
        draw.point(pixels[ahead].ravel().tolist(), fill=1)
        corners = np.where(mesh.faces < 0, mesh.faces[:, :1], mesh.faces)
        wide = np.ptp(pixels[corners], axis=1).max(axis=1) > 1.5  # all others are no more than their corners
        for face in corners[wide & ahead[corners].all(axis=1)]:
            draw.polygon(pixels[face].ravel().tolist(), fill=1)
    return np.asarray(image)
