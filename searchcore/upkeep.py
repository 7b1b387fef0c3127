"""Keeping a catalogue in order: edit and remove products, and find out what is wrong with it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Final

import numpy as np

from searchcore.change import Change
from searchcore.engine import SearchEngine
from searchcore.errors import PictureRefused, SearchError
from searchcore.images import Picture, media_type
from searchcore.imagestores.base import Stored
from searchcore.indexes.base import Record, VectorIndex
from searchcore.ingest.embedding import Decoded, Embedding
from searchcore.ingest.rows import Loaded
from searchcore.ingest.sources import Item

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Survey:
    """Say what a catalogue lacks, by product id; `same_picture` groups the products whose pictures are equal."""

    count: int = 0
    without_picture: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    without_vector: tuple[str, ...] = ()
    same_picture: tuple[tuple[str, ...], ...] = ()


def survey(engine: SearchEngine, damaged: Collection[Stored] = ()) -> Survey:
    """Look at every product of an engine's catalogue; its pictures are listed, not read. Raises SearchError.

    Those known to be `damaged` count as such until they change; an empty file needs no knowing.
    """
    hashes, stored = engine.index.hashes(), {each.key: each for each in engine.images.scan()}
    pictureless, broken, whole = [], [], set[str]()
    for record in records_of(engine.index, sorted(hashes)):
        if np.any(record.vector):
            whole.add(record.product.id)
        picture = stored.get(record.product.image)
        if picture is None:
            pictureless.append(record.product.id)
        elif not picture.size or picture in damaged:
            broken.append(record.product.id)
    alike = defaultdict[str, list[str]](list)
    for product_id, content_hash in sorted(hashes.items()):
        alike[content_hash].append(product_id)
    return Survey(
        len(hashes),
        tuple(pictureless),
        tuple(broken),
        tuple(sorted(hashes.keys() - whole)),
        tuple(tuple(ids) for ids in alike.values() if len(ids) > 1),
    )


def edit(engine: SearchEngine, product_id: str, **fields: Any) -> Change:
    """Give a product other fields and keep its vector; of `extra` those named are set, and removed where None or empty.

    Raises NotFound, IndexBusy, and SearchError for fields that no product can have.
    """
    if not str(fields.get("title", "untouched")).strip():
        raise SearchError("A product needs a title.", "Write one.")
    with engine.writing():
        before = engine.record(product_id)
        # What a detector saw stays behind the tags of the catalogue.
        plain = before.product.unlabelled
        extra = {
            name: value for name, value in (plain.extra | fields.get("extra", {})).items() if value not in ("", None)
        }
        product = replace(plain, **fields | {"extra": extra}).labelled(before.product.labels)
        after = replace(before, product=product)
        engine.index.upsert([after])
    return Change(before, after)


def replace_picture(engine: SearchEngine, product_id: str, data: bytes) -> Change:
    """Give a product another picture, embedded anew; the old picture stays.

    Raises PictureRefused, NotFound, IndexBusy, SearchError.
    """
    picture, content_hash = Picture.from_bytes(data), hashlib.sha256(data).hexdigest()
    with engine.writing():
        before = engine.record(product_id)
        # A key of its own, so that whatever shows the old picture still finds it.
        key = f"{content_hash[:16]}/{PurePosixPath(before.product.image).name}"
        product = replace(before.product.unlabelled, image=key)
        loaded = Loaded(Item(product, lambda: data), product, data, content_hash)
        embedding = Embedding(engine.embedder, engine.detector, before.object_vector is not None)
        records, failed = embedding.records([Decoded(loaded, picture)])
        if failed:
            raise PictureRefused(failed[0].reason)
        engine.images.put(key, data, media_type(data))
        engine.index.upsert(records)
    engine.thumbnails.drop(before.content_hash)
    return Change(before, records[0])


def remove(engine: SearchEngine, ids: Sequence[str]) -> list[Change]:
    """Take products out of the catalogue; their pictures stay. Raises IndexBusy, SearchError."""
    with engine.writing():
        before = engine.index.get(ids)
        engine.index.delete(ids)
    for record in before:
        engine.thumbnails.drop(record.content_hash)
    return [Change(record) for record in before]


def put_back(engine: SearchEngine, changes: Sequence[Change]) -> int:
    """Take changes back and count those that were not overtaken meanwhile; raises IndexBusy, SearchError."""
    with engine.writing():
        now = {record.product.id: record for record in engine.index.get([each.before.product.id for each in changes])}
        back = [each.undone(now.get(each.before.product.id)) for each in changes]
        due = [record for record in back if record]
        engine.index.upsert(due)
    return len(due)


def records_of(index: VectorIndex, ids: Sequence[str]) -> Iterator[Record]:
    """Iterate over the records of these ids, some hundred in memory at a time."""
    for start in range(0, len(ids), _AT_ONCE):
        yield from index.get(ids[start : start + _AT_ONCE])
