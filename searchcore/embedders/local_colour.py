"""Colour block: Lab histograms in which the object counts for more than the ground it lies on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from searchcore.embedders.local_frame import SIDE, Frame, Plane, shrink, tents
from searchcore.embedders.local_lab import lab

_TIMES = 2
_SIDE = SIDE // _TIMES
_BORDER = 4
_FARTHEST = 8.0
_FLOOR = 1e-6
_LIGHT = np.linspace(8, 96, 5, dtype=np.float32)
# Finer near grey, where most products are.
_CHROMA = np.array([-60, -34, -18, -8, 0, 8, 18, 34, 60], dtype=np.float32)


def _centred(spread: float) -> Plane:
    place = (np.arange(_SIDE) + 0.5) / _SIDE * 2 - 1
    bell = np.exp(-(place**2) / (2 * spread**2))
    return np.outer(bell, bell).astype(np.float32).ravel()


def _windows(strips: int) -> Plane:
    rows = np.concatenate([np.ones((1, _SIDE), np.float32), tents(_SIDE, strips).T])
    return np.repeat(rows, _SIDE, axis=1)


def _border() -> NDArray[np.bool_]:
    outer = np.ones((_SIDE, _SIDE), dtype=bool)
    outer[_BORDER:-_BORDER, _BORDER:-_BORDER] = False
    return outer.ravel()


_CENTRED = _centred(0.6)
_WINDOWS = _windows(3)
_GROUND = _border()


def describe(pixels: Frame) -> Plane:
    """Return square roots of four histograms (whole, upper, middle, lower part) of 5 x 9 x 9 bins, shape (1620,)."""
    colours = lab(shrink(pixels, _TIMES).round().astype(np.uint8)).reshape(-1, 3)
    # Pixels last throughout: NumPy is slow over axes as short as colours and bins.
    light, green_red, blue_yellow = planes = np.ascontiguousarray(colours.T)
    weights = _WINDOWS * (_CENTRED * np.minimum(_distance_from_ground(planes), _FARTHEST) + _FLOOR)
    weights /= weights.sum(axis=1, keepdims=True)
    lit = weights[:, None] * _shares(light, _LIGHT)
    chroma = _shares(green_red, _CHROMA)[:, None] * _shares(blue_yellow, _CHROMA)
    counts = lit.reshape(-1, len(light)) @ chroma.reshape(-1, len(light)).T
    return np.asarray(np.sqrt(counts), dtype=np.float32).ravel()


def _distance_from_ground(planes: Plane) -> Plane:
    """Return each pixel's Mahalanobis distance from the colours along the border, shape (n,) for (3, n)."""
    ground = planes[:, _GROUND]
    mean = ground.mean(axis=1, keepdims=True)
    apart = ground - mean
    # The variance added is that of a just visible difference: an even ground has none of its own.
    spread = apart @ apart.T / apart.shape[1] + 9 * np.eye(3, dtype=np.float32)
    off = planes - mean
    squares = ((np.linalg.inv(spread) @ off) * off).sum(axis=0)
    return np.asarray(np.sqrt(np.maximum(0, squares)), dtype=np.float32)


def _shares(values: Plane, centres: Plane) -> Plane:
    """Share each value out between its two nearest bins, shape (bins, n)."""
    bins = np.arange(len(centres), dtype=np.float32)
    places = np.interp(values, centres, bins).astype(np.float32)
    return np.asarray(np.maximum(0, 1 - np.abs(places - bins[:, None])))
