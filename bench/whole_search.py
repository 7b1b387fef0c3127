"""Compare a whole search, from crop to hits, with what it cannot do without: embedding and one matrix product."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Final

import numpy as np

from bench.row import Row
from searchcore import Box, Picture, Query, SearchEngine, open_engine
from searchcore.pipelines import SAMPLE

K: Final = 12
PICTURES: Final = 60
BOX: Final = Box(0.08, 0.08, 0.84, 0.84)
GOAL: Final = 1.25


def run() -> list[Row]:
    """Search with parts of the bundled catalogue's own pictures."""
    engine = open_engine("local")
    files = sorted((SAMPLE / "images").glob("*.jpg"))
    pictures = [Picture.from_file(file) for file in files[:: max(1, len(files) // PICTURES)]][:PICTURES]
    matrix = np.stack([record.vector for record in engine.index.get(list(engine.index.hashes()))])
    engine.search(Query(picture=pictures[0], box=BOX), K)
    ours, bare = [], []
    for picture in pictures:
        bare.append(_milliseconds(lambda p=picture: _bare(engine, p, matrix)))  # type: ignore[misc]
        ours.append(_milliseconds(lambda p=picture: engine.search(Query(picture=p, box=BOX), K)))  # type: ignore[misc]
    return [Row.of_medians(f"whole search of {len(matrix):,} against embedding + matrix product", ours, bare, GOAL)]


def _bare(engine: SearchEngine, picture: Picture, matrix: np.ndarray) -> object:
    scores = (matrix @ engine.embedder.embed_query(picture.crop(BOX)).T).max(axis=1)
    return np.argpartition(scores, len(scores) - K)[-K:]


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000
