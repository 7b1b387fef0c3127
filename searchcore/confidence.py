"""How sure a result is, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from searchcore.images import Picture
from searchcore.results import Confidence, Hit

FLAT: Final = 2.0
"""Standard deviation of each colour channel (0..255) under which a crop shows nothing."""
SURE: Final = 0.12
"""How far above the weakest acceptable similarity the best hit counts as sure."""


def judge(hits: Sequence[Hit], weak_below: float | None, crop: Picture | None) -> Confidence:
    """Say how sure the best hit is by a fixed rule on its cosine.

    Under the embedder's `weak_below`, or for a crop without any texture: no confident match. Up to 0.12 above: unsure.
    Without a cosine, or where the embedder has no such figure: not calibrated.
    """
    if crop is not None and np.asarray(crop.shrunk(64)).std(axis=(0, 1)).max() < FLAT:
        return "no confident match"
    if not hits or weak_below is None or hits[0].similarity is None:
        return "not calibrated"
    top = max(hit.similarity for hit in hits if hit.similarity is not None)
    if top < weak_below:
        return "no confident match"
    return "confident" if top >= weak_below + SURE else "unsure"
