"""Joining several ranked lists into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from searchcore.results import Hit

LOOK: Final = 0.7
"""The weight of the look in the score of a hit that has a picture and words behind it; the rest is the words'."""


def best_of(runs: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Merge the runs of alternative query vectors: each product once, with its best similarity, ties by id.

    An index whose scores are no cosines is merged by its own score.
    The best k of the merged list are exact when each run holds its own best k.
    """
    if len(runs) == 1:
        return list(runs[0])
    best: dict[str, Hit] = {}
    for hit in (hit for run in runs for hit in run):
        known = best.get(hit.product.id)
        if known is None or _likeness(hit) > _likeness(known):
            best[hit.product.id] = hit
    return sorted(best.values(), key=_by_likeness)


def fuse(hits: Sequence[Hit]) -> list[Hit]:
    """Order hits by words (`score`) and look (`similarity`) together; each says which place either gave it.

    The new score, 0..1, is the weighted mean of both after min-max scaling over these hits, as in OpenSearch's hybrid
    queries. Ranks would not do: they hide that one product is the very one in the picture. Equal hits share a place.
    """
    looks, words = [_similarity(hit) for hit in hits], [hit.score for hit in hits]
    look_places, word_places = _places(looks), _places(words)
    scores = LOOK * _scaled(looks) + (1 - LOOK) * _scaled(words)
    fused = [
        replace(hit, score=float(score), ranks={"look": look_places[look], "words": word_places[word]})
        for hit, score, look, word in zip(hits, scores, looks, words, strict=True)
    ]
    return sorted(fused, key=lambda hit: (-hit.score, hit.ranks["look"], hit.product.id))


def _scaled(values: Sequence[float]) -> NDArray[np.float64]:
    """Map the least value to 0 and the greatest to 1; equal ones to 1."""
    scores: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    reach = np.ptp(scores) if len(scores) else 0.0
    return (scores - scores.min()) / reach if reach else np.ones_like(scores)


def _places(values: Sequence[float]) -> dict[float, int]:
    """Give each value its place, the greatest the first; equal ones share the first of theirs."""
    places: dict[float, int] = {}
    for place, value in enumerate(sorted(values, reverse=True), 1):
        places.setdefault(value, place)
    return places


def _by_likeness(hit: Hit) -> tuple[float, str]:
    return -_likeness(hit), hit.product.id


def _likeness(hit: Hit) -> float:
    return hit.score if hit.similarity is None else hit.similarity


def _similarity(hit: Hit) -> float:
    return -1.0 if hit.similarity is None else hit.similarity


def collapse(hits: Sequence[Hit]) -> list[Hit]:
    """Keep the best hit of each group and list the others as its variants; equal scores are never dropped."""
    best: dict[str, Hit] = {}
    for hit in hits:
        first = best.get(hit.product.group)
        best[hit.product.group] = replace(first, variants=(*first.variants, hit.product)) if first else hit
    return list(best.values())
