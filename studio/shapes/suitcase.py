"""Build luggage: hard and soft trolleys, leather cases, weekenders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.render.part import Part, View
from studio.shapes import suitcase_case, suitcase_trolley

VIEW = View(azimuth=30, elevation=14)
FORMS = {
    "hard": suitcase_trolley.hard,
    "soft": suitcase_trolley.soft_side,
    "kids": suitcase_trolley.kids,
    "leather": suitcase_case.leather,
    "round": suitcase_case.disc,
    "weekender": suitcase_case.weekender,
}


def build(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a piece of luggage; shape: `form` (a key of FORMS), `width`, `height`, `depth`, metres."""
    return FORMS[shape["form"]](shape, finish)
