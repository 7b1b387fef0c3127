"""The dialogs: one product beside what was searched, and several products side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from searchcore import Hit, Product, SearchEngine, SearchError
from ui import format
from ui.facts import facts, of_product
from ui.plain import plain
from ui.share import write
from ui.visit import STEPS, Visit, change, visit


def show_product(engine: SearchEngine, product_id: str, hit: Hit | None) -> None:
    """Open a product's dialog beside the crop that found it; closing it leaves everything as it was."""
    try:
        product = engine.product(product_id)
    except SearchError as error:
        st.toast(plain(error.message))
        return
    st.dialog(plain(product.title), width="large")(_product)(engine, product, hit)


def compare_products(engine: SearchEngine, hits: Mapping[str, Hit]) -> None:
    """Open the chosen products side by side."""
    found = [record.product for record in engine.index.get(visit().compared)]
    _compare(engine, found, hits)


def _product(engine: SearchEngine, product: Product, hit: Hit | None) -> None:
    crop = _searched_with(engine)
    with st.container(key="detail-pictures"):
        columns = st.columns(2 if crop else 1, gap="small")
        if crop:
            columns[0].image(
                crop, caption="What you searched with", width="stretch", alt="The chosen part of the photo"
            )
        found = "What was found" if crop else None
        columns[-1].image(engine.thumbnail(product.id, 960), found, width="stretch", alt=product.title)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{plain(format.price(product.price, product.currency) or product.category)}**")
        if hit is not None and hit.similarity is not None:
            st.badge(f"{format.percent(max(hit.similarity, 0.0))} similar", color="gray")
    facts(of_product(product) | _figures(hit), key=f"facts-{product.id}")
    if st.button("More like this", type="primary", icon=":material/image_search:", key="detail-similar"):
        change(product_id=product.id, likes=(), dislikes=(), k=STEPS[0])
        st.rerun()
    st.caption("Link to share")
    st.code(_link(product.id), language=None, wrap_lines=True)


def _searched_with(engine: SearchEngine) -> bytes | None:
    now = visit()
    if now.product_id:
        return engine.thumbnail(now.product_id, 960)
    if now.photo is None:
        return None
    picture = now.photo.picture()
    return (picture.crop(now.box) if now.box else picture).to_jpeg(960)


def _figures(hit: Hit | None) -> dict[str, str]:
    if hit is None:
        return {}
    ranks = ", ".join(f"{source} #{rank}" for source, rank in hit.ranks.items())
    cosine = "" if hit.similarity is None else f"{hit.similarity:.4f}"
    variants = ", ".join(each.colour or each.title for each in hit.variants)
    return {"Also as": variants, "Rank": f"{hit.rank}" + (f" ({ranks})" if ranks else ""), "Cosine": cosine}


def _link(product_id: str) -> str:
    address, now = (st.context.url or "").split("?")[0], visit()
    alone = Visit(product_id=product_id, pipeline=now.pipeline, catalogue=now.catalogue)
    return f"{address}?{urlencode(write(alone))}"


@st.dialog("Side by side", width="large")
def _compare(engine: SearchEngine, products: Sequence[Product], hits: Mapping[str, Hit]) -> None:
    if not products:
        st.caption("Nothing is chosen: use the compare button of a result.")
        return
    columns = st.container(key="compare-pictures").columns(len(products))
    for column, product in zip(columns, products, strict=True):
        with column:
            st.image(engine.thumbnail(product.id, 480), width="stretch", alt=product.title)
            st.markdown(f"**{plain(product.title)}**")
            facts(of_product(product) | _figures(hits.get(product.id)), key=f"compare-{product.id}")
