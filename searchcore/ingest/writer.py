"""One writer for each index, across processes: a second one is told who holds it."""

from __future__ import annotations

import json
import os
import platform
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zlib import crc32

from searchcore.errors import IndexBusy, NotFound, SearchError

_PATIENCE: Final = 24 * 3600.0
_MOMENT: Final = 0.2
"""Seconds to wait for one who only looks."""
_LOAD, _HAND, _SHARED = "holder", "hand", "shards"
"""The notes that lie beside a lock: of a load, of what is done in a moment, and of those who share it."""
_WRITERS: Final = "writers"
"""The lock of a whole catalogue, beside those of its indexes: whoever writes to one of them shares it."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Take the i-th of n parts of a source (i from 1), so that several loaders can run at once."""

    number: int
    of: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of:
            raise SearchError(f"There is no shard {self.number} of {self.of}.", "Give it as i/n, from 1/n to n/n.")

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read `i/n`; raises SearchError."""
        number, _, of = text.partition("/")
        if not (number.isascii() and number.isdigit() and of.isascii() and of.isdigit()):
            raise SearchError(f"“{text[:20]}” is no shard.", "Give it as i/n: 1/4 is the first of four.")
        return cls(int(number), int(of))

    def holds(self, product_id: str) -> bool:
        """Tell whether a product belongs to this part; the same on every machine."""
        return crc32(product_id.encode()) % self.of == self.number - 1


@contextmanager
def sole_writer(
    lock: Path, shard: Shard | None = None, wait: bool = False, *, make: bool = True, load: bool = True
) -> Iterator[None]:
    """Hold an index for writing, or one shard of it; raises IndexBusy naming the holder unless told to wait.

    The folder is made unless `make` is off: then NotFound is raised where it is gone. A `load` that is killed is known
    by its note. SQLite's own file locks are used: they work on every system, and end with the process, however it ends.
    """
    if make:
        _make(lock)
    else:
        _must_be_there(lock.parent)
    with _held(lock.with_name(_WRITERS), "BEGIN", wait, _SHARED):
        if shard is None:
            with _held(lock, "BEGIN EXCLUSIVE", wait, _LOAD if load else _HAND):
                yield
                if load:
                    _forget_shards(lock)
            return
        part = lock.with_name(f"{lock.stem}-{shard.number}-of-{shard.of}{lock.suffix}")
        # Shards share the index among themselves, but not with a run over all of it.
        with _held(lock, "BEGIN", wait, _SHARED), _held(part, "BEGIN EXCLUSIVE", wait, _LOAD):
            yield


@contextmanager
def no_writer(folder: Path) -> Iterator[None]:
    """Keep every pipeline from writing to the catalogue in a folder; raises IndexBusy where one does, NotFound."""
    _must_be_there(folder)
    with _held(folder / _WRITERS, "BEGIN EXCLUSIVE", wait=False, mark=_HAND):
        yield


def cut_off(lock: Path) -> datetime | None:
    """Tell since when a load of an index, or of a shard, ran that was killed; None where none was, or one runs now."""
    killed = (_killed(lock, part) for part in (lock, *shard_locks(lock)))
    return max(filter(None, killed), default=None)


def accept_cut_off(lock: Path) -> None:
    """Let it be as it is: what was cut off is told no longer."""
    for part in (lock, *shard_locks(lock)):
        if _killed(lock, part):
            with suppress(OSError):
                _note(part, _LOAD).unlink()


def shard_locks(lock: Path) -> list[Path]:
    """Return the locks of the shards that an index was ever filled by."""
    shard = re.compile(re.escape(lock.stem) + r"-\d+-of-\d+")
    return [each for each in lock.parent.glob(f"*{lock.suffix}") if shard.fullmatch(each.stem)]


def _killed(lock: Path, part: Path) -> datetime | None:
    try:
        since = json.loads(_note(part, _LOAD).read_text(encoding="utf-8"))["since"]
        for each in {lock, part}:
            _taken(each, "BEGIN", wait=False).close()
        return datetime.fromisoformat(since)
    except (OSError, ValueError, KeyError, SearchError):
        return None


def _forget_shards(lock: Path) -> None:
    """Forget shards that were killed: a load of everything has brought what they lack."""
    for each in shard_locks(lock):
        with suppress(OSError):
            _note(each, _LOAD).unlink()


@contextmanager
def _held(lock: Path, begin: str, wait: bool, mark: str) -> Iterator[None]:
    holder = _note(lock, mark)
    db = _taken(lock, begin, wait)
    try:
        with suppress(OSError):
            holder.write_text(json.dumps(_myself()), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        db.close()


def _note(lock: Path, mark: str) -> Path:
    return lock.with_name(f"{lock.name}.{mark}")


def _must_be_there(folder: Path) -> None:
    if not folder.is_dir():
        if folder.parent.exists() and not os.access(folder.parent, os.W_OK | os.X_OK):
            raise _unwritable(folder.parent)
        raise NotFound(f"The catalogue in {folder} is gone.", "It was deleted or renamed: restore it first.")


def _make(lock: Path) -> None:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(lock.parent) from error


def _taken(lock: Path, begin: str, wait: bool) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(lock, _PATIENCE if wait else _MOMENT, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise _unwritable(lock.parent) from error
    try:
        db.execute(begin)
        # A plain BEGIN holds nothing before the first read.
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        db.close()
        raise (_busy(lock) if "locked" in str(error) else _unwritable(lock.parent)) from error
    return db


def _myself() -> dict[str, str | int]:
    return {"process": os.getpid(), "machine": platform.node(), "since": datetime.now(UTC).isoformat(" ", "minutes")}


def _busy(lock: Path) -> IndexBusy:
    with suppress(OSError, ValueError, KeyError):
        # Who was killed, or has moved the catalogue, leaves his note behind.
        note = max(lock.parent.glob(f"{lock.name}.*"), key=lambda each: each.stat().st_mtime)
        who = json.loads(note.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(who["since"]).strftime("%H:%M on %-d %B %Y (%Z)")
        return IndexBusy(
            f"Another load is filling this catalogue since {since}.", "Wait until it is done, or stop it.",
            f"process {who['process']} on {who['machine']}",
        )  # fmt: skip
    return IndexBusy("Another load is filling this catalogue.", "Wait until it is done, or stop it.")


def _unwritable(folder: Path) -> SearchError:
    return SearchError(f"The folder {folder} cannot be written.", "Choose another data folder, or free it.")
