"""What an ingest would do, found out before it starts: nothing is embedded for good and nothing is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Final

from searchcore.detectors.base import Detector
from searchcore.embedders.base import Embedder
from searchcore.errors import SearchError
from searchcore.indexes.base import Record, VectorIndex
from searchcore.ingest.embedding import Decoded, Embedding
from searchcore.ingest.manifest import Problem
from searchcore.ingest.pipeline import AS_USUAL, IngestOptions, Progress
from searchcore.ingest.report import Failure
from searchcore.ingest.rows import Loaded, Row, batches, load, row_id
from searchcore.ingest.sources import Source
from searchcore.products import Product

SHOWN: Final = 12
TRIED: Final = 6
WAITED: Final = 0.2
"""Seconds that a service is assumed to take for a picture: asking it would cost money."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Count what an ingest would do; `cost` in US dollars at most, `seconds` on this machine.

    `deepened` products have their picture stored and lack its main object. `pictureless` ones keep the stored picture,
    as the source has none. Of `retold` ones the source says something else, whatever else there is to do; `edits` are
    the first of them as they are stored and as they will be. `left` are not named by the source and were to stay.
    `preview` are the first products to store, `gone` the ids that the source does not name.
    """

    new: int = 0
    changed: int = 0
    deepened: int = 0
    edited: int = 0
    unchanged: int = 0
    removed: int = 0
    left: int = 0
    pictureless: int = 0
    retold: int = 0
    refused: tuple[Failure, ...] = ()
    preview: tuple[Product, ...] = ()
    edits: tuple[tuple[Product, Product], ...] = ()
    gone: tuple[str, ...] = ()
    cost: float = 0.0
    seconds: float = 0.0

    @property
    def to_store(self) -> int:
        """The number of products to write: all but those that are unchanged."""
        return self.to_embed + self.edited

    @property
    def to_embed(self) -> int:
        """The number of products with something to embed: a new picture, another one, or its main object."""
        return self.new + self.changed + self.deepened


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
    shard, done, objects = options.shard, 0, options.with_objects(index)
    gone = {each for each in (index.hashes() if index else ()) if shard is None or shard.holds(each)}
    tally, refused, sample = Counter[str](), list[Failure](), list[Loaded]()
    preview, edits = list[Product](), list[tuple[Product, Product]]()
    for batch in batches(source, shard):
        gone.difference_update(map(row_id, batch))
        known = index.get([row_id(row) for row in batch]) if index else []
        stored = {record.product.id: record for record in known}
        for row in batch:
            try:
                loaded = look_over(row, stored, options.deepens)
            except SearchError as error:
                refused.append(row.failure if isinstance(row, Problem) else row.failure(error))
                continue
            tally[loaded.kind] += 1
            tally["pictureless"] += loaded.data is None
            if loaded.kind != "unchanged" and len(preview) < SHOWN:
                preview.append(loaded.product)
            tally["retold"] += loaded.is_retold
            if loaded.is_retold and loaded.stored and len(edits) < SHOWN:
                edits.append((loaded.stored.product.unlabelled, loaded.product.unlabelled))
            if loaded.needs_embedding and len(sample) < TRIED:
                sample.append(loaded)
        done += len(batch)
        if progress:
            progress(done, max(done, source.count))
    pictures, deepened = tally["new"] + tally["changed"], tally["deepened"]
    price, detection = embedder.spec.price_per_picture, detector.price_of_describing(objects) if detector else 0.0
    pace = WAITED * (1 + objects) if price or detection else _pace(Embedding(embedder, detector, objects), sample)
    return Plan(
        **tally,
        removed=0 if options.keep else len(gone),
        left=len(gone) if options.keep else 0,
        refused=tuple(refused),
        preview=tuple(preview),
        edits=tuple(edits),
        gone=tuple(sorted(gone)),
        cost=pictures * price_loaded(embedder, detector, objects) + deepened * (price + detection),
        seconds=(pictures + deepened) * pace / (options.workers or embedder.spec.workers),
    )


def price_loaded(embedder: Embedder, detector: Detector | None, objects: bool = False) -> float:
    """Return what loading one picture costs in US dollars at most: its vectors, and what the detector is asked."""
    asked = detector.price_of_describing(objects) if detector else 0.0
    return embedder.spec.price_per_picture * (1 + objects) + asked


def look_over(row: Row, stored: Mapping[str, Record], deepen: bool = False) -> Loaded:
    """Read a row and tell by its header whether its picture can be loaded; raises SearchError."""
    if isinstance(row, Problem):
        raise SearchError(row.reason)
    loaded = load(row, stored.get(row.product.id), deepen)
    loaded.check()
    return loaded


def _pace(embedding: Embedding, sample: list[Loaded]) -> float:
    """Return the seconds that one picture takes, measured; the first one also pays for what is read only once."""
    took = []
    for loaded in sample:
        began = perf_counter()
        with suppress(SearchError):
            embedding.records([Decoded(loaded, loaded.picture())])
            took.append(perf_counter() - began)
    return median(took[1:] or took or [WAITED])
