"""Shape trolleys: hard shells with relief, soft sides with pockets, small ones for children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from studio.render.curves import circle, fillet, lift, offset, resample, rounded_rectangle, spline
from studio.render.mesh import Array, Mesh, flip, grid, merge, mirror, move, rotate
from studio.render.part import Finish, Part, finish_of
from studio.render.primitives import extrude, fan, revolve, rounded_box, sweep, tube
from studio.shapes import soft
from studio.shapes.backpack import pocket, zipper
from studio.shapes.turned import plain

WHEEL = 0.026  # metres, radius
CLEARANCE = 0.06  # metres from the floor to a shell that stands on castors


@dataclass(frozen=True)
class Shell:
    """A hard box standing on z = 0: `radius` rounds its plan, `edge` its top and bottom, metres."""

    width: float
    depth: float
    height: float
    radius: float
    edge: float

    def mesh(self, relief: Mapping[str, Any]) -> Mesh:
        """Skin the shell; the `relief` is pressed out of its upright walls."""
        flat = resample(rounded_rectangle(self.width, self.depth, self.radius, 12), 360, closed=True)
        out = offset(flat, 1.0) - flat
        angles = np.linspace(0, np.pi / 2, 9)
        foot = [lift(flat - out * self.edge * (1 - np.sin(a)), self.edge * (1 - np.cos(a))) for a in angles]
        heights = np.linspace(self.edge, self.height - self.edge, 220)
        walls = [lift(flat + out * self._rise(flat, out, z, relief)[:, None], z) for z in heights]
        head = [ring * [1, 1, -1] + [0, 0, self.height] for ring in foot[::-1]]
        rings = np.array([*foot, *walls, *head])
        return merge([grid(rings.transpose(1, 0, 2), close_u=True), flip(fan(rings[0])), fan(rings[-1])])

    def _rise(self, flat: Array, out: Array, z: float, relief: Mapping[str, Any]) -> Array:
        x, up = flat[:, 0], z - self.height / 2
        room = np.clip((self.height / 2 - self.edge - abs(up)) / 0.012, 0, 1)
        face = np.clip((np.abs(out[:, 1]) - 0.7) / 0.25, 0, 1)
        inside = np.clip((self.width / 2 - self.radius * 0.8 - np.abs(x)) / 0.012, 0, 1)
        pitch, depth = relief["pitch"], relief["depth"]
        match relief["kind"]:
            case "hoops":
                clear = np.clip((np.abs(flat[:, 1]) - 0.014) / 0.01, 0, 1)
                return np.asarray(depth * _rib(up / pitch) * room * clear)
            case "chevrons":
                return np.asarray(depth * _rib((up + np.abs(x) * relief["slope"]) / pitch) * room * face * inside)
            case _:
                raise ValueError(f"No relief {relief['kind']!r}.")

    def around(self, lift_by: float = 0.0, y: float = 0.0) -> Array:
        """Return the closed line (n, 3) round the shell's middle, where its halves meet."""
        flat = rounded_rectangle(self.width + 2 * lift_by, self.height + 2 * lift_by, self.edge + lift_by, 10)
        line = resample(flat, 200, closed=True)
        return np.column_stack([line[:, 0], np.full(len(line), y), line[:, 1] + self.height / 2])


def _rib(t: Array | float) -> Array:
    """Return ribs with flat tops and soft flanks, height 0..1, one a unit."""
    wave = np.clip(0.5 + 0.85 * np.cos(2 * np.pi * np.asarray(t)), 0, 1)
    return np.asarray(wave * wave * (3 - 2 * wave))


