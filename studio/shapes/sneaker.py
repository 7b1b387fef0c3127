"""Build sneakers: court shoes, runners, trainers, slip-ons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from studio.render.curves import circle
from studio.render.mesh import Mesh, merge, move
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import tube
from studio.shapes import laces, shoe, sneaker_trim, soft

VIEW = View(azimuth=20, elevation=18)

LOW = (
    (0.006, 0.274, 0.0420, 0.000, 0.000, 0.000, 0.0),
    (0.000, 0.279, 0.0445, 0.020, 0.015, 0.014, 0.0),
    (0.001, 0.262, 0.0412, 0.043, 0.033, 0.032, 0.1),
    (0.004, 0.210, 0.0345, 0.058, 0.047, 0.054, 0.45),
    (0.005, 0.160, 0.0310, 0.068, 0.051, 0.079, 0.75),
    (0.011, 0.128, 0.0290, 0.078, 0.052, 0.096, 1.0),
)
SOCK = (*LOW[:4], (0.005, 0.165, 0.0320, 0.072, 0.058, 0.082, 0.75), (0.012, 0.122, 0.0280, 0.094, 0.078, 0.112, 1.0))
HIGH = (
    *LOW[:3],
    (0.003, 0.208, 0.0345, 0.064, 0.055, 0.058, 0.4),
    (0.005, 0.155, 0.0318, 0.088, 0.080, 0.094, 0.8),
    (0.008, 0.124, 0.0325, 0.110, 0.106, 0.122, 1.0),
    (0.006, 0.117, 0.0335, 0.136, 0.130, 0.142, 1.0),
)
LASTS = {"low": LOW, "sock": SOCK, "high": HIGH}

SOLES: dict[str, list[tuple[float, float]]] = {
    "cup": [(-0.001, 0.0), (0.003, 0.06), (0.0042, 0.2), (0.0042, 0.9), (0.0052, 1.1), (0.0042, 1.22), (0.001, 1.24)],
    "runner": [
        (-0.004, 0.0),
        (0.001, 0.05),
        (0.004, 0.25),
        (0.0085, 0.5),
        (0.0075, 0.8),
        (0.0045, 1.05),
        (0.001, 1.15),
    ],
    "flat": [(-0.001, 0.0), (0.0025, 0.05), (0.003, 0.3), (0.003, 1.0), (0.0026, 1.16), (0.001, 1.2)],
    "chunky": [
        (-0.002, 0.0),
        (0.005, 0.04),
        (0.0115, 0.2),
        (0.0075, 0.4),
        (0.0125, 0.6),
        (0.0085, 0.82),
        (0.0045, 1.06),
        (0.001, 1.14),
    ],
    "trail": [(-0.002, 0.0), (0.0035, 0.06), (0.0062, 0.3), (0.0055, 0.6), (0.0045, 1.0), (0.001, 1.12)],
}


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots of the upper, what is laid over it, its lining, laces and soles."""
    upper = finish_of(finish, "upper", surface="smooth leather", colour="white")
    own = {"surface": upper.surface, "colour": upper.colour}
    overlay = finish_of(finish, "overlay", **own)
    lining = finish_of(finish, "lining", surface="cotton", colour="chalk")
    rubber = finish_of(finish, "sole", surface="rubber", colour="chalk")
    return {
        "upper": upper,
        "overlay": overlay,
        "accent": finish_of(finish, "accent", surface=overlay.surface, colour=overlay.colour),
        "tongue": finish_of(finish, "tongue", **own),
        "lining": lining,
        "collar": finish_of(finish, "collar", surface=lining.surface, colour=lining.colour),
        "sole": rubber,
        "outsole": finish_of(finish, "outsole", surface="rubber", colour=rubber.colour),
        "stripe": finish_of(finish, "stripe", surface="rubber", colour=overlay.colour),
        "lace": finish_of(finish, "lace", surface="cotton", colour="chalk"),
        "thread": finish_of(finish, "thread", surface="cotton", colour=overlay.colour),
        "hole": finish_of(finish, "hole", surface="matte", colour="grey"),
        "eyelet": finish_of(finish, "eyelet", surface="metal", colour="steel"),
    }


