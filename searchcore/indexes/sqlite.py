"""The embedded index: one SQLite file, exact search over vectors in memory; fit for about 200,000 products."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final, Literal

from searchcore.errors import SearchError
from searchcore.indexes.base import Facet, IndexInfo, Record, VectorIndex
from searchcore.indexes.sqlite_connections import Connections
from searchcore.indexes.sqlite_filters import selection
from searchcore.indexes.sqlite_matrix import Matrix
from searchcore.indexes.sqlite_rows import facets_of, insert, record_of, remove, revision_of
from searchcore.indexes.sqlite_schema import prepare
from searchcore.products import Product
from searchcore.query import Filters
from searchcore.results import Hit
from searchcore.vectors import Vectors, unit_row

REMEMBERED: Final = 10_000
"""Products kept in memory beside the vectors: about 20 MB."""


class SqliteIndex(VectorIndex):
    """Keep an index in one file that many threads and processes may use at once."""

    def __init__(self, path: str | Path, model_key: str, dimension: int) -> None:
        self._path, self._model_key, self._dimension = Path(path), model_key, dimension
        self._connections = Connections(self._path)
        self._matrix, self._refreshing = Matrix.empty(dimension), Lock()
        self._products: dict[int, Product] = {}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SearchError(
                f"The folder {self._path.parent} cannot be made.", "Choose another data folder, or free it."
            ) from error
        prepare(self._connections, self._path, model_key, dimension)

    def upsert(self, records: Sequence[Record]) -> None:
        checked = {record.product.id: record.normalised(self._dimension) for record in records}
        if not checked:
            return
        with self._connections.writing() as db:
            remove(db, list(checked))
            insert(db, list(checked.values()))

    def delete(self, ids: Sequence[str]) -> None:
        with self._connections.writing() as db:
            remove(db, ids)

    def get(self, ids: Sequence[str]) -> list[Record]:
        with self._connections.reading() as db:
            found = {
                product_id: record_of(_product(plain), content_hash, *vectors)
                for product_id, plain, content_hash, *vectors in db.execute(
                    "SELECT id, plain, content_hash, vectors.vector, objects.vector "
                    "FROM products JOIN vectors USING (seq) LEFT JOIN objects USING (seq) "
                    "WHERE id IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(ids)),),
                )
            }
        return [found[product_id] for product_id in ids if product_id in found]

    def count(self, filters: Filters | None = None) -> int:
        chosen = selection(filters)
        with self._connections.reading() as db:
            return int(db.execute(f"SELECT count(*) FROM ({chosen.sql})", chosen.parameters).fetchone()[0])

    def facets(self, filters: Filters | None = None) -> list[Facet]:
        with self._connections.reading() as db:
            return facets_of(db, selection(filters) if filters else None)

    def search(self, vector: Vectors, k: int, filters: Filters | None = None) -> list[Hit]:
        query = unit_row(vector, self._dimension)
        if k < 1:
            return []
        with self._in_step() as (db, matrix):
            nearest = matrix.nearest(query, k, matrix.passing(db, filters) if filters else None)
            products = self._described(db, [seq for seq, _ in nearest])
        return [Hit(products[seq], cosine, cosine) for seq, cosine in nearest]

    def search_text(
        self, text: str, k: int, filters: Filters | None = None, match: Literal["any", "all"] = "any"
    ) -> list[Hit]:
        words = _words(text)
        if k < 1 or not words:
            return []
        chosen = selection(filters)
        wanted = (" OR " if match == "any" else " AND ").join(words)
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT seq, bm25(words) FROM words JOIN products ON seq = words.rowid "
                f"WHERE words MATCH ? AND seq IN ({chosen.sql}) ORDER BY bm25(words), id LIMIT ?",
                (wanted, *chosen.parameters, k),
            ).fetchall()
            products = self._described(db, [seq for seq, _ in found])
        return [Hit(products[seq], None, -rank) for seq, rank in found]

    def browse(self, k: int, filters: Filters | None = None) -> list[Product]:
        chosen = selection(filters)
        with self._connections.reading() as db:
            found = db.execute(
                f"SELECT plain FROM products WHERE seq IN ({chosen.sql}) ORDER BY id LIMIT ?",
                (*chosen.parameters, max(k, 0)),
            )
            return [_product(plain) for (plain,) in found]

    def with_id(self, text: str, k: int, filters: Filters | None = None) -> list[Product]:
        chosen = selection(filters)
        begun = re.sub(r"([%_\\])", r"\\\1", text) + "%"
        with self._connections.reading() as db:
            found = db.execute(
                f"SELECT plain FROM products WHERE id LIKE ? ESCAPE '\\' AND seq IN ({chosen.sql}) "
                "ORDER BY lower(id) != lower(?), id LIMIT ?",
                (begun, *chosen.parameters, text, max(k, 0) if text else 0),
            )
            return [_product(plain) for (plain,) in found]

    def hashes(self) -> dict[str, str]:
        with self._connections.reading() as db:
            return dict(db.execute("SELECT id, content_hash FROM products"))

    def info(self) -> IndexInfo:
        with self._connections.reading() as db:
            (size,) = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
            (count,) = db.execute("SELECT count(*) FROM products").fetchone()
            (objects,) = db.execute("SELECT count(*) FROM objects").fetchone()
            revision = revision_of(db)
        return IndexInfo("sqlite", str(self._path), self._model_key, self._dimension, count, size, revision, objects)

    def close(self) -> None:
        self._connections.close()

    @contextmanager
    def _in_step(self) -> Iterator[tuple[sqlite3.Connection, Matrix]]:
        """Lend a connection together with the vectors of the state that it sees."""
        with self._connections.reading() as db:
            matrix = self._matrix
            if matrix.revision == revision_of(db):
                yield db, matrix
                return
        # What begins inside the lock never sees an older state than the last one that was read in there.
        with self._refreshing, self._connections.reading() as db:
            revision = revision_of(db)
            if self._matrix.revision != revision:
                self._matrix = self._matrix.refreshed(db, revision)
            yield db, self._matrix

    def _described(self, db: sqlite3.Connection, seqs: Sequence[int]) -> Mapping[int, Product]:
        known = {seq: product for seq in seqs if (product := self._products.get(seq))}
        if len(known) < len(seqs):
            missing = json.dumps([seq for seq in seqs if seq not in known])
            found = db.execute(
                "SELECT seq, plain FROM products WHERE seq IN (SELECT value FROM json_each(?))", (missing,)
            )
            read = {seq: _product(plain) for seq, plain in found}
            if len(self._products) > REMEMBERED:
                self._products.clear()
            self._products |= read
            known |= read
        return known


def _product(plain: str) -> Product:
    return Product.from_dict(json.loads(plain))


def _words(text: str) -> list[str]:
    """Split into quoted words: nothing in them is query syntax to FTS5."""
    found = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))
    return [f'"{word}"' for word in dict.fromkeys(found)]
