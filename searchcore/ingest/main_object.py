"""Which of the objects in a picture is the product that the picture was taken for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from searchcore.detectors.base import Detection
from searchcore.errors import PictureRefused
from searchcore.images import Picture
from searchcore.products import Product

ALL_OF_IT: Final = 0.9
"""A box that covers so much of the picture shows nothing else than the picture does."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def main_object(product: Product, picture: Picture, found: Sequence[Detection]) -> Picture | None:
    """Return the part of the picture that shows the product; None where nothing stands out.

    An object named like the product goes before all others; of several the sure and large one is taken.
    """
    meant = _words((product.category, product.subcategory, product.title))
    named = [each for each in found if _words((each.label, *each.tags)) & meant]
    best = max(named or found, key=lambda each: each.confidence * each.box.clamped().area ** 0.5, default=None)
    if best is None or best.box.clamped().area >= ALL_OF_IT:
        return None
    try:
        return picture.crop(best.box)
    except PictureRefused:
        return None


def _words(texts: Iterable[str]) -> set[str]:
    """Return the words in their simplest form: the plural of a category is its singular."""
    return {word.removesuffix("s") for text in texts for word in _WORD.findall(text.casefold())}
