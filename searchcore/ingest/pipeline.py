"""Idempotent ingest: read, check, embed, store, in bounded stages; what is stored and unchanged costs no embedding."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from searchcore.embedders.base import Embedder
from searchcore.errors import NotFound, PictureRefused, SearchError, StoreUnusable, VectorRefused
from searchcore.images import Picture, media_type
from searchcore.imagestores.base import ImageStore
from searchcore.indexes.base import NotStored, Record, VectorIndex
from searchcore.ingest.ahead import ahead
from searchcore.ingest.control import Control
from searchcore.ingest.manifest import Problem
from searchcore.ingest.report import Failure, IngestReport
from searchcore.ingest.sources import Item, Source
from searchcore.ingest.writer import Shard
from searchcore.products import Product
from searchcore.vectors import unit_rows

BATCH: Final = 16
"""Products embedded and stored together: what a kill can cost at most."""
STREAK: Final = 16
"""So many pictures in a row that cannot be stored are no accident: the run ends."""

Progress = Callable[[int, int], None]
Row = Item | Problem
Describe = Callable[[Sequence[Picture]], list[tuple[str, ...]]]
"""Gives tags for the product that each picture shows."""


def _not_described(pictures: Sequence[Picture]) -> list[tuple[str, ...]]:
    return [() for _ in pictures]


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """Choose how to ingest.

    `keep` leaves products alone that the source does not name; `shard` takes a part of the source; `wait` waits for
    another writer instead of being refused; `workers` is how many batches are embedded at once, 0 asks the embedder.
    """

    keep: bool = False
    shard: Shard | None = None
    wait: bool = False
    workers: int = 0


AS_USUAL: Final = IngestOptions()


@dataclass(frozen=True, slots=True)
class _Read:
    """Hold what was read of one product; `stored` is what the index has, `picture` is there if it must be embedded."""

    product: Product
    data: bytes
    content_hash: str
    stored: Record | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class _Batch:
    """Carry some rows from stage to stage."""

    rows: Sequence[Row]
    read: Sequence[_Read]
    failed: Sequence[Failure]
    embedded: Mapping[str, Record] = field(default_factory=dict)


def ingest(
    source: Source,
    embedder: Embedder,
    index: VectorIndex,
    images: ImageStore,
    progress: Progress | None = None,
    options: IngestOptions = AS_USUAL,
    control: Control | None = None,
    describe: Describe = _not_described,
) -> IngestReport:
    """Store what is new or changed, drop what the source no longer names; `progress` hears (done, all) rows.

    A row that fails is reported and stops nothing. Raises SearchError where the service, the index or the disk fails;
    what was stored until then stays, and the next run goes on from there.
    """
    shard, workers = options.shard, options.workers or embedder.spec.workers
    hashes = index.hashes()
    known = {each for each in hashes if shard is None or shard.holds(each)}
    run = _Run(embedder, index, images, describe, control or Control(), known, Counter(hashes.values()))
    run.control.failed = run.failed
    run.control.total = -(-source.count // (shard.of if shard else 1))
    # At most workers + 2 batches are in memory, however long the source is.
    reading = ahead(run.read, batches(source, shard), threads=2, window=2)
    with closing(reading) as read, closing(_embedded(run, read, workers)) as embedded:
        for batch in embedded:
            run.store(batch)
            if progress:
                progress(run.control.done, run.control.total)
            if not run.control.goes_on():
                return run.report(cancelled=True)
    if not options.keep:
        run.drop_the_rest()
    return run.report()


@dataclass(slots=True)
class _Run:
    """Carry one ingest from batch to batch; `shown` counts the products of each content hash before it."""

    embedder: Embedder
    index: VectorIndex
    images: ImageStore
    describe: Describe
    control: Control
    gone: set[str]
    shown: Counter[str]
    tally: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)
    streak: int = 0

    def read(self, rows: Sequence[Row]) -> _Batch:
        """Read the pictures, compare them with what is stored, and decode those that are new."""
        failed: list[Failure] = []
        read: list[_Read] = []
        stored = {record.product.id: record for record in self.index.get([row_id(row) for row in rows])}
        for row in rows:
            if isinstance(row, Problem):
                failed.append(Failure(f"row {row.row}", row.reason, row.product_id))
                continue
            try:
                read.append(_read(row, stored.get(row.product.id)))
            except SearchError as error:
                failed.append(_failure(row.product, error))
        return _Batch(rows, read, failed)

    def embed(self, batch: _Batch) -> _Batch:
        """Embed the pictures that were decoded."""
        failed = list(batch.failed)
        records = self._records([each for each in batch.read if each.picture], failed)
        return _Batch(batch.rows, batch.read, failed, {record.product.id: record for record in records})

    def store(self, batch: _Batch) -> None:
        """Store what is new or changed: the pictures first, so that no product is ever without one."""
        # A row that cannot be read today does not mean that its product is gone.
        self.gone.difference_update(row_id(row) for row in batch.rows)
        self.failed += batch.failed
        records, same = [], 0
        for each in batch.read:
            record = batch.embedded.get(each.product.id) or _edited(each)
            if record is None:
                same += each.picture is None
            elif key := self._put(each):
                records.append(replace(record, product=replace(record.product, image=key)))
        stored = self._upsert(records)
        new = {each.product.id for each in batch.read if each.stored is None}
        added = len(stored & new)
        embedded = sum(record.product.id in batch.embedded for record in records)
        self.tally.update(added=added, updated=len(stored) - added, unchanged=same, embedded=embedded)
        self.control.latest = tuple(sorted(stored)) or self.control.latest
        self.control.done += len(batch.rows)
        self.control.total = max(self.control.total, self.control.done)
        self.control.counts = IngestReport(**self.tally, failed=(), cancelled=False)

    def drop_the_rest(self) -> None:
        """Remove the products that no row named."""
        self.index.delete(sorted(self.gone))
        self.tally.update(removed=len(self.gone))

    def report(self, cancelled: bool = False) -> IngestReport:
        return IngestReport(**self.tally, failed=tuple(self.failed), cancelled=cancelled)

    def _put(self, each: _Read) -> str:
        """Store a picture; return its key, empty where it is refused."""
        try:
            key = self._key(each)
            self.images.put(key, each.data, media_type(each.data))
        except StoreUnusable:
            raise
        except SearchError as error:
            self.streak += 1
            if self.streak >= STREAK:
                raise
            self.failed.append(_failure(each.product, error))
            return ""
        self.streak = 0
        return key

    def _key(self, each: _Read) -> str:
        """Return where a picture goes: under its name, or beside that where another product's picture has it."""
        name = each.product.image
        # One source has one picture of a name: only what was stored before can be another.
        if not self.shown:
            return name
        try:
            held = hashlib.sha256(self.images.open(name)).hexdigest()
        except NotFound:
            return name
        except SearchError:
            # S3 denies what is not there to whoever may list below a prefix alone.
            if next(self.images.list(name), "") == name:
                raise
            return name
        own = each.stored is not None and each.stored.content_hash == held
        taken = held != each.content_hash and self.shown[held] > own
        return f"{each.content_hash[:16]}/{name}" if taken else name

    def _upsert(self, records: Sequence[Record]) -> set[str]:
        """Store records; return the ids of those that the index took."""
        ids = {record.product.id for record in records}
        try:
            self.index.upsert(records)
        except NotStored as error:
            self.failed += [Failure(name, reason, name) for name, reason in error.reasons.items()]
            return ids - error.reasons.keys()
        return ids

    def _records(self, fresh: Sequence[_Read], failed: list[Failure]) -> list[Record]:
        pictures = [each.picture for each in fresh if each.picture]
        if not pictures:
            return []
        try:
            rows = unit_rows(self.embedder.embed_images(pictures, role="index"), self.embedder.spec.dimension)
            seen = self.describe(pictures)
        except (PictureRefused, VectorRefused) as error:
            if len(fresh) > 1:
                # One picture spoils its batch: find out which, and keep the others.
                return [record for each in fresh for record in self._records([each], failed)]
            failed.append(_failure(fresh[0].product, error))
            return []
        return [
            Record(each.product.labelled(labels), row, each.content_hash)
            for each, row, labels in zip(fresh, rows, seen, strict=True)
        ]


