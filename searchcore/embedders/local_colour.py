"""Colour block: Lab histograms in which the object counts for more than the ground it lies on."""

from __future__ import annotations

import numpy as np

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
    return np.outer(bell, bell).astype(np.float32)


def _windows(strips: int) -> Plane:
    rows = np.concatenate([np.ones((_SIDE, 1), np.float32), tents(_SIDE, strips)], axis=1)
    return np.repeat(rows, _SIDE, axis=0)


_CENTRED = _centred(0.6)
_WINDOWS = _windows(3)


def describe(pixels: Frame) -> Plane:
    """Return square roots of four histograms (whole, upper, middle, lower part) of 5 x 9 x 9 bins, shape (1620,)."""
    colours = lab(shrink(pixels, _TIMES).round().astype(np.uint8))
    weight = _CENTRED * np.minimum(_distance_from_ground(colours), _FARTHEST) + _FLOOR
    light, green_red, blue_yellow = colours.reshape(-1, 3).T
    chroma = _shares(green_red, _CHROMA)[:, :, None] * _shares(blue_yellow, _CHROMA)[:, None, :]
    weights = weight.reshape(-1, 1) * _WINDOWS
    weights /= weights.sum(axis=0)
    lit = weights[:, :, None] * _shares(light, _LIGHT)[:, None, :]
    pixels_count = len(light)
    counts = lit.reshape(pixels_count, -1).T @ chroma.reshape(pixels_count, -1)
    return np.asarray(np.sqrt(counts), dtype=np.float32).ravel()


def _distance_from_ground(colours: Plane) -> Plane:
    """Return each pixel's Mahalanobis distance from the colours along the border."""
    inside = slice(_BORDER, -_BORDER)
    outer = np.ones(colours.shape[:2], dtype=bool)
    outer[inside, inside] = False
    ground = colours[outer]
    mean = ground.mean(axis=0)
    apart = ground - mean
    # The variance added is that of a just visible difference: an even ground has none of its own.
    spread = apart.T @ apart / len(ground) + 9 * np.eye(3, dtype=np.float32)
    off = colours - mean
    squares = ((off @ np.linalg.inv(spread)) * off).sum(axis=-1)
    return np.asarray(np.sqrt(np.maximum(0, squares)), dtype=np.float32)


def _shares(values: Plane, centres: Plane) -> Plane:
    """Share each value out between its two nearest bins, shape (n, bins)."""
    place = np.interp(values, centres, np.arange(len(centres))).astype(np.float32)
    shares = np.maximum(0, 1 - np.abs(place[:, None] - np.arange(len(centres), dtype=np.float32)))
    return np.asarray(shares, dtype=np.float32)
