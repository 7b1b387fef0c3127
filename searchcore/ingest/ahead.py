"""Work ahead in threads, but never far ahead: the stage that takes results holds back the one that makes them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def ahead(
    work: Callable[[Given], Made], given: Iterable[Given], threads: int, window: int
) -> Generator[Made, None, None]:
    """Yield the results in order, at most `window` of them begun and not yet taken; an error comes in its place."""
    rest = iter(given)
    with ThreadPoolExecutor(threads) as pool:
        begun: deque[Future[Made]] = deque()
        try:
            begun.extend(pool.submit(work, each) for each in islice(rest, window))
            while begun:
                made = begun.popleft().result()
                begun.extend(pool.submit(work, each) for each in islice(rest, 1))
                yield made
        finally:
            for future in begun:
                future.cancel()
