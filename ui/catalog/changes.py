"""What is done to products by hand: in every pipeline that holds them, and with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from searchcore import Product, SearchEngine, SearchError
from searchcore.catalogues import SAMPLE
from searchcore.errors import NotFound
from searchcore.indexes.base import Record
from searchcore.upkeep import edit, put_back, remove, replace_picture
from ui.catalog.state import change_look, key_now, name_now
from ui.engines import assembled, holders
from ui.plain import plain
from ui.undo import offer

GONE: Final = "This product was deleted meanwhile."
Change = Callable[[SearchEngine], Sequence[Record]]


def save(engine: SearchEngine, product: Product, fields: dict[str, Any]) -> None:
    """Give a product other fields in every pipeline's index, with a way back; raises SearchError."""
    fields = fields | {"currency": _currency(fields["currency"], product.currency)}
    _to_one(engine, product, f"“{fields['title']}” was changed.", lambda each: edit(each, product.id, **fields))


def show_otherwise(engine: SearchEngine, product: Product, picture: bytes) -> None:
    """Give a product another picture in every pipeline's index, with a way back; raises SearchError."""
    words = f"“{product.title}” has another picture."
    _to_one(engine, product, words, lambda each: replace_picture(each, product.id, picture))


def delete(engine: SearchEngine, ids: Sequence[str]) -> None:
    """Take products out of every pipeline's index of a catalogue, with a way back; raises SearchError."""
    found = [record.product for record in engine.index.get(ids)]
    words = f"“{found[0].title}” was deleted." if len(found) == 1 else f"{len(found)} products were deleted."
    _everywhere(engine, words, lambda each: remove(each, ids))


def attempt(place: Any, act: Callable[[], None]) -> None:
    """Change the product of the open dialog and close it, or say at a place of it why that cannot be."""
    try:
        act()
    except SearchError as error:
        place.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")
    else:
        change_look(opened="")
        st.rerun()


def _currency(typed: str, before: str) -> str:
    """Return a currency as it is written; what a catalogue brought along may stay."""
    code = typed.strip().upper()
    if typed == before or not code or (len(code) == 3 and code.isascii() and code.isalpha()):
        return typed if typed == before else code
    raise SearchError(f"“{typed.strip()[:20]}” is no currency.", "Write three letters, such as EUR or USD.")


def _to_one(engine: SearchEngine, product: Product, words: str, change: Callable[[SearchEngine], Record]) -> None:
    _everywhere(engine, words, lambda each: [change(each)] if each.index.get([product.id]) else [])


def _everywhere(engine: SearchEngine, words: str, change: Change) -> None:
    """Change products in every pipeline's index; what was done before one of them refuses can be undone, too."""
    if engine.catalogue == SAMPLE:
        raise SearchError("The sample stays as it is.", "Bring products of your own with “Add products”.")
    before = list[tuple[str, Sequence[Record]]]()
    name, key = engine.catalogue, key_now(engine.catalogue)
    try:
        for each in holders(engine):
            if records := change(each):
                before.append((each.name, records))
    except SearchError:
        if before:
            done = ", ".join(name for name, _ in before)
            offer(f"{words} This was done for {done} alone.", lambda: _put_back(name, key, before))
        raise
    if not before:
        raise NotFound(GONE)
    offer(words, lambda: _put_back(name, key, before))


def _put_back(name: str, key: str, before: Sequence[tuple[str, Sequence[Record]]]) -> None:
    catalogue = name_now(key)
    if catalogue is None:
        raise NotFound(f"The catalogue “{name}” is gone.", "It was deleted: restore it first.")
    for pipeline, records in before:
        put_back(assembled(pipeline, catalogue), records)
