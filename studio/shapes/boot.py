"""Build boots: chelseas, lace-ups, heeled ankle boots, rain boots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import spline
from studio.render.mesh import Array, Mesh, merge, move
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import tube
from studio.shapes import boot_trim, laces, shoe, soft
from studio.shapes.sneaker import heel_counter, raised, toe_cap

VIEW = View(azimuth=20, elevation=14)

FOOT = (
    (0.006, 0.276, 0.0410, 0.000, 0.000, 0.000, 0.0),
    (0.001, 0.280, 0.0430, 0.020, 0.015, 0.012, 0.0),
    (0.001, 0.262, 0.0400, 0.045, 0.036, 0.030, 0.1),
    (0.003, 0.206, 0.0345, 0.070, 0.060, 0.058, 0.4),
    (0.005, 0.152, 0.0325, 0.092, 0.086, 0.096, 0.8),
    (0.007, 0.121, 0.0330, 0.112, 0.110, 0.126, 1.0),
)
SHAFTS = {
    "ankle": ((0.003, 0.111, 0.0350, 0.142, 0.136, 0.148, 1.0),),
    "high": ((0.003, 0.112, 0.0350, 0.140, 0.136, 0.150, 1.0), (-0.002, 0.114, 0.0390, 0.186, 0.180, 0.186, 1.0)),
    "tall": (
        (0.004, 0.115, 0.0370, 0.150, 0.150, 0.158, 1.0),
        (-0.010, 0.122, 0.0480, 0.240, 0.240, 0.240, 1.0),
        (-0.012, 0.124, 0.0520, 0.320, 0.312, 0.316, 1.0),
    ),
    "mid": ((0.003, 0.112, 0.0350, 0.134, 0.128, 0.142, 1.0),),
    "western": (
        (0.003, 0.112, 0.0370, 0.146, 0.142, 0.152, 1.0),
        (-0.010, 0.118, 0.0470, 0.205, 0.200, 0.206, 1.0),
        (-0.014, 0.124, 0.0530, 0.272, 0.246, 0.276, 1.0),
    ),
    "knee": (
        (0.004, 0.112, 0.0365, 0.152, 0.150, 0.156, 1.0),
        (-0.012, 0.118, 0.0480, 0.245, 0.245, 0.245, 1.0),
        (-0.018, 0.126, 0.0570, 0.325, 0.325, 0.325, 1.0),
        (-0.012, 0.122, 0.0545, 0.378, 0.372, 0.386, 1.0),
    ),
    "snow": (
        (0.002, 0.114, 0.0400, 0.150, 0.146, 0.154, 1.0),
        (-0.003, 0.118, 0.0450, 0.212, 0.208, 0.212, 1.0),
    ),
}

PLATES: dict[str, list[tuple[float, float]]] = {
    "thin": [(0.0005, 0.0), (0.0035, 0.15), (0.0042, 0.5), (0.0038, 0.9), (0.001, 1.02)],
    "lug": [(0.0, 0.0), (0.005, 0.12), (0.0068, 0.5), (0.0066, 0.9), (0.0055, 1.05), (0.001, 1.08)],
    "rain": [(-0.001, 0.0), (0.003, 0.08), (0.0045, 0.4), (0.0045, 0.95), (0.0035, 1.12), (0.0, 1.16)],
}


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots of the upper, what is laid over it, its lining and fastening, and of the sole."""
    upper = finish_of(finish, "upper", surface="leather", colour="chestnut")
    own = {"surface": upper.surface, "colour": upper.colour}
    rubber = finish_of(finish, "sole", surface="rubber", colour="black")
    return {
        "upper": upper,
        "overlay": finish_of(finish, "overlay", **own),
        "accent": finish_of(finish, "accent", **own),
        "tongue": finish_of(finish, "tongue", **own),
        "elastic": finish_of(finish, "elastic", surface="knit", colour="black", scale=0.0024, bump=0.0006),
        "lining": finish_of(finish, "lining", surface="leather", colour="sand"),
        "collar": finish_of(finish, "collar", **own),
        "sole": rubber,
        "heel": finish_of(finish, "heel", surface=rubber.surface, colour=rubber.colour),
        "welt": finish_of(finish, "welt", surface="smooth leather", colour="tan"),
        "lace": finish_of(finish, "lace", surface="cotton", colour="chocolate"),
        "thread": finish_of(finish, "thread", surface="cotton", colour=upper.colour),
        "metal": finish_of(finish, "metal", surface="metal", colour="brass"),
    }


