"""Build small tables: on a column, on legs, on frames, with a drawer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studio.render.part import Finish, Part, View, finish_of
from studio.shapes import table_frame, table_wood

VIEW = View(azimuth=28, elevation=17)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a table; shape: `form` of FORMS and that form's own sizes (metres)."""
    base = finish_of(finish, "base", surface="wood", colour="oak")
    top = finish_of(finish, "top", surface=base.surface, colour=base.colour)
    trim = finish_of(finish, "trim", surface="metal", colour="brass")
    return FORMS[shape["form"]](shape, top, base, trim)


FORMS: dict[str, Callable[[Mapping[str, Any], Finish, Finish, Finish], list[Part]]] = {
    "column": table_wood.column, "bobbin": table_wood.bobbin, "tripod": table_wood.tripod,
    "pebble": table_wood.pebble, "slatted": table_wood.slatted, "bedside": table_wood.bedside,
    "nest": table_frame.nest, "framed": table_frame.framed, "tray": table_frame.tray, "rattan": table_frame.rattan,
}  # fmt: skip
