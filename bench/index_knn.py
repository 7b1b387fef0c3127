"""Compare the embedded index with a bare NumPy product over the same matrix."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from searchcore.indexes.base import Record
from searchcore.indexes.sqlite import SqliteIndex
from searchcore.products import Product
from searchcore.query import Filters
from searchcore.vectors import Vectors, unit_rows

K: Final = 12
DIMENSION: Final = 384
QUERIES: Final = 20
"""Asked over and over: as in a running app, most products and the rows that pass a filter have been read before."""
SIZES: Final = (1_000, 10_000, 100_000)
FILTERS: Final = (("no filter", None), ("10 % pass", Filters(category="a tenth")), ("1 % pass", Filters(brand="few")))


def run(sizes: Sequence[int] = SIZES) -> list[dict[str, str | float]]:
    """Return medians in milliseconds: `name`, `ours_ms`, `baseline_ms` (always without a filter) and `ratio`."""
    with tempfile.TemporaryDirectory() as folder, threadpool_limits(1, "blas"):
        return [row for size in sizes for row in _compare(Path(folder) / f"{size}.sqlite", size)]


def _compare(path: Path, size: int) -> list[dict[str, str | float]]:
    matrix = unit_rows(np.random.default_rng(0).standard_normal((size, DIMENSION)), DIMENSION)
    index, stored = _filled(path, matrix)
    rounds = max(40, min(500, 2_000_000 // size))
    queries = unit_rows(np.random.default_rng(1).standard_normal((QUERIES, DIMENSION)), DIMENSION)
    rows: list[dict[str, str | float]] = [
        {"name": f"upsert of 500 into {size:,}", "ours_ms": stored, "baseline_ms": 0.0, "ratio": 0.0}
    ]
    for name, filters in FILTERS:
        ours, bare = [], []
        for query in islice(cycle(queries), rounds):
            ours.append(_milliseconds(lambda q=query, f=filters: index.search(q, K, f)))  # type: ignore[misc]
            bare.append(_milliseconds(lambda q=query: _bare(matrix, q)))  # type: ignore[misc]
        ours_ms, bare_ms = median(ours), median(bare)
        rows.append({"name": f"k-NN of {size:,}, {name}", "ours_ms": ours_ms, "baseline_ms": bare_ms,
                     "ratio": ours_ms / bare_ms})  # fmt: skip
    index.close()
    return rows


def _bare(matrix: Vectors, query: Vectors) -> object:
    return np.argpartition(matrix @ query, len(matrix) - K)[-K:]


def _filled(path: Path, matrix: Vectors) -> tuple[SqliteIndex, float]:
    """Return the index and the median milliseconds of storing 500 products."""
    index, spent = SqliteIndex(path, "bench", DIMENSION), []
    records = [Record(_product(row), vector, "") for row, vector in enumerate(matrix)]
    for start in range(0, len(records), 500):
        spent.append(_milliseconds(lambda part=records[start : start + 500]: index.upsert(part)))  # type: ignore[misc]
    return index, median(spent)


def _product(row: int) -> Product:
    category, brand = "a tenth" if row % 10 == 0 else "the rest", "few" if row % 100 == 0 else f"brand {row % 7}"
    return Product(f"product-{row}", f"A thing of number {row}", f"{row}.jpg", category, brand=brand, price=row % 90.0,
                   tags=("plain", "new"), description="Made for measuring, with some words.")  # fmt: skip


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    for line in run():
        print(f"{line['name']:32} {line['ours_ms']:9.3f} ms  bare {line['baseline_ms']:9.3f} ms  {line['ratio']:.2f}")
