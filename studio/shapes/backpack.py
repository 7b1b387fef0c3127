"""Build backpacks: a padded body, a lid (zip, flap or roll), pockets, shoulder straps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, resample, spline
from studio.render.mesh import Array, Mesh, merge, mirror, move, rotate
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import rounded_box, tube
from studio.shapes import soft
from studio.shapes.bag_flap import flap, flap_line, outline

VIEW = View(azimuth=26, elevation=14)


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: body, pocket, lid, trim, strap, zip, metal, thread."""
    body = finish_of(finish, "body", surface="nylon", colour="navy")
    trim = finish_of(finish, "trim", surface="leather", colour="tan")
    own = {"surface": body.surface, "colour": body.colour}
    return {
        "body": body,
        "pocket": finish_of(finish, "pocket", **own),
        "lid": finish_of(finish, "lid", **own),
        "trim": trim,
        "strap": finish_of(finish, "strap", **own),
        "zip": finish_of(finish, "zip", surface="nylon", colour="charcoal"),
        "metal": finish_of(finish, "metal", surface="metal", colour="gunmetal"),
        "thread": finish_of(finish, "thread", surface="cotton", colour=trim.colour),
    }


def bulk(width: float, height: float, depth: float, shape: Mapping[str, Any]) -> soft.Body:
    """Return the main body: a tall soft box, narrower and shallower at its top."""
    taper, crown = shape.get("taper", 0.9), shape.get("crown", 0.11)
    flat = outline(width, height, width * taper, (shape.get("low_radius", 0.045), crown))
    return soft.Body(flat, depth / 2, depth / 2 * shape.get("wedge", 0.82), shape.get("puff", 0.022), 0.016, 0.004)


def arch(body: soft.Body, foot: float, back: float = 0.01) -> Array:
    """Return the path along the gusset behind the front edge: from the left at height `foot` over the top."""
    line = body.outline
    start = int(np.argmin(line[:, 1] + np.abs(line[:, 0]) * 1e-3))
    line = np.roll(line, -start, axis=0)[::-1]
    line = line[line[:, 1] > foot]
    middle = body.centre
    out = (line - middle) / np.linalg.norm(line - middle, axis=1, keepdims=True) * 0.0012
    y = -(body.half(line[:, 1]) - body.edge - back)
    return resample(np.column_stack([line[:, 0] + out[:, 0], y, line[:, 1] + out[:, 1]]), 120)


