"""Idempotent ingest: what is stored already and unchanged costs no embedding."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from searchcore.embedders.base import Embedder
from searchcore.errors import SearchError
from searchcore.images import Picture
from searchcore.imagestores.base import ImageStore
from searchcore.indexes.base import Record, VectorIndex
from searchcore.ingest.sources import Item, Source
from searchcore.products import Product

BATCH: Final = 32
"""Products embedded and stored together: what a kill can cost at most."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Name a product (or a row) that was not stored, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Count what an ingest did."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    embedded: int = 0
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    product: Product
    data: bytes
    content_hash: str


def ingest(
    source: Source,
    embedder: Embedder,
    index: VectorIndex,
    images: ImageStore,
    progress: Callable[[int, int], None] | None = None,
) -> IngestReport:
    """Store what is new or changed, drop what the source no longer names; `progress` hears (done, all) products."""
    items, run = list(source.items()), _Run(embedder, index, images, index.hashes())
    for start in range(0, len(items), BATCH):
        run.store(items[start : start + BATCH])
        if progress:
            progress(min(start + BATCH, len(items)), len(items))
    gone = sorted(run.known.keys() - {item.product.id for item in items})
    index.delete(gone)
    bad_rows = [Failure(f"row {problem.row}", problem.reason) for problem in source.problems()]
    return IngestReport(**run.tally, removed=len(gone), failed=(*bad_rows, *run.failed))


@dataclass(frozen=True, slots=True)
class _Run:
    """Carry one ingest from batch to batch."""

    embedder: Embedder
    index: VectorIndex
    images: ImageStore
    known: Mapping[str, str]
    tally: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)

    def store(self, items: Sequence[Item]) -> None:
        batch = [each for item in items if (each := self._read(item))]
        stored = {record.product.id: record for record in self.index.get([each.product.id for each in batch])}
        same = [each for each in batch if self.known.get(each.product.id) == each.content_hash]
        edited = [each for each in same if stored[each.product.id].product != each.product]
        changed = [each for each in batch if self.known.get(each.product.id) != each.content_hash]
        fresh = self._embedded(changed)
        records = fresh + [Record(each.product, stored[each.product.id].vector, each.content_hash) for each in edited]
        data = {each.product.id: each.data for each in batch}
        for record in records:
            self.images.put(record.product.image, data[record.product.id])
        self.index.upsert(records)
        added = sum(record.product.id not in self.known for record in fresh)
        self.tally.update(
            added=added, updated=len(records) - added, unchanged=len(same) - len(edited), embedded=len(fresh)
        )

    def _read(self, item: Item) -> _Read | None:
        try:
            data = item.read()
        except SearchError as error:
            self.failed.append(Failure(item.product.id, str(error)))
            return None
        return _Read(item.product, data, hashlib.sha256(data).hexdigest())

    def _embedded(self, changed: Sequence[_Read]) -> list[Record]:
        decoded: list[tuple[_Read, Picture]] = []
        for each in changed:
            try:
                decoded.append((each, Picture.from_bytes(each.data)))
            except SearchError as error:
                self.failed.append(Failure(each.product.id, str(error)))
        if not decoded:
            return []
        vectors = self.embedder.embed_images([picture for _, picture in decoded], role="index")
        pairs = zip(decoded, vectors, strict=True)
        return [Record(each.product, vector, each.content_hash) for (each, _), vector in pairs]
