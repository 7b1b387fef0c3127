"""Build wooden toys: things on wheels, things to stack and build, things that sound and spin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.render.part import Part, View
from studio.shapes import toy_animals, toy_stacks, toy_vehicles

VIEW = View(azimuth=28, elevation=20)
FORMS = {
    "car": toy_vehicles.car,
    "train": toy_vehicles.train,
    "aeroplane": toy_vehicles.aeroplane,
    "duck": toy_animals.duck,
    "elephant": toy_animals.elephant,
    "rings": toy_stacks.rings,
    "arches": toy_stacks.arches,
    "blocks": toy_stacks.blocks,
    "tops": toy_stacks.tops,
    "xylophone": toy_stacks.xylophone,
}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a toy; shape: `form` (a key of FORMS) and its sizes, metres."""
    return FORMS[shape["form"]](shape, finish)
