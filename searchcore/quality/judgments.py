"""Judged queries: pictures to search with, and what a person (or a construction) says is right.

Two files in one folder, described in docs/judgments.md: `queries.csv` names the pictures and boxes, `qrels.txt` holds
the judgments as TREC writes them: query, 0, product, grade.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from searchcore.errors import BoxRefused, SearchError
from searchcore.geometry import Box
from searchcore.ingest.tables import CsvTable

QUERIES: Final = "queries.csv"
QRELS: Final = "qrels.txt"
_SIDES: Final = ("left", "top", "width", "height")


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """Hold one query: a picture, the box of what is meant in it, and the judged products with their grades.

    `kind` says what sort of picture it is; `held_out` that nothing was fitted on its like.
    """

    id: str
    picture: Path
    box: Box | None
    grades: Mapping[str, int] = field(hash=False)
    kind: str = ""
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Hold the queries of one folder."""

    name: str
    queries: tuple[JudgedQuery, ...]

    def of(self, kind: str = "", held_out: bool | None = None) -> JudgedSet:
        """Return the queries of one kind, or those that were held out, or that were not."""
        kept = (each for each in self.queries if kind in ("", each.kind) and held_out in (None, each.held_out))
        return JudgedSet(self.name, tuple(kept))

    def orphans(self, known: Iterable[str]) -> list[tuple[str, str]]:
        """Return (query, product) of the judgments whose product is none of those known."""
        there = set(known)
        return [(query.id, product) for query in self.queries for product in query.grades if product not in there]


def read_judged(folder: Path) -> JudgedSet:
    """Read a folder's queries and judgments; raises SearchError naming the file and the line."""
    grades = _qrels(folder / QRELS)
    queries: dict[str, JudgedQuery] = {}
    for row, cells in CsvTable(_bytes(folder / QUERIES)).rows():
        query = _query(folder, row, cells, grades)
        if query.id in queries:
            raise _refused(QUERIES, row, f"has the query “{query.id[:60]}” again")
        queries[query.id] = query
    unknown = sorted(grades.keys() - queries.keys())
    if unknown:
        raise SearchError(
            f"{QRELS} judges the query “{unknown[0][:60]}”, which {QUERIES} does not have.", f"Add it to {QUERIES}."
        )
    return JudgedSet(folder.name, tuple(queries.values()))


def _query(folder: Path, row: int, cells: Mapping[str, str], grades: Mapping[str, Mapping[str, int]]) -> JudgedQuery:
    name, picture = cells.get("query_id", ""), cells.get("image", "")
    if not name or not picture or Path(picture).is_absolute() or ".." in Path(picture).parts:
        raise _refused(QUERIES, row, "needs a query_id and an image, a path inside its folder")
    sides = [cells.get(side, "") for side in _SIDES]
    try:
        box = Box(*map(float, sides)) if any(sides) else None
    except (ValueError, BoxRefused):
        raise _refused(QUERIES, row, f"has a box that is none: {', '.join(sides)[:60]}") from None
    held_out = cells.get("held_out", "").lower() in ("true", "yes", "1")
    return JudgedQuery(name, folder / picture, box, grades.get(name, {}), cells.get("kind", ""), held_out)


def _qrels(file: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(_bytes(file).decode("utf-8", "replace").splitlines(), 1):
        match line.split():
            case []:
                continue
            case [query, _, product, grade] if grade.lstrip("-").isdecimal():
                found[query][product] = int(grade)
            case _:
                raise _refused(QRELS, number, "is no judgment: query, 0, product, grade")
    return found


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SearchError(
            f"{file.name} cannot be read in “{file.parent.name}”: {error.strerror}.",
            f"A folder of judged queries holds {QUERIES} and {QRELS}.",
        ) from None


def _refused(file: str, row: int, why: str) -> SearchError:
    return SearchError(f"Line {row} of {file} {why}.", "Correct it and try again.")
