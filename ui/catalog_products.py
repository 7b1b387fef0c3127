"""The products of a catalogue: words and filters, and the cards to open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from searchcore import Product, SearchEngine
from searchcore.indexes.base import Facet
from ui import format
from ui.catalog_state import STEP, change_look, look, state_of
from ui.filters import Held, clear, filter_chips, filter_popover
from ui.grid import Card, Event, gallery
from ui.server import picture_urls

MOST: Final = 480
"""Cards shown at once: more is what words and filters are for."""

_HELD: Final = Held("catalog-filters", lambda: look().filters, lambda filters: change_look(filters=filters, k=STEP))


def products(engine: SearchEngine) -> None:
    """Draw the products that have the words and pass the filters."""
    now = look()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="browse"):
        st.session_state["browse-words"] = now.words
        st.text_input("Words", key="browse-words", placeholder="Find by words: red, leather…", icon=":material/search:",
                      label_visibility="collapsed", on_change=_asked)  # fmt: skip
        filter_popover(lambda: facets(state_of(engine), engine), _HELD)
    filter_chips(_HELD)
    found = _found(engine)
    shown = found[: now.k]
    st.caption(_counted(engine, found))
    if not found:
        if now.filters:
            st.button("Clear filters", key="browse-clear", on_click=clear, args=(_HELD,))
        return
    gallery(cards_of(engine, shown), key="products", on_event=open_card, actions=(), label="Products")
    if len(found) > now.k and now.k < MOST:
        st.button("Show more", key="browse-more", width="stretch", on_click=lambda: change_look(k=now.k + STEP))


@st.cache_data(max_entries=16, ttl=30, show_spinner=False)
def facets(where: tuple[str | int, ...], _engine: SearchEngine) -> list[Facet]:
    """Return the facets of an engine's catalogue; `where` names the state that they are of."""
    return _engine.index.facets()


def cards_of(engine: SearchEngine, products: Sequence[Product]) -> list[Card]:
    """Return products as cards without rank or likeness."""
    url = picture_urls(engine)
    return [
        Card(
            id=product.id, title=product.title, rank=0, picture_url=url(product.id),
            subtitle=product.subcategory or product.category, price=format.price(product.price, product.currency),
        )
        for product in products
    ]  # fmt: skip


def open_card(event: Event) -> None:
    """Open the product of a card."""
    change_look(opened=event.id)


def _asked() -> None:
    change_look(words=st.session_state["browse-words"].strip(), k=STEP)


def _found(engine: SearchEngine) -> Sequence[Product]:
    now = look()
    if now.words:
        return [hit.product for hit in engine.index.search_text(now.words, now.k + 1, now.filters, "all")]
    return engine.index.browse(now.k + 1, now.filters)


def _counted(engine: SearchEngine, found: Sequence[Product]) -> str:
    now = look()
    if not found:
        return "No product has these words." if now.words else "No product matches the filters."
    if now.words:
        return f"More than {now.k} products" if len(found) > now.k else format.count(len(found), "product")
    total = engine.index.count(now.filters)
    return f"The first {now.k} of {total:,} products" if total > now.k else format.count(total, "product")
