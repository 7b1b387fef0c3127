"""Build wristwatches: a case with its dial on a closed strap that stands by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, offset, resample, rounded_rectangle, spline, superellipse
from studio.render.mesh import Array, Mesh, arc_lengths, merge, mirror, move, rotate
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import revolve, rounded_box, sweep, tube
from studio.shapes import soft, watch_dial

VIEW = View(azimuth=26, elevation=16)
TILT = 10.0


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: case, bezel, dial, mark, hand, second, strap, thread."""
    case = finish_of(finish, "case", surface="metal", colour="steel")
    mark = finish_of(finish, "mark", surface=case.surface, colour=case.colour)
    strap = finish_of(finish, "strap", surface="leather", colour="cognac")
    return {
        "case": case,
        "bezel": finish_of(finish, "bezel", surface=case.surface, colour=case.colour),
        "dial": finish_of(finish, "dial", surface="gloss", colour="cream", roughness=0.3),
        "mark": mark,
        "hand": finish_of(finish, "hand", surface=mark.surface, colour=mark.colour),
        "second": finish_of(finish, "second", surface="plastic", colour="red"),
        "subdial": finish_of(finish, "subdial", surface="gloss", colour="charcoal", roughness=0.3),
        "strap": strap,
        "thread": finish_of(finish, "thread", surface="cotton", colour=strap.colour),
    }


def case_outline(form: str, width: float, height: float) -> Array:
    """Return the case's outline (n, 2) of x, z."""
    match form:
        case "round":
            flat = circle(width / 2, 120)
        case "cushion":
            flat = superellipse(width, height, 3.0, 120)
        case "rectangle":
            flat = rounded_rectangle(width, height, width * 0.12, 8)
        case "tonneau":
            flat = superellipse(width, height, 5.0, 160)
            flat[:, 0] *= 0.74 + 0.26 * np.cos(np.pi * flat[:, 1] / height)
        case _:
            raise ValueError(f"No watch form {form!r}.")
    return resample(flat, 120, closed=True)


def case_meshes(flat: Array, thick: float) -> tuple[Mesh, Mesh]:
    """Return the case's body, whose front lies at y = -thick, and the bezel on it."""
    body = soft.plate(flat, thick, 0.0012)
    bezel = []
    for out, fore in ((-0.0011, 0.0004), (-0.0019, 0.0011)):
        line = offset(flat, out)
        bezel.append(
            tube(np.column_stack([line[:, 0], np.full(len(line), -thick - fore), line[:, 1]]), 0.0011, 10, closed=True)
        )
    return body, merge(bezel)


def lugs(width: float, reach: float, band: float) -> Mesh:
    """Return four lugs that bend from the case to the strap, `reach` above and below the middle."""
    path = spline(
        [
            (band / 2 + 0.0014, -0.0035, reach * 0.72),
            (band / 2 + 0.0014, -0.003, reach * 0.95),
            (band / 2 + 0.0014, 0.0015, reach * 1.16),
        ],
        12,
    )
    one = sweep(rounded_rectangle(0.0032, 0.004, 0.001, 4), path, up=(1, 0, 0), scale=np.linspace(1.1, 0.8, 12))
    top = merge([one, mirror(one)])
    pin = tube([(-band / 2, 0.0005, reach * 1.1), (0, 0.0005, reach * 1.1), (band / 2, 0.0005, reach * 1.1)], 0.0009, 8)
    return merge([top, pin, mirror(top, "z"), mirror(pin, "z")])


def crown(x: float, radius: float = 0.0031, depth: float = 0.004) -> Mesh:
    """Return a fluted crown whose foot is at x."""
    knob = revolve(
        [
            (0, 0),
            (radius * 0.7, 0),
            (radius * 0.7, 0.001),
            (radius, 0.0014),
            (radius, depth - 0.0005),
            (radius * 0.8, depth),
            (0, depth),
        ],
        32,
    )
    a = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    ribs = [
        tube(
            [
                [radius * np.cos(t), radius * np.sin(t), 0.0014],
                [radius * np.cos(t), radius * np.sin(t), depth - 0.0006],
            ],
            0.00032,
            5,
            cap="flat",
        )
        for t in a
    ]
    return move(rotate(merge([knob, *ribs]), "y", 90), x, -0.0035)


