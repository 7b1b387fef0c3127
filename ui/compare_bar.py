"""The bar at the foot of the window while products are gathered for comparison."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st


def compare_bar(chosen: int, limit: int, *, on_clear: Callable[[], None], on_compare: Callable[[], None]) -> None:
    """Show how many products are gathered; comparing needs two. Call it only when there is one."""
    with st.bottom.container(key="compare-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<div aria-live="polite"><strong>{chosen}</strong> of {limit} selected</div>', width="stretch")
        st.button("Clear", type="tertiary", on_click=on_clear, key="compare-clear")
        st.button(
            "Compare side by side",
            icon=":material/compare:",
            type="primary",
            disabled=chosen < 2,
            help="Choose at least two products." if chosen < 2 else None,
            on_click=on_compare,
            key="compare-open",
        )