def tongue(last: shoe.Last, reach: float = 0.025, width: float = 0.046) -> Mesh:
    """Return the tongue: it leaves the throat below the eyestay and stands out of the opening."""
    inner, edge = last.at([0.0, 0.0], [0.9, 0.99])
    way = (edge - inner) / np.linalg.norm(edge - inner)
    rows = []
    for k in np.linspace(-0.6, 1, 26):
        rise = np.clip(k, 0, 1)
        middle = edge + way * reach * k + np.array([-0.003, 0, 0.004]) * rise**2 - [0, 0, 0.0032 * (1 - rise)]
        half = width / 2 * (0.8 + 0.2 * np.clip(k + 0.6, 0, 1)) * (1 - 0.2 * np.clip((k - 0.7) / 0.3, 0, 1) ** 2)
        y = np.linspace(-1, 1, 25)
        drop = (0.011 - 0.003 * rise) * np.abs(y) ** 2
        rows.append(np.column_stack([middle[0] - drop * 0.5, y * half, middle[2] - drop]))
    return soft.slab(np.array(rows)[::-1], 0.005)


def mudguard(last: shoe.Last, toe: float, waist: float, heel: float) -> Mesh:
    """Return a low overlay all round: its t at the toe, the waist and the heel."""
    s = np.linspace(0, 1, 160)
    c = np.cos(2 * np.pi * s)
    high = waist + (toe - waist) * np.clip(c, 0, 1) ** 1.5 + (heel - waist) * np.clip(-c, 0, 1) ** 2
    return last.patch(s, 0.0, high)


def toe_cap(last: shoe.Last, reach: float = 0.17, high: float = 0.34) -> Mesh:
    """Return a cap over the toe within s = +-reach."""
    s = np.linspace(-reach, reach, 60)
    return last.patch(s, 0.0, high * np.sqrt(np.clip(1 - (s / reach) ** 2, 0.004, 1)) ** 0.7)


def heel_counter(last: shoe.Last, reach: float = 0.13, high: float = 0.86, low: float = 0.35) -> Mesh:
    """Return an overlay round the heel, tall at the back and falling off to both sides."""
    s = 0.5 + np.linspace(-reach, reach, 60)
    fall = np.abs((s - 0.5) / reach)
    return last.patch(s, 0.0, low + (high - low) * (1 - fall**2.2), 0.002)


def heel_tab(last: shoe.Last, reach: float = 0.05, low: float = 0.62) -> Mesh:
    """Return a tab at the top of the heel."""
    return last.patch(0.5 + np.linspace(-reach, reach, 40), low, 0.985, 0.0018)


def perforations(last: shoe.Last, side: float) -> Mesh:
    """Return rows of punched holes, as dark dots, on the vamp's side."""
    spots = [(0.196 + 0.007 * i + 0.0028 * (j % 2), 0.012 + 0.0065 * j) for i in range(5) for j in range(3)]
    at = np.array([(x, z + float(last.base(x)) + 0.012 - 0.1 * (x - 0.196)) for x, z in spots])
    points = last.on_side(at, side, 0.0001)
    ahead = last.on_side(at + [0.002, 0], side, 0.0001) - points
    above = last.on_side(at + [0, 0.002], side, 0.0001) - points
    dot = merge([tube(np.column_stack([circle(0.0004, 10), np.zeros(10)]), 0.0006, 6, closed=True)])
    return merge([laces.place(dot, p, np.cross(a, b) * -side) for p, a, b in zip(points, ahead, above, strict=True)])


