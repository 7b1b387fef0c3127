"""Loading in the background: begun here, seen and steered by every visitor."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

import streamlit as st

from searchcore.errors import NotFound
from searchcore.ingest import Control, Failure, IngestOptions, IngestReport, Only, Source, rows_to_mend
from searchcore.ingest.jobs import Job, Jobs
from searchcore.rebuild import NotRebuilt, is_outdated, rebuild
from ui.catalog.state import key_now, name_now
from ui.engines import assembled, forget, settings

KEPT: Final = 3
"""Sources of ended jobs that are kept to go on with them: dropped files lie in memory."""
_REBUILD: Final = "Bringing up to date:"


@dataclass(frozen=True, slots=True)
class Load:
    """Say what is loaded into which catalogue by which pipeline, and how.

    `dropped` files stay as they are; others may have been mended when they are loaded again. Of a load that tries
    again, `ids` are the products that it takes, and `untried` is what failed before and is not tried. `leave_out` are
    products that a rebuild before it may lose.
    """

    pipeline: str
    catalogue: str
    options: IngestOptions
    open: Callable[[], Source]
    dropped: bool = False
    ids: Collection[str] = ()
    untried: tuple[Failure, ...] = ()
    leave_out: Collection[str] = ()


class Ledger:
    """Remember what the last jobs loaded, so that they can go on, and which reports were dismissed."""

    def __init__(self) -> None:
        self._loads: OrderedDict[int, Load] = OrderedDict()
        self._dismissed: set[int] = set()
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

    def dismiss(self, job: Job) -> None:
        """Show a job's report to nobody any more, and let go of what it loaded."""
        with self._lock:
            self._dismissed.add(job.id)
            self._loads.pop(job.id, None)

    def dismissed(self, job: Job) -> bool:
        """Tell whether a job's report was dismissed."""
        return job.id in self._dismissed


@st.cache_resource(show_spinner=False)
def jobs() -> Jobs:
    """Return the jobs of this server process."""
    return Jobs()


@st.cache_resource(show_spinner=False)
def _ledger() -> Ledger:
    return Ledger()


def pipeline_of(job: Job) -> str:
    """Return the pipeline that a job fills."""
    return job.target.partition("/")[0]


def catalogue_of(job: Job) -> str | None:
    """Return what the catalogue that a job fills is called now, None where it is gone."""
    return name_now(job.target.partition("/")[2])


def jobs_of(catalogue: str) -> list[Job]:
    """Return the jobs that fill a catalogue, or did, the newest first."""
    key = key_now(catalogue)
    return [job for job in jobs().all() if job.target.partition("/")[2] == key]


def is_rebuild(job: Job) -> bool:
    """Tell whether a job embeds a catalogue anew."""
    return job.title.startswith(_REBUILD)


def dismissed(job: Job) -> bool:
    """Tell whether somebody dismissed a job's report."""
    return _ledger().dismissed(job)


def dismiss(job: Job) -> None:
    """Show a job's report to nobody any more."""
    _ledger().dismiss(job)


def begin(load: Load) -> Job:
    """Begin to load; raises IndexBusy where the catalogue is being filled already."""
    return _begin(load, "Loading into")


def can_continue(job: Job) -> bool:
    """Tell whether a job was cancelled that can go on."""
    return job.progress().state == "cancelled" and _ledger().get(job) is not None


def go_on(job: Job) -> Job:
    """Go on with a cancelled job; raises IndexBusy, NotFound."""
    again = _begin(_load_of(job), "Loading into")
    dismiss(job)
    return again


def can_retry(job: Job) -> bool:
    """Tell whether anything that failed may go in when it is tried again."""
    load = _ledger().get(job)
    return load is not None and bool(_worth_trying(job, load))


def retry(job: Job) -> Job:
    """Try again what failed; raises IndexBusy, NotFound."""
    load = _load_of(job)
    ids = _worth_trying(job, load)
    untried = tuple(each for each in job.progress().report.failed if each.product_id not in ids)
    again = _begin(replace(load, ids=ids, untried=untried), "Trying again what failed:")
    dismiss(job)
    return again


