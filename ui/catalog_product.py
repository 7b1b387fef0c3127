"""One product of a catalogue: its picture beside its fields, to be edited or deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from searchcore import Product, SearchEngine, SearchError
from searchcore.errors import NotFound
from searchcore.indexes.base import Record
from searchcore.upkeep import edit, put_back, remove
from ui.catalog_state import change_look, look, search_in
from ui.engines import assembled, holders, must_be_there
from ui.plain import plain
from ui.undo import offer

_TEXTS: Final = ("category", "subcategory", "brand", "colour", "material", "pattern", "group_id", "currency")
Before = Sequence[tuple[str, Sequence[Record]]]


def product_dialog(engine: SearchEngine) -> None:
    """Open the dialog of the product that was chosen, until it is closed."""
    product_id = look().opened
    if not product_id:
        return
    try:
        product = engine.product(product_id)
    except NotFound as error:
        _close()
        st.toast(plain(error.message))
        return
    st.dialog(plain(product.title), width="large", on_dismiss=_close)(_product)(engine, product)


def delete(engine: SearchEngine, ids: Sequence[str]) -> None:
    """Take products out of every pipeline's index of a catalogue, with a way back; raises SearchError."""
    title = engine.product(ids[0]).title
    words = f"“{title}” was deleted." if len(ids) == 1 else f"{len(ids)} products were deleted."
    _everywhere(engine, words, lambda each: remove(each, ids))


def _product(engine: SearchEngine, product: Product) -> None:
    left, right = st.columns([2, 3], gap="medium")
    with left:
        try:
            st.image(engine.thumbnail(product.id, 960), width="stretch", alt=product.title)
        except SearchError:
            st.info("The picture of this product is missing.", icon=":material/broken_image:")
        st.caption(plain(f"Id {product.id}"))
        if st.button("Search for what looks like it", icon=":material/image_search:", key="search-alike"):
            search_in(engine, product_id=product.id)
        place = st.container()
        if st.button("Delete this product", icon=":material/delete:", type="tertiary", key="delete-product"):
            _do(place, lambda: delete(engine, [product.id]))
    with right, st.form(f"edit-{product.id}", border=False):
        fields = _fields(product)
        place = st.container()
        if st.form_submit_button("Save", type="primary", icon=":material/check:", key="save-product"):
            _do(place, lambda: _save(engine, product, fields))


def _fields(product: Product) -> dict[str, Any]:
    key = f"edit-{product.id}-"
    fields: dict[str, Any] = {"title": st.text_input("Title", product.title, key=f"{key}title")}
    price, *others = st.columns(2), *(st.columns(2) for _ in range(0, len(_TEXTS), 2))
    for number, name in enumerate(_TEXTS):
        label = "Group of variants" if name == "group_id" else name.capitalize()
        with others[number // 2][number % 2]:
            fields[name] = st.text_input(label, getattr(product, name), key=key + name)
    with price[0]:
        fields["price"] = st.number_input(
            "Price", min_value=0.0, value=product.price, format="%.2f", key=f"{key}price", placeholder="None"
        )
    with price[1]:
        tags = st.text_input("Tags", ", ".join(product.unlabelled.tags), key=f"{key}tags", help="Separated by commas.")
    fields["tags"] = tuple(dict.fromkeys(tag.strip() for tag in tags.split(",") if tag.strip()))
    fields["description"] = st.text_area("Description", product.description, key=f"{key}description", height=96)
    extra = {name: _extra(name, value, key) for name, value in product.extra.items()}
    fields["extra"] = {name: value for name, value in extra.items() if value not in ("", None)}
    return fields


def _extra(name: str, value: str | float, key: str) -> str | float | None:
    label = plain(name.replace("_", " ").capitalize())
    if isinstance(value, str):
        return st.text_input(label, value, key=f"{key}extra-{name}")
    return st.number_input(label, value=float(value), format="%g", key=f"{key}extra-{name}")


def _save(engine: SearchEngine, product: Product, fields: dict[str, Any]) -> None:
    def change(each: SearchEngine) -> list[Record]:
        return [edit(each, product.id, **fields)] if each.index.get([product.id]) else []

    _everywhere(engine, f"“{fields['title']}” was changed.", change)


def _everywhere(engine: SearchEngine, words: str, change: Callable[[SearchEngine], Sequence[Record]]) -> None:
    """Change products in every pipeline's index; what was done before one of them refuses can be undone, too."""
    before: list[tuple[str, Sequence[Record]]] = []
    try:
        for each in holders(engine):
            if records := change(each):
                before.append((each.name, records))
    except SearchError:
        if before:
            done = ", ".join(name for name, _ in before)
            offer(f"{words} This was done for {done} alone.", lambda: _put_back(engine.catalogue, before))
        raise
    offer(words, lambda: _put_back(engine.catalogue, before))


def _put_back(catalogue: str, before: Before) -> None:
    must_be_there(catalogue)
    for pipeline, records in before:
        put_back(assembled(pipeline, catalogue), records)


def _do(place: Any, act: Callable[[], None]) -> None:
    try:
        act()
    except SearchError as error:
        place.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")
    else:
        _close()
        st.rerun()


def _close() -> None:
    change_look(opened="")
