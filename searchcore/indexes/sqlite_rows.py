"""Writing products into the tables of a SQLite index, and counting their fields."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from math import isfinite
from typing import Final

import numpy as np

from searchcore.indexes.base import Facet, Record
from searchcore.indexes.sqlite_filters import Selection
from searchcore.products import Product
from searchcore.vectors import Vectors

NOTHING_APART: Final = b""
"""Stored in place of an object's vector where none stands out in the picture."""


def remove(db: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Remove products and all that is stored of them."""
    gone = db.execute("SELECT seq FROM products WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    seqs = gone.fetchall()
    for place in (
        "products WHERE seq",
        "vectors WHERE seq",
        "objects WHERE seq",
        "terms WHERE seq",
        "numbers WHERE seq",
        "words WHERE rowid",
    ):
        db.executemany(f"DELETE FROM {place} = ?", seqs)
    if seqs:
        _next_revision(db)


def insert(db: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Add products that are not there; their vectors have unit length."""
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'products'").fetchone()
    numbered = list(enumerate(records, last + 1))
    for table, rows in (
        ("products", [(seq, r.product.id, r.content_hash, _plain(r.product)) for seq, r in numbered]),
        ("vectors", [(seq, _blob(r.vector)) for seq, r in numbered]),
        ("objects", [(seq, object_blob) for seq, r in numbered if (object_blob := _object_blob(r)) is not None]),
        ("terms", [(*term, seq) for seq, r in numbered for term in _terms(r.product)]),
        ("numbers", [(*number, seq) for seq, r in numbered for number in _numbers(r.product)]),
        ("words (rowid, title, category, tags, description)", [(seq, *_words(r.product)) for seq, r in numbered]),
    ):
        if rows:
            places = ", ".join("?" * len(rows[0]))
            db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
    _next_revision(db)


def record_of(product: Product, content_hash: str, vector: bytes, sought: bytes | None) -> Record:
    """Return a record from what its rows hold."""
    whole = np.frombuffer(vector, "<f4")
    apart = np.frombuffer(sought, "<f4") if sought else None
    return Record(product, whole, content_hash, whole if sought == NOTHING_APART else apart)


def revision_of(db: sqlite3.Connection) -> str:
    """Return what every change of the products changes, and what no two files have alike."""
    found = db.execute("SELECT value FROM meta WHERE key IN ('file', 'revision') ORDER BY key")
    return "-".join(value for (value,) in found)


def facets_of(db: sqlite3.Connection, chosen: Selection | None) -> list[Facet]:
    """Count the values and give the ranges of every field, fields by name; None counts all products."""
    passing, parameters = (f"AND seq IN ({chosen.sql})", chosen.parameters) if chosen else ("", ())
    values: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, value, count in db.execute(
        f"SELECT field, value, count(*) AS n FROM terms WHERE field <> 'group_id' {passing} "
        "GROUP BY field, value ORDER BY n DESC, value",
        parameters,
    ):
        values[name].append((value, count))
    ranges = {
        name: (low, high)
        for name, low, high in db.execute(
            f"SELECT field, min(value), max(value) FROM numbers WHERE 1 {passing} GROUP BY field", parameters
        )
    }
    return [
        Facet(name, tuple(values.get(name, ())), *ranges.get(name, (None, None)))
        for name in sorted(values.keys() | ranges.keys())
    ]


def _blob(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()


def _object_blob(record: Record) -> bytes | None:
    if record.object_vector is None:
        return None
    return _blob(record.object_vector) if record.has_own_object else NOTHING_APART


def _plain(product: Product) -> str:
    return json.dumps(product.to_dict(), ensure_ascii=False)


def _terms(product: Product) -> set[tuple[str, str]]:
    terms = {(name, value) for name, values in product.terms().items() for value in values}
    return terms | ({("group_id", product.group_id)} if product.group_id else set())


def _numbers(product: Product) -> list[tuple[str, float]]:
    return [(name, number) for name, number in product.numbers().items() if isfinite(number)]


def _words(product: Product) -> tuple[str, str, str, str]:
    category = f"{product.category} {product.subcategory}"
    return product.title, category, " ".join(product.tags), product.description


def _next_revision(db: sqlite3.Connection) -> None:
    db.execute("UPDATE meta SET value = CAST(value + 1 AS TEXT) WHERE key = 'revision'")
