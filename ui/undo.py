"""The bar at the foot of the window that says what was done last, with the button that undoes it."""

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


def withdraw(words: str) -> None:
    """Stop saying that something was done: it was undone in another way."""
    last: Undo | None = st.session_state.get("done")
    if last and last.words == words:
        _dismiss()


def undo_bar() -> None:
    """Show what was done last until it is undone or dismissed."""
    failed: SearchError | None = st.session_state.pop("undo-error", None)
    last: Undo | None = st.session_state.get("done")
    if last is None:
        return
    with st.bottom.container(key="undo-bar", gap="small"):
        if failed:
            st.error(plain(f"{failed.message} {failed.remedy}"), icon=":material/error:")
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="undo-line"):
            st.text(last.words, width="stretch")
            st.button("Undo", key="undo", icon=":material/undo:", on_click=_undo)
            st.button("Dismiss", key="undo-dismiss", icon=":material/close:", type="tertiary", on_click=_dismiss)


def _undo() -> None:
    last: Undo = st.session_state.pop("done")
    try:
        last.back()
    except SearchError as error:
        st.session_state["done"], st.session_state["undo-error"] = last, error
    else:
        st.toast("Put back.", icon=":material/check:")


def _dismiss() -> None:
    st.session_state.pop("done", None)
