"""Products that look alike, side by side: each can be deleted, or all of them kept for good."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from searchcore import Product, SearchEngine, SearchError
from searchcore.kept import Group, Kept
from ui import format
from ui.catalog.changes import delete
from ui.catalog.products import cards_of, open_card
from ui.catalog.state import key_now, settings_now
from ui.engines import settings
from ui.grid import gallery
from ui.plain import plain
from ui.undo import offer

AT_ONCE: Final = 6
_TOLD_APART: Final = 3
"""Products of a group that are shown."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Name products that look alike; `likeness` is their cosine, None where their pictures are equal."""

    ids: tuple[str, ...]
    likeness: float | None = None


def kept_groups(engine: SearchEngine) -> frozenset[Group]:
    """Return what was kept of an engine's catalogue, whoever did so; raises SearchError."""
    return _kept(engine).groups()


def side_by_side(engine: SearchEngine, name: str, found: Sequence[Alike], kept: Collection[Group]) -> None:
    """Draw the first groups that are not kept, and on demand those that are."""
    due = [each for each in found if frozenset(each.ids) not in kept]
    put_by = [each for each in found if frozenset(each.ids) in kept]
    for each in due[:AT_ONCE]:
        _group(engine, name, each, kept=False)
    if len(due) > AT_ONCE:
        st.caption(f"{len(due) - AT_ONCE:,} more follow when these are done.")
    if not put_by:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{format.count(len(put_by), 'pair' if name == 'nearly' else 'group')} kept", width="content")
        shown = st.toggle("Show what is kept", key=f"{name}-kept")
    if shown:
        for each in put_by:
            _group(engine, name, each, kept=True)


def delete_button(engine: SearchEngine, words: str, ids: Sequence[str], key: str) -> None:
    """Draw a button that deletes products, with a way back."""
    st.button(
        plain(words), key=f"delete-{key}", icon=":material/delete:", type="tertiary", on_click=_delete,
        args=(engine, ids),
    )  # fmt: skip


def products_of(engine: SearchEngine, ids: Sequence[str]) -> list[Product]:
    """Return those of the products that are still there."""
    return [record.product for record in engine.index.get(list(ids))]


def _group(engine: SearchEngine, name: str, alike: Alike, kept: bool) -> None:
    products = products_of(engine, alike.ids[:_TOLD_APART])
    key = f"{name}-{alike.ids[0]}" if alike.likeness is None else f"{name}-{'-'.join(alike.ids)}"
    with st.container(border=True, key=f"pair-{key}"):
        # The gallery has two columns where it is narrow, three where it is not.
        pictures, actions = st.columns([4, 5] if len(products) == 2 else [2, 1], gap="medium")
        with pictures:
            cards = [replace(card, subtitle=card.id) for card in cards_of(engine, products)]
            label = " and ".join(product.title for product in products)
            gallery(cards, key=f"cards-{key}", on_event=open_card, actions=(), label=label)
        with actions:
            if alike.likeness is not None:
                st.badge(f"{format.percent(alike.likeness)} alike", color="gray")
            if len(alike.ids) > len(products):
                st.caption(f"{len(alike.ids):,} products have this picture.")
            _keep_button(engine, alike.ids, key, kept)
            for product in products:
                delete_button(engine, f"Delete {product.id}", [product.id], f"{key}-{product.id}")


def _keep_button(engine: SearchEngine, ids: Sequence[str], key: str, kept: bool) -> None:
    if kept:
        st.button("No longer keep", key=f"{key}-release", icon=":material/undo:", on_click=_release, args=(engine, ids))
    else:
        words = "Keep both" if len(ids) == 2 else f"Keep all {len(ids):,}"
        st.button(words, key=f"{key}-keep", icon=":material/check:", on_click=_keep, args=(engine, ids))


def _keep(engine: SearchEngine, ids: Sequence[str]) -> None:
    name, key = engine.catalogue, key_now(engine.catalogue)
    try:
        _kept(engine).keep(ids)
    except SearchError as error:
        st.toast(plain(f"{error.message} {error.remedy}"))
        return
    named = f"{ids[0]} and {ids[1]} are" if len(ids) == 2 else f"{len(ids):,} products are"
    offer(
        f"{named} kept, and not shown here any more.", lambda: Kept(settings_now(name, key).catalogue_dir).release(ids)
    )


def _release(engine: SearchEngine, ids: Sequence[str]) -> None:
    try:
        _kept(engine).release(ids)
    except SearchError as error:
        st.toast(plain(f"{error.message} {error.remedy}"))


def _delete(engine: SearchEngine, ids: Sequence[str]) -> None:
    try:
        delete(engine, ids)
    except SearchError as error:
        st.toast(plain(f"{error.message} {error.remedy}"))


def _kept(engine: SearchEngine) -> Kept:
    return Kept(settings().on(engine.catalogue).catalogue_dir)
