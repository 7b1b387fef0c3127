"""The jobs as a visitor sees them: how far those are that run, and what the ended ones did to this catalogue."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from time import monotonic
from typing import Final

import streamlit as st

from searchcore import SearchError
from searchcore.ingest import IngestReport
from searchcore.ingest.jobs import Job, Progress
from ui import format
from ui.catalog.jobs import (
    can_continue,
    can_retry,
    catalogue_of,
    dismiss,
    dismissed,
    go_on,
    is_rebuild,
    jobs,
    jobs_of,
    leave_out,
    lost_in,
    pipeline_of,
    retry,
    rows_of,
)
from ui.catalog.refused import failures
from ui.catalog.state import look, search_in, show_catalogue
from ui.engines import assembled, settings
from ui.plain import plain
from ui.server import product_url

ARRIVING: Final = 8
_EVERY: Final = 1.0
_IDLE: Final = 5.0
_REDRAWN: Final = 5.0
"""Seconds after which the products are drawn again while more of them come in."""


def jobs_panel(grown: Callable[[], None]) -> None:
    """Show the jobs, and keep them up to date while the page is open; `grown` is called now and then while they run."""
    drawn, read, when = _stages(), _read(), monotonic()

    def panel() -> None:
        # The first products, and the last, concern the rest of the page, too.
        if _stages() != drawn or (monotonic() - when > _REDRAWN and _shows_products() and _read() != read):
            st.rerun()
        _panel()
        if drawn:
            grown()

    # Each run of a fragment forgets files that were made for a download but not fetched yet: an export must not be hit.
    # For the same reason nothing else on the page runs by itself.
    every = None if st.session_state.get("manage") else _EVERY if drawn else _IDLE
    st.fragment(panel, run_every=every)()


def _stages() -> set[tuple[int, bool]]:
    """Return the active jobs, and whether each has stored something."""
    return {(job.id, bool(job.progress().latest)) for job in jobs().all() if job.active}


def _read() -> int:
    """Return how many rows were read by the active jobs of the catalogue that is shown."""
    return sum(job.progress().done for job in jobs_of(look().catalogue) if job.active)


def _shows_products() -> bool:
    return st.session_state.get("catalog-tab", "Products") == "Products" and not look().opened


def _panel() -> None:
    failed: SearchError | None = st.session_state.pop("job-error", None)
    if failed:
        st.error(plain(f"{failed.message} {failed.remedy}"), icon=":material/error:")
    own = jobs_of(look().catalogue)
    # Asked once: a job may end at any moment, and is drawn in one place.
    active = [job for job in jobs().all() if job.active]
    for job in active:
        _running(job) if job in own else _elsewhere(job)
    ended = [job for job in own if job not in active]
    newest = [job for job in ended if job == next(each for each in own if each.target == job.target)]
    for job in newest:
        if not dismissed(job):
            _ended(job)
    older = [job for job in ended if job not in newest and not dismissed(job)]
    if older:
        with st.expander(f"Recent loads ({len(older)})", type="compact", key="jobs-recent"):
            for job in older:
                _ended(job, quiet=True)


def _elsewhere(job: Job) -> None:
    """Show in one line that another catalogue is being filled."""
    now, catalogue = job.progress(), catalogue_of(job)
    share = format.percent(min(now.done / max(now.total, 1), 1.0))
    with _line(job):
        st.caption(plain(f"{job.title} · {'paused at ' if now.state == 'paused' else ''}{share}"), width="stretch")
        if catalogue and st.button(
            "Go there", key=f"job-show-{job.id}", type="tertiary", icon=":material/arrow_forward:"
        ):
            show_catalogue(catalogue)
            st.rerun()


def _line(job: Job) -> st.delta_generator.DeltaGenerator:
    return st.container(key=f"job-line-{job.id}", horizontal=True, vertical_alignment="center", gap="small")


def _running(job: Job) -> None:
    now = job.progress()
    with st.container(border=True, key=f"job-{job.id}"):
        with _line(job):
            with st.container(width="stretch"):
                st.markdown(f"**{plain(job.title)}**")
            if now.state == "paused":
                _button("Resume", "resume", job, job.resume, ":material/play_arrow:")
            else:
                _button("Pause", "pause", job, job.pause, ":material/pause:")
            _button("Cancel", "cancel", job, job.cancel, ":material/stop:")
        st.progress(min(now.done / max(now.total, 1), 1.0), plain(_how_far(now)))
        _arriving(job, now)


def _arriving(job: Job, now: Progress) -> None:
    """Show the pictures that came last."""
    catalogue = look().catalogue
    addresses = [product_url(pipeline_of(job), each, 160, catalogue) for each in now.latest[:ARRIVING]]
    if addresses:
        pictures = "".join(f'<img src="{escape(address)}" alt="">' for address in addresses)
        st.html(f'<div class="arriving">{pictures}</div>')


def _how_far(now: Progress) -> str:
    parts = [f"{now.done:,} of {now.total:,}" if now.total else "Reading the source"]
    if now.state == "paused":
        parts.append("paused")
    elif now.rate:
        parts.append(f"{now.rate:.1f} a second" if now.rate < 10 else f"{now.rate:,.0f} a second")
    if now.seconds_left is not None and now.state == "running":
        parts.append(f"{format.about(now.seconds_left)} left")
    if now.report.failed:
        parts.append(f"{len(now.report.failed):,} failed")
    return " · ".join(parts)


def _ended(job: Job, quiet: bool = False) -> None:
    """Show in one line what a job did; `quiet` where another one came after it."""
    now = job.progress()
    words, icon, colour = _badge(job, now)
    with st.container(border=not quiet, key=f"job-{job.id}", gap="xsmall"):
        with _line(job):
            st.badge(words, icon=icon, color="gray" if quiet else colour)  # type: ignore[arg-type]
            st.text(_counted(job, now.report), width="stretch")
            _steps(job)
            if now.report.added and not quiet:
                _search(job)
            _button("Dismiss", "dismiss", job, lambda: dismiss(job), ":material/close:")
        if now.error:
            st.error(plain(f"{now.error.message} {now.error.remedy}"), icon=":material/error:")
        if now.report.failed:
            failures(now.report.failed, key=f"job-{job.id}", mend=rows_of(job))
            if not quiet and not lost_in(job):
                st.caption(_advice(job, now))


def _badge(job: Job, now: Progress) -> tuple[str, str, str]:
    if now.state == "cancelled":
        return "Cancelled", ":material/stop:", "orange"
    if now.state == "failed":
        return "Failed", ":material/close:", "red"
    done = "Brought up to date" if is_rebuild(job) else "Loaded"
    if now.report.failed:
        return f"{done}, some failed", ":material/warning:", "orange"
    return done, ":material/check:", "green"


def _steps(job: Job) -> None:
    """Draw what can be done with what was not loaded."""
    if lost := lost_in(job):
        words = f"Delete {'it' if len(lost) == 1 else f'these {len(lost):,}'} for good and go on"
        _button(words, "leave-out", job, lambda: _tried(lambda: leave_out(job)), ":material/delete:", "secondary")
    elif can_continue(job):
        _button("Continue", "continue", job, lambda: _tried(lambda: go_on(job)), ":material/play_arrow:", "secondary")
    elif can_retry(job):
        _button("Try again", "retry", job, lambda: _tried(lambda: retry(job)), ":material/replay:", "secondary")


def _search(job: Job) -> None:
    if st.button("Search in it", key=f"job-search-{job.id}", icon=":material/image_search:"):
        search_in(assembled(pipeline_of(job), look().catalogue))


def _advice(job: Job, now: Progress) -> str:
    if not can_retry(job):
        return "Mend these rows and add them again, with their pictures."
    nameless = any(not each.product_id for each in now.report.failed)
    return "Mend what is wrong and try again." + (" Rows without an id are to be added again." if nameless else "")


def _counted(job: Job, report: IngestReport) -> str:
    """Return what was done, in figures that are not 0."""
    done = {"products": report.embedded} if is_rebuild(job) else {
        "added": report.added, "updated": report.updated, "unchanged": report.unchanged, "removed": report.removed,
    }  # fmt: skip
    counts = done | {"failed": len(report.failed)}
    parts = [f"{number:,} {what}" for what, number in counts.items() if number] or ["nothing"]
    return " · ".join([*parts, pipeline_of(job)] if len(settings().pipeline_names) > 1 else parts)


def _button(words: str, what: str, job: Job, act: Callable[[], object], icon: str, kind: str = "tertiary") -> None:
    st.button(words, key=f"job-{what}-{job.id}", icon=icon, type=kind, on_click=act)  # type: ignore[arg-type]


def _tried(act: Callable[[], object]) -> None:
    try:
        act()
    except SearchError as error:
        st.session_state["job-error"] = error