def rows_of(job: Job) -> Callable[[], str] | None:
    """Return what writes the rows that failed as a list to mend; None where no list has them, or it is forgotten."""
    load, failed = _ledger().get(job), job.progress().report.failed
    if load is None or not any(each.row for each in failed):
        return None
    return lambda: rows_to_mend(load.open(), failed)


def lost_in(job: Job) -> frozenset[str]:
    """Return the products that a job could not embed anew, and that it can go on without."""
    error = job.progress().error
    return frozenset(each.product_id for each in error.failed) if isinstance(error, NotRebuilt) else frozenset()


def leave_out(job: Job) -> Job:
    """Go on without the products that a job could not embed anew; raises IndexBusy, NotFound."""
    if _ledger().get(job):
        again = _begin(replace(_load_of(job), leave_out=lost_in(job)), "Loading into")
    else:
        again = begin_rebuild(pipeline_of(job), _name(job.target), lost_in(job))
    dismiss(job)
    return again


def begin_rebuild(pipeline: str, catalogue: str, leave_out: Collection[str] = ()) -> Job:
    """Begin to embed a catalogue anew, if need be without some products; raises IndexBusy."""
    target = f"{pipeline}/{_key(catalogue)}"
    return jobs().start(
        target, _title(_REBUILD, catalogue, pipeline),
        lambda control: _rebuilt(pipeline, _name(target), control, None, leave_out),
    )  # fmt: skip


def _begin(load: Load, words: str) -> Job:
    target = f"{load.pipeline}/{_key(load.catalogue)}"
    title = _title(words, load.catalogue, load.pipeline)
    job = jobs().start(target, title, lambda control: _work(target, load, control))
    _ledger().put(job, load)
    return job


def _title(words: str, catalogue: str, pipeline: str) -> str:
    return f"{words} {catalogue}" + (f" · {pipeline}" if len(settings().pipeline_names) > 1 else "")


def _key(catalogue: str) -> str:
    # Without its folder a new catalogue has no key of its own. Where none can be made, the load itself says why.
    with suppress(OSError):
        settings().on(catalogue).catalogue_dir.mkdir(parents=True, exist_ok=True)
    return key_now(catalogue)


def _name(target: str) -> str:
    name = name_now(target.partition("/")[2])
    if name is None:
        raise NotFound("The catalogue was deleted.", "Restore it first, or add the products to another one.")
    return name


def _load_of(job: Job) -> Load:
    """Return what a job loaded, into the catalogue as it is called now; raises NotFound."""
    load = _ledger().get(job)
    if load is None:
        raise NotFound("What this job loaded is no longer there.", "Add the products again.")
    return replace(load, catalogue=_name(job.target))


def _worth_trying(job: Job, load: Load) -> set[str]:
    failed = job.progress().report.failed
    return {each.product_id for each in failed if each.product_id and (each.transient or not load.dropped)}


def _rebuilt(
    pipeline: str, catalogue: str, control: Control, source: Source | None, leave_out: Collection[str]
) -> IngestReport:
    report = rebuild(pipeline, settings().on(catalogue), None, control, source, leave_out)
    forget(catalogue)
    return report


def _work(target: str, load: Load, control: Control) -> IngestReport:
    source, options = load.open(), replace(load.options, keep=load.options.keep or bool(load.ids))
    # Products of another model cannot stay beside new ones.
    outdated = is_outdated(load.pipeline, settings().on(_name(target)))
    if outdated and _rebuilt(load.pipeline, _name(target), control, source, load.leave_out).cancelled:
        return IngestReport(cancelled=True)
    # To open a source may take long, and the catalogue may be called otherwise since.
    engine = assembled(load.pipeline, _name(target))
    report = engine.ingest(Only(source, load.ids) if load.ids else source, options=options, control=control)
    return replace(report, failed=(*report.failed, *load.untried))
