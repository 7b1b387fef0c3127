"""The contract of a detector: find the objects in a picture."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from searchcore.geometry import Box
from searchcore.images import Picture


@dataclass(frozen=True, slots=True)
class Detection:
    """Name one object: `confidence` in 0..1, `box` inside the picture, `tags` are wider or other names of it."""

    label: str
    confidence: float
    box: Box
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """Say what a product's picture shows: `tags` for the product, `objects` where they were asked for."""

    tags: tuple[str, ...] = ()
    objects: tuple[Detection, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Name what a crop shows: `confidence` in 0..1 is the share of evidence behind that name."""

    name: str
    confidence: float
    tags: tuple[str, ...] = ()


Labeller = Callable[[Sequence[Picture]], list[Label]]
"""Names crops, one label each, in order."""


class Detector(ABC):
    """Find objects; the same picture gives the same boxes."""

    name: str
    price: float = 0.0
    """US dollars a picture."""

    @abstractmethod
    def detect(self, picture: Picture) -> list[Detection]:
        """Return the objects, the surest first; an empty list when there is nothing to be sure of."""

    def describe(self, pictures: Sequence[Picture], objects: bool = False) -> list[Description]:
        """Return what the picture of each product shows, for loading; its objects need no names."""
        return [Description(objects=tuple(self.detect(each)) if objects else ()) for each in pictures]

    def price_of_describing(self, objects: bool = False) -> float:
        """Return US dollars a picture that `describe` is given."""
        return self.price if objects else 0.0
