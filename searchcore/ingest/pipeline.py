"""Idempotent ingest: what is stored already and unchanged costs no embedding."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from searchcore.embedders.base import Embedder
from searchcore.errors import PictureRefused, SearchError, VectorRefused
from searchcore.images import Picture, media_type
from searchcore.imagestores.base import ImageStore
from searchcore.indexes.base import NotStored, Record, VectorIndex
from searchcore.ingest.sources import Item, Source
from searchcore.products import Product
from searchcore.vectors import unit_rows

Describe = Callable[[Sequence[Picture]], list[tuple[str, ...]]]
BATCH: Final = 16
"""Products embedded and stored together: what a kill can cost at most."""


def _not_described(pictures: Sequence[Picture]) -> list[tuple[str, ...]]:
    return [() for _ in pictures]


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
    describe: Describe = _not_described,
) -> IngestReport:
    """Store what is new or changed, drop what the source no longer names; `progress` hears (done, all) products.

    `describe` gives the tags that are seen in new pictures.
    """
    items, known, run = list(source.items()), index.hashes().keys(), _Run(embedder, index, images, describe)
    for start in range(0, len(items), BATCH):
        run.store(items[start : start + BATCH])
        if progress:
            progress(min(start + BATCH, len(items)), len(items))
    problems = source.problems()
    # A row that cannot be read today does not mean that its product is gone.
    named = {item.product.id for item in items} | {problem.product_id for problem in problems}
    gone = sorted(known - named)
    index.delete(gone)
    bad_rows = [Failure(f"row {problem.row}", problem.reason) for problem in problems]
    return IngestReport(**run.tally, removed=len(gone), failed=(*bad_rows, *run.failed))


@dataclass(frozen=True, slots=True)
class _Run:
    """Carry one ingest from batch to batch."""

    embedder: Embedder
    index: VectorIndex
    images: ImageStore
    describe: Describe
    tally: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)

    def store(self, items: Sequence[Item]) -> None:
        batch = [each for item in items if (each := self._read(item))]
        found = {record.product.id: record for record in self.index.get([each.product.id for each in batch])}
        stored = {each.product.id: found[each.product.id] for each in batch if _is_same(each, found)}
        same = [each for each in batch if each.product.id in stored]
        edited = [each for each in same if stored[each.product.id].product.unlabelled != each.product]
        fresh = self._embedded([each for each in batch if each.product.id not in stored])
        records = fresh + [_edited(each, stored[each.product.id]) for each in edited]
        data = {each.product.id: each.data for each in batch}
        for record in records:
            picture = data[record.product.id]
            self.images.put(record.product.image, picture, media_type(picture))
        refused = self._refused(records)
        added = sum(record.product.id not in found and record.product.id not in refused for record in fresh)
        updated = len(records) - len(refused) - added
        unchanged = len(same) - len(edited)
        self.tally.update(added=added, updated=updated, unchanged=unchanged, embedded=len(fresh))

    def _refused(self, records: Sequence[Record]) -> Mapping[str, str]:
        """Store records; return product id -> reason of those that the index refused."""
        try:
            self.index.upsert(records)
        except NotStored as error:
            self.failed.extend(Failure(name, reason) for name, reason in error.reasons.items())
            return error.reasons
        return {}

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
        return self._records(decoded) if decoded else []

    def _records(self, decoded: Sequence[tuple[_Read, Picture]]) -> list[Record]:
        try:
            vectors = self.embedder.embed_images([picture for _, picture in decoded], role="index")
            rows = unit_rows(vectors, self.embedder.spec.dimension)
            seen = self.describe([picture for _, picture in decoded])
        except (PictureRefused, VectorRefused) as error:
            if len(decoded) > 1:
                # One picture spoils its batch: find out which, and keep the others.
                return [record for each in decoded for record in self._records([each])]
            self.failed.append(Failure(decoded[0][0].product.id, str(error)))
            return []
        return [
            Record(each.product.labelled(labels), row, each.content_hash)
            for (each, _), row, labels in zip(decoded, rows, seen, strict=True)
        ]


def _edited(read: _Read, stored: Record) -> Record:
    return Record(read.product.labelled(stored.product.labels), stored.vector, read.content_hash)


def _is_same(read: _Read, found: Mapping[str, Record]) -> bool:
    record = found.get(read.product.id)
    return record is not None and record.content_hash == read.content_hash
