"""A map of vectors: two numbers for each, near where they are alike."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from searchcore.vectors import Vectors

Points = NDArray[np.float32]

NEIGHBOURS: Final = 12
ROUNDS: Final = 200
_REPELLED: Final = 5
"""Points that each end of a link is pushed from in a round."""
_STEP: Final = 4.0
"""How far a point moves at most in a round, in units of the layout."""
_EVENLY: Final = 0.5
_PUSHES: Final = 15
_BLOCK: Final = 512


def principal(vectors: Vectors) -> Points:
    """Return the first two principal components, shape (n, 2)."""
    centred = (vectors - vectors.mean(axis=0)).astype(np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    # The sign of an axis is chance: the component with the largest part is made positive.
    top = axes[:, -2:][:, ::-1] if axes.shape[1] > 1 else np.hstack([axes, np.zeros_like(axes)])
    top = top * np.sign(top[np.abs(top).argmax(axis=0), np.arange(2)] + 1e-12)
    return np.asarray(centred @ top, dtype=np.float32)


def neighbourly(vectors: Vectors, rounds: int = ROUNDS) -> Points:
    """Lay out unit rows so that near ones lie near: shape (n, 2), within [-1, 1]; the same for the same rows.

    Links to the nearest neighbours pull and random points push, with the forces of UMAP (McInnes et al. 2018, a = b =
    1), from the principal components on.
    """
    if len(vectors) < 3:
        return np.linspace([-0.5, 0], [0.5, 0], len(vectors), dtype=np.float32)
    start = principal(vectors)
    points = (10 * start / max(float(np.abs(start).max()), 1e-9)).astype(np.float64)
    links, chance = nearest(vectors, min(NEIGHBOURS, len(vectors) - 1)), np.random.default_rng(0)
    points += chance.normal(0, 0.01, points.shape)
    for round_ in range(rounds):
        points += (1 - round_ / rounds) * _moved(points, links, chance)
    return _spread(points)


def nearest(vectors: Vectors, k: int) -> NDArray[np.int64]:
    """Return each row's k nearest others by cosine, shape (n, k), without order; in blocks of bounded size."""
    found = []
    for start in range(0, len(vectors), _BLOCK):
        cosines = vectors[start : start + _BLOCK] @ vectors.T
        own = np.arange(len(cosines))
        cosines[own, own + start] = -np.inf
        found.append(np.argpartition(-cosines, k - 1, axis=1)[:, :k])
    return np.concatenate(found)


def _moved(points: NDArray[np.float64], links: NDArray[np.int64], chance: np.random.Generator) -> NDArray[np.float64]:
    count, k = links.shape
    tail = np.repeat(np.arange(count), k)
    head = links.ravel()
    apart = points[tail] - points[head]
    pull = -2 * apart / (1 + (apart**2).sum(axis=1, keepdims=True))
    moved = _summed(tail, pull, count) - _summed(head, pull, count)
    for _ in range(_REPELLED):
        others = chance.integers(0, count, count)
        apart = points - points[others]
        square = (apart**2).sum(axis=1, keepdims=True)
        moved += k * 2 * apart / ((0.01 + square) * (1 + square))
    return np.asarray(np.clip(moved / k, -_STEP, _STEP))


def _summed(at: NDArray[np.int64], values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    return np.stack([np.bincount(at, column, count) for column in values.T], axis=1)


def _spread(points: NDArray[np.float64]) -> Points:
    """Fill the square [-1, 1] evenly: groups that drifted far out come near, and what lies on one heap comes apart."""
    ranks = points.argsort(axis=0).argsort(axis=0) / max(len(points) - 1, 1)
    spans = np.ptp(points, axis=0) + 1e-9
    placed = _EVENLY * ranks + (1 - _EVENLY) * (points - points.min(axis=0)) / spans
    placed = _apart(2 * placed - 1, 1.2 / np.sqrt(len(points)))
    low, high = placed.min(axis=0), placed.max(axis=0)
    return np.asarray((2 * placed - low - high) / (high - low + 1e-9), dtype=np.float32)


def _apart(points: NDArray[np.float64], gap: float) -> NDArray[np.float64]:
    """Push points apart until few are nearer than `gap`."""
    # As complex numbers a distance is one pass over memory.
    plane = (points[:, 0] + 1j * points[:, 1]).astype(np.complex64)
    for _ in range(_PUSHES):
        push = np.zeros_like(plane)
        for start in range(0, len(plane), _BLOCK):
            away = plane[start : start + _BLOCK, None] - plane[None, :]
            distance = np.abs(away)
            push[start : start + _BLOCK] = (away * (np.maximum(gap - distance, 0) / (distance + 1e-9))).sum(axis=1)
        plane += 0.4 * push * np.minimum(1, gap / (np.abs(push) + 1e-9))
    return np.stack([plane.real, plane.imag], axis=1).astype(np.float64)
