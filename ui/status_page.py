"""The Status page's content."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from typing import Final

import streamlit as st

import searchcore
from searchcore import SearchError
from searchcore.errors import CostNotAgreed
from searchcore.health import Check, check_data_folder, check_parts, unfilled
from searchcore.pipelines import count_products
from ui.catalog.jobs import jobs
from ui.engines import assembled, catalogues, ready_engine, settings
from ui.facts import facts
from ui.plain import plain

_EVERY: Final = 2.0
"""Seconds between two looks at the jobs."""


def status_page() -> None:
    """Draw the jobs, the catalogues, and the state of every pipeline, of the data folder and of the program."""
    st.title("Status", anchor=False)
    try:
        names = settings().pipeline_names
        pipelines = {name: _parts(name) for name in names}
        _jobs()
        _catalogues(names)
        for name, checks in pipelines.items():
            st.subheader(f"Pipeline “{name}”", anchor=False)
            _checks(checks, name)
        st.subheader("Data", anchor=False)
        _checks([check_data_folder(settings().data_dir)], "data")
    except SearchError as error:
        _checks([Check("settings", False, error.message, error.remedy)], "settings")
    st.subheader("Program", anchor=False)
    facts(
        {"Loupe": searchcore.__version__, "Python": platform.python_version(), "Streamlit": st.__version__},
        key="program",
    )


@st.fragment(run_every=_EVERY)
def _jobs() -> None:
    active = [job for job in jobs().all() if job.active]
    st.subheader("Running now", anchor=False)
    if not active:
        st.caption("Nothing is being loaded.")
    for job in active:
        now = job.progress()
        far = f"{now.done:,} of {now.total:,}" if now.total else "reading the source"
        paused = ", paused" if now.state == "paused" else ""
        st.progress(min(now.done / max(now.total, 1), 1.0), plain(f"{job.title}: {far}{paused}"))


def _catalogues(pipelines: Sequence[str]) -> None:
    """Show how many products each catalogue has in each pipeline."""
    st.subheader("Catalogues", anchor=False)
    with st.spinner("Counting the products…"):
        columns = {name: _counts(name, catalogues()) for name in pipelines}
    rows = [
        {"Catalogue": catalogue, **{f"Products in {name}": counts[catalogue] for name, (counts, _) in columns.items()}}
        for catalogue in catalogues()
    ]
    grouped = {f"Products in {name}": st.column_config.NumberColumn(format="localized") for name in pipelines}
    st.dataframe(rows, hide_index=True, width="stretch", key="catalogues", column_config=grouped)
    for name, (_, refusal) in columns.items():
        if refusal:
            st.caption(f"{plain(name)}: {plain(refusal)}")


@st.cache_data(max_entries=8, ttl=30, show_spinner=False)
def _counts(pipeline: str, names: Sequence[str]) -> tuple[dict[str, int | None], str]:
    """Return the number of products by catalogue, None where it cannot be told, and the first reason why not."""
    counts, refusal = dict[str, int | None](), ""
    local = settings().pipeline(pipeline).index.kind == "sqlite"
    for name in names:
        counts[name] = None
        if refusal and not local:
            # A service that does not answer shall be waited for once.
            continue
        try:
            counts[name] = count_products(pipeline, settings().on(name))
        except SearchError as error:
            refusal = refusal or f"{error.message} {error.remedy}"
    return counts, refusal


def _parts(pipeline: str) -> list[Check]:
    try:
        return check_parts(ready_engine(pipeline))
    except CostNotAgreed as error:
        return [*check_parts(assembled(pipeline)), unfilled(error)]
    except SearchError as error:
        return [Check("pipeline", False, error.message, error.remedy)]


def _checks(checks: Sequence[Check], key: str) -> None:
    with st.container(border=True, key=f"checks-{key}", gap="small"):
        for check in checks:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.badge("Ready" if check.ready else "Not ready", color="green" if check.ready else "red",
                         icon=":material/check:" if check.ready else ":material/close:")  # fmt: skip
                st.markdown(f"**{check.part.capitalize()}**", width=120)
                st.text(check.brief or check.state, width="stretch")
            if check.remedy:
                st.code(check.remedy, language=None, wrap_lines=True)
