"""Shape luggage without wheels: leather cases with belts and corners, round cases, weekenders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, resample, rounded_rectangle, soften, spline
from studio.render.mesh import Array, Mesh, merge, mirror, move, rotate, scale
from studio.render.part import Finish, Part, finish_of
from studio.render.primitives import extrude, revolve, rounded_box, sweep, tube
from studio.shapes import soft
from studio.shapes.bag_flap import outline, rolled_handle
from studio.shapes.bag_zip import top_zip
from studio.shapes.turned import plain


def slots(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: body, trim, thread, metal, lining, seam."""
    body = finish_of(finish, "body", surface="leather", colour="cognac")
    trim = finish_of(finish, "trim", surface="leather", colour="chestnut")
    return {
        "body": body,
        "trim": trim,
        "thread": finish_of(finish, "thread", surface="cotton", colour="honey"),
        "metal": finish_of(finish, "metal", surface="metal", colour="brass"),
        "lining": finish_of(finish, "lining", surface="canvas", colour="charcoal"),
        "seam": finish_of(finish, "seam", **plain(trim)),
    }


def corner(reach: float, radius: float, lift: float) -> Mesh:
    """Return the guard of the corner at +x +y +z of a box about its corner, lifted off it, its flaps round."""
    box = rounded_box((2 * (reach + lift),) * 3, radius + lift, 12, 8)
    keep = (box.vertices[box.faces].mean(axis=1) > 0).all(axis=1)
    v = box.vertices.copy()
    share = np.clip(1 - v / reach, 0, 1)  # 1 where a flap ends
    for axis in range(3):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        flat = (v[:, axis] > reach + lift - 1e-6) & (np.minimum(v[:, a], v[:, b]) >= 0)
        s, t = share[flat, a], share[flat, b]
        shrink = np.maximum(s, t) / np.maximum((s**2.6 + t**2.6) ** (1 / 2.6), 1e-9)
        v[flat, a], v[flat, b] = reach * (1 - s * shrink), reach * (1 - t * shrink)
    return Mesh(v - reach, box.faces[keep], box.uvs[keep])


def corners(size: tuple[float, float, float], reach: float, radius: float, lift: float) -> Mesh:
    """Return guards on all eight corners of a box about the origin."""
    one = move(corner(reach, radius, lift), *(np.array(size) / 2))
    signs = [(i, j, k) for i in (-1.0, 1.0) for j in (-1.0, 1.0) for k in (-1.0, 1.0)]
    return merge([scale(one, *sign) for sign in signs])


def belt(x: float, size: tuple[float, float, float], radius: float, width: float) -> Mesh:
    """Return a belt round a box about the origin, upright at x."""
    _, d, h = size
    flat = resample(rounded_rectangle(d + 0.004, h + 0.004, radius + 0.002, 8), 160, closed=True)
    path = np.column_stack([np.full(len(flat), x), flat])
    return sweep(rounded_rectangle(width, 0.0044, 0.0018, 4), path, closed=True, up=(1, 0, 0))


def belt_front(x: float, front: float, top: float, width: float) -> tuple[Mesh, Mesh, Mesh]:
    """Return the free end of a belt with its keeper, the buckle, and the seams, on the front plane y = -front."""
    z = np.linspace(top - 0.06, top - 0.24, 30)
    lift = front + 0.0062 + 0.0015 * np.sin(np.linspace(0, np.pi, 30))
    taper = np.minimum(1, np.sqrt(np.linspace(30, 0.3, 30) / 3.0))
    rows = [np.column_stack([x + s * width * 0.46 * taper, -lift, z]) for s in np.linspace(-1, 1, 7)]
    keeper = move(rounded_box((width * 1.16, 0.009, 0.014), 0.003), x, -front - 0.0055, top - 0.135)
    frame = move(soft.buckle(width * 1.36, 0.036, 0.0021), x, -front - 0.0105, top - 0.075)
    seams = [
        soft.stitches([(x + s * width * 0.36, -front - 0.0046, h) for h in (top - 0.25, -top + 0.03)], 0.007, 0.003)
        for s in (-1, 1)
    ]
    return merge([soft.slab(np.array(rows), 0.003), keeper]), frame, merge(seams)


