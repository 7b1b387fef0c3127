"""Build loudspeakers: fabric drums, wooden radios, cubes, shelf pairs, rugged ones, orbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studio.render.part import Finish, Part, View, finish_of
from studio.shapes import speaker_box, speaker_round

VIEW = View(azimuth=26, elevation=14)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a loudspeaker; shape: `form` of FORMS and that form's own sizes (metres)."""
    body = finish_of(finish, "body", surface="plastic", colour="charcoal")
    skin = {
        "body": body,
        "grille": finish_of(finish, "grille", surface="linen", colour=body.colour),
        "front": finish_of(finish, "front", surface=body.surface, colour=body.colour),
        "trim": finish_of(finish, "trim", surface="metal", colour="brass"),
        "strap": finish_of(finish, "strap", surface="leather", colour="cognac"),
        "cone": finish_of(finish, "cone", surface="rubber", colour="black"),
        "dark": finish_of(finish, "dark", surface="rubber", colour="black"),
        "light": finish_of(finish, "light", surface="matte", colour="#fff0d0", glow=0.8),
    }
    return FORMS[shape["form"]](shape, skin)


FORMS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Finish]], list[Part]]] = {
    "drum": speaker_round.drum, "orb": speaker_round.orb, "rugged": speaker_round.rugged,
    "radio": speaker_box.radio, "cube": speaker_box.cube, "shelf": speaker_box.shelf, "carry": speaker_box.carry,
}  # fmt: skip
