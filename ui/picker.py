"""The photo with its objects: choose one by mouse, touch or keys, or draw a box of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from searchcore.detectors.base import Detection
from searchcore.errors import BoxRefused
from searchcore.geometry import Box, Size
from ui import format
from ui.mount import component, mount


@dataclass(frozen=True, slots=True)
class Picked:
    """Say what was chosen: the object with that `index`, the box `drawn` by hand, or neither (the whole photo)."""

    index: int | None = None
    drawn: Box | None = None


_RENDER = component("picker", "outbox")


def pick(
    photo_url: str,
    size: Size,
    detections: Sequence[Detection],
    picked: Picked,
    *,
    key: str,
    on_pick: Callable[[Picked], None],
) -> None:
    """Draw the photo with its objects, `picked` standing out; `on_pick` gets each new choice before the page redraws.

    The photo comes by URL; `size` is its size in pixels. Put the picture's id into `key`.
    """

    def handle(event: Mapping[str, Any]) -> None:
        choice = _read(event, len(detections))
        if choice is not None:
            on_pick(choice)

    boxes = [_drawable(found, number) for number, found in enumerate(detections, start=1)]
    data = {
        "url": photo_url,
        "size": list(size),
        "boxes": boxes,
        "index": picked.index,
        "drawn": _corners(picked.drawn) if picked.drawn else None,
    }
    mount(_RENDER, key, data, handle)


def _drawable(found: Detection, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "label": found.label,
        "confidence": format.percent(found.confidence),
        "place": _corners(found.box),
    }


def _corners(box: Box) -> list[float]:
    return [box.left, box.top, box.width, box.height]


def _read(event: Mapping[str, Any], count: int) -> Picked | None:
    index, drawn = event.get("index"), event.get("drawn")
    if isinstance(index, int) and 0 <= index < count:
        return Picked(index=index)
    try:
        return Picked(drawn=Box(*drawn).clamped()) if drawn else None
    except (BoxRefused, TypeError):
        return None
