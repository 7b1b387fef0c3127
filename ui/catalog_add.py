"""Adding products: where they come from, which column is which, a preview, and only then the loading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from searchcore import SearchError
from searchcore.ingest import DroppedFiles, Place, look, look_among, template
from searchcore.ingest.tables import TABLES
from ui.catalog_columns import columns_of
from ui.catalog_preview import target_and_preview
from ui.catalog_state import Draft, change_look, new_draft
from ui.engines import settings
from ui.plain import plain

MOST: Final = 200
"""Megabytes that may be dropped together: they lie in memory until they are loaded."""
_TYPES: Final = ["zip", "csv", "tsv", "parquet", "jpg", "jpeg", "png", "webp", "avif", "gif", "bmp"]
_FILES, _FOLDER, _BUCKET = "Files", "Folder", "Amazon S3"


def add_products() -> None:
    """Draw the way from a source to the button that loads it."""
    st.button("Back to the catalogue", icon=":material/arrow_back:", type="tertiary", on_click=leave, key="add-back")
    st.title("Add products", anchor=False)
    _source()
    error: SearchError | None = st.session_state.get("source-error")
    if error:
        st.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")
    draft: Draft | None = st.session_state.get("draft")
    if draft:
        st.caption(plain(f"Taken from {draft.label or 'the files that were dropped'}."))
        fits = columns_of(draft)
        if fits is not None:
            target_and_preview(draft, fits)


def leave() -> None:
    """Go back to the catalogue and forget what was about to be loaded."""
    for name in ("draft", "source-error"):
        st.session_state.pop(name, None)
    change_look(adding=False)


def _source() -> None:
    st.subheader("Where are the products?", anchor=False)
    way = _way() if settings().server_sources else _FILES
    if way == _FILES:
        _files()
    elif way == _FOLDER:
        _path("Folder, ZIP, CSV or Parquet file on the computer that runs Loupe", "/data/shop", "add-folder")
    else:
        _path("Address of a folder in Amazon S3", "s3://bucket/folder", "add-bucket")
    st.caption(
        "A product list (CSV or Parquet) with at least an id, a title and the name of a picture; pictures alone do too."
    )
    if not settings().server_sources:
        st.caption("Folders of the server and Amazon S3 are offered here where LOUPE_SERVER_SOURCES=true allows it.")
    st.download_button(
        "Download a list to fill in", template().encode("utf-8-sig"), "products.csv", "text/csv", key="template",
        icon=":material/download:", type="tertiary", on_click="ignore",
    )  # fmt: skip


def _way() -> str:
    return st.segmented_control(
        "Source", [_FILES, _FOLDER, _BUCKET], default=_FILES, key="add-way", label_visibility="collapsed",
        required=True, on_change=_forget,
    )  # fmt: skip


def _files() -> None:
    st.file_uploader(
        "Drop pictures, a ZIP archive, or a product list with its pictures", _TYPES, accept_multiple_files=True,
        key="add-files", max_upload_size=MOST, on_change=_take_files,
    )  # fmt: skip


def _path(label: str, example: str, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(label, key=key, placeholder=example, on_change=_take_path, args=(key,))
        st.button("Look", key=f"{key}-look", on_click=_take_path, args=(key,), icon=":material/search:")


def _take_files() -> None:
    files = st.session_state.get("add-files") or []
    if not files:
        _forget()
        return
    # Streamlit's own limit is for each file.
    if sum(each.size for each in files) > MOST * 2**20:
        _refuse(SearchError(f"These files have more than {MOST} megabytes together.", "Drop fewer at a time."))
        return
    first = next((each.name for each in files if each.name.lower().endswith((".zip", *TABLES))), "")
    _take(lambda: look_among(DroppedFiles((each.name, each.getvalue()) for each in files)), first)


def _take_path(key: str) -> None:
    path = st.session_state[key].strip()
    if not path:
        _forget()
    elif path.startswith("s3://") != (key == "add-bucket"):
        other = _BUCKET if key == "add-folder" else _FOLDER
        _refuse(SearchError(f"“{path[:80]}” is no {'folder' if key == 'add-folder' else 'address in Amazon S3'}.",
                            f"Choose {other} above for it."))  # fmt: skip
    else:
        _take(lambda: look(path), path)


def _take(open_it: Callable[[], Place], name: str) -> None:
    _forget()
    try:
        place = open_it()
        if not place.list_name:
            place.source()  # says so where there is not even a picture
        new_draft(place, name)
    except SearchError as error:
        _refuse(error)


def _refuse(error: SearchError) -> None:
    _forget()
    st.session_state["source-error"] = error


def _forget() -> None:
    for name in ("draft", "source-error"):
        st.session_state.pop(name, None)
