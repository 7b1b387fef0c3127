"""The rows of a source on their way through an ingest, compared with what is stored."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice
from pathlib import PurePosixPath
from typing import Final, Literal

from searchcore.errors import NotFound, SearchError
from searchcore.images import Picture, check_header
from searchcore.indexes.base import Record
from searchcore.ingest.manifest import Problem
from searchcore.ingest.sources import Item, Source
from searchcore.ingest.writer import Shard
from searchcore.products import Product

BATCH: Final = 16
"""Products embedded and stored together: what a kill can cost at most."""

_BESIDE: Final = re.compile(r"[0-9a-f]{16}/")
"""What the key of a picture begins with whose name was taken by other bytes."""

Row = Item | Problem
Kind = Literal["new", "changed", "deepened", "edited", "unchanged"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Hold what was read of one product, and what the index has of it; `deepen` adds objects to stored pictures.

    Without `data` the source does not have the picture, and the product keeps the one that is stored.
    """

    item: Item
    product: Product
    data: bytes | None
    content_hash: str
    stored: Record | None = None
    deepen: bool = False

    @property
    def kind(self) -> Kind:
        """What is to be done: the picture is new or changed, only its object is missing, or only fields are others."""
        if self.stored is None:
            return "new"
        if self.stored.content_hash != self.content_hash:
            return "changed"
        if self.deepen and self.stored.object_vector is None and self.data is not None:
            return "deepened"
        return "edited" if self.is_retold else "unchanged"

    @property
    def needs_embedding(self) -> bool:
        return self.kind in ("new", "changed", "deepened")

    @property
    def same_picture(self) -> Record | None:
        """What is stored of this very picture."""
        return None if self.kind in ("new", "changed") else self.stored

    @property
    def is_retold(self) -> bool:
        """Whether the source says something else of a stored product, whatever there is to do beside that."""
        return self.stored is not None and not is_described_alike(self.product, self.stored.product)

    def check(self) -> None:
        """Raise PictureRefused where it is to be embedded and its header says already that it cannot be."""
        if self.needs_embedding and self.data is not None:
            check_header(self.data)

    def picture(self) -> Picture:
        """Decode it; raises PictureRefused."""
        return Picture.from_bytes(self.data or b"")

    def edited(self) -> Record | None:
        """Return the record of a product whose fields alone are others now."""
        if self.kind != "edited" or self.stored is None:
            return None
        return replace(self.stored, product=self.product.labelled(self.stored.product.labels))


def load(item: Item, stored: Record | None, deepen: bool) -> Loaded:
    """Read the picture of a row; raises SearchError."""
    if stored is None and not item.product.title:
        raise SearchError("The row has no title.", "Give it one; products that are stored keep theirs.")
    product = _completed(item, stored.product) if stored else item.product
    try:
        data = item.read()
    except NotFound:
        if stored is None or not _is_picture_of(stored.product, item.product.image):
            raise
        kept = replace(product, image=stored.product.image)
        return Loaded(item, kept, None, stored.content_hash, stored, deepen)
    return Loaded(item, product, data, hashlib.sha256(data).hexdigest(), stored, deepen)


def _completed(item: Item, stored: Product) -> Product:
    """Return a product with what is stored of the fields that its list has no column for."""
    if item.fields is None:
        return item.product
    told, known = set(item.fields), stored.unlabelled
    # A price may have its currency beside it in its cell.
    told |= {"id", "image"} | ({"currency"} if item.product.currency else set())
    kept = {
        each.name: getattr(known, each.name) for each in fields(known) if each.name not in told | {"extra", "labels"}
    }
    extra = {name: value for name, value in known.extra.items() if name not in told}
    new = {name: _as_before(value, known.extra.get(name)) for name, value in item.product.extra.items()}
    return replace(item.product, **kept, extra=extra | new)


def _as_before(value: str | float, stored: str | float | None) -> str | float:
    """Return a number as text where the field is one: a list of a few rows may hold numbers in it by chance."""
    return f"{value:.15g}" if isinstance(stored, str) and isinstance(value, float) else value


def _is_picture_of(stored: Product, name: str) -> bool:
    """Tell whether a row means the stored picture: it names none, that one, or one that was put in its place."""
    if name in ("", stored.image):
        return True
    return bool(_BESIDE.match(stored.image)) and PurePosixPath(stored.image).name == PurePosixPath(name).name


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
