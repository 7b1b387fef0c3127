"""Cut out a part of the photo by hand: drag a frame, or type its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st
from PIL import Image
from streamlit_cropper import st_cropper

from searchcore.errors import BoxRefused
from searchcore.geometry import Box, Size
from searchcore.images import MIN_CROP, Picture
from ui.mount import component

LONGEST: Final = 640
"""The longer side of the canvas in pixels, where its column is wide enough."""
_STROKE: Final = 3
_FRAME_COLOUR: Final = "#6366F1"
_FIELD_WIDTH: Final = 76
"""Pixels: four of them fit a phone."""
_FIELDS: Final = ("left", "top", "width", "height")

_measure = component("width")


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Remember what one canvas began with, what it said last, and the box that came of it.

    A canvas keeps its frame while its arguments stay the same; `generation` makes a new one when the box comes from
    elsewhere. `given` is the box of the caller: another one there means that the caller has moved it.
    """

    size: Size
    given: Box
    box: Box
    start: tuple[int, int, int, int]
    said: tuple[float, ...]
    generation: int

    @classmethod
    def around(cls, box: Box, given: Box, size: Size, generation: int) -> _Canvas:
        left, top, right, bottom = box.to_pixels(size)
        # Fabric draws the stroke outside the width it is told.
        start = (left, top, right - left - _STROKE, bottom - top - _STROKE)
        return cls(size, given, box, start, start, generation)


def crop(picture: Picture, box: Box, key: str) -> Box:
    """Let the visitor move and size a frame over the photo, starting from `box`, and return where it stands.

    Put the picture's id into `key`. Returns `box` itself for as long as nothing was moved.
    """
    place = st.container()
    width = _column_width(key)
    if width is None:
        return box
    canvas = _canvas(picture, box, key, _preview_size(picture.size, width))
    with place:
        canvas = _dragged(canvas, _draw(picture, canvas, key))
        st.session_state[_state_key(key)] = canvas
        _fields(picture, canvas.box, key)
    return canvas.box


def _state_key(key: str) -> str:
    return f"{key}-canvas"


def _column_width(key: str) -> int | None:
    known = (st.session_state.get(f"{key}-column") or {}).get("width")
    result = _measure(key=f"{key}-column", data={"known": known is not None}, on_width_change=lambda: None)
    width = result.get("width")
    return width if isinstance(width, int) and width > 0 else None


def _preview_size(size: Size, column: int) -> Size:
    """Fit the canvas to its column: it cannot shrink by itself, and what sticks out is out of reach."""
    scale = min(min(column, LONGEST) / size[0], LONGEST / size[1])
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def _canvas(picture: Picture, box: Box, key: str, size: Size) -> _Canvas:
    known: _Canvas | None = st.session_state.get(_state_key(key))
    if known is None:
        return _Canvas.around(box, box, size, 0)
    if box not in (known.given, known.box):
        return _Canvas.around(box, box, size, known.generation + 1)
    if size != known.size:
        return _Canvas.around(known.box, box, size, known.generation + 1)
    return replace(known, given=box)


def _draw(picture: Picture, canvas: _Canvas, key: str) -> tuple[float, ...]:
    left, top, width, height = canvas.start
    said = st_cropper(
        picture.image.resize(canvas.size, Image.Resampling.LANCZOS),
        realtime_update=True,
        default_coords=(left, left + width, top, top + height),
        box_color=_FRAME_COLOUR,
        return_type="box",
        should_resize_image=False,
        stroke_width=_STROKE,
        key=f"{key}-{picture.id[:16]}-{canvas.size[0]}x{canvas.size[1]}-{canvas.generation}",
    )
    return tuple(said[field] for field in _FIELDS)


def _dragged(canvas: _Canvas, said: tuple[float, ...]) -> _Canvas:
    if said == canvas.said:
        return canvas
    left, top, width, height = said
    try:
        box = Box.from_pixels(left, top, left + width, top + height, canvas.size).clamped()
    except BoxRefused:
        return replace(canvas, said=said)
    return replace(canvas, said=said, box=box)


def _fields(picture: Picture, box: Box, key: str) -> None:
    """Offer the same box in numbers, for those who cannot drag."""
    with st.container(horizontal=True, gap="small"):
        for field in _FIELDS:
            name = f"{key}-{field}"
            st.session_state[name] = round(getattr(box, field) * 100, 1)
            st.number_input(
                f"{field.capitalize()} %", 0.0, 100.0, step=1.0, format="%.1f", key=name, width=_FIELD_WIDTH,
                on_change=_typed, args=(picture, key),
            )  # fmt: skip


def _typed(picture: Picture, key: str) -> None:
    canvas: _Canvas = st.session_state[_state_key(key)]
    values: dict[str, Any] = {field: st.session_state[f"{key}-{field}"] / 100 for field in _FIELDS}
    least = (MIN_CROP / picture.size[0], MIN_CROP / picture.size[1])
    left, top = min(values["left"], 1 - least[0]), min(values["top"], 1 - least[1])
    box = Box(left, top, max(values["width"], least[0]), max(values["height"], least[1])).clamped()
    st.session_state[_state_key(key)] = _Canvas.around(box, canvas.given, canvas.size, canvas.generation + 1)
