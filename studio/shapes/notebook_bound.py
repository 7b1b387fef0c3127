"""Build bound notebooks: hardcovers with band and ribbon, tied leather journals, open planners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, resample, rounded_rectangle, spline
from studio.render.mesh import Mesh, grid, merge, mirror, move, rotate
from studio.render.part import Finish, Part
from studio.render.primitives import extrude, revolve, sweep, tube
from studio.shapes import soft
from studio.shapes.joinery import grained

Skin = Mapping[str, Finish]
Stored = Mapping[str, Any]


def leaf(width: float, height: float, thick: float, corner: float, bevel: float = 0.0006) -> Mesh:
    """Return a board lying on z = 0, round at its right corners, square at the spine (-x)."""
    w, h = width / 2, height / 2
    outline = fillet([(-w, -h), (w, -h), (w, h), (-w, h)], [0.001, corner, corner, 0.001], 8, closed=True)
    return grained(extrude(outline, thick, min(bevel, thick * 0.4), 4), 1)


def block(width: float, height: float, low: float, thick: float, corner: float) -> Mesh:
    """Return the pages from a height up; UVs let stripes run along their edges."""
    w, h = width / 2, height / 2
    outline = fillet([(-w, -h), (w, -h), (w, h), (-w, h)], [0.0005, corner, corner, 0.0005], 6, closed=True)
    return grained(move(extrude(outline, thick), z=low), 0)


def stand(parts: list[Part], lean: float = 0.0) -> list[Part]:
    """Stand lying parts up on their lower edge, the cover to the front, leaning back by degrees."""
    upright = [Part(rotate(p.mesh, "x", 90 - lean), p.finish, p.thickness, p.bevel) for p in parts]
    low = min(float(p.mesh.vertices[:, 2].min()) for p in upright)
    return [Part(move(p.mesh, z=-low), p.finish, p.thickness, p.bevel) for p in upright]


def loop(x: float, height: float, low: float, high: float, width: float) -> Mesh:
    """Return a flat band round a lying book at x, from its upper edge round to its lower."""
    flat = resample(rounded_rectangle(height + 0.0012, high - low + 0.0012, 0.0012, 6), 160, closed=True)
    path = np.column_stack([np.full(len(flat), x), flat[:, 0], flat[:, 1] + (low + high) / 2])
    return sweep(rounded_rectangle(width, 0.0011, 0.0005, 4), path, closed=True, up=(1.0, 0.0, 0.0))


def hard(shape: Stored, skin: Skin, finish: Stored) -> list[Part]:
    """Build a standing hardcover; `band`, `ribbon`, `quarter` (width of a cloth spine), `label` (width, height, y)."""
    w, h, t, c = shape.get("width", 0.14), shape.get("height", 0.21), shape.get("thick", 0.018), 0.0024
    corner = shape.get("corner", 0.008)
    boards = merge([leaf(w, h, c, corner), move(leaf(w, h, c, corner), z=t - c)])
    parts = [Part(boards, skin["cover"]), Part(_spine(w, h, t), skin["spine"])]
    parts.append(Part(move(block(w - 0.008, h - 0.008, c, t - 2 * c, corner * 0.7), x=-0.002), skin["pages"]))
    if shape.get("quarter"):
        strip = leaf(shape["quarter"], h + 0.0004, 0.0004, 0.0006, 0.0001)
        x = (shape["quarter"] - w) / 2
        parts.append(Part(merge([move(strip, x, z=t - 0.0001), move(strip, x, z=-0.0003)]), skin["spine"]))
    if shape.get("band", True):
        parts.append(Part(loop(w / 2 - 0.017, h, 0, t, 0.0065), skin["band"]))
    parts += label(shape, t, skin)
    parts = stand(parts)
    if shape.get("ribbon", True):
        path = spline([(0.018, -t / 2, 0.0006), (0.019, -t - 0.01, 0.0007), (0.026, -t - 0.032, 0.0007)], 40)
        parts.append(Part(soft.ribbon(path, np.tile([1.0, 0.2, 0], (40, 1)), 0.005, 0.0006), skin["ribbon"]))
    return parts


def label(shape: Stored, z: float, skin: Skin) -> list[Part]:
    """Return a paper label with ruled lines on a lying cover whose top is z; nothing where none is wanted."""
    if "label" not in shape:
        return []
    w, h, y = shape["label"]
    paper = extrude(rounded_rectangle(w, h, min(w, h) * shape.get("label_round", 0.08), 8), 0.0005)
    frame = [extrude(rounded_rectangle(w * 0.66, 0.0008, 0.0002, 3), 0.0003) for _ in range(3)]
    lines = [move(m, y=y + (k - 1) * h * 0.2, z=z + 0.0004) for k, m in enumerate(frame)]
    return [Part(move(paper, y=y, z=z - 0.0001), skin["label"]), Part(merge(lines), skin["ink"])]


def _spine(w: float, h: float, t: float) -> Mesh:
    a = np.linspace(-np.pi / 2, np.pi / 2, 24)
    outer = np.column_stack([-w / 2 + 0.001 - 0.0045 * np.cos(a), t / 2 + t / 2 * np.sin(a)])
    inner = np.column_stack([-w / 2 + 0.003 - 0.0035 * np.cos(a), t / 2 + (t / 2 - 0.0015) * np.sin(a)])
    solid = extrude(np.concatenate([outer[::-1], inner]), h)
    return move(rotate(solid, "x", 90), y=h / 2)


def journal(shape: Stored, skin: Skin, finish: Stored) -> list[Part]:
    """Build a lying leather journal: a soft cover wrapped round the pages, tied with a cord and a button."""
    w, h, t = shape.get("width", 0.135), shape.get("height", 0.19), shape.get("thick", 0.026)
    left, right = -w / 2 - 0.005, w / 2 + 0.005
    corners = [(right, 0.0011), (left, 0.0011), (left, t), (right, t - 0.001)]
    section = resample(fillet(corners, [0, 0.008, 0.008, 0], 12), 140)
    y = np.linspace(-h / 2, h / 2, 40)
    share = np.clip(section[None, :, 0] / w + 0.5, 0, 1) ** 3
    # Under a flap the fore-edge lies flat, or it would show through.
    wave = (
        (0.0 if shape.get("flap") else 1.0)
        * np.sin(y * 61)[:, None]
        * share
        * np.where(section[None, :, 1] > t / 2, 1.0, 0.2)
    )
    x = section[None, :, 0] + 0.0016 * wave
    z = section[None, :, 1] + 0.001 * np.abs(wave)
    points = np.stack([x, np.broadcast_to(y[:, None], x.shape), z], axis=-1)
    cover = soft.slab(points.transpose(1, 0, 2)[::-1], 0.002)
    parts = [Part(cover, skin["cover"])]
    sheets = [
        move(
            block(
                w - 0.004 + 0.0016 * np.sin(5 * k),
                h - 0.01 + 0.0012 * np.cos(3 * k),
                0.0025 + k * (t - 0.005) / 6,
                (t - 0.005) / 6,
                0.002,
            ),
            x=-0.001,
        )
        for k in range(6)
    ]
    parts.append(Part(merge(sheets), skin["pages"]))
    if shape.get("flap"):
        parts += _flap(w, h, t, skin)
    parts += _cord(w, t, shape.get("turns", 2), bool(shape.get("flap")), skin)
    seam = [
        soft.stitches(
            np.column_stack(
                [np.full(40, -w / 2 + 0.006), np.linspace(-h / 2 + 0.006, h / 2 - 0.006, 40), np.full(40, t + 0.0014)]
            ),
            0.0045,
            0.002,
            0.0005,
        )
    ]
    parts.append(Part(merge(seam), skin["ribbon"]))
    return [Part(move(p.mesh, z=0.0023), p.finish) for p in parts]


def _flap(w: float, h: float, t: float, skin: Skin) -> list[Part]:
    """Return a pointed flap that comes round the fore-edge over the cover."""
    s = np.linspace(0, 1, 50)
    way = spline(
        [
            (w / 2 + 0.002, 0.0012),
            (w / 2 + 0.009, t / 2),
            (w / 2 + 0.001, t + 0.003),
            (w / 4, t + 0.0038),
            (0.0, t + 0.0036),
        ],
        50,
    )
    half = (h / 2 - 0.002) * (1 - 0.62 * np.clip((s - 0.55) / 0.45, 0, 1) ** 1.6)
    v = np.linspace(-1, 1, 24)
    points = np.stack(
        [np.repeat(way[:, :1], 24, axis=1), half[:, None] * v, np.repeat(way[:, 1:], 24, axis=1)], axis=-1
    )
    return [Part(soft.slab(points, 0.0019), skin["spine"])]


def _cord(w: float, t: float, turns: int, flap: bool, skin: Skin) -> list[Part]:
    """Return cords round the book in its middle, a button and the cord's ends."""
    right, z = w / 2 + (0.0125 if flap else 0.0085), t + (0.0063 if flap else 0.0028)
    left, low = -w / 2 - 0.0075, -0.0008
    flat = rounded_rectangle(right - left, z - low, 0.006, 8) + [(left + right) / 2, (low + z) / 2]
    flat = resample(flat, 160, closed=True)
    slant = 0.0016 * np.sin(np.linspace(0, 2 * np.pi, len(flat)))
    places = (np.arange(turns) - (turns - 1) / 2) * 0.0062
    cords = [tube(np.column_stack([flat[:, 0], y + slant, flat[:, 1]]), 0.0015, 10, closed=True) for y in places]
    knot = np.array(
        [(0.012, 0.0, z), (0.02, -0.012, z + 0.0015), (0.014, -0.034, z - 0.001), (0.024, -0.06, z - 0.0012)]
    )
    ends = [tube(spline(path, 50), 0.0014, 10) for path in (knot, knot * [0.6, 1.12, 1] + [0.002, 0, 0])]
    button = revolve(fillet([(0.009, 0), (0.0092, 0.003), (0, 0.0042)], [0, 0.0012, 0]), 48)
    return [Part(merge(cords + ends), skin["band"]), Part(move(button, 0.013, 0, z - 0.0012), skin["wire"])]


