"""Which catalogue a visitor looks at, by which pipeline, and what is being added to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from searchcore import Filters, Product, SearchEngine
from searchcore.catalogues import SAMPLE
from searchcore.ingest import Place, Plan
from ui.engines import catalogues, settings
from ui.filters import start_anew
from ui.grid import Card
from ui.visit import STEPS, change, visit

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
    """Return how this visitor looks at a catalogue: at first the one that is searched."""
    found: Look | None = st.session_state.get("look")
    if found is None or found.catalogue not in catalogues():
        asked = st.query_params.get("catalogue", "") or visit().catalogue
        name = asked if asked in catalogues() else settings().catalogue
        found = st.session_state["look"] = Look(name, found.pipeline if found else visit().pipeline)
    return found


def change_look(**changes: object) -> None:
    """Replace parts of how this visitor looks at a catalogue."""
    now = look()
    st.session_state["look"] = Look(**{name: getattr(now, name) for name in Look.__slots__} | changes)


def show_catalogue(name: str) -> None:
    """Look at another catalogue, from its start."""
    st.session_state["look"] = Look(name, look().pipeline if "look" in st.session_state else "")


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
    st.switch_page("app.py")


def own_catalogues() -> tuple[str, ...]:
    """Return the catalogues that a visitor may change."""
    return tuple(name for name in catalogues() if name != SAMPLE)
