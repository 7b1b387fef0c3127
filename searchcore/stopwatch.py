"""Timing of the stages of one search."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Stopwatch:
    """Add up milliseconds by stage."""

    def __init__(self) -> None:
        self._started = perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block towards a stage."""
        began = perf_counter()
        try:
            yield
        finally:
            self._stages[name] = self._stages.get(name, 0.0) + (perf_counter() - began) * 1000

    def timings(self) -> dict[str, float]:
        """Return milliseconds by stage, and `total` since the start."""
        return {**self._stages, "total": (perf_counter() - self._started) * 1000}
