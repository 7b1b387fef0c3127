"""One BLAS thread for small matrix products: several spin against each other and cost ten times the processor."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Hold BLAS to one thread within the block."""
    limit: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limit
