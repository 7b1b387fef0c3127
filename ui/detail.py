"""The dialogs: one product beside what was searched, and several products side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from searchcore import Hit, Product, SearchEngine, SearchError
from ui import format
from ui.facts import facts, of_product
from ui.plain import plain
from ui.visit import STEPS, change, visit


def show_product(engine: SearchEngine, product_id: str, hit: Hit | None) -> None:
    """Open a product's dialog beside the crop that found it; closing it leaves everything as it was."""
    try:
        product = engine.product(product_id)
    except SearchError as error:
        st.toast(plain(error.message))
        return
    _product(engine, product, hit)


def compare_products(engine: SearchEngine, hits: Mapping[str, Hit]) -> None:
    """Open the chosen products side by side."""
    found = [record.product for record in engine.index.get(visit().compared)]
    _compare(engine, found, hits)


@st.dialog("Product", width="large")
def _product(engine: SearchEngine, product: Product, hit: Hit | None) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.image(engine.thumbnail(product.id, 960), width="stretch")
        _crop()
    with right:
        st.text(product.title)
        if hit is not None and hit.similarity is not None:
            st.metric(
                "Similarity", format.percent(max(hit.similarity, 0.0)), help="The cosine of the two pictures' vectors."
            )
        facts(of_product(product) | _figures(hit), key=f"facts-{product.id}")
        if hit is not None and hit.variants:
            st.caption("Also as " + ", ".join(plain(each.colour or each.title) for each in hit.variants))
        if st.button("More like this", type="primary", icon=":material/image_search:", key="detail-similar"):
            change(product_id=product.id, likes=(), dislikes=(), k=STEPS[0])
            st.rerun()
        st.caption("Link to share")
        st.code(_link(product.id), language=None, wrap_lines=True)


def _figures(hit: Hit | None) -> dict[str, str]:
    if hit is None:
        return {}
    ranks = ", ".join(f"{source} #{rank}" for source, rank in hit.ranks.items())
    cosine = "" if hit.similarity is None else f"{hit.similarity:.4f}"
    return {"Rank": f"{hit.rank}" + (f" ({ranks})" if ranks else ""), "Cosine": cosine}


def _crop() -> None:
    now = visit()
    if now.photo and not now.product_id:
        picture = now.photo.picture()
        st.caption("Searched with")
        st.image((picture.crop(now.box) if now.box else picture).to_jpeg(480), width=200)


def _link(product_id: str) -> str:
    address = (st.context.url or "").split("?")[0]
    return f"{address}?product={product_id}"


@st.dialog("Side by side", width="large")
def _compare(engine: SearchEngine, products: Sequence[Product], hits: Mapping[str, Hit]) -> None:
    if not products:
        st.caption("Nothing is chosen: use the compare button of a result.")
        return
    for column, product in zip(st.columns(len(products)), products, strict=True):
        with column:
            st.image(engine.thumbnail(product.id, 480), width="stretch")
            st.text(product.title)
            facts(of_product(product) | _figures(hits.get(product.id)), key=f"compare-{product.id}")
