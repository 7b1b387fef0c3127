"""Where a source's files lie: a folder, memory, or an image store; an archive has a file of its own."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from searchcore.errors import NotFound
from searchcore.imagestores.base import ImageStore

_STEPS: Final = frozenset(("", ".", ".."))
_SEPARATORS: Final = frozenset(":\\")
_LETTERS: Final = re.compile(r"[^\w.-]")
PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".bmp")


class Files(Protocol):
    """Name files with forward slashes and read them."""

    def names(self) -> Iterator[str]:
        """Iterate over the names in order, hidden ones left out."""
        ...

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises NotFound, and SearchError where reading is refused."""
        ...

    def alike(self, name: str) -> str | None:
        """Return the file of that name, or the one that it can only mean, written otherwise; None without one."""
        ...


class FolderFiles:
    """Read below one folder and nowhere else, wherever names and links point.

    A name is also found that is written in another case, or with another form of an accent.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder).resolve()
        self._below: dict[Path, Mapping[str, list[Path]]] = {}

    def names(self) -> Iterator[str]:
        for folder, below, files in os.walk(self._folder):
            below[:] = sorted(name for name in below if not name.startswith("."))
            for name in sorted(files):
                if not name.startswith("."):
                    yield Path(folder, name).relative_to(self._folder).as_posix()

    def read(self, name: str) -> bytes:
        try:
            return self._inside(name).read_bytes()
        except (OSError, ValueError) as error:
            raise missing(name) from error

    def _inside(self, name: str) -> Path:
        real = (self._folder / name).resolve()
        if not real.is_relative_to(self._folder):
            raise NotFound(
                f"The picture {name[:200]} lies outside the folder.", "Name pictures below that of the product list."
            )
        return real

    def alike(self, name: str) -> str | None:
        path = self._folder
        with suppress(OSError, ValueError):
            if (path / name).is_file():
                return name
        for step in folded(name):
            if path not in self._below:
                self._below[path] = _by_folded_name(path)
            found = self._below[path].get(step, [])
            if len(found) != 1:
                return None
            path = found[0]
        return path.relative_to(self._folder).as_posix() if path.is_file() else None


class MemoryFiles:
    """Hold files that were dropped into a page, by name."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)

    def names(self) -> Iterator[str]:
        return iter(sorted(self._files))

    def read(self, name: str) -> bytes:
        if name not in self._files:
            raise missing(name)
        return self._files[name]

    def alike(self, name: str) -> str | None:
        return name if name in self._files else None


class StoreFiles:
    """Read what lies in an image store under a prefix."""

    def __init__(self, store: ImageStore, prefix: str = "") -> None:
        self._store, self._prefix = store, prefix

    def names(self) -> Iterator[str]:
        return (key.removeprefix(self._prefix) for key in self._store.list(self._prefix))

    def read(self, name: str) -> bytes:
        try:
            return self._store.open(self._prefix + name)
        except NotFound as error:
            raise missing(name) from error

    def alike(self, name: str) -> str | None:
        # To look for others would mean to list the whole store.
        return None


def plain_name(name: str) -> str:
    """Return a name that stays below the folder or the archive that it is put in: its own, or one made from it."""
    parts = name.split("/")
    if not _STEPS.intersection(parts) and not set(name) & _SEPARATORS:
        return name
    # Names that end alike stay apart.
    return f"{hashlib.sha256(name.encode(errors='surrogatepass')).hexdigest()[:16]}-{_LETTERS.sub('_', parts[-1])}"


def folded(name: str) -> tuple[str, ...]:
    """Return the steps of a path in one form, whatever the case, the form of accents and the kind of slashes."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()
    return PurePosixPath(posixpath.normpath(plain)).parts or ("",)


def _by_folded_name(folder: Path) -> Mapping[str, list[Path]]:
    below = defaultdict[str, list[Path]](list)
    if folder.is_dir():
        for each in folder.iterdir():
            below[folded(each.name)[-1]].append(each)
    return below


def missing(name: str) -> NotFound:
    """Return the error for a file that is not there."""
    return NotFound(f"The picture {name[:200]} is missing.", "Put it beside the product list or correct its name.")


def is_picture(name: str) -> bool:
    """Tell by a file's name whether it should hold a picture."""
    return name.lower().endswith(PICTURES)