def opened(shape: Stored, skin: Skin, finish: Stored) -> list[Part]:
    """Build a notebook that lies open: ruled pages that fall into the fold, boards below, a ribbon."""
    w, h, t = shape.get("width", 0.14), shape.get("height", 0.205), shape.get("thick", 0.011)
    x = np.concatenate([np.linspace(0.0006, 0.03, 30), np.linspace(0.033, w - 0.005, 24)])
    z = 0.0035 + t * (1 - np.exp(-x / 0.009)) * (1 - 0.13 * x / w)
    top = np.column_stack([x, z])
    solid = np.concatenate([[(0.0006, 0.0026), (w - 0.0035, 0.0026)], top[::-1]])
    pages = move(rotate(extrude(solid, h - 0.006), "x", 90), y=(h - 0.006) / 2)
    y = np.linspace(-h / 2 + 0.003, h / 2 - 0.003, 12)
    sheet = grid(
        np.stack(
            [np.repeat(x[:, None], 12, 1), np.repeat(y[None], len(x), 0), np.repeat(z[:, None] + 0.0003, 12, 1)],
            axis=-1,
        )
    )
    board = move(leaf(w + 0.006, h + 0.006, 0.0024, 0.008), x=w / 2 + 0.003)
    right = [Part(board, skin["cover"]), Part(grained(pages, 0), skin["pages"]), Part(sheet, skin["sheet"])]
    left = [Part(mirror(p.mesh), p.finish) for p in right]
    path = spline(
        [
            (0.001, h / 2 - 0.003, 0.006),
            (0.004, 0.03, 0.0085),
            (0.002, -h / 2 + 0.01, 0.008),
            (0.006, -h / 2 - 0.012, 0.0012),
            (0.016, -h / 2 - 0.04, 0.0008),
        ],
        90,
    )
    parts = [*right, *left, Part(soft.ribbon(path, np.tile([1.0, 0.15, 0.0], (90, 1)), 0.005, 0.0006), skin["ribbon"])]
    if shape.get("pen"):
        parts += _pen(w, skin)
    return [Part(rotate(p.mesh, "z", shape.get("turn", -8.0)), p.finish) for p in parts]


def _pen(w: float, skin: Skin) -> list[Part]:
    """Return a pencil laid across the right page."""
    line = [(0.0, 0.0), (0.0034, 0.014), (0.0034, 0.15), (0.0, 0.151)]
    body = revolve(np.array(line[1:]), 6, smooth=False)
    tip = revolve(np.array(line[:2]), 6, smooth=False)
    laid = [move(rotate(rotate(m, "x", 90), "z", -62), w * 0.32, 0.05, 0.0178) for m in (body, tip)]
    return [Part(laid[0], skin["band"]), Part(laid[1], skin["label"])]
