"""Build what scenes stand on and against: floors, walls, windows, lawns, and the boards and blocks they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.render.curves import superellipse
from studio.render.mesh import Mesh, merge, move, rotate
from studio.render.palettes import rgb
from studio.render.part import Finish, Part
from studio.render.primitives import extrude, rounded_box, tube
from studio.scenes.setting import Vector


def block(size: Vector, at: Vector, finish: Finish, radius: float = 0.004, turn: float = 0.0) -> Part:
    """Set down a box whose lowest face is centred on `at`; its grain runs along its longer sides."""
    box = _along_grain(rounded_box(size, radius, samples=4), size)
    return Part(move(rotate(box, "z", turn), at[0], at[1], at[2] + size[2] / 2), finish)


def _along_grain(box: Mesh, size: Vector) -> Mesh:
    """Turn the UVs of a box's faces so that wood runs along the longer side of each."""
    corners = box.vertices[box.faces]
    axes = np.abs(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])).argmax(axis=1)
    across = np.array([size[(axis + 1) % 3] > size[(axis + 2) % 3] for axis in range(3)])[axes]
    return replace(box, uvs=np.where(across[:, None, None], box.uvs[..., ::-1], box.uvs))


def disc(radius: float, thick: float, at: Vector, finish: Finish, bevel: float = 0.004) -> Part:
    """Set down a round board or a table top."""
    return Part(move(extrude(superellipse(2 * radius, 2 * radius, 2.0, 120), thick, bevel), *at), finish)


def post(at: Vector, top: float, radius: float, finish: Finish) -> Part:
    """Raise a round post from `at` to a height."""
    return Part(
        tube([[at[0], at[1], at[2]], [at[0], at[1], (at[2] + top) / 2], [at[0], at[1], top]], radius, 20, cap="flat"),
        finish,
    )


def legs(x: float, y: float, top: float, at: tuple[float, float], finish: Finish, size: float = 0.045) -> list[Part]:
    """Stand four square legs at plus and minus x, y about a middle."""
    return [block((size, size, top), (at[0] + a * x, at[1] + b * y, 0), finish) for a in (-1, 1) for b in (-1, 1)]


def laid(
    width: float,
    height: float,
    unit: tuple[float, float],
    gap: float,
    shift: float,
    finishes: Sequence[Finish],
    thick: float = 0.02,
    chamfer: float = 0.002,
) -> list[Part]:
    """Lay boards, bricks or tiles over a rectangle centred on the origin, their faces on z = 0, rows along x.

    Each row is shifted by a share of the unit; the finishes take turns without a visible rhythm.
    """  # fmt: skip
    rows, columns = int(np.ceil(height / unit[1])), int(np.ceil(width / unit[0])) + 2
    one = rotate(rounded_box((unit[1] - gap, unit[0] - gap, thick), chamfer, samples=2), "z", 90)
    heaps: list[list[Mesh]] = [[] for _ in finishes]
    for r in range(rows):
        start = -width / 2 - unit[0] * ((r * shift) % 1)
        for c in range(columns):
            x, y = start + (c + 0.5) * unit[0], -height / 2 + (r + 0.5) * unit[1]
            if abs(x) - unit[0] / 2 > width / 2:
                continue
            own = replace(one, uvs=one.uvs + [0.37 * r + 0.11 * c, 0.53 * c + 0.71 * r])
            heaps[(r * 7 + c * 5 + (r * c) % 3) % len(finishes)].append(move(own, x, y, -thick / 2))
    return [Part(merge(heap), finish) for heap, finish in zip(heaps, finishes, strict=True) if heap]


def shades(surface: str, colour: str, count: int = 3, spread: float = 0.09, **more: float) -> list[Finish]:
    """Return neighbouring tones of a colour, as boards and bricks have them."""
    tones = np.linspace(1 - spread, 1 + spread, count)
    codes = ["#" + "".join(f"{int(np.clip(c * tone, 0, 1) * 255):02x}" for c in rgb(colour)) for tone in tones]
    return [Finish(surface, code, **more) for code in codes]


def placed(parts: Sequence[Part], x: float = 0.0, y: float = 0.0, z: float = 0.0, upright: bool = False) -> list[Part]:
    """Move parts; `upright` first stands what lay on z = 0 up, facing the camera."""
    return [replace(part, mesh=move(rotate(part.mesh, "x", 90) if upright else part.mesh, x, y, z)) for part in parts]


def floor(colour: str = "oak", width: float = 7.0, depth: float = 6.0, board: float = 0.13) -> list[Part]:
    """Lay a floor of wooden boards running away to the sides, from y = -depth + 1.6 to 1.6."""
    boards = laid(
        width, depth, (1.7, board), 0.0016, 0.37, shades("wood", colour, 4, 0.1, roughness=0.42), 0.02, 0.0012
    )
    return placed(boards, y=1.6 - depth / 2)


