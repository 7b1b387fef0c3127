"""Compare a search through the OpenSearch index with bare opensearch-py, and its neighbours with exact ones.

Needs a node that may be written to: OPENSEARCH_URL=http://127.0.0.1:9200 python -m bench opensearch
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import cycle, islice
from time import perf_counter, time_ns
from typing import Any, Final

import numpy as np

from bench.row import Row
from searchcore.indexes.base import Record
from searchcore.products import Product
from searchcore.query import Filters
from searchcore.vectors import Vectors, unit_rows

K: Final = 12
SIZE: Final = 10_000
DIMENSION: Final = 256
ROUNDS: Final = 200
QUERIES: Final = 40
SPEED_GOAL: Final = 1.1
MISSED_GOAL: Final = 0.02
SHARES: Final = (("no filter", None, 1), ("50 % pass", "half", 2), ("10 % pass", "tenth", 10), ("2 % pass", "few", 50))


def run() -> list[Row]:
    """Return medians in milliseconds and shares of missed neighbours; nothing where there is no node."""
    if "OPENSEARCH_URL" not in os.environ:
        return []
    from opensearchpy import OpenSearch  # noqa: PLC0415

    from searchcore.indexes.opensearch import OpenSearchIndex  # noqa: PLC0415

    url, name = os.environ["OPENSEARCH_URL"], f"bench-{time_ns()}"
    index, raw = OpenSearchIndex(name, "bench", DIMENSION, url=url), OpenSearch([url])
    try:
        draw = np.random.default_rng(0)
        # Embeddings lie near few directions: as noise all over the sphere, no graph could tell neighbours from others.
        centres = draw.standard_normal((200, DIMENSION))
        matrix = unit_rows(centres[np.arange(SIZE) % 200] + 0.7 * draw.standard_normal((SIZE, DIMENSION)), DIMENSION)
        queries = unit_rows(matrix[:: SIZE // QUERIES] + 0.04 * draw.standard_normal((QUERIES, DIMENSION)), DIMENSION)
        for start in range(0, SIZE, 1000):
            index.upsert([Record(_product(row), matrix[row]) for row in range(start, start + 1000)])
        return [_speed(index, raw, name, queries), *(_missed(index, matrix, queries, *share) for share in SHARES)]
    finally:
        raw.indices.delete(index=name)
        index.close()


def _speed(index: Any, raw: Any, name: str, queries: Vectors) -> Row:
    sent: list[dict[str, Any]] = []
    search = index._client.search

    def heard(body: dict[str, Any]) -> Any:
        sent.append(body)
        return search(body)

    index._client.search = heard
    for query in queries:
        index.search(query, K)
    index._client.search = search
    ours, bare = list[float](), list[float]()
    for turn, (query, body) in enumerate(islice(cycle(zip(queries, sent, strict=True)), ROUNDS)):
        pair: list[tuple[list[float], Callable[[], object]]] = [
            (ours, lambda q=query: index.search(q, K)),  # type: ignore[misc]
            (bare, lambda b=body: raw.search(index=name, body=b)),  # type: ignore[misc]
        ]
        # Whoever asks second finds warm caches: they take turns.
        for spent, work in pair if turn % 2 else reversed(pair):
            spent.append(_milliseconds(work))
    return Row.of_medians(f"OpenSearch k-NN of {SIZE:,}, bare client, same body", ours, bare, SPEED_GOAL)


def _missed(index: Any, matrix: Vectors, queries: Vectors, name: str, tag: str | None, every: int) -> Row:
    rows, missed = np.arange(0, SIZE, every), 0
    for query in queries:
        best = {f"{row:05}" for row in rows[np.argsort(-(matrix[rows] @ query))[:K]]}
        hits = index.search(query, K, Filters(tags=tag) if tag else None)
        missed += len(best - {hit.product.id for hit in hits})
    return Row(f"OpenSearch, missed of the {K} nearest, {name}", missed / (K * len(queries)), 1.0, MISSED_GOAL, "share")


def _product(row: int) -> Product:
    tags = tuple(tag for _, tag, every in SHARES if tag and row % every == 0)
    return Product(f"{row:05}", f"A thing of number {row}", f"{row}.jpg", "thing", price=row % 90.0, tags=tags,
                   description="Made for measuring, with some words.")  # fmt: skip


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000
