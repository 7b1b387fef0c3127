"""Keeping to a rate."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class TokenBucket:
    """Let through so many calls a minute, at most `burst` of them at once; threads may share it."""

    def __init__(
        self,
        per_minute: float,
        burst: int = 8,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = per_minute / 60
        self._burst = float(burst)
        self._clock, self._sleep = clock, sleep
        self._lock = Lock()
        self._left, self._at = self._burst, clock()

    def take(self) -> None:
        """Wait until one more call is due."""
        with self._lock:
            now = self._clock()
            self._left = min(self._burst, self._left + (now - self._at) * self._rate) - 1
            self._at = now
            wait = max(0.0, -self._left / self._rate)
        if wait:
            self._sleep(wait)
