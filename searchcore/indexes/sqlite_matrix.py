"""All vectors of a SQLite index in memory, and the exact nearest neighbours among them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from searchcore.indexes.sqlite_filters import selection
from searchcore.query import Filters
from searchcore.vectors import Vectors

Rows = NDArray[np.int64]
REMEMBERED: Final = 32
"""Filters whose rows are kept: one query often searches with several vectors under the same filters."""
GATHERED: Final = 1024
"""Rows copied together: so few still lie in the processor's cache when they are scored."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Hold one state of the file: row i is the vector of product `ids[i]`, written as `seqs[i]` (ascending).

    `objects` are the vectors of objects that stand out in their pictures, `object_rows` the rows of those products.
    """

    revision: str
    seqs: Rows
    ids: NDArray[np.object_]
    vectors: Vectors
    object_rows: Rows
    objects: Vectors
    _passing: dict[Filters, Rows] = field(default_factory=dict, repr=False)

    @classmethod
    def empty(cls, dimension: int) -> Matrix:
        """Hold nothing, at no revision."""
        nothing, no_rows = np.empty((0, dimension), np.float32), np.empty(0, np.int64)
        return cls("", no_rows, np.empty(0, object), nothing, no_rows, nothing)

    def refreshed(self, db: sqlite3.Connection, revision: str) -> Matrix:
        """Return the state that the connection sees: drop what was deleted, read only what is new."""
        last = int(self.seqs[-1]) if len(self.seqs) else 0
        kept = self._kept(db, last)
        seqs, ids, vectors = _read(db, last, self.vectors.shape[1])
        new_objects = _read_objects(db, last, self.vectors.shape[1])
        all_seqs = np.concatenate([self.seqs[kept], seqs])
        object_seqs, objects = self._kept_objects(kept)
        return Matrix(
            revision,
            all_seqs,
            np.concatenate([self.ids[kept], ids]),
            np.concatenate([self.vectors[kept], vectors]) if len(self.seqs) else vectors,
            np.searchsorted(all_seqs, np.concatenate([object_seqs, new_objects[0]])),
            np.concatenate([objects, new_objects[1]]) if len(objects) else new_objects[1],
        )

    def passing(self, db: sqlite3.Connection, filters: Filters) -> Rows:
        """Return the rows that pass the filters."""
        rows = self._passing.get(filters)
        if rows is None:
            chosen = selection(filters)
            seqs = np.fromiter((seq for (seq,) in db.execute(chosen.sql, chosen.parameters)), np.int64)
            rows = np.searchsorted(self.seqs, seqs)
            if len(self._passing) >= REMEMBERED:
                self._passing.clear()
            self._passing[filters] = rows
        return rows

    def nearest(self, vector: Vectors, k: int, rows: Rows | None = None) -> list[tuple[int, float]]:
        """Return (seq, cosine) of the k nearest of all rows or of some, best first, ties by id."""
        scores = self._scores(vector, rows)
        if k < len(scores):
            cut = np.partition(scores, len(scores) - k)[len(scores) - k]
            # Everything that equals the last one stays in, so that ids decide between them and not chance.
            best = np.flatnonzero(scores >= cut)
        else:
            best = np.arange(len(scores))
        at = best if rows is None else rows[best]
        ranked = sorted(zip((-scores[best]).tolist(), self.ids[at].tolist(), self.seqs[at].tolist(), strict=True))
        return [(seq, min(1.0, max(-1.0, -score))) for score, _, seq in ranked[:k]]

    def _scores(self, vector: Vectors, rows: Rows | None) -> Vectors:
        if rows is None or 2 * len(rows) > len(self.seqs):
            scores = _cosines(self.vectors, vector)
            at = self.object_rows
            scores[at] = np.maximum(scores[at], _cosines(self.objects, vector))
            return scores if rows is None else scores[rows]
        parts = (rows[start : start + GATHERED] for start in range(0, len(rows), GATHERED))
        return np.concatenate([np.empty(0, np.float32), *(self._gathered(vector, part) for part in parts)])

    def _gathered(self, vector: Vectors, rows: Rows) -> Vectors:
        scores = _cosines(np.take(self.vectors, rows, axis=0), vector)
        if len(self.object_rows):
            at = np.minimum(np.searchsorted(self.object_rows, rows), len(self.object_rows) - 1)
            apart = self.object_rows[at] == rows
            of_objects = _cosines(np.take(self.objects, at[apart], axis=0), vector)
            scores[apart] = np.maximum(scores[apart], of_objects)
        return scores

    def _kept_objects(self, kept: slice | NDArray[np.bool_]) -> tuple[Rows, Vectors]:
        """Return the seqs and vectors of the objects of kept products."""
        here = kept if isinstance(kept, slice) else kept[self.object_rows]
        return self.seqs[self.object_rows[here]], self.objects[here]

    def _kept(self, db: sqlite3.Connection, last: int) -> slice | NDArray[np.bool_]:
        if db.execute("SELECT count(*) FROM products WHERE seq <= ?", (last,)).fetchone()[0] == len(self.seqs):
            return slice(None)
        live = db.execute("SELECT seq FROM products WHERE seq <= ?", (last,))
        return np.isin(self.seqs, np.fromiter((seq for (seq,) in live), np.int64), assume_unique=True)


def _cosines(vectors: Vectors, vector: Vectors) -> Vectors:
    # Takes each row by itself: unlike `@` it never spreads over BLAS threads (which costs more than it gains beside
    # other searches), and a row scores the same to the last bit wherever it lies.
    cosines: Vectors = np.vecdot(vectors, vector)
    return cosines


def _read(db: sqlite3.Connection, after: int, dimension: int) -> tuple[Rows, NDArray[np.object_], Vectors]:
    count = db.execute("SELECT count(*) FROM products WHERE seq > ?", (after,)).fetchone()[0]
    seqs, ids, vectors = np.empty(count, np.int64), np.empty(count, object), np.empty((count, dimension), np.float32)
    found = db.execute(
        "SELECT seq, id, vector FROM products JOIN vectors USING (seq) WHERE seq > ? ORDER BY seq", (after,)
    )
    for row, (seq, product_id, vector) in enumerate(found):
        seqs[row], ids[row], vectors[row] = seq, product_id, np.frombuffer(vector, "<f4")
    return seqs, ids, vectors


def _read_objects(db: sqlite3.Connection, after: int, dimension: int) -> tuple[Rows, Vectors]:
    found = db.execute(
        "SELECT seq, vector FROM objects WHERE seq > ? AND vector <> x'' ORDER BY seq", (after,)
    ).fetchall()
    seqs = np.fromiter((seq for seq, _ in found), np.int64, len(found))
    return seqs, np.frombuffer(b"".join(vector for _, vector in found), "<f4").reshape(-1, dimension)
