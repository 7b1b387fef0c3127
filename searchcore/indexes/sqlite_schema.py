"""The tables of a SQLite index, and the steps that bring an older file up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from searchcore.errors import IndexRefused
from searchcore.indexes.sqlite_connections import Connections

Step = Sequence[str]

# Every write of a product gets a new `seq`, so a seq always stands for the same vector and the same fields: copies in
# memory are never stale, only missing or gone. Vectors lie apart so that scans of the products stay short.
_FIRST: Final[Step] = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "INSERT INTO meta VALUES ('revision', '0')",
    """CREATE TABLE products (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, content_hash TEXT NOT NULL, plain TEXT NOT NULL
    )""",
    "CREATE TABLE vectors (seq INTEGER PRIMARY KEY, vector BLOB NOT NULL)",
    """CREATE TABLE terms (
        field TEXT NOT NULL, value TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (field, value, seq)
    ) WITHOUT ROWID""",
    "CREATE INDEX terms_by_product ON terms (seq)",
    """CREATE TABLE numbers (
        field TEXT NOT NULL, value REAL NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (field, value, seq)
    ) WITHOUT ROWID""",
    "CREATE INDEX numbers_by_product ON numbers (seq)",
    """CREATE VIRTUAL TABLE words USING fts5 (
        title, category, tags, description, tokenize = 'porter unicode61 remove_diacritics 2'
    )""",
)

# Revisions count from 0 in each file: with this they differ between a deleted file and the next one of its name.
_NAMED: Final[Step] = ("INSERT INTO meta VALUES ('file', lower(hex(randomblob(8))))",)

# Empty where no object stands out in the picture; no row where none was looked for.
_WITH_OBJECTS: Final[Step] = (
    "CREATE TABLE objects (seq INTEGER PRIMARY KEY, vector BLOB NOT NULL)",
    # To count them without reading the vectors.
    "CREATE INDEX objects_counted ON objects (seq)",
)

MIGRATIONS: tuple[Step, ...] = (_FIRST, _NAMED, _WITH_OBJECTS)
"""Step i brings a file from version i to version i + 1; a published step never changes."""


def prepare(connections: Connections, path: Path, model_key: str, dimension: int) -> None:
    """Make a new file or bring an older one up to date; raises IndexRefused for another model or a newer release."""
    with connections.reading() as db:
        outdated = _version(db) < len(MIGRATIONS)
    if outdated:
        with connections.writing() as db:
            _migrate(db, path, model_key, dimension)
    with connections.reading() as db:
        _check(db, path, model_key, dimension)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _migrate(db: sqlite3.Connection, path: Path, model_key: str, dimension: int) -> None:
    version = _version(db)
    if not version and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise IndexRefused(f"The file {path} holds other data than an index.", "Choose another folder for the data.")
    for step in MIGRATIONS[version:]:
        for statement in step:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    made = (("model_key", model_key), ("dimension", str(dimension)))
    db.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", made)


def _check(db: sqlite3.Connection, path: Path, model_key: str, dimension: int) -> None:
    if _version(db) > len(MIGRATIONS):
        raise IndexRefused(
            f"The index at {path} has version {_version(db)}; this release reads up to {len(MIGRATIONS)}.",
            "Use the newer release that wrote it, or choose another data folder.",
        )
    meta = dict(db.execute("SELECT key, value FROM meta"))
    for name, made, wanted in (
        ("the model", meta["model_key"], model_key),
        ("dimension", meta["dimension"], str(dimension)),
    ):
        if made != wanted:
            raise IndexRefused(
                f"The index at {path} was made with {name} {made}; this pipeline has {wanted}.",
                "Use the pipeline that made it, or embed it anew: python -m searchcore catalogue rebuild NAME",
            )