def case_lock() -> Mesh:
    """Return a case's catch with its hasp and a keyhole, lying on z = 0 about the origin, its hasp towards -y."""
    base = move(extrude(rounded_rectangle(0.05, 0.03, 0.005), 0.003, 0.001), y=0.016)
    hasp = move(extrude(rounded_rectangle(0.024, 0.05, 0.006), 0.006, 0.002), y=-0.004)
    return merge([base, hasp, move(extrude(circle(0.006, 24), 0.008, 0.002), y=0.018)])


def leather(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a leather case on its long side; shape: `corner` (reach of its guards), `belts` (their x), metres."""
    size = tuple(float(shape[key]) for key in ("width", "depth", "height"))
    w, d, h = size
    skin, r, lid = slots(finish), shape.get("radius", 0.022), -d * 0.2
    ring = resample(rounded_rectangle(w + 0.002, h + 0.002, r, 8), 200, closed=True)
    seam = np.column_stack([ring[:, 0], np.full(len(ring), lid), ring[:, 1]])
    valance = sweep(rounded_rectangle(0.009, 0.0024, 0.001, 3), seam, closed=True, up=(0, 1, 0))
    edge = resample(rounded_rectangle(w - 2 * r - 0.006, h - 2 * r - 0.006, 0.014, 8), 200, closed=True)
    front = np.column_stack([edge[:, 0], np.full(len(edge), -d / 2 - 0.0003), edge[:, 1]])
    rows = soft.stitches(np.concatenate([front, front[:1]]), 0.007, 0.003, 0.0008)
    handle, fittings = rolled_handle(0.062, 0.03, h / 2, 0.0105)
    trim, metal, seams = [handle], [fittings], [rows]
    for x in shape["belts"]:
        end, frame, lines = belt_front(x, d / 2, h / 2, 0.032)
        trim += [belt(x, size, r, 0.032), end]
        metal.append(frame)
        seams.append(lines)
    metal += [move(case_lock(), x, lid, h / 2 + 0.001) for x in (-w * 0.33, w * 0.33)]
    made = [
        Part(rounded_box(size, r, 6, 8), skin["body"]),
        Part(corners(size, shape["corner"], r, 0.0012), skin["trim"], thickness=0.0026),
        Part(merge(trim), skin["trim"]),
        Part(valance, skin["seam"]),
        Part(merge(seams), skin["thread"]),
        Part(merge(metal), skin["metal"]),
    ]
    return [Part(move(p.mesh, z=h / 2), p.finish, p.thickness) for p in made]


def disc(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a round case that stands on four feet; shape: `height` is its diameter."""
    r, d, foot = shape["height"] / 2, float(shape["depth"]), 0.009
    skin = slots(finish)
    flat = circle(r, 180) + [0, r]
    body = soft.Body(flat, d / 2, d / 2, 0.005, 0.01)
    piping = merge([tube(body.seam(side, 0.0006), 0.004, 10, closed=True) for side in (-1, 1)])
    middle = circle(r + 0.0008, 180) + [0, r]
    arc = np.column_stack([middle[:, 0], np.full(180, -d * 0.18), middle[:, 1]])
    tape = sweep(rounded_rectangle(0.02, 0.003, 0.001, 3), arc, closed=True, up=(0, 1, 0))
    teeth = soft.zip_teeth(np.concatenate([arc, arc[:1]]) * [1.004, 1, 1.004] - [0, 0, r * 0.004], (0, 1, 0), 0.004)
    handle, fittings = rolled_handle(0.05, 0.026, 2 * r - 0.012, 0.009)
    plug = revolve([(0.0, -foot), (0.009, -foot), (0.011, 0.012), (0.0, 0.02)], 28)
    feet = [move(plug, x, y, 0.004) for x in (-0.05, 0.05) for y in (-d * 0.3, d * 0.3)]
    band = np.column_stack([np.linspace(-r * 0.985, r * 0.985, 80), np.full(80, r)])
    belt_rows = np.stack([body.on_front(band * [0.998, 1] + [0, z], 0.002) for z in np.linspace(-0.021, 0.021, 5)], 1)
    seams = merge([soft.stitches(body.on_front(band + [0, z], 0.0026), 0.007, 0.003, 0.0008) for z in (-0.017, 0.017)])
    plate = move(soft.turn_lock(0.05, 0.03), 0, -float(body.depth(0, r)) - 0.0015, r)
    made = [
        Part(body.mesh(), skin["body"]),
        Part(merge([piping, handle, soft.slab(belt_rows, 0.003)]), skin["trim"]),
        Part(seams, skin["thread"]),
        Part(tape, skin["lining"]),
        Part(merge([teeth, fittings, plate, *feet]), skin["metal"]),
    ]
    return [Part(move(p.mesh, z=foot), p.finish) for p in made]


def weekender(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a soft travel bag with a zip along its ridge and two handles sewn down both sides."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = slots(finish)
    body = soft.Body(outline(w, h, w * 0.9, (0.05, 0.075)), d / 2, d * 0.2, 0.022, 0.032, 0.004)
    tape, teeth, pull = top_zip(body, w * 0.4)
    piping = merge([tube(body.seam(side, 0.0006), 0.0034, 8, closed=True) for side in (-1, 1)])
    line = handle_line(body, w * 0.19, h, shape["handle"])
    band = _flat_band(line, 0.03, 0.0036)
    grip = tube(line[len(line) // 2 - 9 : len(line) // 2 + 10], 0.0085, 14)
    seams = [
        soft.stitches(body.on_front([(x + s, z) for z in np.linspace(0.03, h * 0.72, 20)], 0.0062), 0.006, 0.003)
        for x in (-w * 0.19, w * 0.19)
        for s in (-0.011, 0.011)
    ]
    back = [mirror(mesh, "y") for mesh in (band, grip)]
    studs = [
        move(soft.rivet(0.0045), x, -float(body.depth(x, h * 0.74)) - 0.005, h * 0.74) for x in (-w * 0.19, w * 0.19)
    ]
    return [
        Part(body.mesh(), skin["body"]),
        Part(merge([piping, band, grip, *back, *_end_tabs(body, w, h)]), skin["trim"]),
        Part(merge(seams), skin["thread"]),
        Part(tape, skin["lining"]),
        Part(merge([teeth, pull, *studs]), skin["metal"]),
    ]


def handle_line(body: soft.Body, x: float, h: float, rise: float) -> Array:
    """Return the path of a handle: up the front at -x, over `rise` metres above the top, down at +x."""
    low = body.on_front(np.column_stack([np.full(12, -x), np.linspace(0.012, h * 0.78, 12)]), 0.004)
    y = low[-1, 1]
    left = [(-x * 0.97, y, h), (-x * 0.84, y - 0.004, h + rise * 0.55), (-x * 0.5, y - 0.012, h + rise * 0.92)]
    points = [*low, *left, (0, y - 0.014, h + rise)]
    points += [(-px, py, pz) for px, py, pz in points[-2::-1]]
    return soften(spline(points, 160), 7)


def _flat_band(line: Array, width: float, thickness: float) -> Mesh:
    """Return a band along a line whose flat side faces the front."""
    across = np.cross(np.gradient(line, axis=0), [0.0, 1.0, 0.0])
    return soft.ribbon(line, across, width, thickness)


def _end_tabs(body: soft.Body, w: float, h: float) -> list[Mesh]:
    """Return the leather tabs at both ends of the zip."""
    tab = move(rotate(rounded_box((0.006, 0.05, 0.08), 0.0028), "y", 14), w * 0.452, 0, h * 0.8)
    return [tab, mirror(tab)]
