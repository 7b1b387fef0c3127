"""Why another pipeline stands in for the one that was asked for, and the way to agree to what would cost money."""

from __future__ import annotations

import streamlit as st

from searchcore import SearchEngine, SearchError
from searchcore.errors import CostNotAgreed
from ui.engines import agree
from ui.plain import plain


def say_instead(pipeline: str, engine: SearchEngine, refusal: SearchError | None, instead: str) -> None:
    """Say why `engine` is used and not the pipeline that was asked for; nothing where it is."""
    if refusal is None:
        return
    # What to type is for the command line: here is a button.
    remedy = "" if isinstance(refusal, CostNotAgreed) else refusal.remedy
    st.warning(plain(f"{refusal.message} {instead} {remedy}".strip()), icon=":material/warning:")
    if isinstance(refusal, CostNotAgreed):
        st.button(
            # A dollar sign begins a formula in Streamlit's Markdown.
            f"Fill it in for at most \\${refusal.enough}", key="agree", icon=":material/payments:",
            on_click=agree, args=(pipeline, engine.catalogue, refusal.cost),
        )  # fmt: skip
