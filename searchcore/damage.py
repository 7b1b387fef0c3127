"""Stored pictures that can no longer be shown: files that something else has changed since they were loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from searchcore.engine import SearchEngine
from searchcore.errors import NotFound
from searchcore.imagestores.base import ImageStore, Stored
from searchcore.upkeep import records_of

WORKERS: Final = 8
"""Pictures that are read at once."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Hold which of `count` opened pictures are damaged; `total` is how many the products have."""

    count: int = 0
    total: int = 0
    damaged: frozenset[Stored] = frozenset()


def open_pictures(engine: SearchEngine, most: int, progress: Callable[[int, int], None] | None = None) -> Opened:
    """Read at most `most` pictures of products, those that changed last, and find out which cannot be shown.

    One with the bytes that were loaded was in order then and is not decoded. `progress` hears (done, all). Raises
    SearchError.
    """
    ids = sorted(engine.index.hashes())
    loaded = {record.product.image: record.content_hash for record in records_of(engine.index, ids)}
    stored = [each for each in engine.images.scan() if each.key in loaded]
    newest = nlargest(most, stored, key=lambda each: each.since)
    damaged = set[Stored]()
    with ThreadPoolExecutor(WORKERS) as pool:
        shown = pool.map(lambda each: _can_be_shown(engine.images, each.key, loaded[each.key]), newest)
        for done, (each, fine) in enumerate(zip(newest, shown, strict=True), 1):
            if not fine:
                damaged.add(each)
            if progress:
                progress(done, len(newest))
    return Opened(len(newest), len(stored), frozenset(damaged))


def _can_be_shown(images: ImageStore, key: str, content_hash: str) -> bool:
    try:
        return hashlib.sha256(images.open(key)).hexdigest() == content_hash
    except NotFound:
        # Removed this moment: the next survey misses it.
        return True
