"""Shape bags that close along the top: half moons and baguettes with a zip, framed bags with a kiss lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, offset, resample, rounded_rectangle, spline
from studio.render.mesh import Array, Mesh, merge, mirror, move, rotate
from studio.render.part import Part
from studio.render.primitives import revolve, tube
from studio.shapes import soft
from studio.shapes.bag_flap import finishes, outline, rolled_handle, shoulder_strap, side_rings


def crescent(width: float, height: float, sag: float, tip: float) -> Array:
    """Return a half-moon outline of x, z: `sag` is how far the top edge hangs, `tip` the radius of its tips."""
    w = width / 2
    angle = np.linspace(np.pi * 1.02, np.pi * 1.98, 40)
    low = np.stack([w * np.cos(angle) / np.cos(np.pi * 0.02), height + (height - 0.0) * np.sin(angle)], axis=1)
    t = np.linspace(1, -1, 24)
    high = np.stack([t * w * 0.94, height + 0.004 - sag * (1 - t**2)], axis=1)
    line = np.concatenate([low, high])
    return resample(fillet(resample(line, 90, closed=True), tip, 3, closed=True), 180, closed=True)


def top_zip(body: soft.Body, reach: float) -> tuple[Mesh, Mesh, Mesh]:
    """Return the tape, the teeth and the puller of a zip along the bag's top within |x| < reach."""
    upper = body.outline[(body.outline[:, 1] > body.centre[1]) & (np.abs(body.outline[:, 0]) < reach)]
    upper = upper[upper[:, 0].argsort()]
    path = spline(np.column_stack([upper[:, 0], np.zeros(len(upper)), upper[:, 1]])[:: max(len(upper) // 12, 1)], 90)
    tape = soft.ribbon(path + [0, 0, 0.0004], np.tile([0, 1.0, 0], (len(path), 1)), 0.02, 0.0016)
    teeth = soft.zip_teeth(path + [0, 0, 0.0018], (0, 1, 0))
    start = path[4]
    slider = move(soft.plate(rounded_rectangle(0.012, 0.007, 0.002), 0.006), start[0], 0.003, start[2] + 0.004)
    tag = soft.plate(fillet([(-0.004, 0), (-0.006, -0.03), (0.006, -0.03), (0.004, 0)], 0.003, 6, closed=True), 0.002)
    pull = move(rotate(tag, "x", -14), start[0] - 0.002, -float(body.half(start[2])) - 0.001, start[2] + 0.002)
    bar = tube([start + [-0.002, 0, 0.005], start + [-0.002, -float(body.half(start[2])) - 0.002, 0.003]], 0.0012, 8)
    return tape, teeth, merge([slider, pull, bar])


def seam_stitches(body: soft.Body, inside: float = 0.006) -> Mesh:
    """Return a seam that follows the front's edge."""
    line = offset(body.outline, -body.edge - inside)
    return soft.stitches(body.on_front(np.concatenate([line, line[:1]]), 0.0002))


def plaque(body: soft.Body, x: float, z: float, width: float, height: float) -> Mesh:
    """Return a small metal plate on the front."""
    flat = resample(rounded_rectangle(width, height, height * 0.3), 48, closed=True)
    return move(soft.plate(flat, 0.0016), x, -float(body.depth(x, z)) + 0.0002, z)


def half_moon(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a half-moon shoulder bag on one wide strap."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = finishes(finish)
    body = soft.Body(crescent(w, h, shape["sag"], 0.02), d / 2, d * 0.36, shape.get("puff", 0.014), 0.007, 0.003)
    tape, teeth, pull = top_zip(body, w * 0.4)
    anchors, rings, tabs = side_rings(body, h * 0.9)
    band = shoulder_strap(anchors, shape["strap"], shape.get("strap_width", 0.026), 0.012)
    piping = merge([tube(body.seam(side, 0.0004), 0.002, 8, closed=True) for side in (-1, 1)])
    mark = plaque(body, 0, h * 0.34, 0.03, 0.008)
    return [
        Part(body.mesh(), skin["body"]),
        Part(piping, skin["trim"]),
        Part(merge([band, tabs]), skin["trim"]),
        Part(seam_stitches(body), skin["thread"]),
        Part(tape, skin["lining"]),
        Part(merge([teeth, pull, rings, mark]), skin["metal"]),
    ]


def baguette(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a long, low shoulder bag with a zip and a buckled strap."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = finishes(finish)
    body = soft.Body(outline(w, h, w * shape.get("taper", 0.92), (0.04, 0.03)), d / 2, d * 0.3, 0.012, 0.01, 0.003)
    tape, teeth, pull = top_zip(body, w * 0.36)
    anchors, rings, tabs = side_rings(body, h * 0.8)
    band = shoulder_strap(anchors, shape["strap"], shape.get("strap_width", 0.022), 0.012)
    piping = merge([tube(body.seam(side, 0.0004), 0.0022, 8, closed=True) for side in (-1, 1)])
    fold = np.column_stack([np.linspace(-w * 0.47, w * 0.47, 60), np.full(60, h * 0.3)])
    band_grid = np.stack([body.on_front(fold + [0, k], 0.0016) for k in np.linspace(0, h * 0.14, 5)], axis=1)
    belt = soft.slab(band_grid, 0.0022)
    frame = move(soft.buckle(0.03, h * 0.22), w * 0.2, -float(body.depth(w * 0.2, h * 0.37)) - 0.003, h * 0.37)
    rows = merge([soft.stitches(body.on_front(fold + [0, k], 0.002)) for k in (0.0035, h * 0.14 - 0.0035)])
    return [
        Part(body.mesh(), skin["body"]),
        Part(piping, skin["trim"]),
        Part(merge([band, tabs, belt]), skin["trim"]),
        Part(rows, skin["thread"]),
        Part(tape, skin["lining"]),
        Part(merge([teeth, pull, rings, rotate(frame, "y", 0)]), skin["metal"]),
    ]


def kiss_lock(width: float, bow: float, depth: float, z: float) -> Mesh:
    """Return two metal jaws along the top of a bag and the crossed knobs that hold them shut."""
    jaws = []
    for side in (-1.0, 1.0):
        corners = [(-width / 2, z - bow), (-width / 2, z), (width / 2, z), (width / 2, z - bow)]
        line = fillet([(x, side * depth, h) for x, h in corners], bow * 0.55, 12)
        jaws.append(tube(resample(line, 90), 0.0042, 12))
    neck = revolve(
        [(0, 0), (0.0022, 0), (0.0022, 0.007), (0.006, 0.009), (0.0075, 0.014), (0.005, 0.0195), (0, 0.021)], 24
    )
    knobs = [
        move(rotate(neck, "y", tilt), x, y, z + 0.002) for tilt, x, y in ((16, -0.006, -0.004), (-16, 0.006, 0.004))
    ]
    return merge([*jaws, *knobs])


def pleats(mesh: Mesh, top: float, reach: float, folds: int, depth: float) -> Mesh:
    """Gather a bag's front and back: soft vertical folds that fade out `reach` below the top."""
    v = mesh.vertices.copy()
    fade = np.clip((v[:, 2] - (top - reach)) / reach, 0, 1) ** 1.2
    span = np.abs(v[:, 0]).max()
    v[:, 1] += np.sign(v[:, 1]) * depth * fade * np.cos(v[:, 0] / span * np.pi * folds) * (np.abs(v[:, 1]) > 0.004)
    return Mesh(v, mesh.faces, mesh.uvs, mesh.smooth)


def framed(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a bag gathered into a metal frame with a kiss lock and a short handle."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = finishes(finish)
    flat = outline(w, h, w * shape.get("taper", 0.7), (shape.get("low_radius", 0.06), 0.012))
    body = soft.Body(flat, d / 2, 0.009, 0.012, 0.008, 0.004)
    gathered = pleats(body.mesh(), h, h * 0.7, int(shape.get("folds", 7)), 0.0022)
    jaws = kiss_lock(w * shape.get("taper", 0.7) * 1.0, h * 0.2, 0.0075, h + 0.002)
    piping = merge([tube(body.seam(side, 0.0004), 0.0018, 8, closed=True) for side in (-1, 1)])
    parts = [Part(gathered, skin["body"]), Part(piping, skin["trim"])]
    metal = [jaws]
    if "handle" in shape:
        handle, feet = rolled_handle(w * 0.22, shape["handle"], h + 0.004, 0.0062)
        parts.append(Part(handle, skin["trim"]))
        metal.append(feet)
    if "strap" in shape:
        ring = move(soft.ring(circle(0.007, 32), 0.0014), w * shape.get("taper", 0.7) / 2 + 0.006, 0, h - 0.012)
        metal += [ring, mirror(ring)]
        x = w * shape.get("taper", 0.7) / 2 + 0.008
        anchors = np.array([[-x, 0, h - 0.008], [x, 0, h - 0.008]])
        parts.append(Part(shoulder_strap(anchors, shape["strap"], 0.012), skin["trim"]))
    return [*parts, Part(merge(metal), skin["metal"])]
