"""The handle on a running ingest: watch it, pause it, stop it; used by the run and by any other thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Condition, Event
from time import monotonic
from typing import Final

from searchcore.ingest.report import Failure, IngestReport

LATELY: Final = 40
"""Steps that the rate is told by: what was stored already goes by a hundred times faster than what is new."""


@dataclass(slots=True, eq=False)
class Control:
    """Share a run's state between threads; a pause or a stop takes effect after the batch that is being stored.

    `held` counts the seconds that it was paused; `latest` are the ids of the products that were stored last; `failed`
    grows with the run, `counts` is its report without it.
    """

    done: int = 0
    total: int = 0
    counts: IngestReport = field(default_factory=IngestReport)
    failed: Sequence[Failure] = ()
    latest: tuple[str, ...] = ()
    cancelled: bool = False
    held: float = 0.0
    _paused: bool = False
    _changed: Condition = field(default_factory=Condition)
    reached_pause: Event = field(default_factory=Event)
    _lately: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=LATELY))

    @property
    def report(self) -> IngestReport:
        """What the run did until now."""
        return replace(self.counts, failed=tuple(self.failed))

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def rate(self) -> float | None:
        """Rows a second lately; None before there is something to tell it by."""
        if len(self._lately) < 2:
            return None
        (began, first), (ended, last) = self._lately[0], self._lately[-1]
        return (last - first) / (ended - began) if ended > began else None

    def step(self, rows: int) -> None:
        """Count rows that are through."""
        self.done += rows
        self.total = max(self.total, self.done)
        self._lately.append((monotonic() - self.held, self.done))

    def begin(self, total: int) -> None:
        """Count from the beginning."""
        self.done, self.total = 0, total
        self._lately.clear()
        self._lately.append((monotonic() - self.held, 0))

    def pause(self) -> None:
        """Hold the run before its next batch."""
        self._set(paused=True)

    def resume(self) -> None:
        """Let a paused run go on."""
        self._set(paused=False)

    def cancel(self) -> None:
        """End the run after this batch; what is stored stays."""
        self._set(paused=False, cancelled=True)

    def goes_on(self) -> bool:
        """Wait while paused; tell whether the run goes on."""
        with self._changed:
            began = monotonic()
            while self._paused:
                self.reached_pause.set()
                self._changed.wait()
            self.held += monotonic() - began
            self.reached_pause.clear()
            return not self.cancelled

    def _set(self, *, paused: bool, cancelled: bool = False) -> None:
        with self._changed:
            self._paused, self.cancelled = paused, self.cancelled or cancelled
            self._changed.notify_all()
