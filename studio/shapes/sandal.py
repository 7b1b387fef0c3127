"""Build sandals: slides, thongs, ankle straps with a buckle, platforms, espadrilles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import spline
from studio.render.mesh import merge, move
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import tube
from studio.shapes import sandal_sole, sandal_straps, shoe, soft
from studio.shapes.sandal_sole import Foot

VIEW = View(azimuth=24, elevation=26)
SLIP_ON = (
    (0.004, 0.262, 0.0415, 0.000, 0.000, 0.000, 0.0),
    (0.000, 0.265, 0.0430, 0.014, 0.012, 0.010, 0.0),
    (0.000, 0.252, 0.0410, 0.030, 0.026, 0.026, 0.1),
    (0.003, 0.216, 0.0360, 0.043, 0.036, 0.044, 0.4),
    (0.007, 0.182, 0.0320, 0.054, 0.042, 0.060, 0.7),
)


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: strap, lining, footbed, sole, outsole, trim, thread, metal, stud."""
    strap = finish_of(finish, "strap", surface="leather", colour="cognac")
    sole = finish_of(finish, "sole", surface="rubber", colour="black")
    return {
        "strap": strap,
        "ankle": finish_of(finish, "ankle", surface=strap.surface, colour=strap.colour),
        "lining": finish_of(finish, "lining", surface="cotton", colour="oat"),
        "footbed": finish_of(finish, "footbed", surface="smooth leather", colour="tan"),
        "sole": sole,
        "outsole": finish_of(finish, "outsole", surface="rubber", colour="black"),
        "trim": finish_of(finish, "trim", surface=strap.surface, colour=strap.colour),
        "thread": finish_of(finish, "thread", surface="cotton", colour=strap.colour),
        "metal": finish_of(finish, "metal", surface="metal", colour="brass"),
    }


