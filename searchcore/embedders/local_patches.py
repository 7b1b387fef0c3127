"""Patch block: how much each of 512 learnt little patterns is there in each ninth of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from searchcore.embedders.local_frame import Frame, Plane, shrink

PATCH = 6
GRID = 3
_TIMES = 4
_NOISE = 10.0


@dataclass(frozen=True)
class Dictionary:
    """Hold k patterns in whitened space, (k, 108), and the whitening of patches: mean (108,), matrix (108, 108)."""

    atoms: Plane
    mean: Plane
    matrix: Plane

    @cached_property
    def pairs(self) -> Plane:
        """Return the patterns and then their mirror images, shape (2k, 108)."""
        return np.concatenate([self.atoms, mirrored(self.atoms)])

    @cached_property
    def squares(self) -> Plane:
        """Return the squared length of each of `pairs`."""
        return np.asarray((self.pairs * self.pairs).sum(axis=1))

    def describe(self, pixels: Frame) -> Plane:
        """Return square roots of the activations summed over picture and mirror image, shape (9k,).

        Coates, Lee and Ng 2011: "triangle" activation max(0, mean distance - distance), pooled over a grid.
        """
        patches = (normalised(cut(shrink(pixels, _TIMES))) - self.mean) @ self.matrix
        squares = (patches * patches).sum(axis=1, keepdims=True) - 2 * (patches @ self.pairs.T) + self.squares
        distances = np.sqrt(np.maximum(squares, 0))
        active = np.maximum(0, distances.mean(axis=1, keepdims=True) - distances)
        side = round(len(active) ** 0.5)
        edges = np.linspace(0, side, GRID + 1).round().astype(int)[:-1]
        cells = np.add.reduceat(np.add.reduceat(active.reshape(side, side, -1), edges, axis=0), edges, axis=1)
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
