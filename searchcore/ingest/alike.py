"""Files by paths that people write a little otherwise: other case, another form of an accent, folders left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

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
        return [name for name in found if folded(name) == steps] or found

    def named(self, last: str) -> list[str]:
        """Return the paths that end with a file's name."""
        return self._by_last.get(folded(last)[-1], [])


class AlikeFiles:
    """Find files that are not there under their names by paths that are alike."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._paths: Paths | None = None

    def names(self) -> Iterator[str]:
        return self._files.names()

    def read(self, name: str) -> bytes:
        return self._files.read(name)

    def alike(self, name: str) -> str | None:
        if self._paths is None:
            self._paths = Paths(self._files.names())
        found = self._paths.alike(name)
        return found[0] if len(found) == 1 else None


class Named:
    """Read the files that a list names; `wanted` are all the names in it.

    A file that is found under another name than its own is given to one name alone: where a second one could mean it
    as well, or is its own, neither gets it by chance.
    """

    def __init__(self, files: Files, wanted: Callable[[], Iterable[str]]) -> None:
        self._files, self._wanted = files, wanted
        self._meant: Mapping[str, set[tuple[str, ...]]] | None = None

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises NotFound, and SearchError where reading is refused."""
        try:
            return self._files.read(name)
        except NotFound:
            found = self._files.alike(name)
            if found is None or len(self._all_meant()[found]) > 1:
                raise
        return self._files.read(found)

    def _all_meant(self) -> Mapping[str, set[tuple[str, ...]]]:
        """Return each file with the names that mean it."""
        if self._meant is None:
            meant = defaultdict[str, set[tuple[str, ...]]](set)
            for name in self._wanted():
                if found := self._files.alike(name):
                    meant[found].add(folded(name))
            self._meant = meant
        return self._meant


def _within(steps: tuple[str, ...], entry: tuple[str, ...]) -> bool:
    rest = iter(entry)
    return all(step in rest for step in steps)
