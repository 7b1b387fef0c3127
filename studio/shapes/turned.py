"""Share what turned things have in common: ribs on their walls, plain copies of a finish, legs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from studio.render.mesh import Mesh
from studio.render.part import Finish
from studio.render.primitives import tube


def plain(finish: Finish) -> dict[str, Any]:
    """Return a finish's surface and colour, without its pattern, as the fallback of another slot."""
    return {"surface": finish.surface, "colour": finish.colour, "roughness": finish.roughness}


def ribbed(mesh: Mesh, count: int, depth: float, low: float = -1e9, high: float = 1e9, lean: float = 0.0) -> Mesh:
    """Press `count` flutes of a depth (metres) into a turned wall between two heights; `lean` turns per metre."""
    x, y, z = mesh.vertices.T
    radius, angle = np.hypot(x, y), np.arctan2(y, x)
    inside = np.clip((z - low) / 0.012, 0, 1) * np.clip((high - z) / 0.012, 0, 1)
    wave = np.abs(np.cos(count / 2 * (angle + lean * z))) - 1
    shrink = 1 + wave * depth * inside / np.maximum(radius, depth)
    return replace(mesh, vertices=np.column_stack([x * shrink, y * shrink, z]))


def legs(count: int, foot: float, head: float, height: float, radius: float, turn: float = 45.0) -> list[Mesh]:
    """Return tapered legs from a circle of radius `foot` on the floor up to one of radius `head`."""
    out = []
    for angle in np.radians(turn) + np.linspace(0, 2 * np.pi, count, endpoint=False):
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        path = np.linspace(way * foot, way * head + [0, 0, height], 12)
        out.append(tube(path, np.linspace(0.72, 1.0, 12) * radius, 16, cap="flat"))
    return out


def pouring_lip(mesh: Mesh, angle: float, reach: float, width: float, low: float, high: float) -> Mesh:
    """Draw a turned wall out into a lip: `reach` metres at height `high`, nothing below `low`; degrees, metres."""
    x, y, z = mesh.vertices.T
    radius = np.hypot(x, y)
    away = (np.degrees(np.arctan2(y, x)) - angle + 180) % 360 - 180
    across = np.radians(away) * radius.max() / width
    rise = np.clip((z - low) / (high - low), 0, 1)
    out = 1 + reach * np.exp(-(np.abs(across) ** 1.6) * (1 + 2 * rise)) * rise**2 / np.maximum(radius, reach)
    return replace(mesh, vertices=np.column_stack([x * out, y * out, z]))
