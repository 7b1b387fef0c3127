"""Measure retrieval of pictures by pictures, the same way for every embedding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Labels = NDArray[np.str_]


@dataclass(frozen=True)
class Task:
    """Ask for the pictures of a catalogue that share the query's label, or for its one original.

    `queries` and `catalogue` name sets of pictures; the labels are theirs, shapes (q,) and (n,).
    """

    name: str
    queries: str
    catalogue: Sequence[str]
    query_labels: Labels
    labels: Labels

    def scores(self, queries: Mapping[str, Sequence[Rows]], catalogue: Mapping[str, Rows]) -> Rows:
        """Return the best cosine over each query's alternative vectors, shape (q, n)."""
        rows = np.concatenate([catalogue[name] for name in self.catalogue])
        return np.array([(alternatives @ rows.T).max(axis=0) for alternatives in queries[self.queries]])

    def relevant(self) -> NDArray[np.bool_]:
        """Return which picture answers which query, shape (q, n)."""
        return np.asarray(self.query_labels[:, None] == self.labels[None, :])


def precision_at_1(scores: Rows, relevant: NDArray[np.bool_]) -> float:
    """Return the share of queries whose best hit is relevant."""
    return float(relevant[np.arange(len(scores)), scores.argmax(axis=1)].mean())


def mean_average_precision(scores: Rows, relevant: NDArray[np.bool_]) -> float:
    """Return mAP over the whole ranking; a query with nothing to find scores 0."""
    ranked = np.take_along_axis(relevant, np.argsort(-scores, axis=1, kind="stable"), axis=1)
    precision = ranked.cumsum(axis=1) / np.arange(1, ranked.shape[1] + 1)
    return float(((precision * ranked).sum(axis=1) / np.maximum(ranked.sum(axis=1), 1)).mean())
