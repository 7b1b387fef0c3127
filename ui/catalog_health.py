"""What is wrong with a catalogue: what is missing, pictures too many, products that look nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from searchcore import Product, SearchEngine, SearchError
from searchcore.likeness import NEARLY, Pair, near_duplicates, sample
from searchcore.upkeep import Survey, survey
from ui import format
from ui.catalog_changes import delete
from ui.catalog_products import cards_of, facets, open_card
from ui.catalog_state import state_of
from ui.catalog_unused import unused_pictures
from ui.grid import gallery
from ui.plain import plain
from ui.server import picture_urls

COMPARED: Final = 10_000
"""Products whose pairs are all compared: some seconds."""
PAIRS: Final = 50
_AT_ONCE: Final = 6
_SHOWN: Final = 12


def health(engine: SearchEngine) -> None:
    """Draw what is found, the figures first."""
    where = state_of(engine)
    with st.spinner("Looking through the catalogue…"):
        found = _survey(where, engine)
        least = st.session_state.get("nearly", round(NEARLY * 100))
        pairs, compared = _pairs(where, least / 100, engine)
    kept: set[tuple[str, str, str]] = st.session_state.setdefault("kept-pairs", set())
    pairs = [pair for pair in pairs if (engine.catalogue, pair.left.id, pair.right.id) not in kept]
    _figures(found, pairs)
    gone = "The picture that was loaded is gone: load these products again with their pictures, or delete them."
    _listed(engine, "Without a picture", found.without_picture, gone)
    _listed(engine, "Without a vector", found.without_vector, "No picture finds them: load them again.")
    unused_pictures(engine)
    _equal(engine, found)
    _nearly(engine, pairs, compared, found.count)
    _facets(engine)


@st.cache_data(max_entries=8, ttl=600, show_spinner=False)
def _survey(where: tuple[str | int, ...], _engine: SearchEngine) -> Survey:
    return survey(_engine)


@st.cache_data(max_entries=8, ttl=600, show_spinner=False)
def _pairs(where: tuple[str | int, ...], least: float, _engine: SearchEngine) -> tuple[list[Pair], int]:
    found = sample(_engine, COMPARED)
    return near_duplicates(found, least, PAIRS), len(found.products)


def _figures(found: Survey, pairs: Sequence[Pair]) -> None:
    figures = {
        "Products": found.count,
        "Without a picture": len(found.without_picture),
        "Without a vector": len(found.without_vector),
        "Equal pictures": sum(len(ids) - 1 for ids in found.same_picture),
        "Look nearly the same": len(pairs),
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
    products = _products(engine, ids[:_SHOWN])
    gallery(cards_of(engine, products), key=f"health-{title}", on_event=open_card, actions=(), label=title)
    _delete_button(engine, f"Delete {'it' if len(ids) == 1 else f'all {len(ids):,}'}", ids, f"health-delete-{title}")


def _equal(engine: SearchEngine, found: Survey) -> None:
    if not found.same_picture:
        return
    spare = [each for ids in found.same_picture for each in ids[1:]]
    st.subheader(f"Equal pictures ({format.count(len(found.same_picture), 'group')})", anchor=False)
    st.caption("Their picture files are the same, bit by bit.")
    if len(found.same_picture) > 1:
        _delete_button(engine, f"Keep the first of each and delete {len(spare):,}", spare, "equal-all")
    for ids in found.same_picture[:_AT_ONCE]:
        _side_by_side(engine, _products(engine, ids[:4]), f"equal-{ids[0]}")
    if len(found.same_picture) > _AT_ONCE:
        st.caption(f"{len(found.same_picture) - _AT_ONCE:,} more groups follow when these are done.")


def _nearly(engine: SearchEngine, pairs: Sequence[Pair], compared: int, count: int) -> None:
    st.subheader("Look nearly the same", anchor=False)
    st.slider("From which likeness on, in percent", 80, 99, round(NEARLY * 100), key="nearly", width=360)
    if compared < count:
        st.caption(f"Compared are {compared:,} of {count:,} products, the same ones each time.")
    if not pairs:
        st.caption("No two products look that much alike; variants of one group are left out.")
    for pair in pairs[:_AT_ONCE]:
        key = f"nearly-{pair.left.id}-{pair.right.id}"
        with _side_by_side(engine, [pair.left, pair.right], key):
            st.badge(f"{format.percent(pair.similarity)} alike", color="gray")
            st.button("Keep both", key=f"{key}-keep", on_click=_keep,
                      args=(engine.catalogue, pair.left.id, pair.right.id))  # fmt: skip
    if len(pairs) > _AT_ONCE:
        st.caption(f"{len(pairs) - _AT_ONCE:,} more pairs follow when these are done.")


def _side_by_side(engine: SearchEngine, products: Sequence[Product], key: str) -> st.delta_generator.DeltaGenerator:
    """Draw products in one row, each with what is done to it; return a place below them."""
    url = picture_urls(engine, 160)
    with st.container(border=True, key=f"pair-{key}"):
        for column, product in zip(st.columns(max(len(products), 2)), products, strict=False):
            with column, st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.html(f'<img src="{escape(url(product.id))}" alt="">', width=96)
                with st.container(width="stretch", gap="xsmall"):
                    st.text(product.title)
                    st.caption(plain(" · ".join(filter(None, (product.id, product.category)))))
                    _delete_button(engine, "Delete this one", [product.id], f"{key}-{product.id}")
        return st.container(horizontal=True, vertical_alignment="center")


def _delete_button(engine: SearchEngine, words: str, ids: Sequence[str], key: str) -> None:
    st.button(
        words, key=f"delete-{key}", icon=":material/delete:", type="tertiary", on_click=_delete, args=(engine, ids)
    )


def _delete(engine: SearchEngine, ids: Sequence[str]) -> None:
    try:
        delete(engine, ids)
    except SearchError as error:
        st.toast(plain(f"{error.message} {error.remedy}"))


def _keep(catalogue: str, left: str, right: str) -> None:
    st.session_state["kept-pairs"].add((catalogue, left, right))


def _products(engine: SearchEngine, ids: Sequence[str]) -> list[Product]:
    return [record.product for record in engine.index.get(list(ids))]


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