def loop(reach: float, deep: float, tall: float) -> Array:
    """Return the strap's path from the upper to the lower lug, behind the case."""
    half = [
        (0, -0.0016, reach * 0.99),
        (0, 0.0008, reach * 1.1),
        (0, 0.008, reach * 1.1 + (tall - reach * 1.1) * 0.75),
        (0, deep * 0.36, tall),
        (0, deep * 0.8, tall * 0.72),
        (0, deep, 0),
    ]
    return spline(half + [(0, y, -z) for _, y, z in half[-2::-1]], 160)


def strap(path: Array, width: float, thick: float) -> Mesh:
    """Return a band that tapers towards the back of the wrist."""
    share = np.sin(np.linspace(0, np.pi, len(path)))
    section = rounded_rectangle(width, thick, thick * 0.4, 4)
    return sweep(section, path, up=(1, 0, 0), scale=np.column_stack([1 - 0.17 * share, np.ones(len(path))]))


def strap_seams(path: Array, width: float, thick: float) -> Mesh:
    """Return the stitched lines along both edges of a strap."""
    along = np.gradient(path, axis=0)
    out = np.cross(along, [1.0, 0, 0])
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    outward = np.where((out * (path - path.mean(axis=0))).sum(axis=1, keepdims=True) > 0, out, -out)
    share = np.sin(np.linspace(0, np.pi, len(path)))
    edge = width / 2 * (1 - 0.17 * share) - 0.0017
    line = path + outward * (thick / 2 + 0.0001)
    return merge(
        [
            soft.stitches(line + np.column_stack([s * edge, np.zeros((len(path), 2))]), 0.0022, 0.0012, 0.00028)
            for s in (-1, 1)
        ]
    )


def keepers(path: Array, width: float, thick: float) -> tuple[Mesh, Mesh]:
    """Return the strap's loops and its buckle, low on the back."""
    bands = [strap_piece(path[k : k + 8], width * 0.9, thick * 2.4) for k in (104, 116)]
    frame = tube(
        np.column_stack(
            [np.array(c := rounded_rectangle(width * 0.9, 0.012, 0.003, 6))[:, 0], np.zeros(len(c)), c[:, 1]]
        ),
        0.0011,
        10,
        closed=True,
    )
    at = path[94]
    return merge(bands), move(frame, 0, at[1] + thick * 0.55, at[2])


def strap_piece(path: Array, width: float, thick: float) -> Mesh:
    """Return a short straight piece of band."""
    return sweep(rounded_rectangle(width, thick, thick * 0.4, 4), path, up=(1, 0, 0))


