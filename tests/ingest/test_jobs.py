"""Ingests in the background."""

from __future__ import annotations

import gc
import weakref
from threading import Event

import pytest

from searchcore.errors import IndexBusy, NotFound, SearchError
from searchcore.ingest import AS_USUAL, Control, FolderSource, IngestReport
from searchcore.ingest.jobs import KEPT, Jobs
from searchcore.ingest.rows import BATCH
from tests.support import engine_of, thing, write_catalogue


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


@pytest.fixture
def filling(tmp_path):
    engine = engine_of(tmp_path)
    folder = write_catalogue(tmp_path / "shop", *(thing(f"{n:02}", (200, n, 50)) for n in range(40)))
    return lambda control: engine.ingest(FolderSource(folder), None, AS_USUAL, control)


def test_a_job_runs_by_itself_and_its_outcome_stays(jobs, filling):
    number = jobs.start("local/shoes", "Shoes", filling).id
    job = jobs.get(number)
    assert job.wait(60)
    progress = job.progress()
    assert (progress.state, progress.done, progress.total, progress.seconds_left) == ("done", 40, 40, None)
    assert progress.report == IngestReport(added=40, embedded=40)
    assert progress.rate > 0
    assert [each.title for each in jobs.all()] == ["Shoes"]


def test_a_paused_job_waits_and_then_goes_on_or_is_cancelled(jobs, filling):
    held = Event()

    def work(control):
        control.pause()
        held.set()
        return filling(control)

    job = jobs.start("local/shoes", "Shoes", work)
    assert held.wait(60)
    assert not job.wait(0.5)
    assert job.progress().state == "paused"
    job.cancel()
    assert job.wait(60)
    assert (job.progress().state, job.progress().report.added) == ("cancelled", BATCH)
    again = jobs.start("local/shoes", "Shoes", filling)
    assert again.wait(60)
    assert again.progress().report == IngestReport(added=40 - BATCH, unchanged=BATCH, embedded=40 - BATCH)


def test_one_job_at_a_time_writes_to_a_target(jobs):
    enough = Event()

    def work(control):
        enough.wait(60)
        return IngestReport()

    first = jobs.start("local/shoes", "Shoes", work)
    with pytest.raises(IndexBusy, match="Shoes"):
        jobs.start("local/shoes", "Shoes again", work)
    jobs.start("aws/shoes", "Shoes on AWS", work)
    enough.set()
    assert first.wait(60)
    jobs.start("local/shoes", "Shoes again", work)
    assert len(jobs.all()) == 3


@pytest.mark.parametrize(
    ("error", "words"), [(SearchError("The service is down."), "down"), (ZeroDivisionError(), "on our side")]
)
def test_a_job_that_fails_says_so_in_a_sentence(jobs, error, words):
    def work(control):
        raise error

    job = jobs.start("local/shoes", "Shoes", work)
    assert job.wait(60)
    assert job.progress().state == "failed"
    assert words in job.progress().error.message


@pytest.mark.parametrize("state", ["done", "failed"])
def test_an_ended_job_holds_nothing_of_what_it_worked_on(jobs, state):
    class Dropped:
        pass

    def started():
        dropped = Dropped()

        def work(control, files=dropped):
            if state == "failed":
                raise SearchError("The service is down.") from KeyError(files)
            return IngestReport()

        return jobs.start("local/shoes", "Shoes", work), weakref.ref(dropped)

    job, dropped = started()
    assert job.wait(60)
    gc.collect()
    assert job.progress().state == state
    assert dropped() is None


def test_old_jobs_are_forgotten(jobs):
    for n in range(KEPT + 5):
        assert jobs.start("local/shoes", str(n), lambda control: IngestReport()).wait(60)
    assert len(jobs.all()) == KEPT + 1
    with pytest.raises(NotFound):
        jobs.get(1)


def test_the_rate_is_that_of_late_since_what_is_stored_goes_by_faster(monkeypatch):
    clock = iter([0.0, *(0.01 * n for n in range(1, 41)), *(0.4 + n for n in range(1, 61))])
    monkeypatch.setattr("searchcore.ingest.control.monotonic", lambda: next(clock))
    control = Control()
    control.begin(1600)
    for _ in range(40):
        control.step(16)
    assert control.rate > 1000
    for _ in range(60):
        control.step(16)
    assert control.rate == pytest.approx(16)
    assert (control.done, control.total) == (1600, 1600)
