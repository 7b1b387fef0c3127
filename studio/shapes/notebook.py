"""Build notebooks: bound and wire ones standing, stitched sets, journals and open planners lying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studio.render.part import Finish, Part, View, finish_of
from studio.shapes import notebook_bound, notebook_loose
from studio.shapes.turned import plain

VIEW = View(azimuth=30, elevation=13)


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a notebook; shape: `form` of FORMS and that form's own sizes (metres)."""
    cover = finish_of(finish, "cover", surface="matte", colour="navy")
    lines = {"kind": "stripes", "colours": ["#cfc6b4"], "size": 0.0011, "amount": 0.45}
    skin = {
        "cover": cover,
        "spine": finish_of(finish, "spine", **plain(cover)),
        "pages": finish_of(finish, "pages", surface="matte", colour="#f1ebdd", roughness=0.9, pattern=lines),
        "sheet": finish_of(finish, "sheet", surface="matte", colour="#f4efe3", roughness=0.9),
        "band": finish_of(finish, "band", surface="cotton", colour=cover.colour),
        "ribbon": finish_of(finish, "ribbon", surface="cotton", colour="red"),
        "label": finish_of(finish, "label", surface="matte", colour="cream"),
        "ink": finish_of(finish, "ink", surface="matte", colour="charcoal"),
        "wire": finish_of(finish, "wire", surface="metal", colour="steel"),
    }
    return FORMS[shape["form"]](shape, skin, finish)


FORMS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Finish], Mapping[str, Any]], list[Part]]] = {
    "hard": notebook_bound.hard, "journal": notebook_bound.journal, "open": notebook_bound.opened,
    "wire": notebook_loose.wire, "stitched": notebook_loose.stitched,
}  # fmt: skip
