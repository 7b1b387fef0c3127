"""The Search page: a start for those who come without a photo, else the photo beside its results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from searchcore import Detection, SearchEngine, SearchError
from ui import format
from ui.engines import catalogues, usable_engine
from ui.grid import skeleton
from ui.photo_input import camera, complain, pasted, samples, upload
from ui.photo_panel import objects_in, photo_panel, wanted
from ui.plain import plain
from ui.refusal import say_instead
from ui.results_panel import results_panel, search
from ui.share import read, remember, went_elsewhere, where
from ui.shell import arrived
from ui.switch import switch
from ui.visit import Photo, change, visit


def search_page() -> None:
    """Draw the page; whatever goes wrong is said in a sentence."""
    st.html(Path(__file__).with_name("search.css"))
    try:
        engine = _engine()
        _drop_lost_products(engine)
        _search(engine) if visit().asks else _start(engine)
        remember(visit())
        pasted()
    except SearchError as error:
        st.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")


def _engine() -> SearchEngine:
    """Return the engine that is searched with, or the one that stands in for it; say which, and read the address."""
    # The address is read at the first visit, and when the browser went back or forward to another.
    linked = "visit" not in st.session_state or (went_elsewhere() and not arrived())
    if visit().catalogue not in ("", *catalogues()):
        st.toast(plain(f"There is no catalogue “{visit().catalogue}” any more."))
        change(catalogue="")
    pipeline, catalogue = where(st.query_params.to_dict()) if linked else (visit().pipeline, visit().catalogue)
    engine, refusal = usable_engine(pipeline, catalogue)
    if linked:
        _read_link(engine)
    switch(engine)
    say_instead(pipeline, engine, refusal, f"The pipeline “{engine.name}” searches instead.")
    return engine


def _read_link(engine: SearchEngine) -> None:
    found, ignored = read(st.query_params.to_dict(), engine)
    before = visit().photo
    uploaded = before if before and not before.scene_id else None
    st.session_state["visit"] = replace(found, photo=found.photo or uploaded)
    st.session_state["words"] = found.words
    st.session_state.pop("emphasis", None)
    if ignored:
        st.toast(plain(" ".join(ignored)))


def _drop_lost_products(engine: SearchEngine) -> None:
    """Forget what has left the catalogue, or was of another one: marks, and the product that is searched with."""
    now = visit()
    ids = {*now.likes, *now.dislikes, *now.compared, *filter(None, [now.product_id])}
    if not ids:
        return
    here = {record.product.id for record in engine.index.get(sorted(ids))}
    if here == ids:
        return
    if now.product_id and now.product_id not in here:
        st.toast(plain(f"There is no product “{now.product_id[:60]}” in this catalogue."))
        change(product_id="")
    marks = {name: getattr(now, name) for name in ("likes", "dislikes", "compared")}
    change(**{name: tuple(each for each in marked if each in here) for name, marked in marks.items()})


def _start(engine: SearchEngine) -> None:
    with st.container(key="start", horizontal_alignment="center"):
        st.title("Find the product in the picture", anchor=False, text_alignment="center")
        catalogue = format.count(engine.index.count(), "product")
        st.caption(
            f"Choose a photo, click an object, see what looks most like it in {catalogue}.", text_alignment="center"
        )
        complain()
        upload("start")
        with st.expander(
            "Take a photo with the camera", icon=":material/photo_camera:", on_change="rerun", key="start-camera"
        ) as fold:
            if fold.open:
                camera("start")
        st.subheader("Or try one of these", anchor=False)
        samples("start")
        _words("Or search by words", "Leather handbag, striped mug…")


def _search(engine: SearchEngine) -> None:
    now = visit()
    left, right = st.columns([5, 8], gap="medium")
    with left:
        photo = now.photo if not now.product_id else None
        found = _objects(photo, engine, right) if photo else []
        photo_panel(engine, found)
    with right:
        _words("Words", "Narrow by words: red, leather…" if now.photo or now.product_id else "Leather handbag…")
        choices = len(found) if photo and not now.box else 0
        results_panel(engine, search(engine), _named(engine, found), choices)


def _objects(photo: Photo, engine: SearchEngine, results: DeltaGenerator) -> list[Detection]:
    """Find a photo's objects, with the outlines of results to come while a new photo is looked at."""
    seen = photo.id, engine.name, engine.catalogue
    if st.session_state.get("seen") == seen:
        return objects_in(photo, engine)
    with results:
        waiting = st.empty()
    with waiting:
        skeleton(key="waiting")
    found = objects_in(photo, engine)
    waiting.empty()
    st.session_state["seen"] = seen
    return found


def _words(label: str, placeholder: str) -> None:
    st.session_state.setdefault("words", visit().words)
    st.text_input(
        label,
        key="words",
        placeholder=placeholder,
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=lambda: change(words=st.session_state["words"].strip()),
        persist_state="session",
    )


def _named(engine: SearchEngine, found: Sequence[Detection]) -> str:
    now, names = visit(), []
    if now.product_id:
        names.append(engine.product(now.product_id).title)
    elif now.photo:
        names.append(wanted(found))
    if now.words:
        names.append(f"“{now.words}”")
    return " and ".join(names)