def slots(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: body, trim, wheel, metal, zip, pull, mark."""
    body = finish_of(finish, "body", surface="plastic", colour="ink")
    trim = finish_of(finish, "trim", surface="plastic", colour="charcoal")
    metal = finish_of(finish, "metal", surface="brushed", colour="silver")
    return {
        "body": body,
        "trim": trim,
        "metal": metal,
        "wheel": finish_of(finish, "wheel", surface="rubber", colour="charcoal"),
        "zip": finish_of(finish, "zip", surface="nylon", colour="charcoal"),
        "pull": finish_of(finish, "pull", **plain(trim)),
        "mark": finish_of(finish, "mark", **plain(metal)),
        "pocket": finish_of(finish, "pocket", **plain(body)),
    }


def raised(parts: list[Part], z: float) -> list[Part]:
    """Lift parts off the floor."""
    return [replace(part, mesh=move(part.mesh, z=z)) for part in parts]


def castor(radius: float = WHEEL) -> tuple[Mesh, Mesh]:
    """Return the fork and the twin wheels of a castor that stands on z = 0."""
    wheel = rotate(extrude(circle(radius, 48), 0.012, 0.004), "y", 90)
    hub = rotate(extrude(circle(radius * 0.5, 32), 0.002, 0.0008), "y", 90)
    top = radius * 2 + 0.014
    dome = revolve([(0.0, radius * 2 - 0.004), (radius * 0.8, radius * 2 - 0.004), (radius, top), (0.0, top)], 40)
    fork = [dome, move(rounded_box((0.008, radius * 1.1, radius * 1.5), 0.003), 0, 0.004, radius * 1.45)]
    fork += [move(hub, x, 0.006, radius) for x in (0.0154, -0.0174)]
    wheels = [move(wheel, x, 0.006, radius) for x in (0.004, -0.016)]
    return merge(fork), merge(wheels)


def castors(x: float, y: float) -> tuple[Mesh, Mesh]:
    """Return forks and wheels under the four corners."""
    fork, wheels = castor()
    places = [(i * x, k * y) for i in (-1, 1) for k in (-1, 1)]
    return merge([move(fork, *at) for at in places]), merge([move(wheels, *at) for at in places])


def telescope(half: float, y: float, z: float, pull: float) -> tuple[Mesh, Mesh]:
    """Return the two-stage rods and the grip, with its foot plate, of a handle drawn out by `pull` over z."""
    rods: list[Mesh] = []
    for x in (-half, half):
        rods.append(tube([(x, y, z - 0.02), (x, y, z + pull * 0.5), (x, y, z + pull * 0.55)], 0.0078, 16, cap="flat"))
        rods.append(tube([(x, y, z), (x, y, z + pull * 0.9), (x, y, z + pull)], 0.0058, 16, cap="flat"))
    bend = [(-half, y, z + pull - 0.012), (-half, y, z + pull + 0.016), (half, y, z + pull + 0.016)]
    line = fillet([*bend, (half, y, z + pull - 0.012)], 0.02, 8)
    grip = sweep(rounded_rectangle(0.026, 0.024, 0.008, 5), line, up=(0, 1, 0))
    button = move(rounded_box((0.034, 0.014, 0.008), 0.003), 0, y, z + pull + 0.029)
    foot = move(rounded_box((2 * half + 0.06, 0.04, 0.012), 0.0055), 0, y, z + 0.001)
    return merge(rods), merge([grip, button, foot])


def carry_handle(length: float, rise: float, width: float = 0.03) -> Mesh:
    """Return a low padded handle about the origin, along x, its feet on z = 0."""
    half = length / 2
    path = [(-half, 0, -0.002), (-half * 0.86, 0, rise * 0.8), (0, 0, rise), (half * 0.86, 0, rise * 0.8)]
    line = spline([*path, (half, 0, -0.002)], 50)
    swell = 1 - 0.25 * (np.linspace(-1, 1, 50) ** 6)
    grip = sweep(rounded_rectangle(width, 0.011, 0.005, 5), line, up=(0, 1, 0), scale=np.column_stack([swell, swell]))
    feet = [move(rounded_box((0.03, width * 1.1, 0.01), 0.004), x, 0, 0.002) for x in (-half, half)]
    return merge([grip, *feet])


def number_lock() -> Mesh:
    """Return a lock plate with three number wheels and a slot, facing -y about the origin."""
    base = soft.plate(rounded_rectangle(0.03, 0.058, 0.007), 0.006, 0.002)
    dials = [
        move(rotate(extrude(circle(0.0055, 24), 0.005, 0.001), "y", 90), x - 0.0025, -0.005, 0.012)
        for x in (-0.008, 0.0, 0.008)
    ]
    return merge([base, *dials, move(soft.plate(circle(0.006, 24), 0.003), 0, -0.005, -0.014)])


def upright_parts(shape: Mapping[str, Any], skin: Mapping[str, Finish], side: float, top: float) -> list[Part]:
    """Return castors, telescopic handle and carry handles of a trolley whose flank is at x = `side`, top at z = `top`.

    The castors stand on z = -CLEARANCE.
    """
    w, d = shape["width"], shape["depth"]
    fork, wheels = castors(w / 2 - 0.055, d / 2 - 0.05)
    rods, grip = telescope(w * 0.23, d / 2 - 0.045, top, shape["pull"])
    high = move(carry_handle(0.16, 0.034), 0, -0.028, top)
    flank = move(rotate(carry_handle(0.16, 0.034), "y", 90), side, -0.028, top * 0.5)
    return [
        Part(move(fork, z=-CLEARANCE), skin["trim"]),
        Part(move(wheels, z=-CLEARANCE), skin["wheel"]),
        Part(rods, skin["metal"]),
        Part(grip, skin["pull"]),
        Part(merge([high, flank]), skin["trim"]),
    ]


def hard(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a hard-shell trolley; shape: `relief` (kind, pitch, depth, slope), `pull` of its handle."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = slots(finish)
    shell = Shell(w, d, h, shape.get("radius", 0.05), shape.get("edge", 0.042))
    seam = shell.around(0.0004)
    band = sweep(rounded_rectangle(0.017, 0.004, 0.0015, 4), seam, closed=True, up=(0, 1, 0))
    lips = [
        sweep(rounded_rectangle(0.004, 0.006, 0.0018, 4), shell.around(0.0002, y), closed=True, up=(0, 1, 0))
        for y in (-0.01, 0.01)
    ]
    teeth = soft.zip_teeth(np.concatenate([shell.around(0.0024), shell.around(0.0024)[:1]]), (0, 1, 0), 0.004)
    lock = move(rotate(number_lock(), "z", 90), w / 2 - 0.0005, -0.002, h * 0.72)
    badge = soft.plate(rounded_rectangle(0.05, 0.014, 0.004), 0.003)
    mark = move(badge, 0, -d / 2 + 0.001 - shape["relief"]["depth"], h - 0.075)
    made = [
        Part(shell.mesh(shape["relief"]), skin["body"]),
        Part(merge(lips), skin["trim"]),
        Part(band, skin["zip"]),
        Part(merge([teeth, lock]), skin["metal"]),
        Part(mark, skin["mark"]),
        *upright_parts(shape, skin, w / 2, h),
    ]
    return raised(made, CLEARANCE)


def soft_side(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a soft trolley; shape: `pockets` (width, height, z, depth), `pull` of its handle."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = slots(finish)
    flat = resample(rounded_rectangle(w, h, 0.04, 10) + [0, h / 2], 200, closed=True)
    body = soft.Body(flat, d / 2, d / 2 * 0.96, 0.012, 0.014, 0.002)
    piping = merge([tube(body.seam(side, 0.0006), 0.0034, 8, closed=True) for side in (-1, 1)])
    tape, teeth = zipper(body, 0.02, 0.03)
    made = [
        Part(body.mesh(), skin["body"]),
        Part(piping, skin["trim"]),
        Part(tape, skin["zip"]),
        Part(teeth, skin["metal"]),
    ]
    for spec in shape["pockets"]:
        front, y = pocket(shape, body, spec)
        lid, pull = zipper(front, spec["z"] + spec["height"] * 0.6, -0.002)
        edge = tube(front.seam(-1, 0.0006), 0.0026, 8, closed=True)
        named = ((front.mesh(), "pocket"), (edge, "trim"), (lid, "zip"), (pull, "metal"))
        made += [Part(move(mesh, y=y), skin[slot]) for mesh, slot in named]
    return raised([*made, *upright_parts(shape, skin, w / 2 - 0.002, h)], CLEARANCE)


def kids(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a child's trolley with a round head, two big wheels behind and a foot before."""
    w, h, d = (float(shape[key]) for key in ("width", "height", "depth"))
    skin = slots(finish)
    corners = [(-w / 2, 0), (w / 2, 0), (w / 2, h), (-w / 2, h)]
    flat = resample(fillet(corners, [0.05, 0.05, w * 0.46, w * 0.46], 24, closed=True), 220, closed=True)
    body = soft.Body(flat, d / 2, d / 2, 0.014, 0.034)
    middle = np.column_stack([flat[:, 0], np.zeros(len(flat)), flat[:, 1]])
    shell = _wrapped(body.mesh(), body.centre[1], d)
    bumper = sweep(rounded_rectangle(0.026, 0.012, 0.005, 5), middle, closed=True, up=(0, 1, 0))
    wheel = rotate(extrude(circle(0.036, 56), 0.024, 0.006), "y", 90)
    hub = rotate(extrude(circle(0.02, 40), 0.026, 0.003), "y", 90)
    back = d / 2 - 0.02
    wheels = merge([move(wheel, x - 0.012, back, 0.0) for x in (-w / 2 + 0.03, w / 2 - 0.03)])
    hubs = merge([move(hub, x - 0.013, back, 0.0) for x in (-w / 2 + 0.03, w / 2 - 0.03)])
    foot = move(rounded_box((w * 0.6, 0.04, 0.05), 0.012), 0, -d / 2 + 0.05, -0.011)
    rods, grip = telescope(w * 0.2, back - 0.035, h - 0.012, shape["pull"])
    handle = move(carry_handle(0.12, 0.036, 0.028), 0, -0.03, h - 0.001)
    straps = [mirror(latch := move(rounded_box((0.012, 0.05, 0.036), 0.005), w / 2 + 0.004, 0, h * 0.42)), latch]
    made = [
        Part(shell, skin["body"]),
        Part(merge([bumper, grip, handle]), skin["trim"]),
        Part(merge([wheels, foot]), skin["wheel"]),
        Part(merge([hubs, *straps]), skin["mark"]),
        Part(rods, skin["metal"]),
    ]
    return raised(made, 0.036)


def _wrapped(mesh: Mesh, middle: float, depth: float) -> Mesh:
    """Let a print run on from the front round the edge and over the flanks; `middle` is the height of its centre."""
    flat = mesh.vertices[:, [0, 2]] - [0, middle]
    out = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    wrapped = flat + out * np.clip(mesh.vertices[:, 1:2] + depth / 2, 0, None)
    return replace(mesh, uvs=wrapped[mesh.faces])
