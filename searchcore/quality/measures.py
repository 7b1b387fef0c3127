"""Measures of one ranking against its judgments, as trec_eval defines them.

`ranking` holds product ids, best first, each once; `grades` the judged ids, 0 for judged and wrong. What is not judged
counts as wrong. A product is relevant from `Measure.threshold` upwards; only nDCG uses the grades themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log2
from typing import Final

from searchcore.errors import SearchError

Relevance = Sequence[bool]


@dataclass(frozen=True, slots=True)
class Measure:
    """Name a measure, `P@1`, `R@12`, `nDCG@10`, `mAP` or `MRR`, and the least grade that counts as relevant.

    `k` 0 is the whole ranking. Calling it gives the value, 0 to 1, for one query.
    """

    kind: str
    k: int = 0
    threshold: int = 1

    @classmethod
    def parse(cls, text: str, threshold: int = 1) -> Measure:
        """Read `R@12`; raises SearchError for a measure that there is not."""
        found = re.fullmatch(r"([A-Za-z]+)(?:@([1-9]\d{0,5}))?", text.strip())
        kinds = {kind.lower(): kind for kind in (*_OF_RELEVANCE, _GRADED)}
        if not found or found[1].lower() not in kinds:
            raise SearchError(f"There is no measure “{text[:40]}”.", "Choose among P@k, R@k, nDCG@k, mAP and MRR.")
        return cls(kinds[found[1].lower()], int(found[2] or 0), threshold)

    @property
    def name(self) -> str:
        """How it is written: `P@1`."""
        return f"{self.kind}@{self.k}" if self.k else self.kind

    def __call__(self, ranking: Sequence[str], grades: Mapping[str, int]) -> float:
        """Return the value for one query; 0 where nothing is relevant."""
        if self.kind == _GRADED:
            return _ndcg([grades.get(each, 0) for each in ranking], list(grades.values()), self.k)
        relevant = [grades.get(each, 0) >= self.threshold for each in ranking]
        total = sum(grade >= self.threshold for grade in grades.values())
        return _OF_RELEVANCE[self.kind](relevant[: self.k or None], total, self.k)


def _precision(relevant: Relevance, total: int, k: int) -> float:
    # A ranking shorter than k has empty, that is wrong, places.
    return sum(relevant) / (k or len(relevant) or 1)


def _recall(relevant: Relevance, total: int, k: int) -> float:
    return sum(relevant) / total if total else 0.0


def _average_precision(relevant: Relevance, total: int, k: int) -> float:
    precisions = (found / place for place, found in enumerate(accumulate(relevant), 1))
    return sum(p for p, hit in zip(precisions, relevant, strict=True) if hit) / total if total else 0.0


def _reciprocal_rank(relevant: Relevance, total: int, k: int) -> float:
    return 1 / (relevant.index(True) + 1) if True in relevant else 0.0


def _ndcg(gains: Sequence[int], all_gains: Sequence[int], k: int) -> float:
    """Return DCG / ideal DCG; the gain is the grade, the discount log2(place + 1) (Järvelin and Kekäläinen 2002)."""
    ideal = _dcg(sorted(all_gains, reverse=True)[: k or None])
    return _dcg(gains[: k or None]) / ideal if ideal else 0.0


def _dcg(gains: Sequence[int]) -> float:
    return sum(max(gain, 0) / log2(place + 1) for place, gain in enumerate(gains, 1))


_GRADED: Final = "nDCG"
_OF_RELEVANCE: Final[Mapping[str, Callable[[Relevance, int, int], float]]] = {
    "P": _precision,
    "R": _recall,
    "mAP": _average_precision,
    "MRR": _reciprocal_rank,
}
