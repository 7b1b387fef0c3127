"""Loading in the background: begun here, seen and steered by every visitor."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

import streamlit as st

from searchcore.errors import NotFound
from searchcore.ingest import Control, IngestOptions, IngestReport, Only, Source
from searchcore.ingest.jobs import Job, Jobs
from searchcore.rebuild import is_outdated, rebuild
from ui.engines import assembled, forget, settings

KEPT: Final = 3
"""Sources of ended jobs that are kept to try again what failed: dropped files lie in memory."""


@dataclass(frozen=True, slots=True)
class Load:
    """Say what is loaded into which catalogue by which pipeline, and how."""

    pipeline: str
    catalogue: str
    options: IngestOptions
    open: Callable[[], Source]

    @property
    def target(self) -> str:
        return f"{self.pipeline}/{self.catalogue}"


class Loads:
    """Remember what the last jobs loaded, so that what failed can be tried again."""

    def __init__(self) -> None:
        self._loads: OrderedDict[int, Load] = OrderedDict()
        self._lock = Lock()

    def put(self, job: Job, load: Load) -> None:
        """Keep what a job loads, and forget the oldest."""
        with self._lock:
            self._loads[job.id] = load
            while len(self._loads) > KEPT:
                self._loads.popitem(last=False)

    def get(self, job: Job) -> Load | None:
        """Return what a job loaded, None where it is forgotten."""
        return self._loads.get(job.id)


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """Return the jobs of this server process."""
    return Jobs()


@st.cache_resource(show_spinner=False)
def _loads() -> Loads:
    return Loads()


def begin(load: Load) -> Job:
    """Begin to load; raises IndexBusy where the catalogue is being filled already."""
    job = jobs().start(load.target, f"Filling {load.catalogue} · {load.pipeline}", lambda control: _work(load, control))
    _loads().put(job, load)
    return job


def can_retry(job: Job) -> bool:
    """Tell whether products of a job failed that can be tried again."""
    return bool(_loads().get(job) and any(each.product_id for each in job.progress().report.failed))


def retry(job: Job) -> Job:
    """Try again what failed; raises IndexBusy, NotFound."""
    load = _loads().get(job)
    if load is None:
        raise NotFound("What this job loaded is no longer there.", "Add the products again.")
    ids = {each.product_id for each in job.progress().report.failed if each.product_id}
    again = jobs().start(
        load.target, f"Trying again what failed: {load.catalogue} · {load.pipeline}",
        lambda control: _work(load, control, ids),
    )  # fmt: skip
    _loads().put(again, load)
    return again


def begin_rebuild(pipeline: str, catalogue: str) -> Job:
    """Begin to embed a catalogue anew; raises IndexBusy."""
    return jobs().start(
        f"{pipeline}/{catalogue}", f"Embedding {catalogue} anew · {pipeline}",
        lambda control: _rebuilt(pipeline, catalogue, control),
    )  # fmt: skip


def _rebuilt(pipeline: str, catalogue: str, control: Control) -> IngestReport:
    report = rebuild(pipeline, settings().on(catalogue), control=control)
    forget(catalogue)
    return report


def _work(load: Load, control: Control, ids: Collection[str] = ()) -> IngestReport:
    # Products of another model cannot stay beside new ones.
    if is_outdated(load.pipeline, settings().on(load.catalogue)):
        if _rebuilt(load.pipeline, load.catalogue, control).cancelled:
            return IngestReport(cancelled=True)
        control.done = 0
    source, options = load.open(), replace(load.options, keep=load.options.keep or bool(ids))
    engine = assembled(load.pipeline, load.catalogue)
    return engine.ingest(Only(source, ids) if ids else source, options=options, control=control)