def zipper(body: soft.Body, foot: float, back: float = 0.01) -> tuple[Mesh, Mesh]:
    """Return the tape, and the teeth with two pullers, of a zip that arches over a body."""
    path = arch(body, foot, back)
    across = np.tile([0.0, 1.0, 0.0], (len(path), 1))
    tape = soft.ribbon(path, across, 0.02, 0.0014)
    middle = np.array([body.centre[0], 0, body.centre[1]])
    out = (path - middle) * [1, 0, 1]
    teeth = soft.zip_teeth(path + out / np.linalg.norm(out, axis=1, keepdims=True) * 0.0012, (0.0, 1.0, 0.0))
    at = path[len(path) // 2 + 9]
    slider = move(rounded_box((0.012, 0.009, 0.006), 0.002), *(at + [0, 0, 0.004]))
    tag = soft.plate(fillet([(-0.003, 0), (-0.0045, -0.03), (0.0045, -0.03), (0.003, 0)], 0.002, 5, closed=True), 0.002)
    drop = -float(body.depth(at[0], at[2] - 0.01)) - 0.003
    tie = tube(
        [at + [0, 0, 0.006], [at[0], (at[1] + drop) / 2 - 0.004, at[2] + 0.006], [at[0], drop, at[2] - 0.002]],
        0.0013,
        8,
    )
    return tape, merge([teeth, slider, tie, move(rotate(tag, "x", -4), at[0], drop, at[2] - 0.002)])


def pocket(shape: Mapping[str, Any], body: soft.Body, spec: Mapping[str, float]) -> tuple[soft.Body, float]:
    """Return a front pocket's body and how far it stands before the middle plane."""
    flat = outline(spec["width"], spec["height"], spec["width"] * 0.94, (0.03, spec.get("crown", 0.035)))
    half = spec.get("depth", 0.05) / 2
    made = soft.Body(flat + [0, spec["z"]], half, half * 0.9, 0.008, 0.011, 0.002)
    return made, -float(body.half(spec["z"] + spec["height"] / 2)) - half * 0.55


def shoulder_straps(body: soft.Body, width: float, shape: Mapping[str, Any]) -> Mesh:
    """Return two padded straps that leave the back near the top and come back near the bottom."""
    h, w = body.height, body.outline[:, 0].max()
    y = float(body.half(h * 0.9))
    spread, reach = w * 0.42, shape.get("reach", 0.12)
    points = [
        (spread * 0.8, y - 0.01, h * 0.93),
        (spread * 0.9, y + 0.025, h * 0.98),
        (spread * 1.1, y + reach * 0.75, h * 0.86),
        (spread * 1.5, y + reach, h * 0.55),
        (w * 0.9, y + reach * 0.6, h * 0.24),
        (w * 0.86, y * 1.0, h * 0.06),
    ]
    path = spline(points, 70)
    across = np.tile([1.0, 0.12, 0.1], (len(path), 1))
    return merge([s := soft.ribbon(path, across, width, 0.013), mirror(s)])


def grab_handle(body: soft.Body, width: float = 0.02) -> Mesh:
    """Return the loop on the top, at the back."""
    h, y = body.height, float(body.half(body.height)) * 0.62
    path = spline(
        [
            (-0.045, y, h - 0.006),
            (-0.042, y, h + 0.022),
            (0, y, h + 0.042),
            (0.042, y, h + 0.022),
            (0.045, y, h - 0.006),
        ],
        40,
    )
    return soft.ribbon(path, np.tile([0.0, 1.0, 0.0], (len(path), 1)), width, 0.006)


def side_pockets(body: soft.Body, height: float) -> tuple[Mesh, Mesh]:
    """Return gathered pockets on both sides, and their elastic rims."""
    x = float(np.interp(height / 2, *_right_edge(body)))
    depth = 2 * float(body.half(height / 2)) * 0.74
    flat = outline(depth, height, depth * 1.02, (0.02, 0.006))
    sheet = soft.Body(flat + [0, 0.012], 0.02, 0.024, 0.01, 0.01)
    made = move(rotate(sheet.mesh(), "z", 90), x + 0.002, 0, 0)
    edge = np.array(
        [
            [x + 0.0265, -depth / 2 + 0.012, height + 0.008],
            [x + 0.033, 0, height + 0.010],
            [x + 0.0265, depth / 2 - 0.012, height + 0.008],
        ]
    )
    elastic = tube(spline(edge, 30), 0.0035, 8)
    return merge([made, mirror(made)]), merge([elastic, mirror(elastic)])


def _right_edge(body: soft.Body) -> tuple[Array, Array]:
    right = body.outline[body.outline[:, 0] > 0]
    right = right[right[:, 1].argsort()]
    return right[:, 1], right[:, 0]


def roll_top(width: float, height: float) -> Mesh:
    """Return a rolled closure on top of a body."""
    turn = np.linspace(-0.5 * np.pi, 3.6 * np.pi, 90)
    radius = np.linspace(0.03, 0.0165, 90)
    coil = np.stack([radius * 1.15 * np.cos(turn), height + 0.022 + radius * np.sin(turn)], axis=1)
    x = np.linspace(1, -1, 40)
    sag = 0.005 * np.cos(x * np.pi / 2 * 3)
    rows = [
        np.column_stack([np.full(90, a * width / 2), coil[:, 0] + b * 0.3, coil[:, 1] + b])
        for a, b in zip(x, sag, strict=True)
    ]
    return soft.slab(np.array(rows), 0.0022)


def tongue(body: soft.Body, x: float, top: float, low: float, lift: float, width: float = 0.02) -> Mesh:
    """Return a strap that lies down the front at x."""
    z = np.linspace(low, top, 40)
    columns = [np.column_stack([np.full(40, x + s * width / 2), z]) for s in np.linspace(-1, 1, 7)]
    return soft.slab(np.array([body.on_front(column, lift) for column in columns]), 0.003)


def zipped(shape: Mapping[str, Any], skin: Mapping[str, Finish], body: soft.Body) -> list[Part]:
    """Return the parts of a daypack's zip."""
    tape, teeth = zipper(body, body.height * shape.get("zip_foot", 0.42))
    return [Part(tape, skin["zip"]), Part(teeth, skin["metal"])]


def flapped(shape: Mapping[str, Any], skin: Mapping[str, Finish], body: soft.Body) -> list[Part]:
    """Return the parts of a rucksack's flap with two buckled straps."""
    width = shape["width"] * shape.get("taper", 0.9)
    line = flap_line(body, width * 1.0, body.height * shape.get("drop", 0.42), body.height * 0.3, 5.0)
    sheet = flap(body, line, 0.006, 0.05, 0.017)
    seam = soft.stitches(
        np.array([[x, -float(body.depth(x * 0.96, z + 0.006)) - 0.0066, z + 0.006] for x, z in line[8:-8]])
    )
    low = float(line[:, 1].min())
    straps, buckles = [], []
    for x in (-width * 0.27, width * 0.27):
        straps.append(tongue(body, x, body.height - 0.035, low - 0.075, 0.011))
        y = -float(body.depth(x, low - 0.03))
        buckles.append(move(soft.buckle(0.03, 0.024, 0.0017), x, y - 0.0125, low - 0.028))
    return [
        Part(soft.slab(sheet, 0.004), skin["lid"]),
        Part(seam, skin["thread"]),
        Part(merge(straps), skin["trim"]),
        Part(merge(buckles), skin["metal"]),
    ]


def rolled(shape: Mapping[str, Any], skin: Mapping[str, Finish], body: soft.Body) -> list[Part]:
    """Return the parts of a roll top: the roll, a strap over it and its clip."""
    h, half = body.height, float(body.half(body.height))
    width = float(body.outline[body.outline[:, 1] > h - 0.004, 0].max()) * 2
    z, top = h * 0.7, h + 0.048
    over = [
        (0, half, h * 0.86),
        (0, half + 0.012, h + 0.01),
        (0, 0.012, top),
        (0, -0.03, top - 0.012),
        (0, -0.045, h + 0.006),
    ]
    down = body.on_front(np.column_stack([np.zeros(8), np.linspace(h - 0.035, z, 8)]), 0.004)
    band = soft.ribbon(spline([*over, *down], 90), np.tile([1.0, 0, 0], (90, 1)), 0.026, 0.003)
    y = -float(body.depth(0, z + 0.01)) - 0.006
    clip = [
        move(rounded_box((0.036, 0.009, tall), 0.004), 0, y, z + up) for tall, up in ((0.03, 0.012), (0.02, -0.016))
    ]
    return [
        Part(roll_top(width * 1.02, h - 0.012), skin["lid"]),
        Part(band, skin["strap"]),
        Part(merge(clip), skin["zip"]),
    ]


LIDS = {"zip": zipped, "flap": flapped, "roll": rolled}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a backpack; lengths in metres."""
    skin = finishes(finish)
    body = bulk(shape["width"], shape["height"], shape["depth"], shape)
    piping = merge([tube(body.seam(side, 0.0006), 0.0026, 8, closed=True) for side in (-1, 1)])
    parts = [
        Part(body.mesh(), skin["body"]),
        Part(piping, skin["strap"]),
        Part(shoulder_straps(body, shape.get("strap_width", 0.06), shape), skin["strap"]),
        Part(grab_handle(body), skin["trim"]),
        *LIDS[shape["lid"]](shape, skin, body),
    ]
    for spec in shape.get("pockets", []):
        front, y = pocket(shape, body, spec)
        tape, teeth = zipper(front, spec["z"] + spec["height"] * 0.55, -0.002)
        edge = tube(front.seam(-1, 0.0006), 0.002, 8, closed=True)
        parts += [
            Part(move(m, y=y), skin[s])
            for m, s in ((front.mesh(), "pocket"), (edge, "strap"), (tape, "zip"), (teeth, "metal"))
        ]
    if "side" in shape:
        pouches, elastic = side_pockets(body, shape["side"])
        parts += [Part(pouches, skin["pocket"]), Part(elastic, skin["strap"])]
    if "label" in shape:
        parts += _label(body, shape["label"], skin)
    if "bedroll" in shape:
        parts += bedroll(body, shape["bedroll"], finish, skin)
    return parts


def bedroll(
    body: soft.Body, spec: Mapping[str, float], finish: Mapping[str, Any], skin: Mapping[str, Finish]
) -> list[Part]:
    """Return a rolled blanket on the top, with the two belts that hold it; `spec` has its `radius` and `length`."""
    r, z = spec["radius"], body.height + spec["radius"] + 0.004
    turn = np.linspace(0, 9 * np.pi, 200) + 0.35 * np.pi
    radius = np.linspace(r, r * 0.16, 200)
    coil = np.column_stack([radius * np.cos(turn), radius * np.sin(turn)])
    x = np.linspace(spec["length"] / 2, -spec["length"] / 2, 30)
    rows = np.array([np.column_stack([np.full(200, a + 0.004 * np.sin(40 * a)), coil]) for a in x])
    t = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    belts, buckles = [], []
    for side in (-0.3, 0.3):
        at = side * spec["length"]
        hoop = np.column_stack([np.full(90, at), (r + 0.004) * np.cos(t), (r + 0.004) * np.sin(t)])
        across = np.tile([1.0, 0.0, 0.0], (91, 1))
        belts.append(soft.ribbon(np.concatenate([hoop, hoop[:1]]), across, 0.02, 0.003))
        buckles.append(move(soft.buckle(0.028, 0.022, 0.0016), at, -r - 0.007, 0.0))
    made = (
        (soft.slab(rows, r * 0.17), finish_of(finish, "bedroll", surface="wool", colour="slate")),
        (merge(belts), skin["trim"]),
        (merge(buckles), skin["metal"]),
    )
    return [Part(move(mesh, z=z), look) for mesh, look in made]


def _label(body: soft.Body, z: float, skin: Mapping[str, Finish]) -> list[Part]:
    """Return a sewn leather label on the front."""
    x = np.linspace(-0.03, 0.03, 12)
    rows = np.array([body.on_front(np.column_stack([np.full(6, a), np.linspace(z, z + 0.032, 6)]), 0.0028) for a in x])
    inner = rows[1:-1, 1:-1] - [0, 0.0006, 0]
    line = np.concatenate([soft.rim(inner), inner[:1, 0]])
    return [
        Part(soft.slab(rows, 0.0024), skin["trim"]),
        Part(soft.stitches(line, 0.003, 0.0015, 0.0004), skin["thread"]),
    ]
