"""The contract of a vector index: products with their vectors, filters, k-NN and text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from searchcore.errors import SearchError
from searchcore.products import Product
from searchcore.query import Filters
from searchcore.results import Hit
from searchcore.vectors import Vectors, unit_row


@dataclass(frozen=True, slots=True)
class Record:
    """Hold what is stored of one product; `content_hash` is the sha256 of its picture's bytes.

    `object_vector` is that of the main object in the picture: the picture's own where none stands out, None where
    none was looked for.
    """

    product: Product
    vector: Vectors = field(hash=False, compare=False)
    content_hash: str = ""
    object_vector: Vectors | None = field(default=None, hash=False, compare=False)

    @property
    def vectors(self) -> Vectors:
        """All that the product is found by, shape (1 or 2, d)."""
        return np.stack([self.vector] if self.object_vector is None else [self.vector, self.object_vector])

    @property
    def has_own_object(self) -> bool:
        """Tell whether an object stands out in the picture."""
        return self.object_vector is not None and not np.array_equal(self.vector, self.object_vector)

    def normalised(self, dimension: int) -> Record:
        """Return it with vectors of unit length; raises VectorRefused."""
        sought = None if self.object_vector is None else unit_row(self.object_vector, dimension)
        return replace(self, vector=unit_row(self.vector, dimension), object_vector=sought)


@dataclass(frozen=True, slots=True)
class Facet:
    """Count the values of one field, most frequent first, or give the range of a number (`low`, `high`)."""

    name: str
    values: tuple[tuple[str, int], ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Describe an index: where it is and what it holds; `size_bytes` is None where it cannot be told.

    `objects` counts the products whose main object was looked for. `revision` changes with every write, where the
    engine keeps track of that. `notes` are sentences that a person should know about it.
    """

    kind: str
    location: str
    model_key: str
    dimension: int
    count: int
    size_bytes: int | None = None
    revision: str = ""
    objects: int = 0
    notes: tuple[str, ...] = ()


class NotStored(SearchError):
    """The index refused some products of an upsert, and stored the others; `reasons` is product id -> why."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        named = "; ".join(f"{name} ({reason})" for name, reason in list(reasons.items())[:10])
        super().__init__(
            f"The index did not store {len(reasons)} of the products: {named}.", "Correct these; the others are stored."
        )
        self.reasons = dict(reasons)


class VectorIndex(ABC):
    """Store and search the products of one catalogue as one embedder sees them."""

    @abstractmethod
    def upsert(self, records: Sequence[Record]) -> None:
        """Add records or replace those of the same id; raises VectorRefused, and then nothing is stored.

        Raises NotStored where an index refused some of them.
        """

    @abstractmethod
    def delete(self, ids: Sequence[str]) -> None:
        """Remove products; unknown ids are no error."""

    @abstractmethod
    def get(self, ids: Sequence[str]) -> list[Record]:
        """Return the records that exist, in the order of `ids`."""

    @abstractmethod
    def count(self, filters: Filters | None = None) -> int:
        """Count the products that pass the filters."""

    @abstractmethod
    def facets(self, filters: Filters | None = None) -> list[Facet]:
        """Count the values of every field over the products that pass the filters."""

    @abstractmethod
    def search(self, vector: Vectors, k: int, filters: Filters | None = None) -> list[Hit]:
        """Return at most k hits by cosine with a unit vector of shape (dimension,), best first, ties by id.

        A product counts by the better of its vectors, its picture's and its object's.
        `k` under 1 gives none. Raises VectorRefused.
        """

    @abstractmethod
    def search_text(
        self, text: str, k: int, filters: Filters | None = None, match: Literal["any", "all"] = "any"
    ) -> list[Hit]:
        """Return at most k hits by BM25 over title, category, tags and description, best first, ties by id.

        The text is words, never a query language: any (or all) of them must occur.
        """

    @abstractmethod
    def browse(self, k: int, filters: Filters | None = None) -> list[Product]:
        """Return at most k products that pass the filters, by id; `k` under 1 gives none."""

    @abstractmethod
    def with_id(self, text: str, k: int, filters: Filters | None = None) -> list[Product]:
        """Return at most k products that pass the filters and whose id begins with the text, whatever its case.

        The id that is the text comes first, then all by id; an empty text begins none. An index that was made
        elsewhere may know whole ids alone.
        """

    @abstractmethod
    def hashes(self) -> dict[str, str]:
        """Return id -> content hash of every product: what an ingest compares with."""

    @abstractmethod
    def info(self) -> IndexInfo:
        """Describe the index."""

    @abstractmethod
    def close(self) -> None:
        """Give back what is held open."""
