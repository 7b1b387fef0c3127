"""Bring every picture to the one square that all blocks of the embedded embedder look at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 128

Frame = NDArray[np.uint8]
Plane = NDArray[np.float32]


def frame(image: Image.Image) -> Frame:
    """Return the picture as a square of 128 px, shape (128, 128, 3), its proportions kept.

    Squashing would make a wide crop of a sofa unlike the sofa on a square catalogue picture.
    """
    # Shrinks first: repeating the edge of a 2048-px photo costs more than all blocks together.
    scale = SIDE / max(image.size)
    width, height = (max(1, round(side * scale)) for side in image.size)
    small = image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    left, top = (SIDE - width) // 2, (SIDE - height) // 2
    # Repeats the edge: it draws no line that the picture does not have, and it carries the picture's own ground on.
    return np.pad(np.asarray(small), ((top, SIDE - height - top), (left, SIDE - width - left), (0, 0)), mode="edge")


def shrink(pixels: Frame, times: int) -> Plane:
    """Return the means of squares of `times` px."""
    # One array for each place within a square: NumPy is slow at means over axes this short.
    places = [pixels[row::times, column::times] for row in range(times) for column in range(times)]
    return np.asarray(np.mean(places, axis=0, dtype=np.float32))


def tents(length: int, count: int) -> Plane:
    """Return `count` overlapping triangular windows along `length` places, shape (length, count)."""
    width = length / count
    centres = (np.arange(count) + 0.5) * width
    return np.maximum(0, 1 - np.abs(np.arange(length)[:, None] + 0.5 - centres) / width).astype(np.float32)
