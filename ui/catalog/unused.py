"""Pictures that no product of a catalogue uses, and the button that removes them."""

from __future__ import annotations

import streamlit as st

from searchcore import SearchEngine, SearchError
from searchcore.unused import Unused, find_unused, remove_unused
from ui import format
from ui.engines import settings
from ui.plain import plain


def unused_pictures(engine: SearchEngine, state: tuple[object, ...]) -> None:
    """Say how many there are in a `state` of the catalogue; they are removed once that is agreed to."""
    with st.spinner("Looking through the pictures…"):
        found = _found(state, engine)
    if isinstance(found, str):
        st.caption(plain(f"Which pictures no product uses cannot be told. {found}"))
        return
    if found.pictures:
        with st.container(key="unused", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(str(found), width="content")
            with st.popover("Remove them", icon=":material/delete_sweep:", key="unused-ask", width="content"):
                st.markdown(
                    "They are deleted for good. If you or someone else then undoes the deletion of a product, "
                    "it comes back without its picture."
                )
                count = format.count(len(found.pictures), "picture")
                st.button(f"Remove {count}", type="primary", key="unused-remove", on_click=_remove,
                          args=(engine, found))  # fmt: skip
    if found.note:
        st.caption(found.note)


@st.cache_data(max_entries=8, ttl=60, show_spinner=False)
def _found(state: tuple[object, ...], _engine: SearchEngine) -> Unused | str:
    """Return what no product uses, or why it cannot be told: that is remembered, too, so that not every click waits."""
    try:
        return find_unused(_engine.name, settings().on(_engine.catalogue))
    except SearchError as error:
        return f"{error.message} {error.remedy}"


def _remove(engine: SearchEngine, found: Unused) -> None:
    try:
        with st.spinner("Removing…"):
            gone = remove_unused(found, engine.name, settings().on(engine.catalogue))
        st.toast(f"Removed: {gone}.")
    except SearchError as error:
        st.toast(plain(f"{error.message} {error.remedy}"))
    _found.clear()
