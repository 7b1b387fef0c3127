"""The products of an index as a source of their own, and pictures brought again where the stored ones are lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from searchcore.errors import SearchError
from searchcore.images import Picture, media_type
from searchcore.imagestores.base import ImageStore
from searchcore.indexes.base import VectorIndex
from searchcore.ingest import Failure, Item, Only, Source

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StoredSource:
    """Give the products of an index, or the first `most`, with their stored pictures."""

    index: VectorIndex
    images: ImageStore
    most: int | None = None

    @property
    def count(self) -> int:
        found = self.index.count()
        return found if self.most is None else min(found, self.most)

    def rows(self) -> Iterator[Item]:
        ids = list(islice(sorted(self.index.hashes()), self.most))
        for start in range(0, len(ids), _AT_ONCE):
            for record in self.index.get(ids[start : start + _AT_ONCE]):
                key = record.product.image
                yield Item(record.product, lambda key=key: self.images.open(key))  # type: ignore[misc]


def bring(source: Source, failed: Sequence[Failure], stored: StoredSource) -> set[str]:
    """Store the pictures that a source has of products whose own is lost or damaged; return the products' ids."""
    keys = {each.product.id: each.product.image for each in stored.index.get([each.product_id for each in failed])}
    brought = set[str]()
    for row in Only(source, keys).rows() if keys else ():
        if not isinstance(row, Item) or _is_whole(stored.images, key := keys[row.product.id]):
            continue
        with suppress(SearchError):
            data = row.read()
            Picture.from_bytes(data)
            stored.images.put(key, data, media_type(data))
            brought.add(row.product.id)
    return brought


def _is_whole(images: ImageStore, key: str) -> bool:
    try:
        Picture.from_bytes(images.open(key))
    except SearchError:
        return False
    return True