def wedge(last: shoe.Last, side: float) -> Mesh:
    """Return a chelsea's elastic from the collar down to a rounded point."""
    top = last.rings[-1][4] - 0.002
    back = raised(last, [(0.036, top), (0.042, top - 0.03), (0.05, 0.062)])
    front = raised(last, [(0.083, top), (0.077, top - 0.03), (0.066, 0.062)])
    return shoe.side_panel(last, back, front, side, 0.0008)


def wedge_seams(last: shoe.Last, side: float) -> Mesh:
    """Return the seams beside a chelsea's elastic."""
    top = last.rings[-1][4] - 0.002
    line = [
        (0.032, top),
        (0.038, top - 0.03),
        (0.046, 0.06),
        (0.058, 0.054),
        (0.07, 0.06),
        (0.081, top - 0.03),
        (0.087, top),
    ]
    return shoe.side_seam(last, raised(last, line), side)


def shaft_tongue(last: shoe.Last, reach: float = 0.02) -> Mesh:
    """Return the tongue's end that stands out of a lace-up's opening."""
    s = np.linspace(-0.13, 0.13, 30)
    rows = []
    for k in np.linspace(-1, 1, 16):
        edge = last.at(s, 0.985, -0.0032)
        drop = np.clip(k, 0, 1) ** 2 * 0.012 * (s / 0.13) ** 2
        rows.append(edge + np.column_stack([0.006 * max(k, 0) * np.ones(30), np.zeros(30), reach * k - drop]))
    return soft.slab(np.array(rows).transpose(1, 0, 2), 0.004)


def zip_side(last: shoe.Last, side: float) -> tuple[Mesh, Mesh]:
    """Return the tape and the teeth of a zip up the side."""
    top = last.rings[-1][4] - 0.003
    line = spline(raised(last, [(0.074, 0.02), (0.072, 0.06), (0.07, top)]), 60)
    points = last.on_side(line, side, 0.0008)
    across = np.tile([1.0, 0.0, 0.0], (60, 1))
    return soft.ribbon(points, across, 0.012, 0.0012), soft.zip_teeth(
        points + [0, side * 0.001, 0], (1.0, 0.0, 0.0), 0.0026, 0.0042
    )


def band(last: shoe.Last, t: float, width: float, lift: float = 0.0022) -> Array:
    """Return the sheet of a strap round the shaft at t."""
    s = np.linspace(0, 1, 140)
    return last.patch_points(s, t - width, t + width, lift, 6)


def lugs(last: shoe.Last, count: int = 26) -> Mesh:
    """Return the cleats that show along a tread's edge."""
    ring = last.sole_ring(0.0045, 0.0)
    at = np.linspace(0, len(ring), count, endpoint=False).astype(int)
    return merge([tube([ring[k] + [0, 0, 0.0016], ring[k] + [0, 0, 0.0052]], 0.0034, 6, cap="flat") for k in at])


