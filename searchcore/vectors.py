"""Checks and arithmetic that every embedding goes through."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from searchcore.errors import VectorRefused

Vectors = NDArray[np.float32]


def unit_rows(vectors: ArrayLike, dimension: int) -> Vectors:
    """Return the rows as float32 of unit length, shape (n, dimension); refuse empty, wrong, NaN or zero rows."""
    try:
        rows = np.atleast_2d(np.asarray(vectors, dtype=np.float64))
    except (TypeError, ValueError) as error:
        raise VectorRefused(
            "The embedder gave something that is no list of numbers.", "Embed the picture again."
        ) from error
    if rows.ndim != 2 or rows.shape[1] != dimension:
        raise VectorRefused(
            f"A vector of {rows.shape[-1]} numbers came where {dimension} were expected.",
            "Use the index with the pipeline that made it, or build the index anew.",
        )
    if not np.isfinite(rows).all():
        raise VectorRefused("A vector holds NaN or infinity.", "Embed the picture again.")
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if (lengths < 1e-12).any():
        raise VectorRefused("A vector is all zeros.", "Choose a picture that shows something.")
    unit: Vectors = (rows / lengths).astype(np.float32)
    return unit


def unit_row(vector: ArrayLike, dimension: int) -> Vectors:
    """Return one vector as float32 of unit length, shape (dimension,); raises VectorRefused."""
    rows = unit_rows(vector, dimension)
    if len(rows) != 1:
        raise VectorRefused(f"{len(rows)} vectors came where one was expected.", "Search with one at a time.")
    unit: Vectors = rows[0]
    return unit


def mix(
    base: Vectors, likes: Sequence[Vectors], dislikes: Sequence[Vectors], pull: float = 0.5, push: float = 0.35
) -> Vectors:
    """Move query vectors towards liked and away from disliked ones; shape (m, d) in and out.

    Rocchio's relevance feedback (Rocchio 1971) on unit vectors: base + pull * mean(likes) - push * mean(dislikes).
    """
    mixed = base.astype(np.float32)
    if likes:
        mixed = mixed + np.float32(pull) * np.mean(likes, axis=0)
    if dislikes:
        mixed = mixed - np.float32(push) * np.mean(dislikes, axis=0)
    return unit_rows(mixed, base.shape[1])


def blend(looks: Vectors, words: Vectors, share: float) -> Vectors:
    """Return the weighted mean of each query vector, shape (m, d), and a text's, shape (d,), as unit rows.

    `share` is the weight of the words, 0 to 1.
    """
    if not 0 <= share <= 1:
        raise VectorRefused(f"The weight of the words, {share:g}, is outside 0 to 1.", "Choose 0.5 for both alike.")
    return unit_rows((1 - share) * looks.astype(np.float64) + share * words, looks.shape[1])


def cosine(left: Vectors, right: Vectors) -> float:
    """Return the best cosine between two sets of unit rows, clamped to [-1, 1] against rounding."""
    return float(np.clip((np.atleast_2d(left) @ np.atleast_2d(right).T).max(), -1.0, 1.0))
