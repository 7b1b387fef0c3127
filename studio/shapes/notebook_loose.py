"""Build notebooks without a hard back: wire-bound ones standing, stitched sets lying fanned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle
from studio.render.mesh import Mesh, merge, move, rotate
from studio.render.part import Finish, Part, finish_of
from studio.render.primitives import extrude, tube
from studio.shapes import soft
from studio.shapes.notebook_bound import block, label, leaf, loop, stand

Skin = Mapping[str, Finish]
Stored = Mapping[str, Any]


def wire(shape: Stored, skin: Skin, finish: Stored) -> list[Part]:
    """Build a standing wire-bound notebook; `top` binds it along the upper edge, `tabs` names their colours."""
    w, h, t = shape.get("width", 0.15), shape.get("height", 0.21), shape.get("thick", 0.012)
    if shape.get("top"):
        w, h = h, w
    c, corner = 0.0012, shape.get("corner", 0.009)
    boards = [leaf(w, h, c, corner, 0.0003), move(leaf(w, h, c, corner, 0.0003), z=t - c)]
    parts = [
        Part(boards[1], skin["cover"]),
        Part(boards[0], skin["spine"]),
        Part(block(w - 0.004, h - 0.006, c, t - 2 * c, corner * 0.8), skin["pages"]),
        Part(_rings(w, h, t, shape.get("pitch", 0.0125)), skin["wire"]),
        Part(_holes(w, h, t, shape.get("pitch", 0.0125)), skin["ink"]),
    ]
    count = len(shape.get("tabs", ()))
    for k, colour in enumerate(shape.get("tabs", ())):
        tab = extrude(np.array(_tab(h / count - 0.006)), 0.0008)
        z = c + (t - 2 * c) * (count - k - 0.5) / count
        parts.append(
            Part(move(tab, w / 2 - 0.004, h / 2 - 0.004 - (k + 0.5) * (h - 0.008) / count, z), Finish("matte", colour))
        )
    if shape.get("band"):
        parts.append(Part(loop(w / 2 - 0.014, h, 0, t, 0.006), skin["band"]))
    turned = [Part(rotate(p.mesh, "z", -90), p.finish) for p in parts] if shape.get("top") else parts
    if "label" in shape:
        turned += label(shape, t, skin)
    return stand(turned, shape.get("lean", 0.0))


def _tab(long: float) -> list[tuple[float, float]]:
    a, b = 0.013, long / 2
    return [(0, -b), (a - 0.004, -b), (a, -b + 0.005), (a, b - 0.005), (a - 0.004, b), (0, b)]


def _places(h: float, pitch: float) -> np.ndarray[Any, Any]:
    count = int((h - 0.016) / pitch)
    return (np.arange(count) - (count - 1) / 2) * pitch


def _rings(w: float, h: float, t: float, pitch: float) -> Mesh:
    """Return twin wire loops through the left edge of a lying book."""
    a = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x = -w / 2 + 0.001 + 0.0062 * np.cos(a) * np.where(np.cos(a) > 0, 0.75, 1.0)
    ring = np.column_stack([x, np.zeros(40), t / 2 + (t / 2 + 0.0022) * np.sin(a)])
    return merge(
        tube(ring + [0, y + s, 0], 0.0007, 8, closed=True) for y in _places(h, pitch) for s in (-0.0016, 0.0016)
    )


def _holes(w: float, h: float, t: float, pitch: float) -> Mesh:
    """Return the dark holes of the wire, as thin plates on the cover."""
    hole = extrude(circle(0.0026, 24), 0.0003)
    return merge(move(hole, -w / 2 + 0.0055, y, t - 0.0001) for y in _places(h, pitch))


def stitched(shape: Stored, skin: Skin, finish: Stored) -> list[Part]:
    """Build a fanned set of thin stitched notebooks; the covers' finishes are slots `cover`, `cover2`, `cover3`."""
    w, h, t = shape.get("width", 0.13), shape.get("height", 0.19), shape.get("thick", 0.0055)
    count, parts = shape.get("count", 3), []
    for k in range(count):
        slot = "cover" if k == 0 else f"cover{k + 1}"
        own = finish_of(finish, slot, surface=skin["cover"].surface, colour=skin["cover"].colour)
        pieces = [
            (merge([leaf(w, h, 0.0007, 0.011, 0.0002), move(leaf(w, h, 0.0007, 0.011, 0.0002), z=t - 0.0007)]), own),
            (_fold(w, h, t), own),
            (move(block(w - 0.003, h - 0.003, 0.0006, t - 0.0012, 0.01), x=-0.001), skin["pages"]),
            (_thread(w, h, t), skin["ribbon"]),
            *[(p.mesh, p.finish) for p in label(shape, t, skin)],
        ]
        level, turn = (count - 1 - k) * (t + 0.0006), shape.get("fan", 17.0) * (k - (count - 1) / 2)
        shift = np.array([0.034, 0.006]) * k
        parts += [Part(rotate(move(m, *shift, level), "z", -turn, (0, -h / 2, 0)), f) for m, f in pieces]
    return parts


def _fold(w: float, h: float, t: float) -> Mesh:
    a = np.linspace(-np.pi / 2, np.pi / 2, 16)
    outline = np.column_stack([-w / 2 + 0.0006 - 0.0016 * np.cos(a), t / 2 + t / 2 * np.sin(a)])[::-1]
    return move(rotate(extrude(outline, h), "x", 90), y=h / 2)


def _thread(w: float, h: float, t: float) -> Mesh:
    line = np.column_stack(
        [np.full(40, -w / 2 + 0.0048), np.linspace(-h / 2 + 0.008, h / 2 - 0.008, 40), np.full(40, t)]
    )
    return soft.stitches(line, 0.005, 0.0022, 0.00055)
