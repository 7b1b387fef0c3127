"""How well a pipeline finds what judged queries ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from searchcore.engine import SearchEngine
from searchcore.errors import SearchError
from searchcore.geometry import Box
from searchcore.images import Picture
from searchcore.quality.interval import bootstrap
from searchcore.quality.judgments import JudgedQuery, JudgedSet
from searchcore.quality.measures import Measure
from searchcore.query import Query

Boxes = Literal["given", "detected", "whole"]
"""What of each picture is searched with: the judged box, the object found that fits it best, or the whole picture."""
DEPTH: Final = 200
FITS: Final = 0.5
"""Least IoU at which a found object is the one that was meant; without any the whole picture is searched with."""


@dataclass(frozen=True, slots=True)
class QueryScores:
    """Hold one query's ranking and its value by each measure.

    `found` tells whether an object that was found is the one that was meant, `error` what failed.
    """

    query: JudgedQuery
    ranking: tuple[str, ...]
    values: Mapping[str, float] = field(hash=False)
    found: bool = True
    error: str = ""


@dataclass(frozen=True, slots=True)
class Mean:
    """Hold a measure's mean over n queries and its 95 % interval."""

    measure: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the scores of every query; one that failed or found nothing counts as 0 and in n."""

    scores: tuple[QueryScores, ...]
    measures: tuple[Measure, ...]

    @property
    def means(self) -> list[Mean]:
        """The mean of each measure with its interval."""
        return [self._mean(measure.name) for measure in self.measures]

    def worst(self, measure: str, count: int = 10) -> list[QueryScores]:
        """Return the queries that did worst by a measure, the worst first."""
        return sorted(self.scores, key=lambda each: (each.values[measure], each.query.id))[:count]

    def _mean(self, name: str) -> Mean:
        values = [each.values[name] for each in self.scores]
        low, high = bootstrap(values)
        return Mean(name, sum(values) / len(values) if values else 0.0, low, high, len(values))


def evaluate(
    engine: SearchEngine,
    judged: JudgedSet,
    measures: Sequence[Measure],
    boxes: Boxes = "given",
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Search with every judged query, variants apart, and score what comes; `progress` hears (done, all) queries."""
    scores: list[QueryScores] = []
    # A scene has many objects: its picture is decoded and looked at once.
    for file, queries in _by_picture(judged):
        seen = _Seen(engine, file, boxes)
        for query in queries:
            scores.append(_scored(seen, query, measures))
            if progress:
                progress(len(scores), len(judged.queries))
    return Evaluation(tuple(scores), tuple(measures))


def price_evaluated(engine: SearchEngine, judged: JudgedSet, boxes: Boxes = "given") -> float:
    """Return what an evaluation costs in US dollars: each query is embedded, each picture looked at if it has to be."""
    looked_at = sum(any(query.box for query in queries) for _, queries in _by_picture(judged))
    detecting = engine.detector.price * looked_at if boxes == "detected" else 0.0
    return engine.embedder.spec.price_per_picture * len(judged.queries) + detecting


def _by_picture(judged: JudgedSet) -> Iterator[tuple[Path, Iterator[JudgedQuery]]]:
    return groupby(judged.queries, key=lambda each: each.picture)


@dataclass
class _Seen:
    """One picture, and what of it to search with."""

    engine: SearchEngine
    file: Path
    boxes: Boxes

    @cached_property
    def picture(self) -> Picture:
        return Picture.from_file(self.file)

    @cached_property
    def objects(self) -> list[Box]:
        return [each.box for each in self.engine.detect(self.picture)]

    def box(self, meant: Box | None) -> Box | None:
        if self.boxes != "detected" or meant is None:
            return meant if self.boxes == "given" else None
        best = max(self.objects, key=meant.iou, default=None)
        return best if best is not None and meant.iou(best) >= FITS else None


def _scored(seen: _Seen, query: JudgedQuery, measures: Sequence[Measure]) -> QueryScores:
    ranking, found, error = tuple[str, ...](), False, ""
    try:
        box = seen.box(query.box)
        found = seen.boxes != "detected" or box is not None
        result = seen.engine.search(Query(picture=seen.picture, box=box), DEPTH, collapsed=False)
        ranking = tuple(hit.product.id for hit in result.hits)
    except SearchError as refusal:
        error = str(refusal)
    values = {measure.name: measure(ranking, query.grades) for measure in measures}
    return QueryScores(query, ranking, values, found, error)
