"""Build headphones: over-ear and on-ear pairs on a band, standing on their cups; earbuds in their case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import pchip, rounded_rectangle, spline
from studio.render.mesh import Array, Mesh, flip, grid, merge, mirror, move, rotate, scale
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import fan, revolve, rounded_box, sweep, torus, tube
from studio.shapes import headphones_buds, soft

VIEW = View(azimuth=34, elevation=12)


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: shell, cap, cushion, cloth, band, pad, metal, thread, cable."""
    shell = finish_of(finish, "shell", surface="powder", colour="black")
    pad = finish_of(finish, "pad", surface="leather", colour="black")
    return {
        "shell": shell,
        "cap": finish_of(finish, "cap", surface=shell.surface, colour=shell.colour),
        "cushion": finish_of(finish, "cushion", surface=pad.surface, colour=pad.colour),
        "cloth": finish_of(finish, "cloth", surface="cotton", colour="charcoal"),
        "band": finish_of(finish, "band", surface=shell.surface, colour=shell.colour),
        "pad": pad,
        "metal": finish_of(finish, "metal", surface="metal", colour="steel"),
        "thread": finish_of(finish, "thread", surface="cotton", colour=pad.colour),
        "cable": finish_of(finish, "cable", surface="rubber", colour="charcoal"),
    }


def arch(half: float, low: float, top: float, samples: int = 90) -> Array:
    """Return the band's path (n, 3) from the left to the right, its ends at height `low`."""
    side = [(-half, low), (-half * 1.03, low + (top - low) * 0.4), (-half * 0.78, low + (top - low) * 0.83), (0, top)]
    line = side + [(-x, z) for x, z in side[-2::-1]]
    return spline([(x, 0, z) for x, z in line], samples)


def cup(radius: float, depth: float, style: str) -> tuple[Mesh, Mesh, Mesh, Mesh]:
    """Return shell, cap, cushion and cloth of a cup about the origin: its outside faces -x, its cushion +x."""
    d = depth
    shell = pchip(
        [
            (radius * 0.62, d),
            (radius * 0.9, d * 0.93),
            (radius, d * 0.6),
            (radius * 0.98, d * 0.2),
            (radius * 0.9, 0),
            (radius * 0.4, 0),
        ],
        40,
    )
    domes = {
        "disc": [(radius * 0.66, d * 0.98), (radius * 0.66, d + 0.002), (radius * 0.6, d + 0.0032), (0, d + 0.0036)],
        "dome": [(radius * 0.7, d * 0.97), (radius * 0.6, d + 0.003), (radius * 0.3, d + 0.0055), (0, d + 0.006)],
        "dish": [(radius * 0.7, d * 0.97), (radius * 0.66, d + 0.003), (radius * 0.58, d + 0.0024), (0, d - 0.001)],
    }
    cap = revolve(pchip(domes[style], 30), 80)
    cushion = move(scale(torus(radius * 0.72, radius * 0.27, 20, 80), 1, 1, 1.35), z=-radius * 0.22)
    cloth = revolve([(radius * 0.62, -radius * 0.12), (0, -radius * 0.1)], 40)
    meshes = (revolve(shell[::-1], 80), cap, cushion, cloth)
    return tuple(rotate(m, "y", -90) for m in meshes)  # type: ignore[return-value]


def yoke(radius: float, drop: float, wire: float) -> Mesh:
    """Return a fork round the upper half of a cup about the origin, with its pivots and the stem above it."""
    a = np.linspace(np.radians(-8), np.radians(188), 50)
    reach = radius + 0.0065
    fork = np.stack([np.zeros(50), reach * np.cos(a), reach * np.sin(a)], axis=1)
    section = rounded_rectangle(wire * 1.1, wire * 2.4, wire * 0.4, 4)
    pivots = [
        tube([[0, s * (radius - 0.004), 0], [0, s * (reach + 0.003), 0]], 0.0034, 14, cap="flat") for s in (-1, 1)
    ]
    stem = move(rounded_box((wire * 1.3, 0.011, drop), wire * 0.4), 0, 0, reach + drop / 2 - 0.003)
    return merge([sweep(section, fork, up=(1, 0, 0)), *pivots, stem])


def grille(radius: float, depth: float) -> Mesh:
    """Return rings of an open-backed cup's grille, facing -x."""
    made = [move(torus(r, 0.0007, 8, 60), z=depth) for r in np.linspace(radius * 0.12, radius * 0.6, 6)]
    a = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    spokes = [
        tube([[0, 0, depth], [np.cos(t) * radius * 0.62, np.sin(t) * radius * 0.62, depth]], 0.0008, 6) for t in a
    ]
    return rotate(merge([*made, *spokes]), "y", -90)


def padded_band(path: Array, width: float, thick: float, cover: tuple[float, float], puff: float) -> Mesh:
    """Return padding round the band between two shares of its length, swelling in the middle."""
    low, high = (int(c * (len(path) - 1)) for c in cover)
    piece = path[low : high + 1]
    share = np.sin(np.linspace(0, np.pi, len(piece))) ** 0.5
    section = rounded_rectangle(thick, width, min(thick, width) * 0.46, 6)
    factors = np.column_stack([0.55 + share * (0.45 + puff), 0.94 + 0.06 * share])
    out = _outward(piece)
    points = piece[None] + (section[:, None, :1] * factors[None, :, :1]) * out[None]
    points = points + (section[:, None, 1:] * factors[None, :, 1:]) * np.array([0, 1.0, 0])
    return merge([grid(points, close_u=True), flip(fan(points[:, 0])), fan(points[:, -1])])


def _outward(path: Array) -> Array:
    along = np.gradient(path, axis=0)
    out = np.stack([-along[:, 2], np.zeros(len(path)), along[:, 0]], axis=1)
    return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True))


