"""What was done last, and the button that undoes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from searchcore import SearchError
from ui.plain import plain


class Undo(NamedTuple):
    """Say what was done, and hold what takes it back; `back` may raise SearchError."""

    words: str
    back: Callable[[], None]


def offer(words: str, back: Callable[[], None]) -> None:
    """Say what was done and offer to undo it, in place of what was done before."""
    st.session_state["done"] = Undo(words, back)


def undo_bar() -> None:
    """Show what was done last until it is undone or put away."""
    failed: SearchError | None = st.session_state.pop("undo-error", None)
    if failed:
        st.error(plain(f"{failed.message} {failed.remedy}"), icon=":material/error:")
    last: Undo | None = st.session_state.get("done")
    if last is None:
        return
    with st.container(key="undo-bar", horizontal=True, vertical_alignment="center", border=True, gap="small"):
        with st.container(width="stretch"):
            st.text(last.words)
        st.button("Undo", key="undo", icon=":material/undo:", on_click=_undo)
        st.button("Put this away", key="undo-away", icon=":material/close:", type="tertiary", on_click=_away)


def _undo() -> None:
    last: Undo = st.session_state.pop("done")
    try:
        last.back()
    except SearchError as error:
        st.session_state["done"], st.session_state["undo-error"] = last, error


def _away() -> None:
    st.session_state.pop("done", None)
