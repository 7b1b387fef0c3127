"""What one visitor is doing: the photo, what is chosen in it, and how the results are shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

import streamlit as st

from searchcore import Box, Filters, Picture
from ui.engines import scenes
from ui.server import photo_url, scene_url
from ui.shelf import new_token, shelf

Sort = Literal["match", "price"]
STEPS: Final = (12, 24, 36, 48)
MAX_COMPARED: Final = 4
_PREVIEW: Final = 1280


@dataclass(frozen=True, slots=True)
class Photo:
    """Keep a photo as compressed bytes: decoded ones would cost a visitor a hundred times the memory.

    `scene_id` is set for a bundled photo; an uploaded one has a `token` for its preview's address.
    """

    id: str
    size: tuple[int, int]
    jpeg: bytes = field(repr=False)
    preview: bytes = field(repr=False)
    token: str = ""
    scene_id: str = ""

    @classmethod
    def uploaded(cls, data: bytes) -> Photo:
        """Check a visitor's file and keep a clean copy of it; raises PictureRefused."""
        picture = Picture.from_bytes(data)
        return cls(picture.id, picture.size, picture.to_jpeg(quality=92), picture.to_jpeg(_PREVIEW, 86), new_token())

    @classmethod
    def bundled(cls, scene_id: str) -> Photo:
        """Take one of the sample photos; raises NotFound."""
        data = scenes().get(scene_id).file.read_bytes()
        picture = Picture.from_bytes(data)
        return cls(picture.id, picture.size, data, b"", "", scene_id)

    @property
    def url(self) -> str:
        """The address of the preview."""
        if self.scene_id:
            return scene_url(self.scene_id)
        shelf().put(self.token, self.preview)
        return photo_url(self.token)

    def picture(self) -> Picture:
        """Decode the photo."""
        return replace(Picture.from_bytes(self.jpeg), id=self.id)


@dataclass(frozen=True, slots=True)
class Visit:
    """Hold everything that makes up one visitor's search.

    What is searched: the `product_id` if there is one, else the photo: its `box`, or the whole of it without one.
    Where: in a `catalogue` by a `pipeline`; an empty name is the default one's.
    """

    photo: Photo | None = None
    box: Box | None = None
    product_id: str = ""
    words: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "match"
    k: int = STEPS[0]
    emphasis: float | None = None
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    pipeline: str = ""
    catalogue: str = ""

    @property
    def asks(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.photo or self.product_id or self.words)


def visit() -> Visit:
    """Return this visitor's search."""
    found: Visit = st.session_state.setdefault("visit", Visit())
    return found


def change(**changes: object) -> None:
    """Replace parts of this visitor's search."""
    st.session_state["visit"] = replace(visit(), **changes)  # type: ignore[arg-type]


def show_photo(photo: Photo) -> None:
    """Start over with a photo, keeping filters, words and sorting."""
    st.session_state["cropping"] = st.session_state["replace"] = False
    change(photo=photo, box=None, product_id="", likes=(), dislikes=(), k=STEPS[0])


def start_over() -> None:
    """Forget the photo, the words and everything else of this search but where it looks."""
    now = visit()
    if now.photo:
        shelf().drop(now.photo.token)
    st.session_state["visit"] = Visit(pipeline=now.pipeline, catalogue=now.catalogue)
    st.session_state["words"] = ""
    st.session_state["cropping"] = False
    st.session_state.pop("emphasis", None)


def toggled(ids: tuple[str, ...], one: str) -> tuple[str, ...]:
    """Return the ids with one more, or without it where it was there."""
    return tuple(each for each in ids if each != one) if one in ids else (*ids, one)
