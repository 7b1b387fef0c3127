"""Shape an umbrella's frame: ribs and stretchers, shaft, ferrule, handles, a parasol's foot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import fillet, pchip, soften
from studio.render.mesh import Mesh, merge, move, rotate
from studio.render.part import Finish, finish_of
from studio.render.primitives import revolve, tube
from studio.shapes.turned import plain
from studio.shapes.umbrella_canopy import Canopy


def slots(finish: Mapping[str, Any]) -> dict[str, Finish]:
    """Read the slots: cloth, other (gores), hem, valance, rib, tip, shaft, handle, ferrule, metal, foot."""
    body = finish_of(finish, "cloth", surface="nylon", colour="navy")
    other = finish_of(finish, "other", **(plain(body) | {"pattern": finish.get("cloth", {}).get("pattern")}))
    metal = finish_of(finish, "metal", surface="metal", colour="silver")
    grip = finish_of(finish, "handle", surface="wood", colour="chestnut")
    return {
        "cloth": body,
        "other": other,
        "hem": finish_of(finish, "hem", **plain(body)),
        "valance": finish_of(finish, "valance", **plain(body)),
        "valance other": finish_of(finish, "valance other", **plain(other)),
        "strap": finish_of(finish, "strap", **plain(body)),
        "rib": finish_of(finish, "rib", surface="metal", colour="gunmetal"),
        "tip": finish_of(finish, "tip", **plain(metal)),
        "shaft": finish_of(finish, "shaft", surface="metal", colour="gunmetal"),
        "handle": grip,
        "ferrule": finish_of(finish, "ferrule", **plain(metal)),
        "metal": metal,
        "foot": finish_of(finish, "foot", surface="concrete", colour="stone"),
    }


def ribs(canopy: Canopy, wire: float) -> tuple[Mesh, Mesh]:
    """Return ribs with stretchers, runner and notch, and the tips that end the ribs."""
    joint, made, tips = 0.52, [], []
    _, low = canopy.along(np.array([0.62]))
    runner = float(low[0]) - canopy.depth * 0.36
    for k in range(canopy.ribs):
        made.append(tube(canopy.rib(k, np.linspace(0.03, 1.0, 40), wire * 1.6), wire, 8))
        meet = canopy.rib(k, np.array([joint]), wire * 3)[0]
        start = np.array([np.cos(canopy.angle(k)) * wire * 5, np.sin(canopy.angle(k)) * wire * 5, runner])
        made.append(tube(np.linspace(start, meet, 3), wire * 0.9, 8))
        tips.append(tube(canopy.rib(k, np.linspace(0.985, 1.006, 4), wire * 0.6), wire * 1.9, 10))
    at = wire * 6.2
    line = [(0, -5 * at), (at, -5 * at), (at * 0.8, 0), (at * 1.25, 0), (at * 1.25, at), (0, at)]
    drum = revolve(fillet(line, at * 0.2), 32)
    notch = revolve(fillet([(0, -2 * at), (at, -2 * at), (at, 0), (0, 0)], at * 0.2), 32)
    return merge([*made, move(drum, z=runner), move(notch, z=-wire * 3)]), merge(tips)


def shaft(length: float, radius: float) -> Mesh:
    """Return the stick from just over the apex down."""
    return tube(np.linspace((0, 0, -length), (0, 0, 0.004), 6), radius, 24, cap="flat")


def ferrule(length: float, radius: float) -> Mesh:
    """Return the spike over the apex with its washer."""
    line = [(radius * 2.4, -0.002), (radius * 2.1, 0.003), (radius * 1.15, 0.006), (radius * 0.66, length * 0.86)]
    line += [(radius * 0.72, length * 0.88), (radius * 0.6, length), (0, length)]
    return revolve(fillet(line, 0.0012, 5), 40)


def finial(size: float) -> Mesh:
    """Return a turned knob over the apex."""
    line = [(size * 0.9, -0.2 * size), (size * 0.9, 0.1 * size), (size * 0.35, 0.3 * size), (size * 0.62, 0.9 * size)]
    return revolve(soften(pchip([*line, (size * 0.4, 1.35 * size), (0.001, 1.5 * size)], 60), 2), 48)


def handle(kind: str, length: float, hook: float) -> tuple[Mesh, Mesh]:
    """Return a grip whose lower end is `length` below the apex, and its collar; `hook` is where a crook points."""
    match kind:
        case "crook":
            r, bow = 0.0105, 0.047
            t = np.linspace(0, np.pi * 1.06, 40)[1:]
            arc = np.column_stack([bow - bow * np.cos(t), 0 * t, -length + bow - bow * np.sin(t)])
            straight = np.linspace((0, 0, -length + 0.2), (0, 0, -length + bow), 20)
            path = soften(np.concatenate([straight, arc]), 2)
            swell = r * (0.86 + 0.14 * np.linspace(0, 1, len(path)))
            grip, top, wide = rotate(tube(path, swell, 24), "z", hook), -length + 0.2, r * 0.9
        case "straight":
            line = [(0, 0), (0.013, 0), (0.0165, 0.012), (0.0135, 0.05), (0.0115, 0.085), (0.013, 0.11), (0, 0.11)]
            grip, top, wide = move(revolve(fillet(line, 0.006), 48), z=-length), -length + 0.11, 0.0122
        case "bamboo":
            z = np.linspace(0, 0.17, 60)
            r = 0.0095 + 0.0016 * np.exp(-(((z[:, None] - np.array([0.03, 0.085, 0.14])) / 0.004) ** 2)).sum(axis=1)
            line = np.concatenate([[(0, 0)], np.column_stack([r, z]), [(0, 0.17)]])
            grip, top, wide = move(revolve(line, 40), z=-length), -length + 0.17, 0.0098
        case _:
            raise ValueError(f"No handle {kind!r}.")
    collar = revolve(fillet([(0, -0.004), (wide * 1.12, -0.004), (wide * 1.12, 0.014), (0, 0.014)], 0.0015), 40)
    return grip, move(collar, z=top)


def foot() -> tuple[Mesh, Mesh]:
    """Return a parasol's weight on the floor, and the tube that holds the pole."""
    line = [(0, 0), (0.26, 0), (0.255, 0.045), (0.05, 0.075), (0, 0.075)]
    sleeve = revolve(fillet([(0, 0.01), (0.034, 0.01), (0.034, 0.34), (0.026, 0.345), (0, 0.345)], 0.004), 40)
    knob = rotate(revolve(fillet([(0, 0), (0.018, 0), (0.018, 0.04), (0, 0.04)], 0.004), 24), "y", 90)
    return revolve(fillet(line, 0.008), 96), merge([sleeve, move(knob, 0.03, 0, 0.27)])
