"""Files by paths that people write a little otherwise: other case, another form of an accent, folders left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from searchcore.errors import NotFound
from searchcore.ingest.files import Files, folded


class Paths:
    """Find one of some paths by one that is written alike or leaves folders out, where that is told apart.

    An entry is meant where what is wanted names the same file and its folders are among the entry's, in order: in
    `shop/red/1.jpg` lie `red/1.jpg`, `shop/1.jpg` and `1.jpg`, and never `blue/1.jpg`.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_last = defaultdict[str, list[str]](list)
        for name in names:
            self._by_last[folded(name)[-1]].append(name)

    def alike(self, wanted: str) -> list[str]:
        """Return the paths that may be meant: the one that is written alike alone, where there is one."""
        steps = folded(wanted)
        found = [name for name in self._by_last.get(steps[-1], ()) if _within(steps, folded(name))]
        same = [name for name in found if folded(name) == steps]
        return same if len(same) == 1 else found

    def named(self, last: str) -> list[str]:
        """Return the paths that end with a file's name."""
        return self._by_last.get(folded(last)[-1], [])


class AlikeFiles:
    """Read files by their names, and those that are not there under theirs by one that is alike."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._paths: Paths | None = None

    def names(self) -> Iterator[str]:
        return self._files.names()

    def read(self, name: str) -> bytes:
        try:
            return self._files.read(name)
        except NotFound:
            if self._paths is None:
                self._paths = Paths(self._files.names())
            alike = self._paths.alike(name)
            if len(alike) != 1:
                raise
        return self._files.read(alike[0])


def _within(steps: tuple[str, ...], entry: tuple[str, ...]) -> bool:
    rest = iter(entry)
    return all(step in rest for step in steps)
