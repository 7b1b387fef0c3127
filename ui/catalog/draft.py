"""What is about to be loaded: taken from a place, kept while files are added, forgotten."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from searchcore import SearchError
from searchcore.ingest import Place
from searchcore.ingest.archive import ZipFiles
from ui.catalog.state import Draft

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile


def take(open_it: Callable[[], Place], path: str = "", files: Sequence[UploadedFile] = ()) -> None:
    """Begin with what is found at a path or among dropped files; what was chosen for some of them before stays."""
    before: Draft | None = st.session_state.get("draft")
    forget_draft()
    try:
        place = open_it()
        if not place.list_name:
            place.source()  # says so where there is not even a picture
        names, header = tuple(each.name for each in files), place.header()
        token = before.token if before and _goes_on(before, names, header) else secrets.token_hex(4)
        st.session_state["draft"] = Draft(place, path or _holder(files, place), token, names, header, place.first_row())
    except SearchError as error:
        refuse(error)


def refuse(error: SearchError) -> None:
    """Say why nothing is taken."""
    forget_draft()
    st.session_state["source-error"] = error


def forget_draft() -> None:
    """Forget what was about to be loaded, and what was wrong with it."""
    for name in ("draft", "source-error", "load-error"):
        st.session_state.pop(name, None)


def _goes_on(before: Draft, names: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether files were only added to those of a draft, or taken away from them."""
    old, new = set(before.files), set(names)
    return before.header == header and bool(old and new) and (old <= new or new <= old)


def _holder(files: Sequence[UploadedFile], place: Place) -> str:
    """Name the dropped file that is the product list or holds it; without a list the archive, if there is one."""
    archives = [each for each in files if each.name.lower().endswith(".zip")]
    if not place.list_name:
        return archives[0].name if archives else ""
    if any(each.name == place.list_name for each in files):
        return place.list_name
    opened = ((each.name, ZipFiles(io.BytesIO(each.getvalue()))) for each in archives)
    holder: str = next(name for name, archive in opened if place.list_name in archive.names())
    return holder
