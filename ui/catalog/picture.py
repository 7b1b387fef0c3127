"""Another picture for a product: chosen, checked, and only then embedded."""

from __future__ import annotations

import streamlit as st

from searchcore import Picture, Product, SearchEngine, SearchError
from searchcore.ingest import price_loaded
from ui import format
from ui.catalog.changes import attempt, show_otherwise
from ui.engines import holders
from ui.plain import plain

_TYPES = ["jpg", "jpeg", "png", "webp", "avif", "gif", "bmp"]
_MOST = 25
"""Megabytes of a picture."""


def is_picture_chosen(product: Product) -> bool:
    """Tell whether another picture was chosen and not taken yet."""
    return st.session_state.get(_key(product)) is not None


def picture_field(engine: SearchEngine, product: Product) -> None:
    """Draw the field for another picture and, once one is chosen, the button that takes it."""
    with st.expander("Replace the picture", icon=":material/add_photo_alternate:", type="compact"):
        file = st.file_uploader(
            "Another picture", _TYPES, key=_key(product), max_upload_size=_MOST, label_visibility="collapsed"
        )
        place = st.container()
        if file is None:
            return
        try:
            place.image(Picture.from_bytes(file.getvalue()).to_jpeg(320), width=96)
            cost = sum(_price(each) for each in holders(engine))
        except SearchError as error:
            place.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")
            return
        # A dollar sign begins a formula in Streamlit's Markdown.
        words = "Use this picture" + (f", {plain(format.money(cost))}" if cost else "")
        if st.button(words, type="primary", icon=":material/check:", key="use-picture"):
            attempt(place, lambda: show_otherwise(engine, product, file.getvalue()))


def _key(product: Product) -> str:
    return f"picture-{product.id}"


def _price(engine: SearchEngine) -> float:
    return price_loaded(engine.embedder, engine.detector, engine.index.info().objects > 0)
