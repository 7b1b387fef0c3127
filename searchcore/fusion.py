"""Joining several ranked lists into one."""

from __future__ import annotations

from collections.abc import Sequence
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
        if known is None or (hit.similarity or 0.0) > (known.similarity or 0.0):
            best[hit.product.id] = hit
    return sorted(best.values(), key=_by_similarity)


def fuse(looks: Sequence[Hit], words: Sequence[Hit]) -> list[Hit]:
    """Order the word hits by look and words together; each hit says which rank either gave it.

    Reciprocal rank fusion, sum of 1 / (60 + rank) (Cormack, Clarke and Büttcher 2009). `looks` only lends its ranks.
    """
    look_ranks = {hit.product.id: rank for rank, hit in enumerate(looks, 1)}
    unseen = [hit for hit in sorted(words, key=_by_similarity) if hit.product.id not in look_ranks]
    look_ranks |= {hit.product.id: rank for rank, hit in enumerate(unseen, len(look_ranks) + 1)}
    fused = [
        replace(hit, score=_reciprocal(look_ranks[hit.product.id]) + _reciprocal(rank),
                ranks={"look": look_ranks[hit.product.id], "words": rank})
        for rank, hit in enumerate(words, 1)
    ]  # fmt: skip
    return sorted(fused, key=lambda hit: (-hit.score, hit.ranks["look"]))


def _reciprocal(rank: int) -> float:
    return 1.0 / (RANK_CONSTANT + rank)


def _by_similarity(hit: Hit) -> tuple[float, str]:
    return -(hit.similarity or 0.0), hit.product.id
