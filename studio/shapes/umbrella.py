"""Build umbrellas: open on their rim, furled, folded small, and parasols for the garden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from studio.render.mesh import Array, Mesh, move, rotate, rotation
from studio.render.part import Part, View
from studio.shapes import umbrella_folded, umbrella_frame
from studio.shapes.umbrella_canopy import Canopy, cloth, valance
from studio.shapes.umbrella_frame import ferrule, handle, ribs, shaft, slots

VIEW = View(azimuth=-24, elevation=14)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build an umbrella; shape: `form` (open, furled, compact or garden) and its sizes, metres."""
    match shape["form"]:
        case "open":
            return lying(opened(shape, finish), 2)
        case "furled":
            return lying(umbrella_folded.furled(shape, finish), 1)
        case "compact":
            return lying(umbrella_folded.compact(shape, finish), 1)
        case "garden":
            return garden(shape, finish)
        case form:
            raise ValueError(f"No umbrella form {form!r}.")


def canopy_of(shape: Mapping[str, Any]) -> Canopy:
    """Read the canopy's sizes."""
    return Canopy(
        shape["radius"], shape["depth"], shape.get("ribs", 8), shape.get("profile", "dome"), shape.get("scallop", 0.06)
    )


def opened(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build an open umbrella upright, its apex at z = 0; the cloth comes first, then its trim."""
    canopy, skin = canopy_of(shape), slots(finish)
    frame, tips = ribs(canopy, shape.get("wire", 0.0018))
    grip, collar = handle(shape["handle"], shape["length"], shape.get("hook", -90.0))
    spike = ferrule(shape.get("ferrule", 0.06), 0.006)
    return [
        *cloth(canopy, skin, shape.get("trim", 0.0)),
        Part(frame, skin["rib"]),
        Part(tips, skin["tip"]),
        Part(shaft(shape["length"] - 0.02, shape.get("shaft", 0.0055)), skin["shaft"]),
        Part(grip, skin["handle"]),
        Part(collar, skin["metal"]),
        Part(spike, skin["ferrule"]),
    ]


def lying(parts: Sequence[Part], canopy: int) -> list[Part]:
    """Lay an upright umbrella down on its canopy and its handle, its tip towards -x.

    The first `canopy` parts are what rests at one end, all others at the other.
    """
    one = np.concatenate([part.mesh.vertices for part in parts[:canopy]])
    other = np.concatenate([part.mesh.vertices for part in parts[canopy:]])
    low, high = -20.0, 85.0
    for _ in range(30):
        tilt = (low + high) / 2
        ahead = _lowest(other, tilt) > _lowest(one, tilt)
        low, high = (tilt, high) if ahead else (low, tilt)
    floor = min(_lowest(one, tilt), _lowest(other, tilt))
    return [replace(part, mesh=_laid(part.mesh, tilt, floor)) for part in parts]


def _lowest(points: Array, tilt: float) -> float:
    return float((points @ rotation("y", tilt - 90).T)[:, 2].min())


def _laid(mesh: Mesh, tilt: float, floor: float) -> Mesh:
    return move(rotate(mesh, "y", tilt - 90), z=-floor)


def garden(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a parasol that stands on its foot; shape: `radius`, `depth`, `length` (apex above the floor), `valance`."""
    canopy, skin, top = canopy_of(shape), slots(finish), shape["length"]
    frame, tips = ribs(canopy, 0.011)
    made = [
        *cloth(canopy, skin, 0.0),
        *valance(canopy, skin, shape["valance"]),
        Part(frame, skin["rib"]),
        Part(tips, skin["rib"]),
        Part(shaft(top - 0.04, shape.get("shaft", 0.024)), skin["shaft"]),
        Part(umbrella_frame.finial(0.05), skin["handle"]),
    ]
    raised = [replace(part, mesh=move(part.mesh, z=top)) for part in made]
    foot, sleeve = umbrella_frame.foot()
    return [*raised, Part(foot, skin["foot"]), Part(sleeve, skin["metal"])]
