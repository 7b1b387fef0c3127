"""Which catalogue a visitor looks at, by which pipeline, and what is being added to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from searchcore import Filters, Product, SearchEngine, Settings
from searchcore.catalogue_key import folder_with_key, key_of
from searchcore.catalogues import SAMPLE
from searchcore.errors import NotFound
from searchcore.ingest import Place, Plan
from ui.engines import catalogues, settings
from ui.filters import start_anew
from ui.grid import Card
from ui.share import narrowed, where, write
from ui.visit import STEPS, Visit, change, visit

STEP: Final = 24


@dataclass(frozen=True, slots=True)
class Look:
    """Hold how a visitor looks at a catalogue; an empty `pipeline` is the default one."""

    catalogue: str = ""
    pipeline: str = ""
    words: str = ""
    filters: Filters = field(default_factory=Filters)
    k: int = STEP
    opened: str = ""
    adding: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold what is about to be loaded; `header` and `first` are its product list's columns and first row.

    `plans` is pipeline -> plan, made for what `checked` names, `rebuilds` pipeline -> what embedding its outdated index
    anew takes before, `cards` are the first products, `going` the first of those that the source does not name. `label`
    names the source, or of the dropped `files` the one with the product list; `token` tells this draft's fields from
    those of another.
    """

    place: Place
    label: str
    token: str
    files: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    first: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    checked: tuple[object, ...] = ()
    plans: Mapping[str, Plan] = field(default_factory=dict)
    rebuilds: Mapping[str, Plan] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()
    going: tuple[Product, ...] = ()


def look() -> Look:
    """Return how this visitor looks at a catalogue: at first as the address says, else at the one that is searched."""
    found: Look | None = st.session_state.get("look")
    if found is None:
        found = st.session_state["look"] = _linked()
    if found.catalogue not in catalogues():
        st.session_state["lost"] = found.catalogue
        found = st.session_state["look"] = Look(settings().catalogue, found.pipeline)
    return found


def _linked() -> Look:
    params = st.query_params.to_dict()
    asked, (pipeline, _), (words, filters) = params.get("catalogue", ""), where(params), narrowed(params)
    return Look(
        asked or visit().catalogue or settings().catalogue, pipeline or visit().pipeline, words, filters,
        adding="add" in params,
    )  # fmt: skip


def address() -> dict[str, str]:
    """Return the query string of what this visitor looks at."""
    now = look()
    catalogue = "" if now.catalogue == settings().catalogue else now.catalogue
    shown = write(Visit(words=now.words, filters=now.filters, pipeline=now.pipeline, catalogue=catalogue))
    return shown | ({"add": "1"} if now.adding else {})


def lost_catalogue() -> str:
    """Return the catalogue that another one is shown for, once; empty where none was lost."""
    return str(st.session_state.pop("lost", ""))


def change_look(**changes: object) -> None:
    """Replace parts of how this visitor looks at a catalogue, unless it is gone: they were not meant for another."""
    before, now = st.session_state.get("look"), look()
    if before is None or before.catalogue == now.catalogue:
        st.session_state["look"] = Look(**{name: getattr(now, name) for name in Look.__slots__} | changes)


def show_catalogue(name: str, chosen: bool = False) -> None:
    """Look at another catalogue, from its start; `chosen` says that the field for it shows it already."""
    before: Look | None = st.session_state.get("look")
    st.session_state["look"] = Look(name, before.pipeline if before else "")
    if not chosen:
        # A click that comes before the field is drawn again would bring back what it showed.
        st.session_state["which"] = st.session_state.get("which", 0) + 1


def key_now(catalogue: str) -> str:
    """Return what a catalogue is known by for good, whatever it is called by now."""
    return key_of(settings().on(catalogue).catalogue_dir)


def name_now(key: str) -> str | None:
    """Return what the catalogue with a key is called now, None where it is gone."""
    folder = folder_with_key(key, settings().data_dir / "catalogues")
    return folder.name if folder else None


def settings_now(name: str, key: str) -> Settings:
    """Return the settings of the catalogue that had a name, whatever it is called now; raises NotFound."""
    now = name_now(key)
    if now is None:
        raise NotFound(f"The catalogue “{name}” is gone.", "It was deleted: restore it first.")
    return settings().on(now)


def state_of(engine: SearchEngine) -> tuple[str | int, ...]:
    """Return what changes whenever an engine's catalogue does: the key of what is computed from it."""
    info = engine.index.info()
    return engine.name, engine.catalogue, info.revision, info.count


def search_in(engine: SearchEngine, product_id: str = "") -> None:
    """Go to the Search page, to search there in an engine's catalogue, with one of its products if it is named.

    A photo stays; words and filters were meant for another catalogue.
    """
    usual = settings()
    change(
        catalogue="" if engine.catalogue == usual.catalogue else engine.catalogue,
        pipeline="" if engine.name == usual.default_pipeline else engine.name,
        product_id=product_id, words="", filters=Filters(), k=STEPS[0],
    )  # fmt: skip
    st.session_state["words"] = ""
    start_anew()
    change_look(opened="")
    # Without the address the Search page would take it for the way back to an earlier search.
    st.switch_page("app.py", query_params=write(visit()))


def own_catalogues() -> tuple[str, ...]:
    """Return the catalogues that a visitor may change."""
    return tuple(name for name in catalogues() if name != SAMPLE)
