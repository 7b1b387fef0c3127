"""Which column of a product list holds which field: the guess, to be corrected before anything is loaded."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from searchcore.ingest import ColumnMap
from searchcore.ingest.columns import NAMES, NEEDED, WHY
from ui import format
from ui.catalog.state import Draft
from ui.plain import plain

_WORDS: Final = {"id": "Id", "image": "Picture", "group_id": "Group of variants"}
_FIRST: Final = (*NEEDED, "title", "image")
_ACROSS: Final = 4
_LONGEST: Final = 40
_NAMED: Final = 12


def columns_of(draft: Draft) -> Mapping[str, str] | None:
    """Show the columns and return field -> column as chosen; None while nothing can be read through them."""
    name = draft.place.list_name
    if not name:
        st.info(
            "There is no product list: every picture becomes a product, with its title from the file's name and its "
            "category from its folder.",
            icon=":material/photo_library:",
        )
        return {}
    if not draft.header:
        st.error(plain(f"The product list {name} is empty."), icon=":material/error:")
        return None
    if not draft.first:
        st.error(plain(f"The product list {name} has a header, but no rows."), icon=":material/error:")
        return None
    st.subheader("Which column is which?", anchor=False)
    guess = ColumnMap.guess(draft.header, draft.first).columns
    st.caption(plain(f"Found in {name}: {format.count(len(draft.header), 'column')}. {_help(guess)}"))
    needed = _chosen(draft, guess, _FIRST)
    others = [name for name in NAMES if name not in _FIRST]
    with st.expander("Further fields", expanded=True, key=f"further-{draft.token}"):
        chosen = needed | _chosen(draft, guess, others)
    return _checked(chosen, draft.header)


def words_for(field: str) -> str:
    """Name a field of a product for a person; one that the catalogue brought along keeps its name."""
    return _WORDS.get(field) or (field.capitalize() if field in NAMES else field)


def _help(guess: Mapping[str, str]) -> str:
    if guess:
        return "Beside a column's name stands what its first row holds."
    return "None has a name that is known here: choose below, where each stands with what its first row holds."


def _chosen(draft: Draft, guess: Mapping[str, str], fields: Sequence[str]) -> dict[str, str]:
    named = [name for name in draft.header if name and name != WHY]
    first, options = draft.first, ["", *named]
    shown = {name: f"{name} · {first[name][:_LONGEST]}" if first.get(name) else name or "—" for name in options}
    # What was chosen goes with the names: it holds for the next list of that kind, and for its rows to mend.
    kind = hashlib.sha256(repr(named).encode()).hexdigest()[:12]
    chosen = {}
    for start in range(0, len(fields), _ACROSS):
        for place, name in zip(st.columns(_ACROSS), fields[start : start + _ACROSS], strict=False):
            column = place.selectbox(
                words_for(name), options, options.index(guess.get(name, "")), key=f"column-{kind}-{name}",
                format_func=shown.__getitem__, persist_state="session",
            )  # fmt: skip
            chosen[name] = column or ""
    return chosen


def _checked(chosen: Mapping[str, str], header: Sequence[str]) -> Mapping[str, str] | None:
    lacking = [words_for(name).lower() for name in NEEDED if not chosen[name]]
    if lacking:
        st.warning(f"Say which column holds the {' and the '.join(lacking)}.", icon=":material/help:")
        return None
    without = [words_for(name).lower() + "s" for name in ("title", "image") if not chosen[name]]
    if without:
        words = "only products that the catalogue has already are brought up to date."
        st.info(f"Without a column of {' and one of '.join(without)} {words}", icon=":material/info:")
    if twice := _twice(chosen):
        st.warning(plain(twice), icon=":material/warning:")
    kept = [*ColumnMap({name: column for name, column in chosen.items() if column}).extra(header).values()]
    if kept:
        more = f" and {len(kept) - _NAMED} more" if len(kept) > _NAMED else ""
        st.caption(plain(f"Kept beside them, to show and to filter by: {', '.join(kept[:_NAMED])}{more}."))
    return chosen


def _twice(chosen: Mapping[str, str]) -> str:
    """Say which columns are chosen for several fields; empty where none is."""
    fields = defaultdict[str, list[str]](list)
    for name, column in chosen.items():
        if column:
            fields[column].append(words_for(name))
    return " ".join(
        f"“{column[:60]}” is chosen for {' and '.join(names)}: is that meant?"
        for column, names in fields.items()
        if names[1:]
    )
