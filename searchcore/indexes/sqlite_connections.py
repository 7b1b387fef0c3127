"""A bounded set of SQLite connections that threads share, and what SQLite's errors mean."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import Final
from urllib.parse import quote

from searchcore.errors import SearchError

MOST: Final = 8
BUSY_SECONDS: Final = 30.0


class Connections:
    """Lend connections to one file, at most 8 at a time; every loan is one transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._slots = BoundedSemaphore(MOST)
        self._idle: deque[sqlite3.Connection] = deque()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the file throughout; raises SearchError."""
        with self._lent("BEGIN") as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection whose changes are kept together or not at all; raises SearchError."""
        with self._lent("BEGIN IMMEDIATE") as db:
            yield db

    def close(self) -> None:
        """Close what is not lent."""
        while idle := self._taken():
            idle.close()

    def _taken(self) -> sqlite3.Connection | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    @contextmanager
    def _lent(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._slots:
            try:
                db = self._taken() or _connect(self._path)
                try:
                    db.execute(begin)
                    yield db
                    db.execute("COMMIT")
                finally:
                    if db.in_transaction:
                        db.execute("ROLLBACK")
                    self._idle.append(db)
            except sqlite3.Error as error:
                raise _explained(error, self._path) from error


def _connect(path: Path) -> sqlite3.Connection:
    deadline = monotonic() + BUSY_SECONDS
    while True:
        db = _open(str(path))
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return db
        except sqlite3.OperationalError as error:
            db.close()
            # Turning to WAL does not wait for others that do the same, as every other statement does.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                return _read_only(path)
            if monotonic() > deadline:
                raise
            sleep(0.02)


def _read_only(path: Path) -> sqlite3.Connection:
    # WAL wants to write beside the file even to read it. Where nobody can write, nobody changes the file either.
    return _open(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)


def _open(address: str, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(address, BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri)


def _explained(error: sqlite3.Error, path: Path) -> SearchError:
    text = str(error)
    if "readonly" in text or "unable to open" in text:
        return SearchError(
            f"The index at {path} cannot be written.", "Check that the folder exists and that you may write in it."
        )
    if "full" in text or "I/O" in text:
        return SearchError(
            f"The disk is full or failing: the index at {path} was not changed.", "Free some space and try again."
        )
    if "locked" in text:
        return SearchError(f"Another program is writing to the index at {path}.", "Wait until it is done.")
    if "not a database" in text or "malformed" in text:
        return SearchError(f"The file {path} is damaged or no index.", "Delete it and ingest the catalogue again.")
    return SearchError(f"The index at {path} failed: {text}.", "Try again.")
