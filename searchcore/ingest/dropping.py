"""What was dropped into a page: loose files and archives together, without the folders that a browser does not tell."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from searchcore.ingest.archive import ZipFiles
from searchcore.ingest.files import Files, MemoryFiles, missing


class DroppedFiles:
    """Hold files by name, archives opened; a picture is found by the last part of its name where that is told apart.

    `files` are (name, bytes); the second of one name is numbered. Raises ManifestRefused for an archive to be refused.
    """

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        loose: dict[str, bytes] = {}
        archives: list[Files] = []
        for name, data in files:
            if name.lower().endswith(".zip"):
                archives.append(ZipFiles(io.BytesIO(data)))
            else:
                loose[_free(name, loose)] = data
        self._places: dict[str, Files] = {}
        for part in (*archives, MemoryFiles(loose)):
            self._places |= dict.fromkeys(part.names(), part)
        self._by_last = defaultdict[str, list[str]](list)
        for name in self._places:
            self._by_last[_last(name)].append(name)

    def names(self) -> Iterator[str]:
        return iter(sorted(self._places))

    def read(self, name: str) -> bytes:
        alike = self._by_last.get(_last(name), [])
        found = name if name in self._places else alike[0] if len(alike) == 1 else None
        if found is None:
            raise missing(name)
        return self._places[found].read(found)


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name.casefold()


def _free(name: str, taken: dict[str, bytes]) -> str:
    path, number, free = PurePosixPath(name), 1, name
    while free in taken:
        number += 1
        free = str(path.with_name(f"{path.stem} {number}{path.suffix}"))
    return free
