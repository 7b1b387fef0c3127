"""Joining several ranked lists into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from searchcore.results import Hit

RANK_CONSTANT: Final = 60


def best_of(runs: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Merge the runs of alternative query vectors: each product once, with its best similarity, ties by id.

    The best k of the merged list are exact when each run holds its own best k.
    """
    if len(runs) == 1:
        return list(runs[0])
    best: dict[str, Hit] = {}
    for hit in (hit for run in runs for hit in run):
        known = best.get(hit.product.id)
        if known is None or _similarity(hit) > _similarity(known):
            best[hit.product.id] = hit
    return sorted(best.values(), key=_by_similarity)


def fuse(hits: Sequence[Hit]) -> list[Hit]:
    """Order hits by words and look together; each hit says which place either gave it, equal ones share a place.

    Reciprocal rank fusion, sum of 1 / (60 + place) (Cormack, Clarke and Büttcher 2009), of the order by `score` and the
    order by `similarity`.
    """
    by_words = _places(sorted(hits, key=lambda hit: -hit.score), lambda hit: hit.score)
    by_look = _places(sorted(hits, key=_by_similarity), lambda hit: hit.similarity)
    fused = [
        replace(hit, score=_reciprocal(look) + _reciprocal(words), ranks={"look": look, "words": words})
        for hit in hits
        for look, words in [(by_look[hit.product.id], by_words[hit.product.id])]
    ]
    return sorted(fused, key=lambda hit: (-hit.score, hit.ranks["look"], hit.product.id))


def _places(ordered: Sequence[Hit], value_of: Callable[[Hit], float | None]) -> dict[str, int]:
    places: dict[str, int] = {}
    place = 1
    for position, hit in enumerate(ordered, 1):
        if position > 1 and value_of(hit) != value_of(ordered[position - 2]):
            place = position
        places[hit.product.id] = place
    return places


def _reciprocal(rank: int) -> float:
    return 1.0 / (RANK_CONSTANT + rank)


def _by_similarity(hit: Hit) -> tuple[float, str]:
    return -_similarity(hit), hit.product.id


def _similarity(hit: Hit) -> float:
    return -1.0 if hit.similarity is None else hit.similarity
