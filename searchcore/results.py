"""What comes back: hits, their timings and cost, and what a person should know about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from searchcore.products import Product

Source = Literal["look", "words"]
Confidence = Literal["confident", "unsure", "no confident match", "not calibrated"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one found product.

    `similarity` is the cosine in [-1, 1], None where only words were compared; `score` is the engine's own score;
    `variants` are the other products of its group; `ranks` says which place (from 1) each source gave it.
    """

    product: Product
    similarity: float | None
    score: float
    rank: int = 0
    variants: tuple[Product, ...] = ()
    ranks: Mapping[Source, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hold the hits, best first; `timings` in milliseconds by stage, `cost` in US dollars, `warnings` in words.

    `tokens` are those that the words were billed as.
    """

    hits: tuple[Hit, ...]
    timings: Mapping[str, float]
    cost: float = 0.0
    warnings: tuple[str, ...] = ()
    confidence: Confidence = "not calibrated"
    tokens: int = 0
