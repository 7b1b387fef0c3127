"""The chosen part of the photo: what is searched with, to look at and to take away."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import streamlit as st

from searchcore import Box, Detection, Picture
from searchcore.geometry import Size
from ui import format
from ui.plain import plain
from ui.visit import Photo, visit


@st.cache_data(max_entries=256, ttl=3600, show_spinner=False)
def _cut(photo_id: str, box: str, _photo: Photo) -> tuple[bytes, Size]:
    """Return a small copy of the chosen part, and the part's own size in pixels."""
    cut = _part(_photo, Box.parse(box) if box else None)
    return cut.to_jpeg(240), cut.size


def _part(photo: Photo, box: Box | None) -> Picture:
    return photo.picture().crop(box) if box else photo.picture()


def chosen_part(photo: Photo, found: Sequence[Detection], name: str) -> None:
    """Show what is searched, and give it away as a file, which is made only when it is asked for."""
    box = visit().box
    small, size = _cut(photo.id, str(box) if box else "", photo)
    with st.container(horizontal=True, vertical_alignment="center", key="searched"):
        st.image(small, width=96, alt="The part that is searched with")
        with st.container():
            st.caption(f"Searching with {plain(name)}, {size[0]} × {size[1]} pixels")
            with st.container(horizontal=True, gap="small"):
                st.download_button(
                    "Download this object", lambda: _part(photo, box).to_png(), _file_name(name), "image/png",
                    key="save-one", on_click="ignore",
                )  # fmt: skip
                if found:
                    st.download_button(
                        "All objects (ZIP)", lambda: _zipped(photo.picture(), found), "objects.zip", "application/zip",
                        key="save-all", on_click="ignore", help=format.count(len(found), "picture"),
                    )  # fmt: skip


def _zipped(picture: Picture, found: Sequence[Detection]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, each in enumerate(found, 1):
            archive.writestr(f"{number:02}-{_file_name(each.label)}", picture.crop(each.box).to_png())
    return buffer.getvalue()


def _file_name(label: str) -> str:
    safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in label.lower()).strip("-")
    return f"{safe[:60] or 'object'}.png"
