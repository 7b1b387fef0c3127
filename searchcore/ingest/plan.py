"""What an ingest would do, found out before it starts: nothing is embedded for good and nothing is stored."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import Final

from searchcore.detectors.base import Detector
from searchcore.embedders.base import Embedder
from searchcore.errors import SearchError
from searchcore.images import Picture, check_header
from searchcore.indexes.base import Record, VectorIndex
from searchcore.ingest.manifest import Problem
from searchcore.ingest.pipeline import AS_USUAL, IngestOptions, Progress, Row, batches, is_described_alike, row_id
from searchcore.ingest.report import Failure
from searchcore.ingest.sources import Item, Source
from searchcore.products import Product

SHOWN: Final = 12
TRIED: Final = 3
WAITED: Final = 0.2
"""Seconds that a service is assumed to take for a picture: asking it would cost money."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Count what an ingest would do; `cost` in US dollars, `seconds` on this machine, `preview` the first products."""

    new: int = 0
    changed: int = 0
    edited: int = 0
    unchanged: int = 0
    removed: int = 0
    refused: tuple[Failure, ...] = ()
    preview: tuple[Product, ...] = ()
    cost: float = 0.0
    seconds: float = 0.0

    @property
    def to_store(self) -> int:
        """The number of products to write: new ones, and those whose picture or fields are others now."""
        return self.new + self.changed + self.edited

    @property
    def to_embed(self) -> int:
        """The number of pictures to embed: those of new products and those that are others now."""
        return self.new + self.changed


def plan(
    source: Source,
    embedder: Embedder,
    index: VectorIndex | None,
    options: IngestOptions = AS_USUAL,
    progress: Progress | None = None,
    detector: Detector | None = None,
) -> Plan:
    """Compare a source with what is stored; reads every picture but decodes only a few. Raises SearchError.

    Without an index nothing is stored yet; without a detector nothing is tagged. `progress` hears (done, all) rows.
    """
    shard, done = options.shard, 0
    gone = {each for each in (index.hashes() if index else ()) if shard is None or shard.holds(each)}
    tally, refused, preview, sample = Counter[str](), list[Failure](), list[Product](), list[bytes]()
    for batch in batches(source, shard):
        gone.difference_update(map(row_id, batch))
        known = index.get([row_id(row) for row in batch]) if index else []
        stored = {record.product.id: record for record in known}
        preview += islice((row.product for row in batch if isinstance(row, Item)), SHOWN - len(preview))
        for row in batch:
            try:
                kind, data = kind_of(row, stored)
            except SearchError as error:
                refused.append(_refusal(row, str(error)))
                continue
            tally[kind] += 1
            if kind in ("new", "changed") and len(sample) < TRIED:
                sample.append(data)
        done += len(batch)
        if progress:
            progress(done, max(done, source.count))
    to_embed = tally["new"] + tally["changed"]
    return Plan(
        **tally,
        removed=0 if options.keep else len(gone),
        refused=tuple(refused),
        preview=tuple(preview),
        cost=to_embed * price_loaded(embedder, detector),
        seconds=to_embed * _pace(embedder, sample) / (options.workers or embedder.spec.workers),
    )


def price_loaded(embedder: Embedder, detector: Detector | None) -> float:
    """Return what loading one picture costs in US dollars: its vector, and its tags where the detector gives them."""
    return embedder.spec.price_per_picture + (detector.price_of_tags if detector else 0.0)


def kind_of(row: Row, stored: Mapping[str, Record]) -> tuple[str, bytes]:
    """Return what is to do with a row (new, changed, edited, unchanged) and its picture; raises SearchError."""
    if isinstance(row, Problem):
        raise SearchError(row.reason)
    data, known = row.read(), stored.get(row.product.id)
    if known is None or hashlib.sha256(data).hexdigest() != known.content_hash:
        check_header(data)
        return ("changed" if known else "new"), data
    return ("unchanged" if is_described_alike(row.product, known.product) else "edited"), data


def _refusal(row: Row, reason: str) -> Failure:
    return Failure(f"row {row.row}" if isinstance(row, Problem) else row.product.id, reason, row_id(row))


def _pace(embedder: Embedder, sample: list[bytes]) -> float:
    """Return seconds for one picture: measured where that is free."""
    if embedder.spec.price_per_picture or not sample:
        return WAITED
    began, tried = perf_counter(), 0
    for data in sample:
        try:
            embedder.embed_images([Picture.from_bytes(data)], role="index")
            tried += 1
        except SearchError:
            continue
    return (perf_counter() - began) / max(tried, 1)
