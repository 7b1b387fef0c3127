"""Names for crops: what the nearest products of the catalogue are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from searchcore.detectors.base import Label
from searchcore.embedders.base import Embedder
from searchcore.fusion import collapse
from searchcore.images import Picture
from searchcore.indexes.base import VectorIndex
from searchcore.products import Product
from searchcore.results import Hit
from searchcore.vectors import Vectors

NEIGHBOURS: Final = 9
"""Groups of variants that vote: one model in ten colours is one voice."""
SHARPNESS: Final = 0.05
"""How fast a vote fades with the distance from the nearest, as a difference of cosines."""
CREDIBLE: Final = 0.9
"""Under this share of the embedder's `weak_below` a crop has no name: a kind is easier to tell than a product."""
MAJORITY: Final = 0.5
UNNAMED: Final = Label("object", 1.0)
"""That a crop shows some object is what the detector already said: the name takes nothing away from that."""


def nameless(crops: Sequence[Picture]) -> list[Label]:
    """Give no names: for a detector that is asked for boxes or its price alone."""
    return [UNNAMED for _ in crops]


@dataclass(frozen=True, slots=True)
class CatalogueLabeller:
    """Name a crop by a vote of its nearest products, weighted by exp((cosine - best cosine) / 0.05).

    The subcategory where it has the majority, else the category, else “object”; also “object” where even the nearest
    product looks hardly alike. The label's confidence is the share of the vote behind its name: on the bundled
    scenes, given their true boxes, 93 % for right names and 66 % for wrong ones.
    """

    embedder: Embedder
    index: VectorIndex

    def __call__(self, crops: Sequence[Picture]) -> list[Label]:
        if not crops or not self.index.count():
            return nameless(crops)
        vectors = self.embedder.embed_images(crops, role="query")
        hits = (collapse(self.index.search(vector, 4 * NEIGHBOURS))[:NEIGHBOURS] for vector in vectors)
        return [_vote(nearest, self.embedder.spec.weak_below) for nearest in hits]


def _vote(hits: Sequence[Hit], weak_below: float | None) -> Label:
    cosines = np.array([hit.similarity or 0.0 for hit in hits])
    if weak_below is not None and cosines[0] < CREDIBLE * weak_below:
        return UNNAMED
    weights = np.exp((cosines - cosines[0]) / SHARPNESS)
    category = _winner(hits, weights, _category)[0]
    for name_of in (_subcategory, _category):
        name, share = _winner(hits, weights, name_of)
        if name and share >= MAJORITY:
            return Label(name, share, (category,) if category and category != name else ())
    return UNNAMED


def _winner(hits: Sequence[Hit], weights: Vectors, name_of: Callable[[Product], str]) -> tuple[str, float]:
    votes: dict[str, float] = defaultdict(float)
    for hit, weight in zip(hits, weights, strict=True):
        votes[name_of(hit.product)] += float(weight)
    name = max(votes, key=lambda each: votes[each])
    return name, votes[name] / float(weights.sum())


def _category(product: Product) -> str:
    return product.category


def _subcategory(product: Product) -> str:
    return product.subcategory or product.category