def paving(colour: str = "stone", unit: tuple[float, float] = (0.6, 0.4), size: float = 8.0) -> list[Part]:
    """Lay stone slabs on a bed of mortar."""
    slabs = laid(size, size, unit, 0.008, 0.5, shades("concrete", colour, 4, 0.08), 0.03, 0.004)
    bed = block((size, size, 0.01), (0, 0, -0.024), Finish("concrete", "#8d877d"))
    return placed([*slabs, bed], y=2 - size / 2)


def wall(colour: str, y: float = 1.2, width: float = 8.0, height: float = 3.2, skirting: str = "") -> list[Part]:
    """Raise a plaster wall facing the camera, with a skirting board where a colour is given."""
    parts = [
        block((width, 0.1, height), (0, y + 0.05, 0), Finish("concrete", colour, bump=0.00012, scale=0.012), 0.002)
    ]
    if skirting:
        parts.append(block((width, 0.016, 0.09), (0, y - 0.008, 0), Finish("matte", skirting), 0.005))
    return parts


def bricks(colour: str = "brick", y: float = 1.2, width: float = 5.0, height: float = 2.4) -> list[Part]:
    """Raise a brick wall facing the camera."""
    rows = laid(width, height, (0.225, 0.075), 0.01, 0.5, shades("terracotta", colour, 5, 0.14), 0.03, 0.003)
    mortar = block((width, 0.05, height), (0, y + 0.035, 0), Finish("concrete", "#b9b1a5"))
    return [*placed(rows, 0, y, height / 2, upright=True), mortar]


def tiles(
    colour: str, y: float, low: float, high: float, unit: tuple[float, float] = (0.15, 0.075), shift: float = 0.5
) -> list[Part]:
    """Tile a wall between two heights."""
    rows = laid(4.0, high - low, unit, 0.003, shift, shades("ceramic", colour, 3, 0.03), 0.008, 0.0015)
    grout = block((4.0, 0.02, high - low), (0, y + 0.014, low), Finish("matte", "#d8d4cc"))
    return [*placed(rows, 0, y, (low + high) / 2, upright=True), grout]


def window_wall(x: float, panes: Sequence[tuple[float, float]], sill: float, top: float) -> list[Part]:
    """Raise a side wall that lets the sun in through panes (their y ranges) with one crossbar each."""
    white = Finish("matte", "#e9e6df")
    edges = [-6.0, *[value for pane in panes for value in pane], 3.0]
    solid = [(edges[k], edges[k + 1]) for k in range(0, len(edges), 2)]
    parts = [block((0.06, b - a, 4.0), (x, (a + b) / 2, 0), white) for a, b in solid]
    for a, b in panes:
        parts += [
            block((0.06, b - a, sill), (x, (a + b) / 2, 0), white),
            block((0.06, b - a, 4.0 - top), (x, (a + b) / 2, top), white),
            block((0.03, b - a, 0.035), (x, (a + b) / 2, sill + 0.6 * (top - sill)), white),
            block((0.03, 0.035, top - sill), (x, (a + b) / 2, sill), white),
        ]
    return parts


def grass(
    width: float, depth: float, at: tuple[float, float], bare: tuple[float, float], count: int, tall: float = 0.05
) -> list[Part]:
    """Grow a lawn of single blades on soil, denser towards the camera, around `bare` (width, depth) at the origin."""
    random = np.random.default_rng(count)
    spot = random.random((count, 2))
    spot[:, 1] **= 1.7
    foot = (spot - 0.5) * [width, depth] + at
    foot = foot[(np.abs(foot) > np.array(bare) / 2).any(axis=1)]
    way, bend = random.uniform(0, 2 * np.pi, len(foot)), random.uniform(0.2, 1.0, len(foot))
    clump = 0.75 + 0.35 * np.sin(7 * foot[:, 0] + 3 * np.sin(5 * foot[:, 1])) * np.sin(6 * foot[:, 1])
    rise = np.outer(tall * clump * random.uniform(0.5, 1.3, len(foot)), [0, 0, 1])
    lean = np.column_stack([np.cos(way), np.sin(way), 0 * way]) * (bend * rise[:, 2])[:, None]
    side = np.column_stack([-np.sin(way), np.cos(way), 0 * way]) * 0.0022
    low = np.column_stack([foot, np.zeros(len(foot))])
    middle, tip = low + rise * 0.6 + lean * 0.25, low + rise + lean
    points = np.stack([low - side, low + side, middle + side * 0.8, middle - side * 0.8, tip], axis=1)
    blades = []
    for n, colour in enumerate(("#5d7a34", "#4a692b", "#6f8a3f", "#8a9450")):
        own = points[n::4].reshape(-1, 3)
        start = np.arange(0, len(own), 5)[:, None]
        tips = np.concatenate([start + [3, 2, 4], np.full_like(start, -1)], axis=1)
        faces = np.concatenate([start + [0, 1, 2, 3], tips])
        blades.append(Part(Mesh(own, faces, np.zeros((len(faces), 4, 2))), Finish("leaf", colour, roughness=0.7)))
    return [*blades, block((width + 4, depth + 4, 0.02), (*at, -0.02), Finish("soil", "#3c4a22"))]
