"""Build hats from their stored shape and finish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.render.mesh import move
from studio.render.part import Part, View
from studio.shapes import hat_brim, hat_cap, hat_knit

VIEW = View(azimuth=28, elevation=20)
STYLES = {
    "bucket": hat_brim.bucket,
    "fedora": hat_brim.fedora,
    "straw": hat_brim.straw,
    "cap": hat_cap.build,
    "beanie": hat_knit.beanie,
    "beret": hat_knit.beret,
}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a hat of shape["style"], its lowest point on z = 0; lengths in metres."""
    parts = STYLES[shape["style"]](shape, finish)
    low = min(float(part.mesh.vertices[:, 2].min()) for part in parts)
    return [Part(move(part.mesh, z=-low), part.finish) for part in parts]
