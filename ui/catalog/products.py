"""The products of a catalogue: words and filters, and the cards to open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from searchcore import Product, SearchEngine
from searchcore.indexes.base import Facet
from ui import format
from ui.catalog.state import STEP, change_look, look, state_of
from ui.filters import Held, clear, filter_chips, filter_popover
from ui.grid import Card, Event, gallery
from ui.plain import plain
from ui.server import picture_urls

MOST: Final = 480
"""Cards shown at once: more is what words and filters are for."""

_HELD: Final = Held("catalog-filters", lambda: look().filters, lambda filters: change_look(filters=filters, k=STEP))


def products(engine: SearchEngine) -> None:
    """Draw the products that have the words, or the id, and pass the filters."""
    now = look()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="browse"):
        st.session_state["browse-words"] = now.words
        st.text_input("Words", key="browse-words", placeholder="Find by words or id", icon=":material/search:",
                      label_visibility="collapsed", on_change=_asked)  # fmt: skip
        filter_popover(lambda: facets(state_of(engine), engine), _HELD)
    filter_chips(_HELD)
    found = _found(engine)
    if not found:
        _none()
        return
    shown = found[: now.k]
    st.caption(_counted(engine, found))
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


def _none() -> None:
    now = look()
    if now.words:
        words = f"No product has all the words “{now.words}”, and no id begins like that"
    else:
        words = "No product passes the filters"
    with st.container(key="browse-none", horizontal_alignment="center"):
        st.subheader("Nothing found", anchor=False, text_alignment="center")
        among = " among the products that pass the filters" if now.words and now.filters else ""
        st.caption(plain(f"{words}{among}."), text_alignment="center")
        with st.container(horizontal=True, horizontal_alignment="center", gap="small"):
            if now.words:
                st.button("Clear the words", icon=":material/close:", key="browse-clear-words",
                          on_click=lambda: change_look(words="", k=STEP))  # fmt: skip
            if now.filters:
                st.button("Clear the filters", icon=":material/close:", key="browse-clear-filters", on_click=clear,
                          args=(_HELD,))  # fmt: skip


def _asked() -> None:
    change_look(words=st.session_state["browse-words"].strip(), k=STEP)


def _found(engine: SearchEngine) -> Sequence[Product]:
    """Return one product more than is shown, where there are so many; ids come before words."""
    now = look()
    if not now.words:
        return engine.index.browse(now.k + 1, now.filters)
    named = engine.index.with_id(now.words, now.k + 1, now.filters)
    hits = engine.index.search_text(now.words, now.k + 1, now.filters, "all")
    once = {product.id: product for product in (*named, *(hit.product for hit in hits))}
    return list(once.values())[: now.k + 1]


def _counted(engine: SearchEngine, found: Sequence[Product]) -> str:
    now = look()
    if now.words:
        return f"More than {now.k} products" if len(found) > now.k else format.count(len(found), "product")
    total = engine.index.count(now.filters)
    return f"The first {now.k} of {total:,} products" if total > now.k else format.count(total, "product")
