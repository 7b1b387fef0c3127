"""Groups of products that look alike: spherical k-means (Dhillon and Modha 2001)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from searchcore.vectors import Vectors

ROUNDS: Final = 30


def clusters(vectors: Vectors, k: int, rounds: int = ROUNDS) -> NDArray[np.int64]:
    """Return the cluster of each unit row, the largest cluster first: shape (n,); the same for the same rows."""
    k = min(k, len(vectors))
    if k < 1:
        return np.zeros(len(vectors), dtype=np.int64)
    centres = _seeds(vectors, k)
    for _ in range(rounds):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        # A centre that lost all its rows stays where it was.
        moved = np.where(lengths > 0, sums / np.maximum(lengths, 1e-12), centres)
        if np.allclose(moved, centres, atol=1e-6):
            break
        centres = moved
    nearest = (vectors @ centres.T).argmax(axis=1)
    sizes = np.bincount(nearest, minlength=k)
    places = np.argsort(np.argsort(-sizes, kind="stable"), kind="stable")
    return np.asarray(places[nearest])


def _seeds(vectors: Vectors, k: int) -> Vectors:
    """Choose each next seed by its distance to the ones before (k-means++, Arthur and Vassilvitskii 2007)."""
    chance = np.random.default_rng(0)
    chosen = [int(chance.integers(len(vectors)))]
    distance = 1 - vectors @ vectors[chosen[0]]
    while len(chosen) < k:
        weight = np.maximum(distance, 0).astype(np.float64) ** 2
        total = weight.sum()
        if total <= 0:
            break
        chosen.append(int(chance.choice(len(vectors), p=weight / total)))
        distance = np.minimum(distance, 1 - vectors @ vectors[chosen[-1]])
    return vectors[chosen].copy()
