"""How far a mean over queries may be off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

RESAMPLES: Final = 2000
_SEED: Final = 1979
"""One seed: the same scores always have the same interval."""


def bootstrap(values: Sequence[float], level: float = 0.95) -> tuple[float, float]:
    """Return the percentile bootstrap interval of the mean (Efron 1979); of one value or none, all that is possible."""
    if len(values) < 2:
        return 0.0, 1.0
    scores = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(_SEED)
    means = [scores[random.integers(0, len(scores), len(scores))].mean() for _ in range(RESAMPLES)]
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
