"""Idempotent ingest: read, check, embed, store, in bounded stages; what is stored and unchanged costs no embedding."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import Final

from searchcore.detectors.base import Detector
from searchcore.embedders.base import Embedder
from searchcore.errors import NotFound, SearchError, StoreUnusable
from searchcore.images import media_type
from searchcore.imagestores.base import ImageStore
from searchcore.indexes.base import NotStored, Record, VectorIndex
from searchcore.ingest.ahead import ahead
from searchcore.ingest.control import Control
from searchcore.ingest.embedding import Decoded, Embedding
from searchcore.ingest.manifest import Problem
from searchcore.ingest.report import Failure, IngestReport
from searchcore.ingest.rows import Loaded, Row, batches, load, row_id
from searchcore.ingest.sources import Item, Source
from searchcore.ingest.writer import Shard

STREAK: Final = 16
"""So many pictures in a row that cannot be stored are no accident: the run ends."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """Choose how to ingest.

    `keep` leaves products alone that the source does not name; `shard` takes a part of the source; `wait` waits for
    another writer instead of being refused; `workers` is how many batches are embedded at once, 0 asks the embedder.
    `objects` finds products by the main object of their picture, too: None does so with new pictures where the
    catalogue has objects. `removable` are the only products that may be removed: None lets all go that are not named.
    """

    keep: bool = False
    shard: Shard | None = None
    wait: bool = False
    workers: int = 0
    objects: bool | None = None
    removable: frozenset[str] | None = None

    @property
    def deepens(self) -> bool:
        """Whether stored pictures get their objects, too: only where that was asked for, since it may cost."""
        return self.objects is True

    def with_objects(self, index: VectorIndex | None) -> bool:
        """Tell whether objects are wanted, as chosen or else as the index has them."""
        if self.objects is None:
            return index is not None and index.info().objects > 0
        return self.objects


AS_USUAL: Final = IngestOptions()


@dataclass(frozen=True, slots=True)
class _Batch:
    """Carry some rows from stage to stage; `decoded` are those of `read` that are to be embedded."""

    rows: Sequence[Row]
    read: Sequence[Loaded]
    decoded: Sequence[Decoded]
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
    detector: Detector | None = None,
) -> IngestReport:
    """Store what is new or changed, drop what the source no longer names; `progress` hears (done, all) rows.

    A row that fails is reported and stops nothing. Raises SearchError where the service, the index or the disk fails;
    what was stored until then stays, and the next run goes on from there.
    """
    shard, workers = options.shard, options.workers or embedder.spec.workers
    hashes = index.hashes()
    known = {each for each in hashes if shard is None or shard.holds(each)}
    embedding = Embedding(embedder, detector, options.with_objects(index))
    run = _Run(embedding, index, images, control or Control(), known, options.deepens)
    run.control.failed = run.failed
    run.control.begin(-(-source.count // (shard.of if shard else 1)))
    # At most workers + 2 batches are in memory, however long the source is.
    reading = ahead(run.read, batches(source, shard), threads=2, window=2)
    with closing(reading) as read, closing(_embedded(run, read, workers)) as embedded:
        for batch in embedded:
            run.store(batch)
            if progress:
                progress(run.control.done, run.control.total)
            if not run.control.goes_on():
                return run.report(cancelled=True)
    run.drop_the_rest(options)
    return run.report()


@dataclass(slots=True)
class _Run:
    """Carry one ingest from batch to batch; `gone` are the stored products that no row has named until now."""

    embedding: Embedding
    index: VectorIndex
    images: ImageStore
    control: Control
    gone: set[str]
    deepen: bool
    tally: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)
    streak: int = 0
    sizes: dict[str, int] | None = None
    looked: bool = False

    def read(self, rows: Sequence[Row]) -> _Batch:
        """Read the pictures, compare them with what is stored, and decode those that are new."""
        failed, read, decoded = list[Failure](), list[Loaded](), list[Decoded]()
        stored = {record.product.id: record for record in self.index.get([row_id(row) for row in rows])}
        for row in rows:
            if isinstance(row, Problem):
                failed.append(row.failure)
                continue
            try:
                loaded = load(row, stored.get(row.product.id), self.deepen)
                if loaded.needs_embedding:
                    decoded.append(Decoded(loaded, loaded.picture()))
                read.append(loaded)
            except SearchError as error:
                failed.append(row.failure(error, transient=row.fetched))
        return _Batch(rows, read, decoded, failed)

    def embed(self, batch: _Batch) -> _Batch:
        """Embed the pictures that were decoded."""
        records, failed = self.embedding.records(batch.decoded)
        embedded = {record.product.id: record for record in records}
        return replace(batch, failed=[*batch.failed, *failed], decoded=(), embedded=embedded)

    def store(self, batch: _Batch) -> None:
        """Store what is new or changed: the pictures first, so that no product is ever without one."""
        # A row that cannot be read today does not mean that its product is gone.
        self.gone.difference_update(row_id(row) for row in batch.rows)
        self.failed += batch.failed
        records, same = [], 0
        for each in batch.read:
            record = batch.embedded.get(each.product.id) or each.edited() or self._robbed(each)
            if record is None:
                same += each.kind == "unchanged"
            elif key := self._put(each):
                records.append(replace(record, product=replace(record.product, image=key)))
        stored = self._upsert(records, {each.product.id: each.item for each in batch.read})
        new = {each.product.id for each in batch.read if each.stored is None}
        added = len(stored & new)
        embedded = sum(record.product.id in batch.embedded for record in records)
        self.tally.update(added=added, updated=len(stored) - added, unchanged=same, embedded=embedded)
        self.control.latest = tuple(sorted(stored)) or self.control.latest
        self.control.step(len(batch.rows))
        self.control.counts = IngestReport(**self.tally, failed=(), cancelled=False)

    def drop_the_rest(self, options: IngestOptions) -> None:
        """Remove the products that no row named, as far as that was agreed to."""
        # A row that was refused without an id may be that of any of them.
        unsure = options.keep or any(not each.product_id for each in self.failed)
        agreed = self.gone if options.removable is None else self.gone & options.removable
        removed = set() if unsure else agreed
        self.index.delete(sorted(removed))
        self.tally.update(removed=len(removed), left=len(self.gone) - len(removed))

    def report(self, cancelled: bool = False) -> IngestReport:
        return IngestReport(**self.tally, failed=tuple(self.failed), cancelled=cancelled)

    def _robbed(self, each: Loaded) -> Record | None:
        """Return what is stored of an unchanged product whose picture is no longer there, or no longer whole."""
        if each.kind != "unchanged" or each.stored is None or each.data is None:
            return None
        sizes = self._sizes()
        whole = sizes is None or sizes.get(each.stored.product.image) == len(each.data)
        return None if whole else each.stored

    def _put(self, each: Loaded) -> str:
        """Store a picture; return its key, empty where it is refused."""
        if each.data is None:
            return each.product.image
        try:
            key = self._key(each)
            self.images.put(key, each.data, media_type(each.data))
        except StoreUnusable:
            raise
        except SearchError as error:
            self.streak += 1
            if self.streak >= STREAK:
                raise
            self.failed.append(each.item.failure(error, transient=True))
            return ""
        self.streak = 0
        return key

    def _key(self, each: Loaded) -> str:
        """Return where a picture goes: under its name, or beside that where other bytes lie there.

        What is replaced stays: another product may show it, in this index or in one that shares the store, and whoever
        takes a change back wants it.
        """
        name, sizes = each.product.image, self._sizes()
        if sizes is not None and name not in sizes:
            return name
        try:
            held = hashlib.sha256(self.images.open(name)).hexdigest()
        except NotFound:
            return name
        except SearchError:
            if sizes is not None:
                raise
            # Who may not list is denied what is not there, too: whether it can be stored tells the attempt.
            return name
        return name if held == each.content_hash else f"{each.content_hash[:16]}/{name}"

    def _sizes(self) -> Mapping[str, int] | None:
        """Return the sizes in bytes of the pictures that lay there before this run, by key; None where it is denied."""
        if not self.looked:
            self.looked = True
            with suppress(SearchError):
                self.sizes = {stored.key: stored.size for stored in self.images.scan()}
        return self.sizes

    def _upsert(self, records: Sequence[Record], items: Mapping[str, Item]) -> set[str]:
        """Store records; return the ids of those that the index took."""
        ids = {record.product.id for record in records}
        try:
            self.index.upsert(records)
        except NotStored as error:
            self.failed += [items[each].refused(reason) for each, reason in error.reasons.items()]
            return ids - error.reasons.keys()
        return ids


def _embedded(run: _Run, read: Iterator[_Batch], workers: int) -> Generator[_Batch, None, None]:
    if workers > 1:
        return ahead(run.embed, read, workers, workers)
    # Where the processor is the limit, a vector made ahead is only one more to lose.
    return (run.embed(batch) for batch in read)
