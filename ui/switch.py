"""Where the search looks: which catalogue, by which pipeline. Shown only where there is a choice."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from searchcore import SearchEngine
from ui.engines import catalogues, settings
from ui.filters import start_anew
from ui.plain import plain
from ui.visit import STEPS, change, visit


def switch(engine: SearchEngine) -> None:
    """Say where is searched, and let the visitor change it; photo, box and words stay."""
    now, pipelines, names = visit(), settings().pipeline_names, catalogues()
    if len(pipelines) < 2 and len(names) < 2:
        return
    with st.container(key="switch", horizontal=True, horizontal_alignment="right"):
        place = st.popover(
            plain(f"Searching {engine.catalogue} · {engine.name}"), type="tertiary", icon=":material/database_search:",
            key="switch-open", width="content",
        )  # fmt: skip
        with place:
            _choose("Catalogue", names, now.catalogue or settings().catalogue, settings().catalogue)
            _choose("Pipeline", pipelines, now.pipeline or settings().default_pipeline, settings().default_pipeline)


def _choose(label: str, names: Sequence[str], chosen: str, usual: str) -> None:
    if len(names) < 2:
        return
    field = label.lower()
    key = f"switch-{field}"
    # A link or the way back may have changed it since the field was last drawn.
    st.session_state[key] = chosen
    st.selectbox(label, names, key=key, on_change=_switch, args=(field, key, usual))


def _switch(field: str, key: str, usual: str) -> None:
    name = st.session_state[key]
    change(**{field: "" if name == usual else name}, k=STEPS[0])
    start_anew()
