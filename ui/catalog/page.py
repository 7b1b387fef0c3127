"""The Catalogue page: a catalogue's products, its health and its map; the way to add more; what runs meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from searchcore import SearchEngine, SearchError
from searchcore.catalogues import SAMPLE
from searchcore.ingest import accept_cut_off, cut_off
from ui import format
from ui.catalog.add import add_products, leave
from ui.catalog.health import health
from ui.catalog.jobs import jobs_of, pipeline_of
from ui.catalog.manage import manage
from ui.catalog.map import catalogue_map
from ui.catalog.product import product_dialog
from ui.catalog.products import products
from ui.catalog.report import jobs_panel
from ui.catalog.state import address, change_look, look, lost_catalogue, search_in, show_catalogue
from ui.clock import clock
from ui.engines import catalogues, settings, usable_engine
from ui.plain import plain
from ui.refusal import say_instead
from ui.shell import arrived
from ui.undo import undo_bar


def catalog_page() -> None:
    """Draw the page; whatever goes wrong is said in a sentence."""
    st.html(Path(__file__).with_name("catalog.css"))
    try:
        _remember()
        if look().adding:
            add_products()
        else:
            _catalogue()
    except SearchError as error:
        st.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")


def _remember() -> None:
    """Put what is looked at into the address, so that a reload comes back to it."""
    now, written = look(), st.session_state.get("catalog-address")
    # The navigation's own link leads to the page without any address.
    if now.adding and written and "add" in written and not st.query_params and not arrived():
        leave()
    params = st.session_state["catalog-address"] = address()
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)


def _catalogue() -> None:
    now = look()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="top"):
        st.title("Catalogue", anchor=False, width="content")
        with st.container(horizontal=True, width="content", gap="small"):
            st.button("Add products", type="primary", icon=":material/add:", key="add",
                      on_click=lambda: change_look(adding=True))  # fmt: skip
            searches = st.button("Search here", icon=":material/image_search:", key="search-here",
                                 help="Search in this catalogue with a photo")  # fmt: skip
            manage(now.catalogue, now.pipeline or settings().default_pipeline)
    if lost := lost_catalogue():
        instead = "the sample" if now.catalogue == SAMPLE else f"“{now.catalogue}”"
        st.info(plain(f"There is no catalogue “{lost[:60]}” any more; this is {instead}."), icon=":material/info:")
    undo_bar()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="which"):
        _switch()
        summary = st.empty()
    engine: SearchEngine | None = None
    # Drawn first, since opening may fail; what it calls later has the engine.
    jobs_panel(lambda: _say_count(summary, engine))
    engine, refusal = usable_engine(now.pipeline, now.catalogue)
    _say_cut_off(engine)
    say_instead(now.pipeline, engine, refusal, f"What the pipeline “{engine.name}” holds is shown instead.")
    count = engine.index.count()
    if searches:
        search_in(engine)
    if not count:
        _nothing(engine)
        return
    _say_count(summary, engine)
    _tabs(engine)
    product_dialog(engine)


def _say_cut_off(engine: SearchEngine) -> None:
    """Say that a load ended with its server; what runs now says so itself."""
    lock = engine.lock
    if lock is None or any(job.active for job in jobs_of(engine.catalogue)):
        return
    if since := cut_off(lock):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="cut-off"):
            st.markdown(
                f":material/power_off: A load that began at {clock(since)} was cut off. What was stored until then is "
                "here: load the same again, and it goes on from there.",
                width="stretch",
            )
            st.button("Dismiss", key="cut-off-away", icon=":material/close:", type="tertiary",
                      on_click=accept_cut_off, args=(lock,))  # fmt: skip


def _switch() -> None:
    now, pipelines = look(), settings().pipeline_names
    key = f"which-catalogue-{st.session_state.get('which', 0)}"
    st.session_state[key] = now.catalogue
    st.selectbox("Catalogue", catalogues(), key=key, width=240, label_visibility="collapsed",
                 on_change=lambda: show_catalogue(st.session_state[key], chosen=True))  # fmt: skip
    if len(pipelines) > 1:
        st.session_state["which-pipeline"] = now.pipeline or settings().default_pipeline
        st.selectbox("Pipeline", pipelines, key="which-pipeline", width=200, label_visibility="collapsed",
                     on_change=lambda: change_look(pipeline=st.session_state["which-pipeline"]))  # fmt: skip


def _nothing(engine: SearchEngine) -> None:
    own = [job for job in jobs_of(engine.catalogue) if pipeline_of(job) == engine.name]
    notes = engine.index.info().notes
    # What is being filled has its place above.
    if any(job.active for job in own):
        return
    if notes and any(job.progress().report.embedded for job in own):
        _not_visible_yet(notes)
    else:
        _empty()


def _not_visible_yet(notes: Sequence[str]) -> None:
    with st.container(key="empty", horizontal_alignment="center"):
        st.subheader("What was loaded is not visible yet", anchor=False, text_alignment="center")
        st.caption(plain(" ".join(notes)), text_alignment="center")
        st.button("Look again", icon=":material/refresh:", key="look-again")


def _empty() -> None:
    with st.container(key="empty", horizontal_alignment="center"):
        st.subheader("There is nothing in this catalogue yet", anchor=False, text_alignment="center")
        st.caption(
            "Drop pictures, a ZIP archive or a product list. You see first what will be loaded.",
            text_alignment="center",
        )
        st.button("Add the first products", icon=":material/add:", key="add-first",
                  on_click=lambda: change_look(adding=True))  # fmt: skip


def _say_count(place: DeltaGenerator, engine: SearchEngine | None) -> None:
    if engine:
        place.caption(plain(_held(engine)))
    else:
        # Streamlit lets a fragment write to a place outside only where it did so in the run of the whole page.
        place.empty()


def _held(engine: SearchEngine) -> str:
    count = engine.index.count()
    words = format.count(count, "product")
    if objects := engine.index.info().objects:
        every = "" if objects == count else f"{objects:,} of them "
        words += f", {every}found by the main object of the picture too"
    own = engine.catalogue != SAMPLE
    return words if own else f"{words}. This is the sample that comes with Loupe: bring your own with “Add products”."


def _tabs(engine: SearchEngine) -> None:
    names = ["Products", "Health", "Map"]
    for tab, draw in zip(
        st.tabs(names, key="catalog-tab", on_change="rerun"), (products, health, catalogue_map), strict=True
    ):
        if tab.open:
            with tab:
                draw(engine)
