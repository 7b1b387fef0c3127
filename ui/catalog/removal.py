"""The choice to remove what a list does not name: with what goes in sight, and only where the list can be read."""

from __future__ import annotations

import streamlit as st

from ui import format
from ui.catalog.state import Draft
from ui.plain import plain

_NAMED = 3
_LONGEST = 40
_WARNING = "That cannot be undone: an export of the catalogue, made before, is the only way back."


def removal(draft: Draft, catalogue: str) -> bool:
    """Ask whether what the list does not name is to be removed."""
    plans = draft.plans.values()
    most = max(each.removed for each in plans)
    # Loose pictures name nothing but themselves, and a list of which nothing can be read is the wrong one.
    if not most or not draft.place.list_name or not any(each.to_store or each.unchanged for each in plans):
        return False
    count = format.count(most, "product")
    chosen = st.checkbox(
        plain(f"Remove {count} of “{catalogue}” that the list does not name"), key=f"removes-{draft.token}"
    )
    named = _named(draft, most)
    if chosen:
        st.error(plain(f"{named and f'These go: {named}. '}{_WARNING}"), icon=":material/delete_forever:")
    elif named:
        st.caption(plain(f"They stay otherwise: {named}."))
    return chosen


def _named(draft: Draft, most: int) -> str:
    first = draft.going[:_NAMED]
    names = ", ".join(f"{each.title[:_LONGEST]} ({each.id[:_LONGEST]})" for each in first)
    return f"{names} and {most - len(first):,} more" if names and most > len(first) else names
