"""Adding products: where they come from, which column is which, a preview, and only then the loading."""

from __future__ import annotations

import streamlit as st

from searchcore import SearchError
from ui.catalog.columns import columns_of
from ui.catalog.draft import forget_draft
from ui.catalog.jobs import jobs
from ui.catalog.preview import target_and_preview
from ui.catalog.source import choose_source, start_over
from ui.catalog.state import Draft, change_look
from ui.plain import plain

_NAMED = 3
_LONGEST = 40


def add_products() -> None:
    """Draw the way from a source to the button that loads it."""
    st.button("Back to the catalogue", icon=":material/arrow_back:", type="tertiary", on_click=leave, key="add-back")
    st.title("Add products", anchor=False)
    _meanwhile()
    in_sight = choose_source()
    error: SearchError | None = st.session_state.get("source-error")
    if error:
        st.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")
        st.button("Start over", icon=":material/restart_alt:", type="tertiary", on_click=start_over, key="start-anew")
    draft: Draft | None = st.session_state.get("draft")
    if draft:
        _origin(draft, in_sight)
        fits = columns_of(draft)
        if fits is not None:
            target_and_preview(draft, fits)


def leave() -> None:
    """Go back to the catalogue and forget what was about to be loaded."""
    forget_draft()
    change_look(adding=False)


def _meanwhile() -> None:
    running = [job for job in jobs().all() if job.active]
    if running:
        now, more = running[0].progress(), f" and {len(running) - 1} more" if running[1:] else ""
        far = f", {now.done:,} of {now.total:,} done" if now.total else ""
        state = "Paused" if now.state == "paused" else "Still at work"
        st.caption(plain(f"{state}: {running[0].title}{far}{more}. “Back to the catalogue” shows how far it is."))


def _origin(draft: Draft, in_sight: bool) -> None:
    """Say what the draft was made from: the files may be out of sight, and be several."""
    words = f"Taken from {_named(draft)}."
    if not in_sight:
        words += " It is still here from before; what you choose above takes its place."
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="origin"):
        st.caption(plain(words), width="content")
        st.button("Start over", icon=":material/restart_alt:", type="tertiary", on_click=start_over, key="start-over")


def _named(draft: Draft) -> str:
    if not draft.files:
        return draft.label
    first, rest = draft.files[:_NAMED], len(draft.files) - _NAMED
    names = ", ".join(_short(name) for name in first) + (f" and {rest:,} more" if rest > 0 else "")
    several = draft.place.list_name and draft.files[1:]
    return f"{names}; the product list is from {_short(draft.label)}" if several else names


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
