"""The search engines that all visitors share, each opened once in a server process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

import streamlit as st

from searchcore import SearchEngine, SearchError, Settings, load_settings
from searchcore.catalogues import Catalogues
from searchcore.errors import NotFound
from searchcore.indexes.sqlite_files import live_file
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


def catalogues() -> tuple[str, ...]:
    """Return the names of the catalogues that can be searched."""
    return tuple(sorted({settings().catalogue, *Catalogues(settings()).names()}))


def assembled(pipeline: str, catalogue: str = "") -> SearchEngine:
    """Return a pipeline's engine on a catalogue (the default one without) as it is, perhaps still empty."""
    return _opened(pipeline, catalogue or settings().catalogue).engine


@dataclass(frozen=True, slots=True)
class _Opened:
    """Hold an engine and the index file that it has open."""

    engine: SearchEngine
    file: tuple[Path, int] | None


def _is_current(opened: _Opened) -> bool:
    # Another process may have deleted the catalogue, made it anew, or embedded it again.
    return opened.file == _file(opened.engine.name, opened.engine.catalogue)


def _file(pipeline: str, catalogue: str) -> tuple[Path, int] | None:
    path = live_file(settings().on(catalogue).catalogue_dir, pipeline)
    return (path, path.stat().st_ino) if path.exists() else None


@st.cache_resource(show_spinner=False, max_entries=8, validate=_is_current)
def _opened(pipeline: str, catalogue: str) -> _Opened:
    engine = assemble(pipeline, settings().on(catalogue))
    return _Opened(engine, _file(pipeline, catalogue))


def forget(catalogue: str) -> None:
    """Open a catalogue's indexes anew when they are asked for next: other files hold it now."""
    for pipeline in settings().pipeline_names:
        _opened.clear(pipeline, catalogue)
        _refusals.clear(pipeline, catalogue)


@st.cache_resource(show_spinner=False, ttl=60)
def _refusals(pipeline: str, catalogue: str) -> list[SearchError]:
    """Remember for a minute why a pipeline could not be used: not every click shall wait for a lost service."""
    return []


def holders(engine: SearchEngine) -> list[SearchEngine]:
    """Return the engines of every pipeline that can be used and holds products of an engine's catalogue.

    Raises NotFound where the catalogue is gone.
    """
    found, catalogue = [], engine.catalogue
    must_be_there(catalogue)
    for pipeline in settings().pipeline_names:
        refusals = _refusals(pipeline, catalogue)
        try:
            if not refusals and (pipeline == engine.name or is_begun(pipeline, catalogue)):
                other = assembled(pipeline, catalogue)
                found += [other] if other.index.count() else []
        except SearchError as error:
            refusals.append(error)
    return found


def is_begun(pipeline: str, catalogue: str) -> bool:
    """Tell whether this server has written to a pipeline's index of a catalogue: opening one makes it and may cost."""
    folder = settings().on(catalogue).catalogue_dir
    return live_file(folder, pipeline).exists() or (folder / f"{pipeline}.lock").exists()


def must_be_there(catalogue: str) -> None:
    """Raise NotFound where a catalogue is gone: to open it would make it anew."""
    if not settings().on(catalogue).catalogue_dir.is_dir():
        raise NotFound(f"The catalogue “{catalogue}” is gone.", "It was deleted or renamed: restore it first.")


@st.cache_resource(show_spinner=False)
def _filling() -> Lock:
    return Lock()


def usable_engine(pipeline: str = "", catalogue: str = "") -> tuple[SearchEngine, SearchError | None]:
    """Return a pipeline's engine (the default one's without); where it cannot be used, the built-in one's and why."""
    name, catalogue = pipeline or settings().default_pipeline, catalogue or settings().catalogue
    if name == BUILT_IN:
        return ready_engine(BUILT_IN, catalogue), None
    refusals = _refusals(name, catalogue)
    if not refusals:
        try:
            return ready_engine(name, catalogue, st.session_state.pop(f"spend-{name}", 0.0)), None
        except SearchError as error:
            refusals.append(error)
    return ready_engine(BUILT_IN, catalogue), refusals[0]


def agree(pipeline: str, catalogue: str, cost: float) -> None:
    """Let the next use of a pipeline spend so many US dollars on filling the sample catalogue in."""
    name = pipeline or settings().default_pipeline
    st.session_state[f"spend-{name}"] = cost
    _refusals.clear(name, catalogue)


def ready_engine(pipeline: str, catalogue: str = "", spend: float = 0.0) -> SearchEngine:
    """Return a pipeline's engine on a catalogue, the sample one filled; shows progress while it fills.

    Raises CostNotAgreed where filling costs more than `spend` US dollars.
    """
    engine = assembled(pipeline, catalogue)
    if needs_sample(engine, settings().on(engine.catalogue)):
        _fill(engine, spend)
    return engine


def _fill(engine: SearchEngine, spend: float) -> None:
    chosen = settings().on(engine.catalogue)
    place = st.empty()
    bar = place.progress(0.0, "Preparing the sample catalogue…")

    def hear(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), f"Preparing the sample catalogue: {done} of {total} products")

    # The second visitor waits here, then finds it done.
    try:
        with _filling():
            if needs_sample(engine, chosen):
                fill_sample(engine, chosen, hear, spend)
    finally:
        place.empty()
