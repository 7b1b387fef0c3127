"""Products that look nearly the same, found among all pairs of a catalogue or of a part of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from searchcore.engine import SearchEngine
from searchcore.products import Product
from searchcore.upkeep import records_of
from searchcore.vectors import Vectors

NEARLY: Final = 0.95
"""Cosine of a picture scaled, mirrored, framed or saved anew: above 0.96; of two products of the sample: below 0.91."""
_BLOCK: Final = 512


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold products with their unit vectors, shape (n, dimension), out of `total` in the catalogue."""

    products: tuple[Product, ...]
    vectors: Vectors
    hashes: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Name two products that look nearly the same, and their cosine."""

    left: Product
    right: Product
    similarity: float


def sample(engine: SearchEngine, most: int) -> Sample:
    """Take at most `most` products, the same ones each time; raises SearchError."""
    ids = sorted(engine.index.hashes())
    if len(ids) > most:
        ids = sorted(sorted(ids, key=lambda each: hashlib.sha256(each.encode()).digest())[:most])
    records = [record for record in records_of(engine.index, ids) if np.any(record.vector)]
    vectors = np.stack([record.vector for record in records]) if records else np.zeros((0, 1), dtype=np.float32)
    hashes = tuple(record.content_hash for record in records)
    return Sample(tuple(record.product for record in records), vectors, hashes, engine.index.count())


def near_duplicates(found: Sample, least: float = NEARLY, most: int = 50) -> list[Pair]:
    """Return the `most` pairs of a cosine of at least `least`, the nearest first.

    Left out are variants of one group, and equal pictures: the survey names those.
    """
    groups = _numbered([product.group_id or f"\0{place}" for place, product in enumerate(found.products)])
    pictures = _numbered(list(found.hashes))
    best: list[tuple[float, int, int]] = []
    for start in range(0, len(found.products), _BLOCK):
        cosines = found.vectors[start : start + _BLOCK] @ found.vectors[start:].T
        rows, columns = np.nonzero(cosines >= least)
        left, right = rows + start, columns + start
        told = (left < right) & (groups[left] != groups[right]) & (pictures[left] != pictures[right])
        scores = cosines[rows[told], columns[told]]
        top = np.argsort(-scores, kind="stable")[:most]
        best += [(float(scores[n]), int(left[told][n]), int(right[told][n])) for n in top]
        best = sorted(best, key=lambda each: (-each[0], each[1:]))[:most]
    return [Pair(found.products[left], found.products[right], min(score, 1.0)) for score, left, right in best]


def _numbered(names: list[str]) -> NDArray[np.int64]:
    return np.unique(names, return_inverse=True)[1] if names else np.zeros(0, dtype=np.int64)
