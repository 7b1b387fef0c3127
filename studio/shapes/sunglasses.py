"""Build sunglasses: acetate, wire and sport frames, open and resting on their rims and temple tips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import circle, pchip, rounded_rectangle, spline
from studio.render.mesh import Array, Mesh, merge, mirror, move, rotate
from studio.render.part import Finish, Part, View, finish_of
from studio.render.primitives import sweep, tube
from studio.shapes import soft
from studio.shapes.sunglasses_front import Front, Shield

VIEW = View(azimuth=27, elevation=17)


def finishes(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: frame, temple, tip, lens, pad, metal."""
    frame = finish_of(finish, "frame", surface="gloss", colour="black")
    temple = {"surface": frame.surface, "colour": frame.colour, "pattern": frame.pattern and vars(frame.pattern)}
    return {
        "frame": frame,
        "temple": finish_of(finish, "temple", **temple, roughness=frame.roughness),
        "tip": finish_of(finish, "tip", surface="gloss", colour="black"),
        "lens": finish_of(finish, "lens", surface="glass", colour="charcoal"),
        "pad": finish_of(finish, "pad", surface="frosted", colour="white"),
        "metal": finish_of(finish, "metal", surface="metal", colour="gold"),
    }


def temple_path(start: tuple[float, float, float], length: float, drop: float, samples: int = 90) -> Array:
    """Return the left temple's middle line (samples, 3) from its hinge to its tip behind the ear."""
    x, y, z = start
    line = [
        (x, y, z), (x + 0.0012, y + length * 0.25, z + 0.0008), (x + 0.0005, y + length * 0.55, z + 0.001),
        (x - 0.003, y + length * 0.73, z - 0.001), (x - 0.0075, y + length * 0.87, z - drop * 0.4),
        (x - 0.0125, y + length * 0.985, z - drop),
    ]  # fmt: skip
    return spline(line, samples)


def broad_temple(path: Array, heights: tuple[float, ...], thick: float) -> Mesh:
    """Return a flat temple whose height runs through the given values from hinge to tip."""
    t = np.linspace(0, 1, len(path))
    tall = pchip(np.column_stack([np.linspace(0, 1, len(heights)), heights]), 200)
    rows = np.column_stack([np.interp(t, tall[:, 0], tall[:, 1]), np.full(len(path), thick)])
    return sweep(rounded_rectangle(1.0, 1.0, 0.3, 6), path, up=(0, 0, 1), scale=rows, cap="round")


def hinge(x: float, y: float, z: float, barrel: float = 0.0013, knuckle: float = 0.0021) -> Mesh:
    """Return the left hinge: five knuckles on a pin, and the leaves that hold it to front and temple."""
    ends = [np.array([[x, y, z + (k - 2.46) * knuckle], [x, y, z + (k - 1.54) * knuckle]]) for k in range(5)]
    made = [tube(end, barrel, 14, cap="flat") for end in ends]
    leaf = soft.plate(rounded_rectangle(0.005, 0.0074, 0.0012, 4), 0.0008, 0.0002)
    made.append(move(leaf, x - 0.002, y - barrel * 0.4, z))
    made.append(move(rotate(leaf, "z", 90), x + barrel * 0.5, y + 0.0024, z))
    return merge(made)


def rivets(at: Array, sideways: bool) -> Mesh:
    """Return two pins' heads, one above the other, on the front or on a temple's outer face."""
    head = soft.plate(circle(0.0011, 20), 0.0007, 0.0003)
    head = rotate(head, "z", 90) if sideways else head
    return merge([move(head, at[0], at[1], at[2] + dz) for dz in (-0.0022, 0.0022)])


def both(mesh: Mesh) -> Mesh:
    """Return a part and its mirror image."""
    return merge([mesh, mirror(mesh)])


