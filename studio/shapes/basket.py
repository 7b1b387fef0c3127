"""Build baskets: woven, coiled, of wire; for laundry, plants, picnics and the market."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, lift, resample, rounded_rectangle, spline, superellipse
from studio.render.mesh import Array, Mesh, merge, move, rotate
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import extrude, revolve, sweep, tube
from studio.shapes import soft, weave
from studio.shapes.turned import plain
from studio.shapes.weave import Wall

VIEW = View(azimuth=24, elevation=24)


def slots(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: body, band, trim, stake, metal, lining."""
    body = finish_of(finish, "body", surface="wood", colour="#c49a5e", scale=0.004)
    trim = finish_of(finish, "trim", **(plain(body) | {"scale": body.scale}))
    return {
        "body": body,
        "trim": trim,
        "band": finish_of(finish, "band", **plain(body)),
        "stake": finish_of(finish, "stake", **plain(body)),
        "handle": finish_of(finish, "handle", **plain(trim)),
        "metal": finish_of(finish, "metal", surface="metal", colour="brass"),
    }


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a basket; shape: `form` (a key of FORMS) and its sizes, metres."""
    return FORMS[shape["form"]](shape, slots(finish))


def rim(wall: Wall, share: float, radius: float, pitch: float) -> Mesh:
    """Return a plaited border round a wall."""
    line, out, up = wall.frame(share, 420)
    return weave.plait(line, out, up, radius, pitch)


def floor(wall: Wall, z: float = 0.003) -> Mesh:
    """Return the bottom."""
    return move(extrude(wall.ring(0.0, 120)[:, :2] * 0.985, 0.006, 0.002), z=z)


def loop(wall: Wall, angle: float, share: float, span: float, rise: float, out: float = 0.0) -> Array:
    """Return an arch (n, 3) that stands on the wall at an angle; `span` in metres, `out` leans it outwards."""
    ring = wall.ring(share, 400)
    at = ring[int(angle / 360 * 400) % 400]
    way = at[:2] / np.linalg.norm(at[:2])
    side = np.array([-way[1], way[0]])
    points = []
    for t, high in ((-1, -0.35), (-0.98, 0.25), (-0.62, 0.86), (0, 1), (0.62, 0.86), (0.98, 0.25), (1, -0.35)):
        flat = at[:2] + side * t * span / 2 + way * (out * max(high, 0))
        points.append((*flat, at[2] + rise * high))
    return spline(points, 90)


def laundry(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Build a tall basket with a lid, a knob on it and two handles."""
    w, d, h = (float(shape[key]) for key in ("width", "depth", "height"))
    e, count = shape.get("exponent", 2.0), int(shape.get("stakes", 36))
    wall = Wall(w, d, ((0, 0.86, 0.012), (0.5, 0.95, h * 0.5), (1, 1, h)), e)
    lid = Wall(w, d, ((0, 1.03, h + 0.016), (0.12, 1.02, h + 0.034), (0.5, 0.55, h + 0.052), (1, 0.05, h + 0.062)), e)
    rows = round(h / 0.0125)
    body = weave.woven(wall, rows, count, 0.0062, 0.0042, 0.0034)
    cover = weave.woven(lid, 19, count, 0.0062, 0.0042, 0.003)
    posts = [weave.stakes(wall, count, 0.0034), weave.stakes(lid, count, 0.003, 0.0, 0.92)]
    bows = [weave.bow(loop(wall, a, 0.84, 0.12, 0.05, 0.028), 0.0062, 0.045) for a in (0, 180)]
    borders = [rim(wall, 0.0, 0.0068, 0.05), rim(wall, 1.0, 0.0062, 0.05), rim(lid, 0.02, 0.0068, 0.05)]
    arch = ((-0.04, 0.06), (-0.034, 0.088), (0, 0.1), (0.034, 0.088), (0.04, 0.06))
    knob = spline([(x, 0, h + z) for x, z in arch], 60)
    button = move(extrude(circle(0.022, 40), 0.008, 0.003), z=h + 0.06)
    return [
        Part(merge([body, cover]), skin["body"]),
        Part(merge(posts), skin["stake"]),
        Part(merge([*borders, *bows]), skin["trim"]),
        Part(merge([weave.bow(knob, 0.005, 0.036), button]), skin["handle"]),
        Part(floor(wall), skin["body"]),
    ]


