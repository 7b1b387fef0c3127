"""Build handbags and totes from their stored shape and finish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.render.part import Part
from studio.shapes import bag_boxy, bag_bucket, bag_flap, bag_open, bag_zip

STYLES = {
    "flap": bag_flap.build,
    "half moon": bag_zip.half_moon,
    "baguette": bag_zip.baguette,
    "framed": bag_zip.framed,
    "tote": bag_open.tote,
    "bucket": bag_bucket.build,
    "boxy": bag_boxy.boxy,
    "duffle": bag_boxy.duffle,
}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a bag of shape["style"]; lengths in metres."""
    return STYLES[shape["style"]](shape, finish)
