"""Build candles: pillars on dishes, tapers in holders, jars, lanterns, tealight houses, moulded ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studio.render.part import Finish, Part, View, finish_of
from studio.shapes import candle_house, candle_stick

VIEW = View(azimuth=22, elevation=14)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a candle; shape: `form` of FORMS and that form's own sizes (metres)."""
    holder = finish_of(finish, "holder", surface="metal", colour="brass")
    skin = {
        "wax": finish_of(finish, "wax", surface="wax", colour="ivory", glow=0.04),
        "wick": finish_of(finish, "wick", surface="cotton", colour="black"),
        "flame": finish_of(finish, "flame", surface="matte", colour="#ffb648", glow=2.4),
        "core": finish_of(finish, "core", surface="matte", colour="#fff0c4", glow=3.0),
        "holder": holder,
        "glass": finish_of(finish, "glass", surface="glass", colour="white"),
        "label": finish_of(finish, "label", surface="matte", colour="cream"),
        "ink": finish_of(finish, "ink", surface="matte", colour="charcoal"),
        "lid": finish_of(finish, "lid", surface="wood", colour="beech"),
        "light": finish_of(finish, "light", surface="matte", colour="#ffcf7a", glow=1.1),
    }
    return FORMS[shape["form"]](shape, skin)


FORMS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Finish]], list[Part]]] = {
    "pillars": candle_stick.pillars, "tapers": candle_stick.tapers, "chamber": candle_stick.chamber,
    "moulded": candle_stick.moulded, "jar": candle_house.jar, "lantern": candle_house.lantern,
    "house": candle_house.house,
}  # fmt: skip
