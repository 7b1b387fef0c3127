"""One product of a catalogue: its picture beside its fields, to be edited or deleted; one of the sample to be read."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from searchcore import Product, SearchEngine, SearchError
from searchcore.catalogues import SAMPLE
from searchcore.errors import NotFound
from ui.catalog.changes import GONE, attempt, delete, save
from ui.catalog.picture import is_picture_chosen, picture_field
from ui.catalog.state import change_look, look, search_in
from ui.facts import facts, of_product
from ui.plain import plain

_TEXTS: Final = ("category", "subcategory", "brand", "colour", "material", "pattern", "group_id")


def product_dialog(engine: SearchEngine) -> None:
    """Open the dialog of the product that was chosen, until it is closed."""
    product_id = look().opened
    if not product_id:
        return
    try:
        product = engine.product(product_id)
    except NotFound:
        close()
        st.toast(GONE)
        return
    st.dialog(plain(product.title), width="large", on_dismiss=close)(_product)(engine, product)


def close() -> None:
    """Leave the dialog."""
    change_look(opened="")


def _product(engine: SearchEngine, product: Product) -> None:
    left, right = st.columns([2, 3], gap="medium")
    own = engine.catalogue != SAMPLE
    with left:
        try:
            st.image(engine.thumbnail(product.id, 960), width="stretch", alt=product.title)
        except SearchError:
            st.info("The picture of this product is missing.", icon=":material/broken_image:")
        if own:
            st.caption(plain(f"Id {product.id}"))
        if st.button("Search for what looks like it", icon=":material/image_search:", key="search-alike"):
            search_in(engine, product_id=product.id)
        if own:
            picture_field(engine, product)
    with right:
        if own:
            _form(engine, product)
        else:
            facts(of_product(product), key=f"sample-{product.id}")
            st.caption("The sample stays as it is: bring products of your own with “Add products”.")


def _form(engine: SearchEngine, product: Product) -> None:
    begun = _as_begun(product)
    with st.form(f"edit-{product.id}", border=False):
        fields = _fields(begun)
        place = st.container()
        with st.container(key="product-actions", horizontal=True, horizontal_alignment="distribute"):
            saves = st.form_submit_button("Save", type="primary", icon=":material/check:", key="save-product")
            deletes = st.form_submit_button(
                "Delete this product", type="tertiary", icon=":material/delete:", key="delete-product"
            )
    if saves and is_picture_chosen(product):
        place.warning("A picture is chosen, too: press “Use this picture”, or take it away, and save then.",
                      icon=":material/help:")  # fmt: skip
    elif saves:
        attempt(place, lambda: save(engine, begun, fields))
    if deletes:
        attempt(place, lambda: delete(engine, [product.id]))


def _as_begun(product: Product) -> Product:
    """Return the product as the form began with it: a load may change it while it is looked at."""
    # Streamlit forgets a field that is not drawn, so one that is not there means that the dialog was opened anew.
    if f"edit-{product.id}-title" not in st.session_state:
        st.session_state["edit-begun"] = product
    begun: Product = st.session_state["edit-begun"]
    return begun


def _fields(product: Product) -> dict[str, Any]:
    key = f"edit-{product.id}-"
    fields: dict[str, Any] = {"title": st.text_input("Title", product.title, key=f"{key}title")}
    price, currency = st.columns(2)
    with price:
        fields["price"] = st.number_input(
            "Price", min_value=0.0, value=product.price, format="%.2f", key=f"{key}price", placeholder="None"
        )
    with currency:
        fields["currency"] = st.text_input("Currency", product.currency, key=f"{key}currency", placeholder="EUR")
    places = [place for _ in range(4) for place in st.columns(2)]
    for place, name in zip(places, _TEXTS, strict=False):
        label = "Group of variants" if name == "group_id" else name.capitalize()
        with place:
            fields[name] = st.text_input(label, getattr(product, name), key=key + name)
    with places[-1]:
        tags = st.text_input("Tags", ", ".join(product.unlabelled.tags), key=f"{key}tags", help="Separated by commas.")
    fields["tags"] = tuple(dict.fromkeys(tag.strip() for tag in tags.split(",") if tag.strip()))
    fields["description"] = st.text_area("Description", product.description, key=f"{key}description", height=96)
    fields["extra"] = {name: _extra(name, value, key) for name, value in product.extra.items()}
    return fields


def _extra(name: str, value: str | float, key: str) -> str | float | None:
    label = plain(name.replace("_", " ").capitalize())
    if isinstance(value, str):
        return st.text_input(label, value, key=f"{key}extra-{name}")
    return st.number_input(label, value=float(value), format="%g", key=f"{key}extra-{name}")
