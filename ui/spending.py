"""What looking at photos has cost a visitor and no search has said yet: it is paid once a photo, not once a search."""

from __future__ import annotations

from typing import Final

import streamlit as st

_UNSAID: Final = "unsaid-cost"


def note_cost(cost: float) -> None:
    """Add US dollars to what the next search will say."""
    st.session_state[_UNSAID] = st.session_state.get(_UNSAID, 0.0) + cost


def take_cost() -> float:
    """Return the US dollars that are to be said, once."""
    unsaid: float = st.session_state.pop(_UNSAID, 0.0)
    return unsaid
