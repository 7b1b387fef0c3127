"""Which column of a product list holds which field: the guess, to be corrected before anything is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from searchcore.ingest import ColumnMap
from searchcore.ingest.columns import NAMES, NEEDED
from ui import format
from ui.catalog_state import Draft
from ui.plain import plain

_WORDS: Final = {"id": "Id", "image": "Picture", "group_id": "Group of variants"}
_ACROSS: Final = 4
_LONGEST: Final = 40


def columns_of(draft: Draft) -> Mapping[str, str] | None:
    """Show the columns and return field -> column as chosen; None while a needed one is missing."""
    header = draft.header
    if not draft.place.list_name:
        st.info(
            "There is no product list: every picture becomes a product, with its title from the file's name and its "
            "category from its folder.",
            icon=":material/photo_library:",
        )
        return {}
    if not header:
        st.error(plain(f"The product list {draft.place.list_name} is empty."), icon=":material/error:")
        return None
    guess = ColumnMap.guess(header).columns
    st.subheader("Which column is which?", anchor=False)
    st.caption(
        plain(
            f"Found in {draft.place.list_name}: {format.count(len(header), 'column')}. The first row is shown beside."
        )
    )
    needed = _chosen(draft, guess, NEEDED)
    others = [name for name in NAMES if name not in NEEDED]
    with st.expander("Further fields", expanded=True, key=f"further-{draft.token}"):
        chosen = needed | _chosen(draft, guess, others)
    return _checked(chosen, header)


def _chosen(draft: Draft, guess: Mapping[str, str], fields: Sequence[str]) -> dict[str, str]:
    first, options = draft.first, ["", *(name for name in draft.header if name)]
    shown = {name: f"{name} · {first[name][:_LONGEST]}" if first.get(name) else name or "—" for name in options}
    chosen = {}
    for start in range(0, len(fields), _ACROSS):
        for place, name in zip(st.columns(_ACROSS), fields[start : start + _ACROSS], strict=False):
            column = place.selectbox(
                _words(name), options, options.index(guess.get(name, "")), key=f"column-{draft.token}-{name}",
                format_func=shown.__getitem__, persist_state="session",
            )  # fmt: skip
            chosen[name] = column or ""
    return chosen


def _checked(chosen: Mapping[str, str], header: Sequence[str]) -> Mapping[str, str] | None:
    lacking = [_words(name).lower() for name in NEEDED if not chosen[name]]
    if lacking:
        st.warning(f"Say which column holds the {' and the '.join(lacking)}.", icon=":material/help:")
        return None
    kept = replace(ColumnMap(), columns={name: column for name, column in chosen.items() if column}).extra(header)
    if kept:
        st.caption(plain(f"Kept beside them, to show and to filter by: {', '.join(kept.values())}."))
    return chosen


def _words(name: str) -> str:
    return _WORDS.get(name, name.capitalize())
