"""Find the even ground around an object, so that a query can also be tried without it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from searchcore.embedders.local_frame import Plane
from searchcore.embedders.local_lab import lab

_SIDE = 96
_EDGE = 2
_DIFFERENT = 14.0
"""Distance in Lab from which a pixel is not ground, with lightness at 0.6: a shadow is darker, but it is ground."""
_LIGHTNESS = 0.6
_SHARE = 0.02
_MARGIN = 0.06
_SMALLEST = 0.05
_NOTHING_TO_TRIM = 0.94


def trimmed(image: Image.Image) -> Image.Image | None:
    """Return the picture without its even margin; None where there is none or nothing would be left."""
    small = image.copy()
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    object_here = _differs_from_ground(lab(np.asarray(small)))
    rows = np.flatnonzero(object_here.mean(axis=1) > _SHARE)
    columns = np.flatnonzero(object_here.mean(axis=0) > _SHARE)
    if not len(rows) or not len(columns):
        return None
    margin = _MARGIN * max(np.ptp(rows), np.ptp(columns))
    left, right = max(0, columns[0] - margin), min(small.width, columns[-1] + 1 + margin)
    top, bottom = max(0, rows[0] - margin), min(small.height, rows[-1] + 1 + margin)
    share = (right - left) * (bottom - top) / (small.width * small.height)
    if not _SMALLEST < share < _NOTHING_TO_TRIM:
        return None
    scale = image.width / small.width, image.height / small.height
    return image.crop(
        (round(left * scale[0]), round(top * scale[1]), round(right * scale[0]), round(bottom * scale[1]))
    )


def _differs_from_ground(colours: Plane) -> np.ndarray:
    """Mark the pixels unlike both ends of their row and both ends of their column.

    Comparing line by line lets a wall over a floor, a table of planks or a gradient count as ground.
    """
    scaled = colours * np.array([_LIGHTNESS, 1, 1], dtype=np.float32)
    ends = (scaled[:, :_EDGE], scaled[:, -_EDGE:]), (scaled[:_EDGE], scaled[-_EDGE:])
    nearest = [
        np.linalg.norm(scaled - end.mean(axis=axis, keepdims=True), axis=-1)
        for axis, pair in zip((1, 0), ends, strict=True)
        for end in pair
    ]
    return np.asarray(np.min(nearest, axis=0) > _DIFFERENT)
