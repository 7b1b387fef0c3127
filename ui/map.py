"""Points to look over, come near to and open: products on a plane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui.mount import component, mount


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one product's place, x and y in [-1, 1], and the number of its group."""

    id: str
    title: str
    x: float
    y: float
    group: int
    picture_url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Name points of one colour, and how many they are."""

    name: str
    count: int


_RENDER = component("map", "outbox", "focus", "map_view")


def draw_map(
    points: Sequence[Point], groups: Sequence[Group], *, of: str, key: str, on_open: Callable[[str], None]
) -> None:
    """Draw the points and a legend; `on_open` gets the id of one that was opened, before the page is redrawn.

    As long as it is a map `of` the same, it stays where it was moved to.
    """
    ids = {point.id for point in points}

    def handle(event: Mapping[str, Any]) -> None:
        if event.get("id") in ids:
            on_open(event["id"])

    data = {
        "of": of,
        "points": [[p.id, p.title, p.x, p.y, p.group, p.picture_url] for p in points],
        "groups": [[group.name, group.count] for group in groups],
    }
    mount(_RENDER, key, data, handle)
