"""The jobs as a visitor sees them: how far they are, how to steer them, and what they did."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st

from searchcore import SearchError
from searchcore.ingest import IngestReport
from searchcore.ingest.jobs import Job, Progress
from ui import format
from ui.catalog_jobs import can_retry, jobs, retry
from ui.catalog_refused import failures
from ui.plain import plain
from ui.server import product_url

SHOWN: Final = 3
ARRIVING: Final = 8
_EVERY: Final = 1.0
_IDLE: Final = 5.0


def jobs_panel() -> None:
    """Show the jobs, and keep them up to date while the page is open."""
    drawn = _stages()

    def panel() -> None:
        # The first products, and the last, concern the rest of the page, too.
        if _stages() != drawn:
            st.rerun()
        _panel()

    # Each run of a fragment forgets files that were made for a download but not fetched yet: an export must not be hit.
    every = None if st.session_state.get("manage") else _EVERY if drawn else _IDLE
    st.fragment(panel, run_every=every)()


def _stages() -> set[tuple[int, bool]]:
    """Return the active jobs, and whether each has stored something."""
    return {(job.id, bool(job.progress().latest)) for job in jobs().all() if job.active}


def _panel() -> None:
    away: set[int] = st.session_state.setdefault("jobs-away", set())
    shown = [job for job in jobs().all() if job.active or job.id not in away][:SHOWN]
    for job in shown:
        with st.container(border=True, key=f"job-{job.id}"):
            _running(job) if job.active else _ended(job)


def _running(job: Job) -> None:
    now = job.progress()
    with st.container(horizontal=True, vertical_alignment="center"):
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
    pipeline, _, catalogue = job.target.partition("/")
    addresses = [product_url(pipeline, each, 160, catalogue) for each in now.latest[:ARRIVING]]
    if addresses:
        pictures = "".join(f'<img src="{escape(address)}" alt="">' for address in addresses)
        st.html(f'<div class="arriving">{pictures}</div>')


def _how_far(now: Progress) -> str:
    parts = [f"{now.done:,} of {now.total:,}" if now.total else "Reading the source"]
    if now.state == "paused":
        parts.append("paused")
    elif now.rate:
        parts.append(f"{now.rate:.1f} a second" if now.rate < 10 else f"{now.rate:.0f} a second")
    if now.seconds_left is not None and now.state == "running":
        parts.append(f"{format.about(now.seconds_left)} left")
    if now.report.failed:
        parts.append(f"{len(now.report.failed):,} failed")
    return " · ".join(parts)


def _ended(job: Job) -> None:
    now = job.progress()
    words, icon, colour = {
        "done": ("Done", ":material/check:", "green"),
        "cancelled": ("Cancelled", ":material/stop:", "orange"),
    }.get(now.state, ("Failed", ":material/close:", "red"))
    if now.state == "done" and now.report.failed:
        words, icon, colour = "Done, some failed", ":material/warning:", "orange"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(words, icon=icon, color=colour)  # type: ignore[arg-type]
        with st.container(width="stretch"):
            st.markdown(f"**{plain(job.title)}**")
        _button("Put this away", "away", job, lambda: _put_away(job), ":material/close:")
    if now.error:
        st.error(plain(f"{now.error.message} {now.error.remedy}"), icon=":material/error:")
    st.text(_counted(now.report))
    if now.state == "cancelled":
        st.caption("What was stored until then stays. Loading again goes on from there.")
    if now.report.failed:
        failures(now.report.failed, key=f"job-{job.id}")
    if can_retry(job):
        _button("Try the failed again", "retry", job, lambda: _retry(job), ":material/replay:", "secondary")


def _counted(report: IngestReport) -> str:
    counts = {"added": report.added, "updated": report.updated, "unchanged": report.unchanged,
              "removed": report.removed, "failed": len(report.failed)}  # fmt: skip
    return " · ".join(f"{number:,} {what}" for what, number in counts.items())


def _button(words: str, what: str, job: Job, act: Callable[[], object], icon: str, kind: str = "tertiary") -> None:
    st.button(words, key=f"job-{what}-{job.id}", icon=icon, type=kind, on_click=act)  # type: ignore[arg-type]


def _put_away(job: Job) -> None:
    st.session_state["jobs-away"].add(job.id)


def _retry(job: Job) -> None:
    try:
        retry(job)
    except SearchError as error:
        st.toast(plain(f"{error.message} {error.remedy}"))
    else:
        _put_away(job)
