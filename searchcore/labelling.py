"""Names for crops: what the nearest products of the catalogue are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from searchcore.detectors.base import Label
from searchcore.embedders.base import Embedder
from searchcore.images import Picture
from searchcore.indexes.base import VectorIndex
from searchcore.products import Product
from searchcore.results import Hit

NEIGHBOURS: Final = 9
MAJORITY: Final = 0.5
UNNAMED: Final = Label("object", 1.0)
"""That a crop shows some object is what the detector already said: the name takes nothing away from that."""


@dataclass(frozen=True, slots=True)
class CatalogueLabeller:
    """Name a crop by a vote of its nearest products, each weighted by how much nearer it is than the last one.

    The subcategory where it has the majority, else the category, else “object”. The label's confidence is the share of
    the vote behind its name.
    """

    embedder: Embedder
    index: VectorIndex

    def __call__(self, crops: Sequence[Picture]) -> list[Label]:
        if not crops or not self.index.count():
            return [UNNAMED for _ in crops]
        vectors = self.embedder.embed_images(crops, role="query")
        return [_vote(self.index.search(vector, NEIGHBOURS + 1)) for vector in vectors]


def _vote(hits: Sequence[Hit]) -> Label:
    similarity = np.array([hit.similarity or 0.0 for hit in hits])
    weights = np.maximum(similarity - similarity[-1], 0.0) + 1e-6
    for name_of in (_subcategory, _category):
        name, share = _winner(hits, weights, name_of)
        if name and share >= MAJORITY:
            wider = _winner(hits, weights, _category)[0]
            return Label(name, share, (wider,) if wider and wider != name else ())
    return UNNAMED


def _winner(hits: Sequence[Hit], weights: np.ndarray, name_of: Callable[[Product], str]) -> tuple[str, float]:
    votes: dict[str, float] = defaultdict(float)
    for hit, weight in zip(hits, weights, strict=True):
        votes[name_of(hit.product)] += float(weight)
    name = max(votes, key=lambda each: votes[each])
    return name, votes[name] / float(weights.sum())


def _category(product: Product) -> str:
    return product.category


def _subcategory(product: Product) -> str:
    return product.subcategory or product.category
