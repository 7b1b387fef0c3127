"""The gallery: products as cards of equal height, each with its actions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from ui import format
from ui.mount import component, mount

Mark = Literal["right", "wrong"]
Action = Literal["similar", "right", "wrong", "compare"]
Kind = Literal["open", "similar", "right", "wrong", "compare"]

ACTIONS: Final[tuple[Action, ...]] = get_args(Action)


@dataclass(frozen=True, slots=True)
class Card:
    """Hold what one card shows, ready to read; `similarity` is a cosine, None where none was measured.

    `rank` 0 is not shown.
    """

    id: str
    title: str
    picture_url: str
    rank: int
    subtitle: str = ""
    price: str = ""
    similarity: float | None = None
    note: str = ""
    mark: Mark | None = None
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Say what was done to a card. A toggle (right, wrong, compare) reads the same when it is switched off again."""

    kind: Kind
    id: str


_RENDER = component("grid", "outbox", "focus")


def gallery(
    cards: Sequence[Card],
    *,
    key: str,
    on_event: Callable[[Event], None],
    actions: Collection[Action] = ACTIONS,
    label: str = "Results",
) -> None:
    """Draw the cards as a list named `label`; `on_event` gets each click exactly once, before the page is redrawn."""
    ids = {card.id for card in cards}

    def handle(event: Mapping[str, Any]) -> None:
        if event.get("kind") in get_args(Kind) and event.get("id") in ids:
            on_event(Event(event["kind"], event["id"]))

    shown = [action for action in ACTIONS if action in actions]
    mount(_RENDER, key, {"cards": [_drawable(card) for card in cards], "actions": shown, "label": label}, handle)


def skeleton(count: int = 6, *, key: str) -> None:
    """Draw the outlines of `count` cards, for the time of a first search; replace them through `st.empty`."""
    mount(_RENDER, key, {"cards": [], "waiting": count, "actions": [], "label": "Searching"}, lambda event: None)


def _drawable(card: Card) -> dict[str, Any]:
    share = None if card.similarity is None else min(max(card.similarity, 0.0), 1.0)
    return {
        "id": card.id,
        "title": card.title,
        "url": card.picture_url,
        "rank": card.rank,
        "subtitle": card.subtitle,
        "price": card.price,
        "share": share,
        "percent": "" if share is None else format.percent(share),
        "note": card.note,
        "mark": card.mark,
        "compared": card.compared,
    }
