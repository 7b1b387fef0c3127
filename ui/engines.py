"""The search engine that all visitors share, opened once in each server process."""

from __future__ import annotations

from threading import Lock
from typing import Final

import streamlit as st

from searchcore import SearchEngine, SearchError, Settings, load_settings
from searchcore.pipelines import SAMPLE, assemble, fill_sample, needs_sample
from searchcore.scenes import Scenes

BUILT_IN: Final = "local"


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Read the settings once."""
    return load_settings()


@st.cache_resource(show_spinner=False)
def scenes() -> Scenes:
    """Return the bundled photos."""
    return Scenes(SAMPLE)


@st.cache_resource(show_spinner=False, max_entries=8)
def assembled(pipeline: str) -> SearchEngine:
    """Return a pipeline's engine as it is, its catalogue perhaps still empty."""
    return assemble(pipeline, settings())


@st.cache_resource(show_spinner=False, ttl=60)
def _refusal(pipeline: str) -> SearchError | None:
    """Return why a pipeline cannot be opened; kept for a minute, so that not every click waits for a lost service."""
    try:
        assembled(pipeline)
    except SearchError as error:
        return error
    return None


@st.cache_resource(show_spinner=False)
def _filling() -> Lock:
    return Lock()


def default_engine() -> tuple[SearchEngine, SearchError | None]:
    """Return the default pipeline's engine; where it cannot be opened, the built-in one's and the reason."""
    name = settings().default_pipeline
    refusal = _refusal(name) if name != BUILT_IN else None
    return ready_engine(BUILT_IN if refusal else name), refusal


def ready_engine(pipeline: str) -> SearchEngine:
    """Return a pipeline's engine with its catalogue filled; shows progress while it fills."""
    engine = assembled(pipeline)
    if needs_sample(engine, settings()):
        _fill(engine)
    return engine


def _fill(engine: SearchEngine) -> None:
    place = st.empty()
    bar = place.progress(0.0, "Preparing the sample catalogue…")

    def hear(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), f"Preparing the sample catalogue: {done} of {total} products")

    # The second visitor waits here, then finds it done.
    with _filling():
        if needs_sample(engine, settings()):
            fill_sample(engine, settings(), hear)
    place.empty()
