"""Keeping to a rate, by a clock that the test turns."""

from __future__ import annotations

import pytest

from searchcore.pace import TokenBucket


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(("per_minute", "calls", "seconds"), [(60, 8, 0), (60, 68, 60), (600, 108, 10)])
def test_calls_beyond_the_burst_wait_for_their_turn(per_minute, calls, seconds):
    clock = Clock()
    bucket = TokenBucket(per_minute, burst=8, clock=clock, sleep=clock.sleep)
    for _ in range(calls):
        bucket.take()
    assert clock.now == pytest.approx(seconds)


def test_a_rest_allows_one_burst_and_no_more():
    clock = Clock()
    bucket = TokenBucket(60, burst=4, clock=clock, sleep=clock.sleep)
    clock.now = 3600.0
    for _ in range(6):
        bucket.take()
    assert clock.now == pytest.approx(3602.0)
