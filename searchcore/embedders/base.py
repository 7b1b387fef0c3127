"""The contract of an embedder: pictures (and, where it can, texts) to unit vectors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from searchcore.errors import TextNotSupported
from searchcore.images import Picture
from searchcore.vectors import Vectors

Role = Literal["index", "query"]


@dataclass(frozen=True, slots=True)
class EmbedderSpec:
    """Describe an embedder.

    `model_key` names model, dimension and preprocessing version: an index keeps it and refuses another. Prices are US
    dollars. `weak_below` is the cosine under which the best hit is no confident match; None where nobody measured it.
    `emphasis` says whether a query can weigh shape against colour. `workers` is how many batches are worth embedding at
    once: 1 where the processor is the limit, more where a service is waited for. `by_batch` says whether batch jobs can
    embed a large catalogue.
    """

    name: str
    dimension: int
    modalities: frozenset[str]
    model_key: str
    price_per_picture: float = 0.0
    price_per_1000_tokens: float = 0.0
    weak_below: float | None = None
    emphasis: bool = False
    workers: int = 1
    by_batch: bool = False


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """Hold the vector of a text, shape (dimension,), and the tokens that it was billed as."""

    vector: Vectors
    tokens: int = 0


class Embedder(ABC):
    """Embed pictures and texts into one space of unit vectors."""

    spec: EmbedderSpec

    @abstractmethod
    def embed_images(self, pictures: Sequence[Picture], role: Role = "index") -> Vectors:
        """Return float32 of shape (n, dimension), rows of unit length."""

    def embed_query(self, picture: Picture, emphasis: float | None = None) -> Vectors:
        """Return alternative vectors of one query picture, shape (m, dimension); a product scores by the best of them.

        `emphasis` runs from 0 (shape) to 1 (colour); an embedder without such parts ignores it.
        """
        return self.embed_images([picture], role="query")

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (n, dimension), rows of unit length; raises TextNotSupported."""
        raise TextNotSupported(
            f"The embedder “{self.spec.name}” does not understand words.",
            "Words still search titles, tags and categories; choose an embedder with a text side to search by meaning.",
        )

    def embed_text(self, text: str) -> EmbeddedText:
        """Embed one text that is searched with; raises TextNotSupported, TextRefused."""
        return EmbeddedText(self.embed_texts([text])[0])
