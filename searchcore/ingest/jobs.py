"""Ingests in the background: they go on when the one who began them leaves, and everyone sees how far they are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from threading import Lock, Thread
from time import monotonic
from typing import Final, Literal

from searchcore.errors import IndexBusy, NotFound, SearchError
from searchcore.ingest.control import Control
from searchcore.ingest.report import IngestReport

State = Literal["running", "paused", "done", "cancelled", "failed"]
Work = Callable[[Control], IngestReport]

KEPT: Final = 50
"""Ended jobs that are remembered."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Say how far a job is: `rate` in rows a second, `seconds_left` None where it cannot be told.

    `latest` are the ids of the products that were stored last.
    """

    state: State
    done: int
    total: int
    report: IngestReport
    rate: float = 0.0
    seconds_left: float | None = None
    error: SearchError | None = None
    latest: tuple[str, ...] = ()


class Job:
    """Run one ingest in a thread of its own; safe to watch and to steer from any other."""

    def __init__(self, number: int, target: str, title: str, work: Work) -> None:
        self.id, self.target, self.title = number, target, title
        self._control = Control()
        self._began, self._ended = monotonic(), 0.0
        self._report: IngestReport | None = None
        self._error: SearchError | None = None
        # A daemon: the server may stop at any moment, and the next run goes on from what is stored. The thread alone
        # has the work, and lets go of it at its end: there may be much in it, such as all that was dropped into a page.
        self._thread = Thread(target=self._run, args=(work,), name=f"ingest-{number}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def pause(self) -> None:
        """Hold the job after the batch that is being stored."""
        self._control.pause()

    def resume(self) -> None:
        """Let a paused job go on."""
        self._control.resume()

    def cancel(self) -> None:
        """End the job after the batch that is being stored; what is stored stays."""
        self._control.cancel()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end; tell whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def active(self) -> bool:
        """Tell whether it has not ended."""
        return not self._ended

    def progress(self) -> Progress:
        """Tell how far it is now."""
        control = self._control
        report, done, total = self._report or control.report, control.done, control.total
        worked = (self._ended or monotonic()) - self._began - control.held
        overall = done / worked if worked > 0 else 0.0
        rate = control.rate or overall if self.active else overall
        left = (total - done) / rate if rate and self.active and not control.paused else None
        return Progress(self._state(), done, total, report, rate, left, self._error, control.latest)

    def _state(self) -> State:
        if self.active:
            return "paused" if self._control.paused else "running"
        if self._error:
            return "failed"
        return "cancelled" if self._report and self._report.cancelled else "done"

    def _run(self, work: Work) -> None:
        try:
            self._report = work(self._control)
        except SearchError as error:
            # Its traceback, and what it came from, would hold the work.
            error.__traceback__ = error.__cause__ = error.__context__ = None
            self._error = error
        except Exception as error:
            # Nobody stands behind a thread: without this the job would look as if it were still running.
            logging.getLogger("loupe").error("A job failed.", exc_info=error)
            self._error = SearchError(
                "Something went wrong on our side.", "Try again; the server's log has the details."
            )
        finally:
            self._ended = monotonic()


class Jobs:
    """Hold the jobs of one server process, at most one active for each target."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._numbers, self._lock = count(1), Lock()

    def start(self, target: str, title: str, work: Work) -> Job:
        """Begin a job that writes to a target, such as `local/shoes`; raises IndexBusy where one is at it."""
        with self._lock:
            busy = next((job for job in self._jobs.values() if job.active and job.target == target), None)
            if busy:
                raise IndexBusy(f"“{busy.title}” is still running.", "Wait until it is done, or cancel it.")
            job = Job(next(self._numbers), target, title, work)
            self._jobs[job.id] = job
            for old in [each.id for each in self._jobs.values() if not each.active][:-KEPT]:
                del self._jobs[old]
            job.start()
        return job

    def all(self) -> list[Job]:
        """Return the jobs, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def get(self, number: int) -> Job:
        """Return a job; raises NotFound."""
        with self._lock:
            if number in self._jobs:
                return self._jobs[number]
        raise NotFound(f"There is no job {number}.", "Choose one of those listed.")