def acetate(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Return a frame cut from a sheet of acetate."""
    front = Front(**{k: tuple(v) if isinstance(v, list) else v for k, v in shape["front"].items()})
    x, low, high = front.end
    z, back = (low + high) / 2, front.curve + front.depth / 2
    path = temple_path((x - 0.0022, back - 0.001, z), shape.get("length", 0.14), shape.get("drop", 0.036))
    tall = shape.get("temple", [0.0105, 0.0082, 0.0064, 0.0074, 0.0085])
    temple = broad_temple(path, (high - low - 0.0008, *tall), shape.get("thick", 0.0036))
    metal = [both(hinge(x - 0.0062, back + 0.0008, z))]
    if shape.get("rivets", True):
        front_pin = np.array([x - 0.0045, front.curve * ((x - 0.0045) / x) ** 2 - front.depth / 2 + 0.0002, z])
        side_pin = path[5] + [shape.get("thick", 0.0036) / 2 - 0.0002, 0, 0]
        metal += [both(rivets(front_pin, False)), both(rivets(side_pin, True))]
    if shape.get("core"):
        metal.append(both(tube(path[4:-6], 0.0007, 8)))
    return [
        Part(front.bend(merge([front.rims(), front.moulded_pads()])), skin["frame"]),
        Part(front.bend(front.lenses()), skin["lens"]),
        Part(both(temple), skin["temple"]),
        Part(merge(metal), skin["metal"]),
    ]


def wire(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Return a frame bent from wire, with nose pads and acetate tips."""
    front = Front(**{k: tuple(v) if isinstance(v, list) else v for k, v in shape["front"].items()})
    gauge = shape.get("wire", 0.001)
    x, low, high = front.end
    z = (low + high) / 2
    path = temple_path((x + 0.0006, front.curve + 0.005, z), shape.get("length", 0.138), shape.get("drop", 0.036))
    arm = tube(path[:70], np.linspace(0.0011, 0.0008, 70), 12)
    tip = tube(path[58:], np.interp(np.linspace(0, 1, 32), [0, 0.12, 0.6, 1], [0.0013, 0.0019, 0.0023, 0.0026]), 14)
    frame = merge([front.wire_rims(gauge), front.bridge_wires(gauge * 1.05, shape["bars"]), front.pad_arms()])
    return [
        Part(
            merge([front.bend(frame), both(arm), both(hinge(x - 0.0006, front.curve + 0.0042, z, 0.001, 0.0014))]),
            skin["metal"],
        ),
        Part(front.bend(front.lenses(0.0026, 0.0016, -0.0004)), skin["lens"]),
        Part(front.bend(front.pads()), skin["pad"]),
        Part(both(tip), skin["tip"]),
    ]


def sport(shape: Mapping[str, Any], skin: Mapping[str, Finish]) -> list[Part]:
    """Return a wrapped one-piece lens below a brow bar, with gripping temples."""
    shield = Shield(**shape.get("shield", {}))
    x = np.array([shield.half])
    start = shield.place(x, shield.edges(x)[1] - 0.001)[0]
    path = temple_path((start[0] - 0.0004, start[1] - 0.001, start[2] - 0.0006), shape.get("length", 0.12), 0.03)
    temple = broad_temple(path, (0.0106, 0.0112, 0.0092, 0.0078, 0.0088), 0.0048)
    grip = broad_temple(path[56:86], (0.0084, 0.0094, 0.0098, 0.0098), 0.006)
    parts = [
        Part(shield.lens(), skin["lens"]),
        Part(shield.brow(), skin["frame"]),
        Part(shield.nose(), skin["tip"]),
        Part(both(temple), skin["temple"]),
        Part(both(grip), skin["tip"]),
        Part(both(rivets(path[5] + [0.0024, 0, -0.0006], True)), skin["metal"]),
    ]
    return parts + ([Part(shield.rim(), skin["frame"])] if shape.get("rim") else [])


STYLES = {"acetate": acetate, "wire": wire, "sport": sport}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build sunglasses of shape["style"], resting on rims and temple tips, the middle over the origin."""
    parts = STYLES[shape["style"]](shape, finishes(finish))
    v = np.concatenate([p.mesh.vertices for p in parts])
    front, rear = v[v[:, 1] < 0.03], v[v[:, 1] > v[:, 1].max() - 0.03]
    low, tip = front[front[:, 2].argmin()], rear[rear[:, 2].argmin()]
    lean = -float(np.degrees(np.arctan2(tip[2] - low[2], tip[1] - low[1])))
    turned = [Part(rotate(p.mesh, "x", lean), p.finish) for p in parts]
    v = np.concatenate([p.mesh.vertices for p in turned])
    middle = (v.min(axis=0) + v.max(axis=0)) / 2
    return [Part(move(p.mesh, y=-middle[1], z=-float(v[:, 2].min())), p.finish) for p in turned]