def belly(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Build a bulging seagrass basket; shape: `width`, `height`, `dip` (share of the wall that is `band`)."""
    w, h = float(shape["width"]), float(shape["height"])
    profile = ((0, 0.66, 0.008), (0.22, 0.93, h * 0.2), (0.45, 1, h * 0.44), (0.72, 0.9, h * 0.72), (1, 0.74, h))
    wall, dip = Wall(w, w, profile), shape.get("dip", 0.0)
    rows = round(h * 1.12 / 0.0155)
    low = round(rows * dip)
    count = 30
    made = weave.woven(wall, rows, count, 0.0078, 0.0058, 0.003, 0.03)
    faces = len(made.faces) * low // rows
    vertices = len(made.vertices) * low // rows
    upper = Mesh(made.vertices[vertices:], made.faces[faces:] - vertices, made.uvs[faces:])
    foot = merge([rim(wall, 0.0, 0.007, 0.05), floor(wall, 0.0)])
    parts = [Part(upper, skin["body"]), Part(foot, skin["band" if low else "body"])]
    if low:
        parts.append(Part(Mesh(made.vertices[:vertices], made.faces[:faces], made.uvs[:faces]), skin["band"]))
    bows = [weave.bow(loop(wall, a, 0.97, 0.12, 0.06, 0.004), 0.0066, 0.05) for a in (12, 192)]
    parts.append(Part(merge([rim(wall, 1.0, 0.0075, 0.055), *bows]), skin["trim"]))
    return [Part(move(p.mesh, z=0.004), p.finish) for p in parts]


def rope(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Build a basket of coiled rope; shape: `bands` (from, to: shares of the wall in another colour)."""
    w, h, r = float(shape["width"]), float(shape["height"]), 0.0068
    wall = Wall(w, w, ((0, 0.9, r), (0.08, 0.965, 2.2 * r), (0.4, 1, h * 0.4), (1, 1, h)))
    rows = round(h / (2 * r * 0.93))
    shares = np.linspace(0, 1, rows)
    marked = np.any([(shares >= a) & (shares <= b) for a, b in shape["bands"]], axis=0)
    base = Wall(w, w, ((0, 0.04, r), (1, 0.88, r)))
    coil = weave.coiled(base, np.linspace(0, 1, round(w * 0.44 / (2 * r))), r, 0.04, 240)
    bows = []
    for angle in (10, 190):
        bows.append(weave.bow(loop(wall, angle, 0.96, 0.13, 0.055, 0.01), r * 0.55, 0.03))
    return [
        Part(merge([weave.coiled(wall, shares[~marked], r, 0.04), coil]), skin["body"]),
        Part(weave.coiled(wall, shares[marked], r, 0.04), skin["band"]),
        Part(merge(bows), skin["handle"]),
    ]


def picnic(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Build a picnic basket with two lids hinged in the middle, a bentwood handle and two belts."""
    w, d, h = (float(shape[key]) for key in ("width", "depth", "height"))
    wall = Wall(w, d, ((0, 0.92, 0.014), (1, 1, h)), 7.0)
    count, rows = 44, round(h / 0.0125)
    body = weave.woven(wall, rows, count, 0.0062, 0.004, 0.0032)
    borders = [rim(wall, 0.0, 0.0062, 0.045), rim(wall, 1.0, 0.0062, 0.045)]
    half = weave.mat(w * 0.46, d * 0.95, (11, 13), 0.0026)
    edge = lift(resample(rounded_rectangle(w * 0.475, d * 0.98, 0.016), 120, closed=True))
    frame = sweep(rounded_rectangle(0.014, 0.012, 0.004, 4), edge, closed=True, up=(0, 0, 1))
    lids = [move(half, s * w * 0.247, 0, h + 0.018) for s in (-1, 1)]
    frames = [move(frame, s * w * 0.247, 0, h + 0.018) for s in (-1, 1)]
    top, y = h + 0.2, d / 2 + 0.012
    corners = [(-y * 0.93, 0.03), (-y, h), (-y, top), (y, top), (y, h), (y * 0.93, 0.03)]
    arch = resample(fillet(corners, [0, 0.02, 0.12, 0.12, 0.02, 0], 14), 120)
    path = np.column_stack([np.zeros(len(arch)), arch])
    handle = sweep(rounded_rectangle(0.032, 0.007, 0.0028, 4), path, up=(1, 0, 0))
    stud = [move(soft.rivet(0.006), 0, -y - 0.003, z) for z in (h * 0.82, h * 0.4)]
    studs = [rotate(one, "z", turn) for one in stud for turn in (0, 180)]
    belts = [_lid_belt(s * w * 0.27, d, h) for s in (-1, 1)]
    return [
        Part(merge([body, *lids]), skin["body"]),
        Part(weave.stakes(wall, count, 0.0032), skin["stake"]),
        Part(merge(borders), skin["trim"]),
        Part(merge([*frames, handle]), skin["handle"]),
        Part(merge([belt for belt, _ in belts]), skin["band"]),
        Part(merge([*studs, *[buckle for _, buckle in belts]]), skin["metal"]),
        Part(floor(wall), skin["body"]),
    ]


def _lid_belt(x: float, d: float, h: float) -> tuple[Mesh, Mesh]:
    """Return a leather belt from the lid down the front, and its buckle."""
    y = -d / 2 - 0.0155
    run = ((0.09, 0.0275), (0.02, 0.0275), (0.001, 0.022), (0.0, -0.01), (0.002, -0.095))
    line = spline([(x, y + ahead, h + z) for ahead, z in run], 60)
    band = soft.ribbon(line, np.tile([1.0, 0.0, 0.0], (60, 1)), 0.022, 0.003)
    return band, move(soft.buckle(0.03, 0.024, 0.0019), x, y - 0.003, h - 0.045)


def market(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Build an oval market basket with one high handle."""
    w, d, h = (float(shape[key]) for key in ("width", "depth", "height"))
    wall = Wall(w, d, ((0, 0.7, 0.012), (0.5, 0.88, h * 0.46), (1, 1, h)))
    count, rows = 36, round(h / 0.0115)
    body = weave.woven(wall, rows, count, 0.0058, 0.004, 0.0034)
    bow = [(-w * 0.47, 0, h * 0.35), (-w * 0.5, 0, h), (-w * 0.44, 0, h + 0.12)]
    bow += [(-w * 0.22, 0, h + 0.235), (0, 0, h + 0.265)]
    path = spline(bow + [(-x, y, z) for x, y, z in bow[-2::-1]], 160)
    wrap = tube(lift(superellipse(0.042, 0.03, 2.4, 40), 0), 0.0026, 8, closed=True)
    bound = [move(wrap, s * w * 0.497, 0, h - 0.014 + 0.005 * k) for s in (-1, 1) for k in range(7)]
    borders = [rim(wall, 0.0, 0.0064, 0.045), rim(wall, 1.0, 0.0072, 0.05)]
    middle = rim(wall, 0.62, 0.0046, 0.04)
    return [
        Part(body, skin["body"]),
        Part(weave.stakes(wall, count, 0.0034), skin["stake"]),
        Part(merge([*borders, weave.bow(path, 0.0076, 0.085)]), skin["trim"]),
        Part(merge([*bound, middle]), skin["band"]),
        Part(floor(wall), skin["body"]),
    ]


def wire(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Build a wire basket with turned wooden grips."""
    w, d, h = (float(shape[key]) for key in ("width", "depth", "height"))
    wall = Wall(w, d, ((0, 0.84, 0.004), (0.12, 0.87, 0.01 + h * 0.1), (1, 1, h)), 5.0)
    rings = [tube(wall.ring(share, 160), 0.0034 if share == 1 else 0.002, 10, closed=True) for share in shape["rings"]]
    count = int(shape["bars"])
    bars = [tube(wall.upright(k, count, 0.0, 1.0, 30), 0.002, 8) for k in range(count)]
    foot = wall.ring(0.0, count)
    floors = [tube([foot[k], (foot[k] + foot[-k]) / 2, foot[-k]], 0.002, 8) for k in range(1, count // 2)]
    ears, grips = [], []
    for s in (-1, 1):
        x, z = s * (w / 2 + 0.026), h + 0.034
        for y in (-0.055, 0.055):
            bend = [(s * w / 2, y, h - 0.006), (s * (w / 2 + 0.004), y, h + 0.02), (x, y * 0.99, z)]
            ears.append(tube(spline(bend, 20), 0.0032, 10))
        ears.append(tube([(x, -0.06, z), (x, 0, z), (x, 0.06, z)], 0.0032, 10))
        line = [(0, -0.05), (0.0095, -0.05), (0.0135, 0), (0.0095, 0.05), (0, 0.05)]
        grip = revolve(fillet(line, [0, 0.004, 0.2, 0.004, 0]), 32)
        grips.append(move(rotate(grip, "x", 90), x, 0, z))
    return [Part(merge([*rings, *bars, *floors, *ears]), skin["body"]), Part(merge(grips), skin["handle"])]


FORMS = {"laundry": laundry, "belly": belly, "rope": rope, "picnic": picnic, "market": market, "wire": wire}
