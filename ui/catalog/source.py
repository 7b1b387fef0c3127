"""Where products are taken from: files dropped into the page or, where visitors may, a folder or an S3 prefix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import streamlit as st

from searchcore import SearchError
from searchcore.ingest import DroppedFiles, look, look_among, template
from searchcore.ingest.files import PICTURES
from searchcore.ingest.tables import TABLES
from ui.catalog.draft import forget_draft, refuse, take
from ui.engines import settings
from ui.plain import plain

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

MOST: Final = 200
"""Megabytes that may be dropped together: they lie in memory until they are loaded."""
_SHEETS: Final = (".xlsx", ".xls", ".ods", ".numbers")
_FILES, _FOLDER, _BUCKET = "Files", "Folder", "Amazon S3"


def choose_source() -> bool:
    """Ask where the products are; tell whether the fields still name what the draft was taken from."""
    st.subheader("Where are the products?", anchor=False)
    way = _way() if settings().server_sources else _FILES
    if way == _FILES:
        _files()
        in_sight = bool(_dropped())
    elif way == _FOLDER:
        in_sight = _path("Folder, ZIP, CSV or Parquet file on the computer that runs Loupe", "/data/shop", "add-folder")
    else:
        in_sight = _path("Address of a folder in Amazon S3", "s3://bucket/folder", "add-bucket")
    _help(f" Up to {MOST} MB together." if way == _FILES else "")
    return in_sight


def start_over() -> None:
    """Forget what was about to be loaded, and empty the fields that named it."""
    forget_draft()
    # Nothing but another key empties an uploader.
    st.session_state["add-round"] = st.session_state.get("add-round", 0) + 1
    for name in ("add-folder", "add-bucket"):
        if name in st.session_state:
            st.session_state[name] = ""


def _help(limit: str) -> None:
    words = "A product list (CSV, TSV, Parquet) with at least an id, a title and the name of a picture; pictures alone"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{words} do too.{limit}", width="content")
        st.download_button(
            "Download a list to fill in", template().encode("utf-8-sig"), "products.csv", "text/csv", key="template",
            icon=":material/download:", type="tertiary", on_click="ignore",
        )  # fmt: skip


def _way() -> str:
    return st.segmented_control(
        "Source", [_FILES, _FOLDER, _BUCKET], default=_FILES, key="add-way", label_visibility="collapsed",
        required=True, on_change=forget_draft,
    )  # fmt: skip


def _uploader() -> str:
    return f"add-files-{st.session_state.get('add-round', 0)}"


def _dropped() -> list[UploadedFile]:
    return st.session_state.get(_uploader()) or []


def _files() -> None:
    # Any type is taken: of one that it does not take the uploader says nothing but that it is wrong.
    st.file_uploader(
        "Drop pictures, a ZIP archive, or a product list with its pictures", accept_multiple_files=True,
        key=_uploader(), max_upload_size=MOST, on_change=_take_files,
    )  # fmt: skip
    others = [each.name for each in _dropped() if not _is_known(each.name)]
    if others:
        st.warning(plain(_left_out(others)), icon=":material/warning:")


def _is_known(name: str) -> bool:
    return name.lower().endswith((".zip", *TABLES, *PICTURES))


def _left_out(names: Sequence[str]) -> str:
    sheet = next((name for name in names if name.lower().endswith(_SHEETS)), "")
    if sheet:
        return f"Spreadsheets are not read: save “{sheet[:60]}” as CSV, and drop that."
    more = f" and {len(names) - 1:,} more" if names[1:] else ""
    return f"Left out, being neither picture, ZIP archive nor list (CSV, TSV, Parquet): “{names[0][:60]}”{more}."


def _path(label: str, example: str, key: str) -> bool:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        named = st.text_input(label, key=key, placeholder=example, on_change=_take_path, args=(key,))
        st.button("Look", key=f"{key}-look", on_click=_take_path, args=(key,), icon=":material/search:")
    return bool(named)


def _take_files() -> None:
    files = [each for each in _dropped() if _is_known(each.name)]
    # Streamlit's own limit is for each file.
    if sum(each.size for each in files) > MOST * 2**20:
        refuse(SearchError(f"These files have more than {MOST} megabytes together.", "Drop fewer at a time."))
    elif files:
        take(lambda: look_among(DroppedFiles((each.name, each.getvalue()) for each in files)), files=files)
    else:
        forget_draft()


def _take_path(key: str) -> None:
    path = st.session_state[key].strip()
    if path and path.startswith("s3://") != (key == "add-bucket"):
        other = _BUCKET if key == "add-folder" else _FOLDER
        refuse(SearchError(f"“{path[:80]}” is no {'folder' if key == 'add-folder' else 'address in Amazon S3'}.",
                            f"Choose {other} above for it."))  # fmt: skip
    elif path:
        take(lambda: look(path), path)
    else:
        forget_draft()