def straps(foot: Foot, kind: str, shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Return what holds the foot: "slide", "cross", "thong", "toe bands"."""
    thick = shape.get("thick", 0.003)
    if kind == "slide":
        sheet = sandal_straps.band(
            foot, (0.146, 0.164), tuple(shape.get("width", (0.075, 0.062))), shape.get("puff", 0.0), 0.006
        )
        parts = [Part(sandal_sole.skin(sheet, thick), skin["strap"])]
        parts += [Part(sandal_straps.edge_seams(sheet), skin["thread"])] if shape.get("seams", True) else []
        if "nails" in shape:
            parts.append(Part(sandal_straps.studs(sheet, shape["nails"]), skin["metal"]))
        if "buckle" in shape:
            belt = sheet[:, 6:15] + soft.normals(sheet)[:, 6:15] * np.sign(soft.normals(sheet)[30, 10, 2]) * 0.0022
            frame = sandal_straps.on_sheet(belt, soft.buckle(0.034, 0.03, 0.0017), 0.66, 0.0022)
            parts += [Part(sandal_sole.skin(belt, 0.0022), skin["trim"]), Part(frame, skin["metal"])]
        return parts
    if kind == "cross":
        below = sandal_straps.band(foot, (0.118, 0.196), (0.036, 0.034))
        above = sandal_straps.band(foot, (0.194, 0.122), (0.036, 0.034))
        way = soft.normals(above) * np.sign(soft.normals(above)[30, 10, 2])
        rise = 0.0034 * np.exp(-(((np.arange(61) - 30) / 15) ** 2))
        sheets = [below, above + way * rise[:, None, None]]
    elif kind == "thong":
        post = (1.86, 0.208)
        width = shape.get("width", [0.019, 0.015, 0.0085])
        sheets = [
            sandal_straps.strip(foot, [(end, x), (mid, 0.166), post], width)
            for end, mid, x in ((0.03, 0.95, 0.112), (np.pi - 0.03, 2.3, 0.128))
        ]
        peak = foot.over(*post, 0.0005)
        peg = tube([[peak[0] + 0.002, peak[1], float(foot.base(peak[0])) - 0.002], peak], 0.0031, 14)
        bow = peak + np.array([[-0.007, 0.004, 0.001], [0.002, 0, 0.0024], [-0.007, -0.005, 0.0006]])
        loop = tube(spline(bow, 24), 0.0042, 14)
        return [Part(merge([*[sandal_sole.skin(s, thick) for s in sheets], peg, loop]), skin["strap"])] + (
            [Part(merge([sandal_straps.edge_seams(s) for s in sheets]), skin["thread"])] if shape.get("seams") else []
        )
    else:
        sheets = [
            sandal_straps.strip(foot, [(0.03, x), (np.pi / 2, x + 0.012), (np.pi - 0.03, x + 0.01)], w)
            for x, w in shape["bands"]
        ]
    return [
        Part(merge([sandal_sole.skin(s, thick) for s in sheets]), skin["strap"]),
        Part(merge([sandal_straps.edge_seams(s) for s in sheets]), skin["thread"]),
    ]


def bottom(foot: Foot, shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Return footbed and sole: "moulded", "leather", "platform", "clog", "rope"."""
    kind = shape["sole"]
    bed = Part(foot.footbed(0.004, 0.0012, shape.get("cup", 0.003)), skin["footbed"])
    seam = [Part(foot.seam(0.0048, 0.0026), skin["thread"])] if shape.get("bed_seam") else []
    if kind == "moulded":
        sides = sandal_sole.layer(foot, 0.0, 1.06, 0.0032, 0.0014)
        return [bed, Part(sides, skin["sole"]), Part(sandal_sole.tread(foot, 0.0036), skin["outsole"])]
    if kind == "leather":
        parts = [bed, *seam, Part(sandal_sole.layer(foot, 0.0, 1.0, 0.0016), skin["sole"])]
        return parts + (
            [Part(sandal_sole.block_heel(foot, shape["block"]), skin["outsole"])] if "block" in shape else []
        )
    if kind == "platform":
        lower = sandal_sole.layer(foot, 0.0, 0.16, 0.003)
        upper = sandal_sole.layer(foot, 0.14, 1.0, 0.0022, 0.001)
        rim = shoe.welt(foot.last, 0.0016, 1.0, 0.0022)
        return [bed, *seam, Part(upper, skin["sole"]), Part(lower, skin["outsole"]), Part(rim, skin["trim"])]
    if kind == "clog":
        block = sandal_sole.layer(foot, 0.0, 1.02, 0.0026, 0.0, 0.1)
        heel = sandal_sole.block_heel(foot, shape["block"], 0.03)
        return [bed, Part(merge([block, heel]), skin["sole"])]
    core = sandal_sole.layer(foot, 0.0, 1.0, 0.0008)
    ropes = sandal_sole.rope(foot, shape.get("row", 0.0085))
    return [bed, *seam, Part(merge([core, ropes]), skin["sole"]), Part(sandal_sole.tread(foot, 0.002), skin["outsole"])]


def espadrille(foot: Foot, skin: Mapping[str, Finish]) -> list[Part]:
    """Return a slip-on canvas upper sewn to the rope with blanket stitches."""
    last = shoe.Last(SLIP_ON, foot.heel, foot.ball, foot.spring)
    edge = last.sole_ring(0.0012, 1.0)
    whips = []
    for k in range(0, len(edge), 3):
        out = edge[k] - [0.12, 0, edge[k, 2]]
        out = out / np.linalg.norm(out)
        whips.append(
            tube([edge[k] + [0, 0, 0.0055], edge[k] + out * 0.0022, edge[k] + out * 0.0016 - [0, 0, 0.004]], 0.0005, 5)
        )
    gore = [(0.112, 0.044), (0.122, 0.034), (0.128, 0.022)], [(0.146, 0.049), (0.141, 0.036), (0.136, 0.022)]
    wedges = [
        shoe.side_panel(last, *[[(x, z + float(last.base(x))) for x, z in g] for g in gore], side, 0.0008)
        for side in (-1.0, 1.0)
    ]
    return [
        Part(last.upper(), skin["strap"]),
        Part(last.inside(0.75), skin["lining"]),
        Part(last.collar(0.0019), skin["trim"]),
        Part(merge(wedges), skin["ankle"]),
        Part(merge(whips), skin["thread"]),
    ]


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a sandal, its middle over the origin; shape: `straps`, `sole`, `foot`, `ankle`, `sling`, `counter`."""
    skin = finishes(finish)
    foot = Foot(**shape.get("foot", {}))
    parts = bottom(foot, shape, skin)
    if shape["straps"] == "upper":
        parts = parts[1:] + espadrille(foot, skin)
    else:
        parts += straps(foot, shape["straps"], shape, skin)
    if "counter" in shape:
        parts.append(Part(foot.counter(shape["counter"]), skin["strap"]))
    if "ankle" in shape:
        strap, frame = sandal_straps.ankle_strap(foot, shape["ankle"], shape.get("ankle_width", 0.011))
        parts += [Part(strap, skin["ankle"]), Part(frame, skin["metal"])]
    if "sling" in shape:
        parts.append(Part(sandal_straps.sling(foot, *shape["sling"]), skin["ankle"]))
    low = min(float(p.mesh.vertices[:, 2].min()) for p in parts)
    return [Part(move(p.mesh, x=-0.131, z=-low), p.finish) for p in parts]
