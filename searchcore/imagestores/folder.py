"""Pictures in a folder."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from searchcore.errors import NotFound, SearchError, StoreUnusable
from searchcore.imagestores.base import ImageStore, Stored

_UNSAFE: Final = frozenset('<>:"\\|?*%/')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)", re.IGNORECASE)
_HOPELESS: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_PIECE: Final = 200
"""Bytes of a file name; file systems end at 255."""


class FolderStore(ImageStore):
    """Keep each picture in one file below a folder; a key names it readably where file systems allow that.

    What a file name cannot hold is written as %XX, and a name that is too long goes on in a folder whose name ends
    in %: every key has a file of its own, and none lies outside.
    """

    name = "folder"

    def __init__(self, root: str | Path) -> None:
        self._root = Path(root)

    def put(self, key: str, data: bytes, content_type: str = "image/jpeg") -> None:
        path, draft = self._path(key), Path()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(prefix=".draft-", dir=path.parent, delete=False) as file:
                draft = Path(file.name)
                file.write(data)
            draft.replace(path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            refusal = StoreUnusable if error.errno in _HOPELESS else SearchError
            raise refusal(
                f"The picture “{key[:60]}” cannot be stored: {error.strerror}.",
                f"Check that {self._root} can be written and has room.",
            ) from error

    def open(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise NotFound(f"There is no picture “{key[:60]}”.", "Ingest the catalogue again.") from error

    def url(self, key: str) -> str | None:
        return None

    def scan(self, prefix: str = "") -> Iterator[Stored]:
        paths = (Path(folder, name) for folder, _, files in os.walk(self._root)
                 for name in files if not name.startswith("."))  # fmt: skip
        for key, path in sorted((self._key(path), path) for path in paths):
            if not key.startswith(prefix):
                continue
            try:
                found = path.stat()
            except FileNotFoundError:
                # Another process has removed it meanwhile.
                continue
            yield Stored(key, found.st_size, found.st_mtime)

    def delete(self, key: str) -> None:
        try:
            self._path(key).unlink()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise SearchError(
                f"The picture “{key[:60]}” cannot be removed: {error.strerror}.",
                f"Check that {self._root} can be written.",
            ) from error

    def _key(self, path: Path) -> str:
        return unquote(path.relative_to(self._root).as_posix().replace("%/", ""), errors="surrogatepass")

    def _path(self, key: str) -> Path:
        if not key:
            raise SearchError("A picture without a name cannot be stored.", "Give it a name.")
        # A slash at an end, or beside another one, separates nothing: it is part of the name.
        return self._root.joinpath(*(_file_name(part) for part in re.split(r"(?<=[^/])/(?=[^/])", key)))


def _file_name(part: str) -> str:
    written = [_written(letter) for letter in part]
    if part.startswith(".") or _DEVICES.match(part):
        written[0] = f"%{ord(part[0]):02X}"
    if part.endswith((".", " ")):
        written[-1] = f"%{ord(part[-1]):02X}"
    pieces = [""]
    for letter in written:
        if len((pieces[-1] + letter).encode()) > _PIECE:
            pieces.append("")
        pieces[-1] += letter
    return "%/".join(pieces)


def _written(letter: str) -> str:
    return letter if letter.isprintable() and letter not in _UNSAFE else quote(letter, safe="", errors="surrogatepass")