def fastening(last: shoe.Last, shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Return what closes the boot: "elastic", "laces", "zip", "western", "riding", "padded", or nothing."""
    kind = shape.get("closing", "")
    if kind == "elastic":
        seams = merge([shoe.both(wedge_seams, last), shoe.both(boot_trim.vamp_seam, last)])
        tabs = [boot_trim.pull_tab(last, 0.5)] + ([boot_trim.pull_tab(last, 0.0)] if shape.get("two_tabs") else [])
        return [
            Part(shoe.both(wedge, last), skin["elastic"]),
            Part(seams, skin["thread"]),
            Part(merge(tabs), skin["accent"]),
        ]
    if kind == "laces":
        lacing = laces.Lacing(**shape["lacing"])
        stay, seam = laces.eyestay(last, lacing, 0.018, 0.09)
        return [
            Part(stay, skin["overlay"]),
            Part(merge([seam, shoe.both(boot_trim.vamp_seam, last)]), skin["thread"]),
            Part(shaft_tongue(last), skin["tongue"]),
            Part(merge([lacing.laces(last), lacing.bow(last)]), skin["lace"]),
            Part(lacing.eyelets(last, 0.003), skin["metal"]),
            Part(boot_trim.pull_tab(last, 0.5, 0.018), skin["accent"]),
        ]
    if kind == "zip":
        tape, teeth = zip_side(last, -1.0)
        strap = soft.slab(band(last, 0.8, 0.035), 0.0022)
        at = last.on_side(np.array([0.045, float(last.at(0.75, 0.8)[2])]), -1.0, 0.004)
        frame = move(soft.buckle(0.022, 0.024, 0.0015), *at)
        return [Part(tape, skin["elastic"]), Part(merge([teeth, frame]), skin["metal"]), Part(strap, skin["accent"])]
    if kind in boot_trim.PULLED_ON:
        return boot_trim.PULLED_ON[kind](last, skin)
    return []


def bottom(last: shoe.Last, shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Return sole, heel, welt and its seam."""
    kind = shape.get("sole", "thin")
    parts = [Part(shoe.sole(last, PLATES[kind]), skin["sole"])]
    if "block" in shape:
        parts.append(Part(shoe.heel_block(last, shape["block"], 0.003, shape.get("slim", 0.05)), skin["heel"]))
    if kind == "lug":
        parts.append(Part(lugs(last), skin["sole"]))
    if shape.get("welt", True):
        parts.append(Part(shoe.welt(last, 0.0034 if kind == "thin" else 0.0052, 1.02, 0.0017), skin["welt"]))
        line = last.sole_ring(0.003 if kind == "thin" else 0.005, 1.0) + [0, 0, 0.0021]
        parts.append(Part(soft.stitches(np.concatenate([line, line[:1]]), 0.0034, 0.0018, 0.0005), skin["thread"]))
    return parts


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a boot, its middle over the origin; shape: `last`, `closing`, `sole`, `block` (where its heel ends)."""
    skin = finishes(finish)
    last = shoe.Last(
        (*FOOT, *SHAFTS[shape["last"]]),
        shape.get("heel", 0.03),
        shape.get("ball", 0.008),
        shape.get("spring", 0.009),
        shape.get("toe", "round"),
        shape.get("plate", 0.007),
    )
    has = set(shape.get("overlays", []))
    laced = shape.get("closing") == "laces"
    parts = [
        Part(last.upper(), skin["upper"]),
        Part(last.inside(0.4), skin["lining"]),
        Part(last.collar(shape.get("collar", 0.0022), 0.09 if laced else 0.0), skin["collar"]),
        *fastening(last, shape, skin),
        *bottom(last, shape, skin),
    ]
    if "toe cap" in has:
        parts.append(Part(toe_cap(last, 0.15, 0.3), skin["overlay"]))
    if "counter" in has:
        parts.append(Part(heel_counter(last, 0.15, 0.42, 0.16), skin["overlay"]))
    if "rand" in has:
        parts.append(Part(boot_trim.rand(last, 0.085, 0.12, 0.05, 0.0022), skin["overlay"]))
    if "shell" in has:
        parts.append(Part(boot_trim.rand(last, 0.2, 0.13, 0.12, 0.0038), skin["overlay"]))
    if "band" in has:
        parts.append(Part(soft.slab(band(last, 0.955, 0.03, 0.0014), 0.0014), skin["accent"]))
    return [Part(move(p.mesh, x=-0.14), p.finish) for p in parts]
