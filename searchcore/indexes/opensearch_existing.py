"""An index that others made: its fields, named in the settings, are searched and never written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from searchcore.errors import IndexRefused
from searchcore.indexes.base import Record
from searchcore.indexes.opensearch_fields import id_begins, words_of
from searchcore.products import Product

NUMBERS: Final = frozenset({"byte", "short", "integer", "long", "float", "half_float", "double", "scaled_float"})
_HIDDEN: Final = frozenset({"id", "image", "title", "description", "group_id", "content_hash"})
_NOTHING: Final = MappingProxyType[str, Any]({})


class ExistingFields:
    """Know the fields of an index by the names that the settings give them: ours -> theirs."""

    read_only: Final = True

    def __init__(self, names: Mapping[str, str], mapping: Mapping[str, Any], index: str) -> None:
        """Look up the named fields; raises IndexRefused where one is missing, or the vectors are no vectors."""
        self._names, self._properties = dict(names), mapping.get("properties", {})
        missing = sorted(f"“{field}” ({name})" for name, field in names.items() if not self._field(field))
        if missing:
            raise IndexRefused(
                f"The index “{index}” has no field {' and '.join(missing)}.",
                f"Correct `fields`; it has: {', '.join(sorted(self._properties))}.",
            )
        self.vector = names.get("vector", "vector")
        self.vectors, self.has_objects = (self.vector,), False
        kind = self._field(self.vector).get("type", "no field at all")
        if kind != "knn_vector":
            raise IndexRefused(
                f"The field “{self.vector}” of the index “{index}” is {kind}, not knn_vector.",
                "Name the field that holds the vectors, or make the index anew: a field that OpenSearch guesses is not "
                "searchable by likeness.",
            )
        self.id_field = self.term("id") if "id" in names else "_id"
        self.tie_breaks: Sequence[Mapping[str, str]] = ({self.id_field: "asc"},) if "id" in names else ()
        self.shown: Sequence[str] = ("*",)

    @property
    def vector_field(self) -> Mapping[str, Any]:
        """The mapping of the vectors' field."""
        return self._field(self.vector)

    def term(self, name: str) -> str:
        """Return the field that holds the values of a product's field."""
        field = self._names.get(name, "_id" if name == "id" else name)
        return f"{field}.keyword" if "keyword" in self._field(field).get("fields", {}) else field

    def number(self, name: str) -> str:
        """Return the field that holds the numbers of a product's field."""
        return self._names.get(name, name)

    def counted(self, mapping: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        """Return name -> field of the values, and of the numbers, that this mapping has."""
        ours = {field: name for name, field in self._names.items()}
        named = {ours.get(field, field): (field, what) for field, what in mapping.get("properties", {}).items()}
        shown = {name: pair for name, pair in named.items() if name not in _HIDDEN}
        numbers = {name: field for name, (field, what) in shown.items() if what.get("type") in NUMBERS}
        terms = {
            name: self.term(name)
            for name, (_, what) in shown.items()
            if what.get("type") == "keyword" or "keyword" in what.get("fields", {})
        }
        return terms, numbers

    def words(self, text: str, every: bool) -> dict[str, Any] | None:
        """Return the clause that looks for any (or every) word, None where there is no word or no text."""
        found = words_of(text)[:200]
        fields = [name for name, what in self._properties.items() if what.get("type") == "text"]
        if not found or not fields:
            return None
        query = {"query": " ".join(found), "fields": fields, "type": "cross_fields"}
        return {"multi_match": query | {"operator": "and" if every else "or"}}

    def begins(self, text: str) -> dict[str, Any]:
        """Return the clause that looks for an id that begins with the text, or is it where the field is no keyword."""
        path = self.id_field.removesuffix(".keyword")
        if path != self.id_field or self._field(path).get("type") == "keyword":
            return id_begins(self.id_field, text)
        # `_id` and numbers have no beginnings; a text that is no number is no error.
        return {"match": {self.id_field: {"query": text, "lenient": True}}}

    def product(self, hit: Mapping[str, Any]) -> Product:
        """Read the product of a found document."""
        source = hit.get("_source", {})
        known = {name: source.get(field) for name, field in self._names.items() if name not in ("vector", "tags")}
        known = {name: value for name, value in known.items() if value is not None}
        extra = {
            name: value
            for name, value in source.items()
            if name not in self._names.values() and isinstance(value, (str, int, float)) and not isinstance(value, bool)
        }
        image = str(known.get("image") or source.get("image", ""))
        plain = {
            "id": hit["_id"], "title": image or hit["_id"], "image": image, "tags": _texts(source.get(self._tags)),
            **{name: value if name == "price" else str(value) for name, value in known.items()}, "extra": extra,
        }  # fmt: skip
        return Product.from_dict(plain)

    def record(self, hit: Mapping[str, Any]) -> Record:
        """Read the whole record of a found document; raises IndexRefused where the index keeps no vectors to give."""
        vector = hit.get("_source", _NOTHING).get(self.vector)
        if vector is None:
            raise IndexRefused(
                "This index gives no vectors back.", "Search with a photo; “more like this” needs an index of Loupe's."
            )
        return Record(self.product(hit), np.asarray(vector, dtype=np.float32), "")

    @property
    def _tags(self) -> str:
        return self._names.get("tags", "tags")

    def _field(self, path: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = {"properties": self._properties}
        for step in path.split("."):
            found = found.get("properties", _NOTHING).get(step, _NOTHING)
        return found


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value or ()]
