"""Rekognition's labels: read, chosen by name, and merged where one object has several names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from searchcore.aws_errors import Unreadable
from searchcore.detectors.base import Detection
from searchcore.errors import BoxRefused
from searchcore.geometry import Box

SAME: Final = 0.85
"""Boxes that overlap by more (intersection over union) show one object."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Hold one object of a label: `confidence` 0..1, `colours` the most frequent first."""

    box: Box
    confidence: float
    colours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Hold one label; `parents` are all wider names, so their number is how special it is."""

    name: str
    confidence: float
    parents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    instances: tuple[Instance, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.parents, *self.aliases)


@dataclass(frozen=True, slots=True)
class Taste:
    """Choose labels by whole names, never by parts of them."""

    wanted: frozenset[str]
    unwanted: frozenset[str]
    wanted_categories: frozenset[str]
    unwanted_categories: frozenset[str]

    @classmethod
    def of(cls, *lists: Iterable[str]) -> Taste:
        return cls(*(_folded(names) for names in lists))

    def likes(self, label: Label) -> bool:
        """Tell whether a label is wanted, or nothing in particular is, and it is not unwanted."""
        names, categories = _folded(label.names), _folded(label.categories)
        if names & self.unwanted or categories & self.unwanted_categories:
            return False
        anything = not self.wanted and not self.wanted_categories
        return anything or bool(names & self.wanted or categories & self.wanted_categories)


def read_labels(labels: Sequence[Mapping[str, Any]]) -> list[Label]:
    """Read the labels of a reply; raises Unreadable where one is not as documented."""
    try:
        return [_label(each) for each in labels]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable from error


def merged(seen: Sequence[tuple[Label, Instance]], colours: int = 0) -> list[Detection]:
    """Return one detection an object, the surest first: its most special name, the other names as tags."""
    special_first = sorted(seen, key=lambda pair: (-len(pair[0].parents), -pair[1].confidence, pair[0].name))
    objects: list[list[tuple[Label, Instance]]] = []
    for label, instance in special_first:
        for known in objects:
            if instance.box.iou(known[0][1].box) > SAME:
                known.append((label, instance))
                break
        else:
            objects.append([(label, instance)])
    return sorted((_detection(each, colours) for each in objects), key=lambda found: -found.confidence)


def _detection(named: Sequence[tuple[Label, Instance]], colours: int) -> Detection:
    label, instance = named[0]
    others = [name for each, _ in named for name in each.names] + list(instance.colours[:colours])
    tags = tuple(name for name in dict.fromkeys(others) if name != label.name)
    return Detection(label.name, instance.confidence, instance.box, tags)


def _label(plain: Mapping[str, Any]) -> Label:
    confidence = _share(plain["Confidence"])
    instances = tuple(found for each in plain.get("Instances", ()) if (found := _instance(each, confidence)))
    parents, aliases, categories = (_names(plain.get(field, ())) for field in ("Parents", "Aliases", "Categories"))
    return Label(str(plain["Name"]), confidence, parents, aliases, categories, instances)


def _instance(plain: Mapping[str, Any], confidence: float) -> Instance | None:
    try:
        corner = plain["BoundingBox"]
        # Rekognition's boxes may reach beyond the picture, or lie outside it altogether.
        box = Box(*(float(corner[side]) for side in ("Left", "Top", "Width", "Height"))).clamped()
    except BoxRefused:
        return None
    sure = _share(plain["Confidence"]) if "Confidence" in plain else confidence
    found = sorted(plain.get("DominantColors", ()), key=lambda colour: -float(colour["PixelPercent"]))
    return Instance(box, sure, tuple(dict.fromkeys(str(colour["SimplifiedColor"]) for colour in found)))


def _names(plain: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(str(each["Name"]) for each in plain)


def _share(percent: Any) -> float:
    share = float(percent) / 100
    if not math.isfinite(share):
        raise ValueError
    return min(max(share, 0.0), 1.0)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)
