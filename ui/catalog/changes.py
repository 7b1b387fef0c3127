"""What is done to products by hand: in every pipeline that holds them, and with a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from searchcore import Product, SearchEngine, SearchError
from searchcore.catalogues import SAMPLE
from searchcore.change import Change
from searchcore.errors import NotFound
from searchcore.upkeep import edit, put_back, remove, replace_picture
from ui.catalog.state import change_look, key_now, settings_now
from ui.engines import assembled, holders
from ui.plain import plain
from ui.undo import offer

GONE: Final = "This product was deleted meanwhile."
OVERTAKEN: Final = "What was done was overtaken since: by a load, or by another person."


def save(engine: SearchEngine, product: Product, fields: Mapping[str, Any]) -> None:
    """Give a product those of the fields that differ from it, in every pipeline's index, with a way back.

    What a load has changed since `product` was read stays. Raises SearchError.
    """
    changed = {name: value for name, value in fields.items() if value != getattr(product.unlabelled, name)}
    if "currency" in changed:
        changed["currency"] = _currency(changed["currency"])
    if "extra" in changed:
        changed["extra"] = {name: value for name, value in fields["extra"].items() if value != product.extra.get(name)}
    if changed:
        title = changed.get("title", product.title)
        _to_one(engine, product, f"“{title}” was changed.", lambda each: edit(each, product.id, **changed))


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


def _currency(typed: str) -> str:
    """Return a currency as it is written."""
    code = typed.strip().upper()
    if not code or (len(code) == 3 and code.isascii() and code.isalpha()):
        return code
    raise SearchError(f"“{typed.strip()[:20]}” is no currency.", "Write three letters, such as EUR or USD.")


def _to_one(engine: SearchEngine, product: Product, words: str, change: Callable[[SearchEngine], Change]) -> None:
    _everywhere(engine, words, lambda each: [change(each)] if each.index.get([product.id]) else [])


def _everywhere(engine: SearchEngine, words: str, change: Callable[[SearchEngine], Sequence[Change]]) -> None:
    """Change products in every pipeline's index; what was done before one of them refuses can be undone, too."""
    if engine.catalogue == SAMPLE:
        raise SearchError("The sample stays as it is.", "Bring products of your own with “Add products”.")
    done = list[tuple[str, Sequence[Change]]]()
    name, key = engine.catalogue, key_now(engine.catalogue)
    try:
        for each in holders(engine):
            if changes := change(each):
                done.append((each.name, changes))
    except SearchError:
        if done:
            where = ", ".join(pipeline for pipeline, _ in done)
            offer(f"{words} This was done for {where} alone.", lambda: _put_back(name, key, done))
        raise
    if not done:
        raise NotFound(GONE)
    offer(words, lambda: _put_back(name, key, done))


def _put_back(name: str, key: str, done: Sequence[tuple[str, Sequence[Change]]]) -> None:
    catalogue = settings_now(name, key).catalogue
    if not sum(put_back(assembled(pipeline, catalogue), changes) for pipeline, changes in done):
        raise SearchError(OVERTAKEN, "It stays as it is now.")
