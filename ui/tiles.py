"""Pictures to click: the sample photos."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui.mount import component, mount


@dataclass(frozen=True, slots=True)
class Tile:
    """Hold what one tile shows."""

    id: str
    title: str
    picture_url: str


_RENDER = component("tiles", "outbox")


def tiles(items: Sequence[Tile], *, key: str, label: str, on_choose: Callable[[str], None], chosen: str = "") -> None:
    """Draw the tiles as a list named `label`; `on_choose` gets the id of a clicked one before the page is redrawn."""
    ids = {item.id for item in items}

    def handle(event: Mapping[str, Any]) -> None:
        if event.get("id") in ids:
            on_choose(event["id"])

    plain = [{"id": item.id, "title": item.title, "url": item.picture_url} for item in items]
    mount(_RENDER, key, {"tiles": plain, "label": label, "chosen": chosen}, handle)