def band_seams(path: Array, width: float, cover: tuple[float, float], lift: float) -> Mesh:
    """Return the stitches along both edges of the band's outside."""
    low, high = (int(c * (len(path) - 1)) for c in cover)
    piece = path[low : high + 1]
    line = piece + _outward(piece) * lift
    return merge([soft.stitches(line + [0, s * (width / 2 - 0.004), 0], 0.004, 0.002, 0.0005) for s in (-1, 1)])


def cable(x: float, y: float) -> Mesh:
    """Return a cable that leaves a cup, runs over the floor and ends in a plug."""
    flat = [
        (-0.004, -0.006, 0.004),
        (0.02, -0.05, 0.0018),
        (0.09, -0.035, 0.0018),
        (0.12, -0.075, 0.0018),
        (0.06, -0.095, 0.0018),
    ]
    path = spline([(x, y, 0.012), *[(x + dx, y + dy, z) for dx, dy, z in flat]], 120)
    end = path[-1] - path[-6]
    end /= np.linalg.norm(end)
    plug = tube(np.array([path[-1], path[-1] + end * 0.018]), 0.0035, 14)
    return merge([tube(path, 0.0017, 8), move(plug, z=0.0017)])


def microphone(x: float, z: float, radius: float) -> list[tuple[Mesh, str]]:
    """Return a boom from the cup at +x forward to the mouth, and its foam tip, each with its slot."""
    start = np.array([x + 0.018, -radius * 0.55, z - radius * 0.3])
    bends = ([0, 0, 0], [0.009, -0.034, 0.0], [0.004, -0.08, 0.016], [-0.022, -0.112, 0.034])
    boom = spline(start + np.array(bends), 60)
    hub = rotate(revolve([(0.008, -0.004), (0.0085, 0.003), (0.0, 0.0045)], 32), "y", 90)
    way = boom[-1] - boom[-4]
    foam = tube(boom[-1] + np.linspace(-0.004, 0.016, 8)[:, None] * way / np.linalg.norm(way), 0.0062, 20)
    return [(tube(boom, 0.0022, 12), "band"), (move(hub, *start), "band"), (foam, "cloth")]


def arm(top: float) -> Mesh:
    """Return the plain arm that carries a cup about the origin where there is no yoke; `top` is its height."""
    path = spline([(-0.022, 0, top * 0.35), (-0.015, 0, top * 0.72), (0.003, 0, top + 0.012)], 30)
    return sweep(rounded_rectangle(0.008, 0.022, 0.0035, 5), path, up=(1, 0, 0))


def ear(shape: Mapping[str, Any]) -> list[tuple[Mesh, str]]:
    """Return a cup and what carries it, about the origin, each with its slot."""
    r, oval, depth = shape["radius"], shape.get("oval", 1.0), shape.get("depth", 0.026)
    drop = shape.get("drop", 0.03)
    made = list(zip(cup(r, depth, shape.get("cap", "disc")), ("shell", "cap", "cushion", "cloth"), strict=True))
    if shape.get("grille"):
        made.append((grille(r, depth + 0.003), "metal"))
    if shape.get("yoke", True):
        made.append((yoke(r, drop, shape.get("wire", 0.0034)), "metal"))
    stretched = [(scale(mesh, 1, 1, oval), slot) for mesh, slot in made]
    return stretched if shape.get("yoke", True) else [*stretched, (arm(r * oval + drop), "band")]


def headband(shape: Mapping[str, Any], skin: Mapping[str, Finish], path: Array) -> list[Part]:
    """Return the band along its path, padded all over, padded inside the top, or bare."""
    width, out = shape.get("band_width", 0.03), _outward(path)
    flat = np.tile([0, 1.0, 0], (len(path), 1))
    core = soft.ribbon(path + out * 0.001, flat, width * shape.get("core", 0.6), shape.get("gauge", 0.004))
    parts = [Part(core, skin["band"])]
    match shape.get("band", "padded"):
        case "padded":
            parts.append(Part(padded_band(path, width, 0.011, (0.1, 0.9), 0.3), skin["pad"]))
            parts.append(Part(band_seams(path, width, (0.1, 0.9), 0.0045), skin["thread"]))
        case "inside":
            parts.append(Part(padded_band(path + out * -0.005, width * 0.9, 0.009, (0.28, 0.72), 0.2), skin["pad"]))
    return parts


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build headphones; lengths in metres.

    Shape: `radius`, `depth`, `oval` of the cups, `cap` (disc, dome, dish), `band` (padded, inside,
    bare), `yoke`, `cable`, `mic`; or `form` "buds" for earbuds.
    """
    if shape.get("form") == "buds":
        return headphones_buds.build(shape, finish)
    skin = finishes(finish)
    r, oval, half = shape["radius"], shape.get("oval", 1.0), shape.get("half", 0.078)
    middle = r * oval + 0.001
    rim = middle + r * oval + 0.006 + shape.get("drop", 0.03)
    parts = headband(shape, skin, arch(half - 0.004, rim - 0.012, shape.get("top", 0.2)))
    for mesh, slot in ear(shape):
        leaning = rotate(mesh, "y", -shape.get("lean", 6.0))
        left = move(rotate(leaning, "z", shape.get("turn", 9.0)), -half + 0.006, 0, middle)
        parts.append(Part(merge([left, mirror(left)]), skin[slot]))
    if shape.get("cable"):
        parts.append(Part(cable(-half, -r * 0.2), skin["cable"]))
    if shape.get("mic"):
        parts += [Part(mesh, skin[slot]) for mesh, slot in microphone(half, middle, r)]
    low = min(float(p.mesh.vertices[:, 2].min()) for p in parts)
    return [Part(move(p.mesh, z=-low), p.finish) for p in parts]
