"""Ways to bring a photo: drop, browse, paste, camera, or one of the samples."""

from __future__ import annotations

import streamlit as st

from searchcore import SearchError
from searchcore.images import MAX_BYTES
from ui.engines import scenes
from ui.paste import paste
from ui.plain import plain
from ui.server import scene_url
from ui.tiles import Tile, tiles
from ui.visit import Photo, show_photo

_TYPES = ["jpg", "jpeg", "png", "webp", "avif", "gif", "bmp"]


def upload(key: str) -> None:
    """Show the field for a photo; a refused file gets a sentence and the photo before it stays."""
    st.file_uploader(
        "Drop a photo here, browse, or paste one anywhere on the page", _TYPES, key=f"upload-{key}",
        max_upload_size=MAX_BYTES // 1_000_000, on_change=_take, args=(f"upload-{key}",),
    )  # fmt: skip


def camera(key: str) -> None:
    """Show the camera, which asks for permission only once it is opened."""
    st.camera_input("Take a photo", key=f"camera-{key}", on_change=_take, args=(f"camera-{key}",), width="stretch")


def samples(key: str, chosen: str = "") -> None:
    """Show the sample photos as tiles to click."""
    shown = [Tile(scene.id, scene.title, scene_url(scene.id, 480)) for scene in scenes().all if scene.sample]
    tiles(shown, key=f"samples-{key}", label="Sample photos", on_choose=_choose, chosen=chosen)


def complain() -> None:
    """Say once what was wrong with the last file."""
    error: SearchError | None = st.session_state.pop("photo-error", None)
    if error is not None:
        st.error(plain(f"{error.message} {error.remedy}"), icon=":material/broken_image:")


def pasted() -> None:
    """Take a picture that is pasted anywhere on the page."""
    paste(_show, key="paste")


def _take(key: str) -> None:
    file = st.session_state.get(key)
    if file is not None:
        _show(file.getvalue())


def _show(data: bytes) -> None:
    try:
        show_photo(Photo.uploaded(data))
    except SearchError as error:
        st.session_state["photo-error"] = error


def _choose(scene_id: str) -> None:
    try:
        show_photo(Photo.bundled(scene_id))
    except SearchError as error:
        st.session_state["photo-error"] = error
