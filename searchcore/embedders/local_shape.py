"""Shape block: a histogram of oriented gradients that is the same for a picture and its mirror image."""

from __future__ import annotations

import numpy as np

from searchcore.embedders.local_frame import SIDE, Frame, Plane, tents

BINS, CELLS = 9, 8
_GREY = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_POOL = tents(SIDE, CELLS)
_MIRRORED_BINS = -np.arange(BINS) % BINS
_CLIP = 0.2
_NOISE = 1e-3
"""Keeps a block of even ground from being blown up to full length."""


def describe(pixels: Frame) -> Plane:
    """Return the mean of the descriptors of the picture and its mirror image, shape (1764,); zeros for an even picture.

    Dalal and Triggs 2005: unsigned gradients of the square root, 8 x 8 cells of 16 px, blocks of 2 x 2 cells, L2-Hys.
    """
    cells = _cells(np.sqrt(pixels @ _GREY / 255).astype(np.float32))
    mirrored = cells[_MIRRORED_BINS, :, ::-1]
    return np.asarray((_blocks(cells) + _blocks(mirrored)).ravel() / 2, dtype=np.float32)


def _cells(grey: Plane) -> Plane:
    padded = np.pad(grey, 1, mode="edge")
    across = padded[1:-1, 2:] - padded[1:-1, :-2]
    down = padded[2:, 1:-1] - padded[:-2, 1:-1]
    strength = np.hypot(across, down)
    angle = np.arctan2(down, across) * np.float32(BINS / np.pi)
    apart = np.abs(angle - np.arange(BINS, dtype=np.float32)[:, None, None])
    # Opposite directions are one: half a turn, all bins, lies between them.
    share = np.maximum(0, 1 - np.minimum(apart, np.abs(BINS - apart)))
    return np.asarray(_POOL.T @ (strength * share) @ _POOL, dtype=np.float32)


def _blocks(cells: Plane) -> Plane:
    four = np.stack([cells[:, :-1, :-1], cells[:, 1:, :-1], cells[:, :-1, 1:], cells[:, 1:, 1:]])
    return _unit(np.minimum(_unit(four), _CLIP))


def _unit(blocks: Plane) -> Plane:
    squares = (blocks * blocks).sum(axis=(0, 1), keepdims=True)
    return np.asarray(blocks / np.sqrt(squares + np.float32(_NOISE)), dtype=np.float32)
