"""What an index that Loupe made looks like: its mapping, its documents, and which field holds what."""

from __future__ import annotations

import hashlib
import json
import re
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, Final
from urllib.parse import quote, unquote

import numpy as np

from searchcore.indexes.base import Record
from searchcore.indexes.opensearch_profiles import Profile
from searchcore.products import TERM_FIELDS, Product
from searchcore.vectors import Vectors

FORMAT: Final = 1
"""Raised when the fields change: an index of a newer format is refused."""
LONGEST_TERM: Final = 8191
"""Characters of a value that can be filtered by: Lucene holds 32,766 bytes at most."""
_NOT_FILTERED: Final = {"type": "keyword", "index": False, "doc_values": False}
_WORD: Final = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Split into words, each once; signs are no words, so nothing in them can be query syntax."""
    return list(dict.fromkeys(_WORD.findall(unicodedata.normalize("NFC", text))))


def document_id(product_id: str) -> str:
    """Return the `_id` of a product's document: OpenSearch holds 512 bytes at most, a product's own may be longer."""
    return hashlib.sha256(product_id.encode()).hexdigest()


def definition(profile: Profile, model_key: str, dimension: int) -> dict[str, Any]:
    """Return settings and mapping of a new index."""
    settings: dict[str, Any] = {"index": {"knn": True}, "analysis": {"analyzer": {"loupe_words": {
        "type": "custom", "tokenizer": "whitespace", "filter": ["lowercase", "asciifolding", "porter_stem"],
    }}}}  # fmt: skip
    if not profile.serverless:
        settings["index"]["number_of_shards"] = 1
    vector = _vector(profile, dimension)
    properties = {
        "product_id": {"type": "keyword"},
        "content_hash": {"type": "keyword"},
        "written": {"type": "long"},
        "plain": _NOT_FILTERED,
        "words": {"type": "text", "analyzer": "loupe_words"},
        "terms": {"dynamic": True, "properties": {
            name: {"type": "keyword", "ignore_above": LONGEST_TERM} for name in (*TERM_FIELDS, "tags", "group_id")
        }},
        "numbers": {"dynamic": True, "properties": {"price": {"type": "double"}}},
        "vector": vector,
        **object_properties(vector),
    }  # fmt: skip
    templates = [
        {"terms": {"path_match": "terms.*", "mapping": {"type": "keyword", "ignore_above": LONGEST_TERM}}},
        {"numbers": {"path_match": "numbers.*", "mapping": {"type": "double"}}},
    ]
    meta = {"model_key": model_key, "dimension": dimension, "format": FORMAT}
    mapping = {"dynamic": "strict", "_meta": meta, "dynamic_templates": templates, "properties": properties}
    return {"settings": settings, "mappings": mapping}


def object_properties(vector: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields about the main object of a picture, defined as that of the picture's `vector` is.

    Indexes of earlier releases lack them.
    """
    return {"object_sought": {"type": "boolean"}, "object_vector": dict(vector)}


def _vector(profile: Profile, dimension: int) -> dict[str, Any]:
    field: dict[str, Any] = {"type": "knn_vector", "dimension": dimension}
    if not profile.engine:
        return field | {"space_type": profile.space, "compression_level": profile.compression}
    # Always written down: a node without native libraries dies at the first write with the default engine.
    method = {"name": "hnsw", "engine": profile.engine, "space_type": profile.space,
              "parameters": {"m": 16, "ef_construction": 128}}  # fmt: skip
    return field | {"method": method}


class OwnFields:
    """Know the fields of an index that Loupe made; those about objects are there where `object_properties` are."""

    vector: Final = "vector"
    shown: Final[Sequence[str]] = ("plain",)
    tie_breaks: Final[Sequence[Mapping[str, str]]] = ({"product_id": "asc"}, {"written": "desc"})
    read_only: Final = False
    id_field: Final = "product_id"

    def __init__(self, properties: Mapping[str, Any]) -> None:
        self.has_objects = "object_vector" in properties
        self.vectors = ("vector", "object_vector") if self.has_objects else ("vector",)

    def term(self, name: str) -> str:
        """Return the field that holds the values of a product's field."""
        return "product_id" if name == "id" else f"terms.{_encoded(name)}"

    def number(self, name: str) -> str:
        """Return the field that holds the numbers of a product's field."""
        return f"numbers.{_encoded(name)}"

    def counted(self, mapping: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        """Return name -> field of the values, and of the numbers, that this mapping has."""
        terms, numbers = (mapping["properties"].get(group, {}).get("properties", {}) for group in ("terms", "numbers"))
        named = {unquote(field): f"terms.{field}" for field in terms if field != "group_id"}
        return named, {unquote(field): f"numbers.{field}" for field in numbers}

    def words(self, text: str, every: bool) -> dict[str, Any] | None:
        """Return the clause that looks for any (or every) word, None where there is no word."""
        found = words_of(text)[:1000]
        return {"match": {"words": {"query": " ".join(found), "operator": "and" if every else "or"}}} if found else None

    def begins(self, text: str) -> dict[str, Any]:
        """Return the clause that looks for an id that begins with the text, one that is the text scoring higher."""
        return id_begins(self.id_field, text)

    def product(self, hit: Mapping[str, Any]) -> Product:
        """Read the product of a found document."""
        return Product.from_dict(json.loads(hit["_source"]["plain"]))

    def record(self, hit: Mapping[str, Any]) -> Record:
        """Read the whole record of a found document."""
        source = hit["_source"]
        vector = np.asarray(source["vector"], dtype=np.float32)
        sought = np.asarray(source.get("object_vector", vector), np.float32) if source.get("object_sought") else None
        return Record(self.product(hit), vector, source["content_hash"], sought)


def id_begins(field: str, text: str) -> dict[str, Any]:
    """Return the clause that looks in a keyword for what begins with a text, one that is the text scoring higher."""
    sought = {field: {"value": text, "case_insensitive": True}}
    return {"dis_max": {"queries": [
        {"constant_score": {"filter": {"term": sought}, "boost": 2.0}},
        {"constant_score": {"filter": {"prefix": sought}, "boost": 1.0}},
    ]}}  # fmt: skip


def document(record: Record) -> dict[str, Any]:
    """Return what is stored of a record whose vectors have unit length."""
    product = record.product
    terms = {**product.terms(), **({"group_id": (product.group_id,)} if product.group_id else {})}
    return {
        "product_id": product.id,
        "content_hash": record.content_hash,
        "written": time.time_ns() // 1000,
        "plain": json.dumps(product.to_dict()),
        "words": " ".join(_spoken(product)),
        "terms": {_encoded(name): list(values) for name, values in terms.items()},
        "numbers": {_encoded(name): number for name, number in product.numbers().items() if isfinite(number)},
        "vector": _rounded(record.vector),
        **_of_object(record),
    }


def _of_object(record: Record) -> dict[str, Any]:
    if record.object_vector is None:
        return {}
    # What is found by the picture already needs no second place in the graph.
    return {
        "object_sought": True,
        **({"object_vector": _rounded(record.object_vector)} if record.has_own_object else {}),
    }


def _rounded(vector: Vectors) -> list[float]:
    """Return the numbers of a vector; more digits than float32 tells apart would only make the request longer."""
    return [round(each, 7) for each in vector.tolist()]


def _spoken(product: Product) -> Iterator[str]:
    for text in (product.title, product.category, product.subcategory, *product.tags, product.description):
        yield from _WORD.findall(unicodedata.normalize("NFC", text))


def _encoded(name: str) -> str:
    """Return a name fit for a field: dots would nest it."""
    return quote(name, safe="").replace(".", "%2E")