def _embedded(run: _Run, read: Iterator[_Batch], workers: int) -> Generator[_Batch, None, None]:
    if workers > 1:
        return ahead(run.embed, read, workers, workers)
    # Where the processor is the limit, a vector made ahead is only one more to lose.
    return (run.embed(batch) for batch in read)


def _read(item: Item, stored: Record | None) -> _Read:
    data = item.read()
    content_hash = hashlib.sha256(data).hexdigest()
    same = stored is not None and stored.content_hash == content_hash
    return _Read(item.product, data, content_hash, stored, None if same else Picture.from_bytes(data))


def _edited(each: _Read) -> Record | None:
    """Return the record of a product whose picture is the stored one but whose fields are not."""
    if each.picture is not None or each.stored is None or is_described_alike(each.product, each.stored.product):
        return None
    return Record(each.product.labelled(each.stored.product.labels), each.stored.vector, each.content_hash)


def is_described_alike(product: Product, stored: Product) -> bool:
    """Tell whether a catalogue says the same of a product as when it was stored.

    What a detector saw in it and the key under which its picture lies are no words of the catalogue.
    """
    return replace(product.unlabelled, image="") == replace(stored.unlabelled, image="")


def batches(source: Source, shard: Shard | None) -> Iterator[list[Row]]:
    """Iterate over the rows of a source, or of one shard of it, some at a time."""
    rows = (row for row in source.rows() if shard is None or shard.holds(row_id(row)))
    while batch := list(islice(rows, BATCH)):
        yield batch


def row_id(row: Row) -> str:
    """Return the product id of a row; empty where a bad row has none."""
    return row.product_id if isinstance(row, Problem) else row.product.id


def _failure(product: Product, error: SearchError) -> Failure:
    return Failure(product.id, str(error), product.id)
