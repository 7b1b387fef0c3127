"""What is wrong with a catalogue: what is missing, pictures too many, products that look nearly the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from searchcore import SearchEngine
from searchcore.damage import Opened, open_pictures
from searchcore.imagestores.base import Stored
from searchcore.kept import Group
from searchcore.likeness import NEARLY, near_duplicates, sample
from searchcore.upkeep import Survey, survey
from ui import format
from ui.catalog.pairs import Alike, delete_button, kept_groups, products_of, side_by_side
from ui.catalog.products import cards_of, facets, open_card
from ui.catalog.state import key_now, state_of
from ui.catalog.unused import unused_pictures
from ui.clock import clock
from ui.grid import gallery

COMPARED: Final = 10_000
"""Products whose pairs are all compared: about a second."""
OPENED: Final = 2_000
"""Pictures that are opened when somebody checks again."""
PAIRS: Final = 50
_SHOWN: Final = 12
State = tuple[str | int | datetime | None, ...]


def health(engine: SearchEngine) -> None:
    """Draw what is found, the figures first."""
    if st.session_state.pop("check-again", False):
        _open(engine)
    opened, opened_at = _opened(engine.name, key_now(engine.catalogue), None)
    state, kept = (*state_of(engine), opened_at), kept_groups(engine)
    least = st.session_state.get("nearly", round(NEARLY * 100))
    with st.spinner("Looking through the catalogue…"):
        found, checked_at = _survey(state, engine, opened.damaged)
        nearly, compared = _nearly_alike(state, least / 100, _room(kept), engine)
    equal = [Alike(ids) for ids in found.same_picture]
    _checked(checked_at, opened, opened_at)
    _figures(found, _due(equal, kept), _due(nearly, kept)[:PAIRS])
    gone = "The picture that was loaded is gone: load these products again with their pictures, or delete them."
    _listed(engine, "Without a picture", found.without_picture, gone)
    broken = "The file was changed since and cannot be shown: load these products again, or replace the picture."
    _listed(engine, "Damaged pictures", found.damaged, broken)
    _listed(engine, "Without a vector", found.without_vector, "No picture finds them: load them again.")
    unused_pictures(engine, state)
    _equal(engine, equal, kept)
    _nearly(engine, nearly, kept, f"{compared:,} of {found.count:,}" if compared < found.count else "")
    _facets(engine)


@st.cache_data(max_entries=8, ttl=600, show_spinner=False)
def _survey(state: State, _engine: SearchEngine, _damaged: Collection[Stored]) -> tuple[Survey, datetime]:
    return survey(_engine, _damaged), datetime.now(UTC)


@st.cache_data(max_entries=8, ttl=600, show_spinner=False)
def _nearly_alike(state: State, least: float, most: int, _engine: SearchEngine) -> tuple[list[Alike], int]:
    found = sample(_engine, COMPARED)
    pairs = near_duplicates(found, least, most)
    return [Alike((pair.left.id, pair.right.id), pair.similarity) for pair in pairs], len(found.products)


def _room(kept: Collection[Group]) -> int:
    """Return how many pairs to find so that enough are left beside those that are kept; seldom another number."""
    return PAIRS * (len(kept) // PAIRS + 2)


def _due(found: Sequence[Alike], kept: Collection[Group]) -> list[Alike]:
    return [each for each in found if frozenset(each.ids) not in kept]


@st.cache_data(max_entries=64, show_spinner=False)
def _opened(pipeline: str, key: str, _found: tuple[Opened, datetime] | None) -> tuple[Opened, datetime | None]:
    """Remember what was found when the pictures of a catalogue were opened last."""
    return _found or (Opened(), None)


def _open(engine: SearchEngine) -> None:
    place = st.empty()
    bar = place.progress(0.0, "Opening the pictures…")

    def hear(done: int, total: int) -> None:
        bar.progress(done / total, f"Opening the pictures: {done:,} of {total:,}")

    found = open_pictures(engine, OPENED, hear)
    place.empty()
    key = key_now(engine.catalogue)
    _opened.clear(engine.name, key)
    _opened(engine.name, key, (found, datetime.now(UTC)))


def _checked(checked_at: datetime, opened: Opened, opened_at: datetime | None) -> None:
    words = f"Checked at {clock(checked_at)}."
    if opened_at:
        which = "All" if opened.count == opened.total else f"The {opened.count:,} that changed last of"
        words += f" {which} {format.count(opened.total, 'picture')} were opened at {clock(opened_at)}."
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="checked"):
        st.caption(words, width="content")
        st.button("Check again", icon=":material/refresh:", type="tertiary", key="check-health",
                  help=f"Opens pictures, too: the {OPENED:,} that changed last", on_click=_again)  # fmt: skip


def _again() -> None:
    st.session_state["check-again"] = True


def _figures(found: Survey, equal: Sequence[Alike], nearly: Sequence[Alike]) -> None:
    figures = {
        "Products": found.count,
        "Without a picture": len(found.without_picture),
        **({"Damaged pictures": len(found.damaged)} if found.damaged else {}),
        "Without a vector": len(found.without_vector),
        "Equal pictures": sum(len(each.ids) - 1 for each in equal),
        "Look nearly the same": len(nearly),
    }
    with st.container(key="health-figures", horizontal=True, gap="small"):
        for name, number in figures.items():
            st.metric(name, f"{number:,}" + ("+" if name.startswith("Look") and number >= PAIRS else ""), border=True)
    if not any(list(figures.values())[1:]):
        st.success("Nothing is missing, and nothing is there twice.", icon=":material/check_circle:")


def _listed(engine: SearchEngine, title: str, ids: Sequence[str], words: str) -> None:
    if not ids:
        return
    st.subheader(f"{title} ({len(ids):,})", anchor=False)
    st.caption(words)
    cards = cards_of(engine, products_of(engine, ids[:_SHOWN]))
    gallery(cards, key=f"health-{title}", on_event=open_card, actions=(), label=title)
    delete_button(engine, f"Delete {'it' if len(ids) == 1 else f'all {len(ids):,}'}", ids, f"health-delete-{title}")


def _equal(engine: SearchEngine, found: Sequence[Alike], kept: Collection[Group]) -> None:
    if not found:
        return
    due = _due(found, kept)
    st.subheader(f"Equal pictures ({format.count(len(due), 'group')})" if due else "Equal pictures", anchor=False)
    st.caption("Their picture files are the same, bit by bit.")
    if len(due) > 1:
        spare = [product_id for each in due for product_id in each.ids[1:]]
        delete_button(engine, f"Keep the first of each and delete {len(spare):,}", spare, "equal-all")
    side_by_side(engine, "equal", found, kept)


def _nearly(engine: SearchEngine, found: Sequence[Alike], kept: Collection[Group], compared: str) -> None:
    st.subheader("Look nearly the same", anchor=False)
    st.slider("From which likeness on, in percent", 80, 99, round(NEARLY * 100), key="nearly", width=360)
    if compared:
        st.caption(f"Compared are {compared} products, the same ones each time.")
    if not _due(found, kept):
        other = "other " if found else ""
        st.caption(f"No {other}two products look that much alike; variants of one group are left out.")
    side_by_side(engine, "nearly", found, kept)


def _facets(engine: SearchEngine) -> None:
    """Show what the products can be filtered by."""
    found = facets(state_of(engine), engine)
    rows = [
        {
            "Field": facet.name.replace("_", " ").capitalize(),
            "Different values": f"{len(facet.values):,}" if facet.values else "",
            "Most frequent": ", ".join(f"{value} ({number})" for value, number in facet.values[:4])
            or f"{facet.low:g} to {facet.high:g}",
        }
        for facet in found
    ]
    if rows:
        st.subheader("Fields", anchor=False)
        st.dataframe(rows, hide_index=True, width="stretch", key="facets")
