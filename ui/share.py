"""The search in the address bar: written after each run, read once at the start, every value checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import streamlit as st

from searchcore import Box, Filters, SearchEngine, SearchError
from ui.engines import catalogues, settings
from ui.visit import STEPS, Photo, Visit

FIELDS: Final = ("category", "subcategory", "brand", "colour", "material", "pattern", "tags")
"""Fields of filters that an address may name."""
_MAX_VALUE: Final = 2_000
_ADDRESSES: Final = 50


def read(params: Mapping[str, str], engine: SearchEngine) -> tuple[Visit, list[str]]:
    """Return the search that an address describes, and a sentence for each part of it that was ignored."""
    ignored: list[str] = []
    values = {name: value for name, value in params.items() if len(value) <= _MAX_VALUE}
    if len(values) < len(params):
        ignored.append("Part of the link was far too long and was ignored.")
    photo = _photo(values.get("sample", ""), ignored)
    visit = Visit(
        photo=photo,
        box=_box(values.get("box", ""), photo, ignored),
        product_id=_product(values.get("product", ""), engine, ignored),
        words=values.get("words", ""),
        filters=_filters(values, ignored),
        sort="price" if values.get("sort") == "price" else "match",
        k=_step(values.get("k", ""), ignored),
        emphasis=_share(values.get("emphasis", ""), ignored),
        pipeline=_pipeline(values, ignored),
        catalogue=_catalogue(values, ignored),
    )
    return visit, ignored


def narrowed(params: Mapping[str, str]) -> tuple[str, Filters]:
    """Return the words and the filters that an address names, without what is none."""
    values = {name: value for name, value in params.items() if len(value) <= _MAX_VALUE}
    return values.get("words", ""), _filters(values, [])


def where(params: Mapping[str, str]) -> tuple[str, str]:
    """Return the pipeline and the catalogue that an address names; empty where it is the default one or none there."""
    return _pipeline(params, []), _catalogue(params, [])


def write(visit: Visit) -> dict[str, str]:
    """Return the query string of a search; an uploaded photo and its box are never part of it."""
    params: dict[str, str] = {}
    if visit.product_id:
        params["product"] = visit.product_id
    elif visit.photo and visit.photo.scene_id:
        params["sample"] = visit.photo.scene_id
        if visit.box:
            params["box"] = str(visit.box)
    if visit.words:
        params["words"] = visit.words
    params |= {name: "|".join(values) for name, values in visit.filters.any_of if name in FIELDS}
    for name, low, high in visit.filters.ranges:
        if name == "price":
            params["price"] = f"{'' if low is None else f'{low:.12g}'}-{'' if high is None else f'{high:.12g}'}"
    if visit.sort != "match":
        params["sort"] = visit.sort
    if visit.k != STEPS[0]:
        params["k"] = str(visit.k)
    if visit.emphasis is not None:
        params["emphasis"] = f"{visit.emphasis:.2f}"
    if visit.pipeline:
        params["pipeline"] = visit.pipeline
    if visit.catalogue:
        params["catalogue"] = visit.catalogue
    return params


def _photo(scene_id: str, ignored: list[str]) -> Photo | None:
    if not scene_id:
        return None
    try:
        return Photo.bundled(scene_id)
    except SearchError as error:
        ignored.append(f"{error.message} The link's photo was ignored.")
        return None


def _box(text: str, photo: Photo | None, ignored: list[str]) -> Box | None:
    if not text:
        return None
    try:
        box = Box.parse(text)
        if photo:
            photo.picture().crop(box)
        return box
    except SearchError:
        ignored.append("The link's box was no box and was ignored.")
        return None


def _product(product_id: str, engine: SearchEngine, ignored: list[str]) -> str:
    if not product_id:
        return ""
    try:
        return engine.product(product_id).id
    except SearchError:
        ignored.append("The link's product is not in this catalogue and was ignored.")
        return ""


def _filters(values: Mapping[str, str], ignored: list[str]) -> Filters:
    any_of = {name: [each for each in values[name].split("|") if each] for name in FIELDS if values.get(name)}
    low, dash, high = values.get("price", "").partition("-")
    if not dash:
        return Filters(any_of=any_of)
    try:
        return Filters(any_of=any_of, ranges={"price": (_amount(low), _amount(high))})
    except ValueError:
        ignored.append("The link's price range was no range and was ignored.")
        return Filters(any_of=any_of)


def _amount(text: str) -> float | None:
    if not text:
        return None
    amount = float(text)
    if not math.isfinite(amount) or amount < 0:
        raise ValueError(text)
    return amount


def _step(text: str, ignored: list[str]) -> int:
    if not text:
        return STEPS[0]
    if text in {str(step) for step in STEPS}:
        return int(text)
    ignored.append("The link's number of results was ignored.")
    return STEPS[0]


def _share(text: str, ignored: list[str]) -> float | None:
    if not text:
        return None
    try:
        share = float(text)
    except ValueError:
        share = math.nan
    if 0 <= share <= 1:
        return share
    ignored.append("The link's balance of shape and colour was ignored.")
    return None


def _pipeline(values: Mapping[str, str], ignored: list[str]) -> str:
    name = values.get("pipeline", "")
    if name and name not in settings().pipeline_names:
        ignored.append("The link's pipeline is not set up here and was ignored.")
        return ""
    return "" if name == settings().default_pipeline else name


def _catalogue(values: Mapping[str, str], ignored: list[str]) -> str:
    name = values.get("catalogue", "")
    if name and name not in catalogues():
        ignored.append("The link's catalogue is not here and was ignored.")
        return ""
    return "" if name == settings().catalogue else name


def remember(visit: Visit) -> None:
    """Put the search into the address bar."""
    params = write(visit)
    written: list[dict[str, str]] = st.session_state.setdefault("addresses", [st.query_params.to_dict()])
    if written[-1] != params:
        st.session_state["addresses"] = [*[each for each in written if each != params][-_ADDRESSES:], params]
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)


def went_elsewhere() -> bool:
    """Tell whether the address is an earlier one of this visit: the browser's Back or Forward was used."""
    written: list[dict[str, str]] = st.session_state.get("addresses", [])
    return bool(written) and st.query_params.to_dict() != written[-1] and st.query_params.to_dict() in written
