"""Patch block: how much each of 512 learnt little patterns is there in each ninth of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from searchcore.embedders.local_frame import SIDE, Frame, Plane, shrink

PATCH = 6
GRID = 3
_TIMES = 4
_CELL = (SIDE // _TIMES - PATCH + 1) // GRID
_NOISE = 10.0


@dataclass(frozen=True)
class Dictionary:
    """Hold k patterns in whitened space, (k, 108), and the whitening of patches: mean (108,), matrix (108, 108)."""

    atoms: Plane
    mean: Plane
    matrix: Plane

    @cached_property
    def to_squares(self) -> Plane:
        """Return what turns rows [p, p², 1] into squared distances p² - 2pq + q², shape (110, 2k).

        The q are the patterns and then their mirror images.
        """
        pairs = np.concatenate([self.atoms, mirrored(self.atoms)])
        squares = (pairs * pairs).sum(axis=1)
        return np.column_stack([-2 * pairs, np.ones_like(squares), squares]).T

    def describe(self, pixels: Frame) -> Plane:
        """Return square roots of the activations summed over picture and mirror image, shape (9k,).

        Coates, Lee and Ng 2011: "triangle" activation max(0, mean distance - distance), pooled over a grid.
        """
        patches = (normalised(cut(shrink(pixels, _TIMES))) - self.mean) @ self.matrix
        own = (patches * patches).sum(axis=1)
        squares = np.column_stack([patches, own, np.ones_like(own)]) @ self.to_squares
        # In place: an array of this size takes longer to get from the system than to fill.
        distances = np.sqrt(np.maximum(squares, 0, out=squares), out=squares)
        active = np.subtract(distances.mean(axis=1, keepdims=True), distances, out=distances)
        np.maximum(active, 0, out=active)
        cells = active.reshape(GRID, _CELL, GRID, _CELL, -1).sum(axis=(1, 3))
        half = len(self.atoms)
        # The mirror image holds pattern k on the left where the picture holds its mirror k' on the right.
        return np.asarray(np.sqrt(cells[..., :half] + cells[:, ::-1, half:]), dtype=np.float32).ravel()


def cut(pixels: Plane) -> Plane:
    """Return every patch of 6 x 6 px, row by row, shape (n, 108)."""
    windows = sliding_window_view(pixels, (PATCH, PATCH), axis=(0, 1)).transpose(0, 1, 3, 4, 2)
    return windows.reshape(-1, PATCH * PATCH * 3)


def normalised(patches: Plane) -> Plane:
    """Take brightness and contrast out of each patch."""
    centred = patches - patches.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(_NOISE)))


def mirrored(patches: Plane) -> Plane:
    """Mirror each patch left to right."""
    return patches.reshape(-1, PATCH, PATCH, 3)[:, :, ::-1].reshape(patches.shape)
