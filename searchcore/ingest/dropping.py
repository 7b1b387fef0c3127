"""What was dropped into a page: loose files and archives together, without the folders that a browser does not tell."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from searchcore.errors import ManifestRefused
from searchcore.ingest.alike import Paths
from searchcore.ingest.archive import ZipFiles
from searchcore.ingest.files import Files, MemoryFiles, folded, is_picture, missing
from searchcore.ingest.tables import TABLES


class DroppedFiles:
    """Hold files by name, archives opened; a picture is found by the end of its path where that is told apart.

    `files` are (name, bytes); the second loose one of a name is numbered. Raises ManifestRefused for an archive to be
    refused, for a second product list, and where two of the parts have a picture of one name.
    """

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        loose: dict[str, bytes] = {}
        archives: list[Files] = []
        self._twice: set[str] = set()
        packed: list[str] = []
        for name, data in files:
            if name.lower().endswith(".zip"):
                archives.append(_opened(name, data))
                packed.append(name)
                continue
            if name in loose:
                self._twice.add(name)
            loose[_free(name, loose)] = data
        names = [(part, list(part.names())) for part in archives]
        _check({**{part: each for part, (_, each) in zip(_apart(packed), names, strict=True)},
                **{name: [name] for name in loose}})  # fmt: skip
        self._places: dict[str, Files] = dict.fromkeys(loose, MemoryFiles(loose))
        self._whole: set[str] = set()
        for part, each in names:
            self._places |= dict.fromkeys(each, part)
            if any(map(_is_list, each)):
                self._whole.update(each)
        self._paths = Paths(self._places)

    def names(self) -> Iterator[str]:
        return iter(sorted(self._places))

    def read(self, name: str) -> bytes:
        if name not in self._places:
            raise missing(name)
        return self._places[name].read(name)

    def alike(self, name: str) -> str | None:
        found = [name] if name in self._places else self._paths.alike(name) or self._above(name)
        # Of two loose files of one name nobody can tell which one a folder in the list means.
        return found[0] if len(found) == 1 and (found[0] == name or found[0] not in self._twice) else None

    def _above(self, name: str) -> list[str]:
        """Return the files of which the list names folders above; an archive with a list knows its own folders."""
        wanted = folded(name)
        others = [each for each in self._paths.named(name) if each not in self._whole]
        return [each for each in others if wanted[-len(folded(each)) :] == folded(each)]


def _opened(name: str, data: bytes) -> ZipFiles:
    try:
        return ZipFiles(io.BytesIO(data))
    except ManifestRefused as error:
        # Of several files it must be told which one.
        message = error.message.replace("The archive", f"The archive “{name[:60]}”", 1)
        raise ManifestRefused(message, error.remedy) from error


def _apart(names: Sequence[str]) -> list[str]:
    return [name + f" ({number})" * (name in names[:number]) for number, name in enumerate(names)]


def _check(parts: Mapping[str, Sequence[str]]) -> None:
    """Refuse parts of which one would hide another; each is the names of an archive, or of one loose file."""
    lists = [part for part, names in parts.items() if any(map(_is_list, names))]
    if len(lists) > 1:
        where = " and in ".join(lists[:3])
        raise ManifestRefused(f"These are {len(lists)} product lists: in {where}.", "Add one after the other.")
    known = Counter(name for names in parts.values() for name in names if is_picture(name) or _is_list(name))
    twice = next((name for name, count in known.items() if count > 1), None)
    if twice is not None:
        raise ManifestRefused(
            f"“{twice[:100]}” is there twice.", "Pack all into one archive, or add one after the other."
        )


def _is_list(name: str) -> bool:
    return name.lower().endswith(TABLES)


def _free(name: str, taken: dict[str, bytes]) -> str:
    path, number, free = PurePosixPath(name), 1, name
    while free in taken:
        number += 1
        free = str(path.with_name(f"{path.stem} {number}{path.suffix}"))
    return free
