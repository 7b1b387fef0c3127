"""What a person sees when the app itself is at fault."""

from __future__ import annotations

import logging

import streamlit as st


def apologise(error: Exception) -> bool:
    """Log an unexpected error and say so in a sentence; True keeps Streamlit from showing its traceback."""
    logging.getLogger("loupe").error("A page failed.", exc_info=error)
    st.error(
        "Something went wrong on our side. Reload the page; the details are in the server's log.",
        icon=":material/error:",
    )
    return True
