"""The right side of the Search page: what was found, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Final

import streamlit as st

from searchcore import Hit, Query, SearchEngine, SearchResult
from searchcore.indexes.base import Facet
from ui import format
from ui.compare_bar import compare_bar
from ui.detail import compare_products, show_product
from ui.filters import clear, filter_chips, filter_popover
from ui.grid import Card, Event, gallery
from ui.plain import plain
from ui.server import picture_urls
from ui.spending import take_cost
from ui.visit import MAX_COMPARED, STEPS, Visit, change, toggled, visit

_SORTS: Final = {"match": "Best match", "price": "Price"}
_STAGES: Final = {"embed": "embedding", "search": "search", "total": "in all"}


def search(engine: SearchEngine) -> SearchResult:
    """Run this visitor's search, once for as long as nothing that matters to it changes.

    Finding the objects of a new photo is part of what its first search costs.
    """
    now = visit()
    info = engine.index.info()
    asked = (engine.name, engine.catalogue, info.revision, info.count, _wanted(now))
    last = st.session_state.get("last-search")
    if last is None or last[0] != asked:
        found = engine.search(_query(now), now.k, now.filters)
        last = st.session_state["last-search"] = (asked, replace(found, cost=found.cost + take_cost()))
    result: SearchResult = last[1]
    return result


def results_panel(engine: SearchEngine, result: SearchResult, wanted: str, choices: int) -> None:
    """Show the hits as a gallery with everything that narrows, orders and explains it.

    `choices` is how many objects of the photo could be chosen while none is.
    """
    _heading(engine, result, wanted)
    filter_chips()
    _notes(result, choices)
    if result.hits:
        hits = _sorted(result.hits)
        url = picture_urls(engine)
        gallery([_card(hit, url(hit.product.id)) for hit in hits], key="gallery", on_event=_handle)
        _more(result)
    elif visit().filters:
        st.button("Clear filters", type="primary", on_click=clear, key="clear-filters-empty")
    _timings(result)
    _dialogs(engine, {hit.product.id: hit for hit in result.hits})


def _wanted(now: Visit) -> tuple[object, ...]:
    photo = "" if now.product_id or not now.photo else now.photo.id
    box = str(now.box) if photo and now.box else ""
    return photo, box, now.product_id, now.words, now.filters, now.k, now.emphasis, now.likes, now.dislikes


def _query(now: Visit) -> Query:
    picture = now.photo.picture() if now.photo and not now.product_id else None
    return Query(
        picture=picture, box=now.box if picture else None, text=now.words, product_id=now.product_id,
        like=now.likes, dislike=now.dislikes, emphasis=now.emphasis,
    )  # fmt: skip


def _heading(engine: SearchEngine, result: SearchResult, wanted: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="heading"):
        _status(format.matches(len(result.hits), wanted))
        with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
            filter_popover(lambda: _facets((engine.name, engine.catalogue, engine.index.info().revision), engine))
            st.segmented_control(
                "Sort", list(_SORTS), default=visit().sort, key="sort", label_visibility="collapsed", required=True,
                format_func=_SORTS.__getitem__, on_change=lambda: change(sort=st.session_state["sort"]),
            )  # fmt: skip


@st.cache_data(max_entries=32, ttl=30, show_spinner=False)
def _facets(where: tuple[str, ...], _engine: SearchEngine) -> list[Facet]:
    return _engine.index.facets()


def _notes(result: SearchResult, choices: int) -> None:
    if choices and result.confidence != "confident":
        which = "the object" if choices == 1 else f"one of the {choices} objects"
        st.info(f"Click {which} in the photo to search for it alone.", icon=":material/touch_app:")
    elif result.confidence == "no confident match" and result.hits:
        st.info("No confident match: these are the nearest, but none looks much like it.", icon=":material/search_off:")
    for warning in result.warnings:
        st.info(plain(warning), icon=":material/info:")
    marks = len(visit().likes) + len(visit().dislikes)
    if marks:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Refined by {format.count(marks, 'mark')}.")
            st.button("Undo marks", key="undo-marks", type="tertiary", on_click=lambda: change(likes=(), dislikes=()))


def _sorted(hits: Sequence[Hit]) -> list[Hit]:
    if visit().sort == "match":
        return list(hits)
    return sorted(hits, key=lambda hit: (hit.product.price is None, hit.product.price or 0.0, hit.rank))


def _card(hit: Hit, picture_url: str) -> Card:
    now, product = visit(), hit.product
    return Card(
        id=product.id, title=product.title, rank=hit.rank, picture_url=picture_url,
        subtitle=product.subcategory or product.category, price=format.price(product.price, product.currency),
        similarity=hit.similarity, note=_note(hit), compared=product.id in now.compared,
        mark="right" if product.id in now.likes else "wrong" if product.id in now.dislikes else None,
    )  # fmt: skip


def _note(hit: Hit) -> str:
    notes = []
    colours = {each.colour for each in (hit.product, *hit.variants) if each.colour}
    if len(colours) > 1:
        notes.append(format.count(len(colours), "colour"))
    elif hit.variants:
        notes.append(format.count(len(hit.variants) + 1, "variant"))
    notes += [f"{source} #{rank}" for source, rank in hit.ranks.items() if len(hit.ranks) > 1]
    return " · ".join(notes)


def _handle(event: Event) -> None:
    now = visit()
    if event.kind == "open":
        st.session_state["opened"] = event.id
    elif event.kind == "similar":
        change(product_id=event.id, likes=(), dislikes=(), k=STEPS[0])
    elif event.kind == "right":
        change(likes=toggled(now.likes, event.id), dislikes=_without(now.dislikes, event.id))
    elif event.kind == "wrong":
        change(dislikes=toggled(now.dislikes, event.id), likes=_without(now.likes, event.id))
    elif event.id in now.compared or len(now.compared) < MAX_COMPARED:
        change(compared=toggled(now.compared, event.id))
    else:
        st.toast(f"At most {MAX_COMPARED} products are compared at once.")


def _without(ids: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(each for each in ids if each != one)


def _more(result: SearchResult) -> None:
    larger = [step for step in STEPS if step > visit().k]
    if larger and len(result.hits) >= visit().k:
        st.button("Show more", key="more", width="stretch", on_click=lambda: change(k=larger[0]))


def _status(words: str) -> None:
    """Head the results in a status region: a screen reader hears it when a search is done."""
    st.html(f'<div role="status"><h2 class="found">{escape(words)}</h2></div>', width="stretch")


def _timings(result: SearchResult) -> None:
    stages = [
        f"{words} {format.duration(result.timings[name])}" for name, words in _STAGES.items() if name in result.timings
    ]
    cost = f"${result.cost:.5f}" if result.cost else "no cost"
    st.caption(" · ".join([result.confidence, *stages, cost]))


def _dialogs(engine: SearchEngine, hits: Mapping[str, Hit]) -> None:
    if visit().compared:
        compare_bar(len(visit().compared), MAX_COMPARED, on_clear=lambda: change(compared=()), on_compare=_open_compare)
    opened = st.session_state.pop("opened", "")
    if opened:
        show_product(engine, opened, hits.get(opened))
    elif st.session_state.pop("comparing", False):
        compare_products(engine, hits)


def _open_compare() -> None:
    st.session_state["comparing"] = True
