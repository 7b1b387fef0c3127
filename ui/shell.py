"""The frame of every page: page settings, style and the navigation at the top."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final, NamedTuple

import streamlit as st

NAME: Final = "Loupe"
_HERE: Final = Path(__file__).parent
_ICON: Final = _HERE / "assets" / "favicon.svg"


class Page(NamedTuple):
    """Name one entry of the navigation; `path` is relative to the entry script."""

    path: str
    label: str
    icon: str


PAGES: Final = (
    Page("app.py", "Search", ":material/image_search:"),
    Page("pages/catalog.py", "Catalogue", ":material/inventory_2:"),
    Page("pages/status.py", "Status", ":material/monitor_heart:"),
)


def page(title: str) -> None:
    """Open a page: the first call of every page, the same from a link, a reload or a cold server."""
    st.set_page_config(page_title=f"{title} · {NAME}", page_icon=str(_ICON), layout="wide")
    st.session_state["pages"] = (*st.session_state.get("pages", ())[-1:], title)
    st.html(_HERE / "shell.css")
    with st.container(key="navigation", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<div class="wordmark"><img src="{_picture()}" alt=""><span>{NAME}</span></div>', width="content")
        for entry in PAGES:
            st.page_link(entry.path, label=entry.label, icon=entry.icon)


def _picture() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(_ICON.read_bytes()).decode()


def arrived() -> bool:
    """Tell whether this run is the first since the visitor came from another page."""
    return len(set(st.session_state.get("pages", ()))) > 1