def raised(last: shoe.Last, line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Turn heights above the sole into z."""
    return [(x, z + float(last.base(x))) for x, z in line]


def saddle(last: shoe.Last, side: float) -> Mesh:
    """Return a panel that rises from the waist to the eyestay."""
    low = raised(last, [(0.112, 0.0025), (0.118, 0.025), (0.13, 0.053)])
    high = raised(last, [(0.166, 0.0025), (0.161, 0.025), (0.159, 0.05)])
    return shoe.side_panel(last, low, high, side)


def lens(last: shoe.Last, side: float) -> Mesh:
    """Return a leaf-shaped patch on the waist."""
    low = raised(last, [(0.098, 0.024), (0.128, 0.014), (0.158, 0.022)])
    high = raised(last, [(0.098, 0.0255), (0.128, 0.038), (0.158, 0.0235)])
    return shoe.side_panel(last, low, high, side)


def bottom(last: shoe.Last, shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Return midsole, outsole and what runs round them."""
    kind = shape.get("sole", "cup")
    parts = [Part(shoe.sole(last, SOLES[kind]), skin["sole"])]
    tread = [
        (-0.002, 0.0),
        (0.0022, 0.02),
        (SOLES[kind][2][0] + 0.0008, 0.1),
        (SOLES[kind][2][0] + 0.0006, 0.2),
        (0.0, 0.21),
    ]
    parts.append(Part(move(shoe.sole(last, tread), z=-0.0002), skin["outsole"]))
    if kind in ("cup", "flat"):
        line = last.sole_ring(SOLES[kind][3][0] + 0.0012, 1.0)
        parts.append(Part(soft.stitches(np.concatenate([line, line[:1]]), 0.0032, 0.0018, 0.00042), skin["sole"]))
    if shape.get("stripe"):
        flat = SOLES[kind][3][0]
        parts.append(Part(merge([shoe.welt(last, flat - 0.0006, h, 0.0014) for h in shape["stripe"]]), skin["stripe"]))
    return parts


def strapped(last: shoe.Last, at: Sequence[float], skin: Mapping[str, Finish]) -> list[Part]:
    """Return eyestay, tongue, and straps across them at each t."""
    stay, seam = laces.eyestay(last, laces.Lacing(0.64, 0.93))
    bands, stitched = sneaker_trim.straps(last, at)
    return [
        Part(stay, skin["overlay"]),
        Part(merge([seam, stitched]), skin["thread"]),
        Part(tongue(last), skin["tongue"]),
        Part(bands, skin["accent"]),
    ]


def laced(last: shoe.Last, lacing: laces.Lacing, skin: Mapping[str, Finish]) -> list[Part]:
    """Return eyestay, tongue and laces."""
    stay, seam = laces.eyestay(last, lacing)
    return [
        Part(stay, skin["overlay"]),
        Part(seam, skin["thread"]),
        Part(tongue(last), skin["tongue"]),
        Part(merge([lacing.laces(last), lacing.bow(last)]), skin["lace"]),
        Part(lacing.eyelets(last), skin["eyelet"]),
    ]


OVERLAYS: dict[str, tuple[str, Callable[[shoe.Last], Mesh]]] = {
    "mudguard": ("overlay", lambda last: mudguard(last, 0.3, 0.12, 0.2)),
    "toe cap": ("overlay", toe_cap),
    "counter": ("accent", heel_counter),
    "tab": ("accent", heel_tab),
    "saddle": ("accent", lambda last: shoe.both(saddle, last)),
    "lens": ("accent", lambda last: shoe.both(lens, last)),
    "holes": ("hole", lambda last: shoe.both(perforations, last)),
    "lattice": ("accent", lambda last: shoe.both(sneaker_trim.lattice, last)),
    "bumper": ("outsole", sneaker_trim.bumper),
    "heel clip": ("accent", sneaker_trim.heel_clip),
    "ankle band": ("accent", sneaker_trim.ankle_band),
    "cleats": ("outsole", sneaker_trim.cleats),
}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a sneaker, its middle over the origin; shape: `last`, `sole`, `lacing` or `straps`, `overlays`."""
    skin = finishes(finish)
    last = shoe.Last(LASTS[shape["last"]], shape.get("heel", 0.023), shape.get("ball", 0.017), 0.012)
    parts = [
        Part(last.upper(), skin["upper"]),
        Part(last.inside(), skin["lining"]),
        Part(
            last.collar(shape.get("collar", 0.0045), 0.1 if {"lacing", "straps"} & set(shape) else 0.0), skin["collar"]
        ),
        *bottom(last, shape, skin),
    ]
    if "lacing" in shape:
        parts += laced(last, laces.Lacing(**shape["lacing"]), skin)
    if "straps" in shape:
        parts += strapped(last, shape["straps"], skin)
    for name in shape.get("overlays", []):
        slot, make = OVERLAYS[name]
        parts.append(Part(make(last), skin[slot]))
    return [Part(move(p.mesh, x=-0.14), p.finish) for p in parts]
