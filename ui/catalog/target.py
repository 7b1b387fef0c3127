"""Where products are loaded to: into which catalogue, by which pipelines, with their main objects or without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from searchcore.catalogues import SAMPLE
from searchcore.indexes.base import VectorIndex
from searchcore.rebuild import is_outdated, old_index
from ui.catalog.name import free_name, name_from
from ui.catalog.state import Draft, look, own_catalogues
from ui.engines import assembled, catalogues, is_begun, settings
from ui.plain import plain

_NEW = "A new catalogue"


@dataclass(frozen=True, slots=True)
class Target:
    """Say where products are loaded to; `objects` says that they are found by their main object, too."""

    catalogue: str
    pipelines: tuple[str, ...]
    objects: bool


def choose_target(draft: Draft) -> Target | None:
    """Ask where to load to; None while that cannot be told."""
    st.subheader("Into which catalogue?", anchor=False)
    catalogue, pipelines = _catalogue(draft), _pipelines()
    if not catalogue or not pipelines:
        return None
    return Target(catalogue, tuple(pipelines), _objects(draft, catalogue, pipelines))


def is_still_meant(draft: Draft, target: Target) -> bool:
    """Tell whether the fields still name a target: a click may come before what was typed last was looked at."""
    chosen = st.session_state.get(f"target-{draft.token}", _NEW)
    typed = st.session_state.get(f"name-{draft.token}")
    name = str(chosen) if chosen != _NEW else target.catalogue if typed is None else name_from(typed.strip())
    return name == target.catalogue


def known_index(pipeline: str, catalogue: str) -> VectorIndex | None:
    """Return the index where there is one: it would be made by opening, and a look shall leave nothing behind."""
    shown = look().pipeline or settings().default_pipeline, look().catalogue
    if not (is_begun(pipeline, catalogue) or (pipeline, catalogue) == shown):
        return None
    chosen = settings().on(catalogue)
    return old_index(pipeline, chosen) if is_outdated(pipeline, chosen) else assembled(pipeline, catalogue).index


def _catalogue(draft: Draft) -> str:
    own, (left, right) = own_catalogues(), st.columns(2)
    if own:
        options, shown = [_NEW, *own], look().catalogue
        usual = options.index(shown) if shown in own else 0
        chosen = left.selectbox("Catalogue", options, usual, key=f"target-{draft.token}", persist_state="session")
        if chosen != _NEW:
            return str(chosen)
    with right if own else left:
        return _new_name(draft)


def _new_name(draft: Draft) -> str:
    free = free_name(draft.label, catalogues())
    typed = st.text_input(
        "Name of the new catalogue", free, key=f"name-{draft.token}", persist_state="session",
        help="Small letters, digits, - and _; anything else is made to fit.",
    ).strip()  # fmt: skip
    name = name_from(typed)
    if not name:
        words = "A name has at least one letter from a to z or a digit." if typed else "Give the new catalogue a name."
        st.warning(words, icon=":material/help:")
    elif name == SAMPLE:
        st.error(f"“{SAMPLE}” comes with Loupe and is not added to. Choose another name.", icon=":material/error:")
        return ""
    elif name in catalogues():
        st.warning(plain(f"There is a catalogue “{name}” already: choose it beside, or another name."),
                   icon=":material/help:")  # fmt: skip
        return ""
    elif name != typed:
        st.caption(plain(f"It will be called {name}."))
    return name


def _pipelines() -> list[str]:
    names = settings().pipeline_names
    if len(names) < 2:
        return list(names)
    chosen = st.pills(
        "Pipelines", names, selection_mode="multi", default=settings().default_pipeline, key="add-pipelines"
    )
    if not chosen:
        st.warning("Choose at least one pipeline.", icon=":material/help:")
    return chosen


def _objects(draft: Draft, catalogue: str, pipelines: Sequence[str]) -> bool:
    """Ask whether products are to be found by the main object of their picture, too."""
    has_them = any((index := known_index(name, catalogue)) and index.info().objects for name in pipelines)
    return st.checkbox(
        "Find products by the main object of their picture, too", has_them, key=f"objects-{draft.token}-{catalogue}",
        persist_state="session",
        help="For pictures of people and rooms: what stands out in each is found by itself. Loading takes longer, "
        "and costs a second embedding where these cost something.",
    )  # fmt: skip
