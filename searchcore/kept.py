"""Products that look alike and are meant to: told once, remembered beside the catalogue's indexes."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from searchcore.errors import SearchError

Group = frozenset[str]
_FILE: Final = "kept.jsonl"


class Kept:
    """Remember groups of product ids in a catalogue's folder, which carries them through renaming and deletion.

    Every change is a line of its own, so that many threads and processes may write at once.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / _FILE

    def groups(self) -> frozenset[Group]:
        """Return what is kept; a line that was cut off counts for nothing. Raises SearchError."""
        try:
            lines = self._file.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise SearchError(f"{self._file} cannot be read: {error.strerror}.", "Allow reading it.") from error
        kept = set[Group]()
        for ids, on in map(_read, lines):
            (kept.add if on else kept.discard)(ids)
        return frozenset(kept - {Group()})

    def keep(self, ids: Collection[str]) -> None:
        """Remember that these products are all wanted; raises SearchError, also where the catalogue is gone."""
        self._write(ids, True)

    def release(self, ids: Collection[str]) -> None:
        """Forget that; raises SearchError, also where the catalogue is gone."""
        self._write(ids, False)

    def _write(self, ids: Collection[str], on: bool) -> None:
        # It begins with the end of a line: one that was cut off before stays alone.
        line = f"\n{json.dumps({'ids': sorted(ids), 'kept': on})}\n".encode()
        try:
            descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            try:
                os.write(descriptor, line)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise SearchError(
                f"What is kept cannot be remembered in {self._file.parent}: {error.strerror}.",
                "See whether the catalogue is still there and its folder can be written.",
            ) from error


def _read(line: str) -> tuple[Group, bool]:
    try:
        found: Any = json.loads(line)
        return frozenset(map(str, found["ids"])), bool(found["kept"])
    except (ValueError, TypeError, LookupError):
        return Group(), False