def bracelet(path: Array, width: float, pitch: float = 0.0052) -> Mesh:
    """Return rows of three links along the strap's path."""
    count = int(arc_lengths(path)[-1] / pitch)
    at = resample(path, count)
    along = np.gradient(at, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    middle = rounded_box((width * 0.4, pitch * 0.88, 0.0034), 0.0008, samples=3)
    outer = rounded_box((width * 0.27, pitch * 0.92, 0.003), 0.0008, samples=3)
    made = []
    for k, (p, t) in enumerate(zip(at, along, strict=True)):
        taper = 1 - 0.15 * np.sin(np.pi * k / (count - 1))
        axes = np.array([[taper, 0, 0], t, np.cross([1.0, 0, 0], t)])
        for piece, x in ((middle, 0.0), (outer, -width * 0.355), (outer, width * 0.355)):
            made.append(Mesh((piece.vertices + [x, 0, 0]) @ axes + p, piece.faces, piece.uvs))
    return merge(made)


def face(shape: Mapping[str, Any], skin: Mapping[str, Finish], flat: Array, thick: float) -> list[Part]:
    """Return bezel, dial, marks, counters and hands."""
    dive, counter = (shape.get("extra") == kind for kind in ("dive", "small seconds"))
    _, bezel = case_meshes(flat, thick)
    inner = offset(flat, -0.0028)
    size, back = float(np.abs(inner).max(axis=0).min()), -thick + 0.0002
    top = back - 0.0003
    parts = [Part(move(soft.plate(inner, 0.0003, 0), y=back), skin["dial"])]
    if dive:
        bezel, dots = watch_dial.dive_bezel(flat, thick)
        parts.append(Part(dots, skin["mark"]))
        inner = inner * 0.94
    hours = watch_dial.marks(inner, shape.get("marks", "baton"), top, 6 if counter else None)
    parts += [Part(bezel, skin["bezel"]), Part(hours, skin["mark"])]
    if shape.get("track", True):
        parts.append(Part(watch_dial.minute_track(inner, top), skin["hand"]))
    if shape.get("extra") == "chronograph":
        discs, details = watch_dial.subdials(size, top)
        parts += [Part(discs, skin["subdial"]), Part(details, skin["hand"])]
    if counter:
        disc, rim, pointer = watch_dial.small_seconds(size, top)
        parts += [Part(disc, skin["subdial"]), Part(rim, skin["mark"]), Part(pointer, skin["second"])]
    hour, minute = shape.get("time", (10, 9))
    second = shape.get("second", 34) * 6
    hour_hand = watch_dial.hand(size * 0.56, 0.0017, hour * 30 + minute * 0.5, top - 0.0006)
    minute_hand = watch_dial.hand(size * 0.8, 0.0013, minute * 6, top - 0.0011)
    hub = move(soft.plate(circle(0.0011, 20), 0.0012, 0.0002), 0, top - 0.0008)
    parts.append(Part(merge([hour_hand, minute_hand]), skin["hand"]))
    if counter:
        return [*parts, Part(hub, skin["hand"])]
    second_hand = watch_dial.hand(size * 0.84, 0.0005, second, top - 0.0016, 0.006)
    return [*parts, Part(merge([second_hand, hub]), skin["second"])]


def pushers(width: float) -> Mesh:
    """Return a chronograph's two pushers, above and below the crown."""
    profile = [(0, 0), (0.0012, 0), (0.0012, 0.002), (0.0019, 0.0022), (0.0019, 0.0036), (0, 0.0038)]
    one = rotate(revolve(profile, 20), "y", 90)
    return merge([move(one, width * 0.44, -0.0035, side * width * 0.26) for side in (-1, 1)])


def band(shape: Mapping[str, Any], skin: Mapping[str, Finish], reach: float, width: float) -> list[Part]:
    """Return the strap or bracelet with its buckle."""
    path = loop(reach, shape.get("deep", 0.056), shape.get("tall", 0.034))
    kind = shape.get("band", "leather")
    if kind == "links":
        return [Part(bracelet(path, width), skin["strap"])]
    thick = {"leather": 0.0031, "rubber": 0.0036, "cloth": 0.0018}[kind]
    loops, frame = keepers(path, width, thick)
    parts = [Part(merge([strap(path, width, thick), loops]), skin["strap"]), Part(frame, skin["case"])]
    if kind == "leather":
        parts.append(Part(strap_seams(path[10:-10], width, thick), skin["thread"]))
    return parts


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a watch, leaning back a little; lengths in metres.

    Shape: `form`, `width`, `height`, `marks`, `band` (leather, rubber, cloth, links), `extra` (dive, chronograph,
    small seconds).
    """
    skin = finishes(finish)
    width, height, thick = shape["width"], shape.get("height", shape["width"]), shape.get("thick", 0.0085)
    flat = case_outline(shape["form"], width, height)
    band_width = shape.get("band_width", width * 0.5)
    case = [case_meshes(flat, thick)[0], lugs(width, height / 2, band_width), crown(width / 2 - 0.0004)]
    case += [pushers(width)] if shape.get("extra") == "chronograph" else []
    parts = [
        Part(merge(case), skin["case"]),
        *face(shape, skin, flat, thick),
        *band(shape, skin, height / 2, band_width),
    ]
    turned = [Part(rotate(p.mesh, "x", -TILT), p.finish) for p in parts]
    low = min(float(p.mesh.vertices[:, 2].min()) for p in turned)
    return [Part(move(p.mesh, y=-0.02, z=-low), p.finish) for p in turned]
