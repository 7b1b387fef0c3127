"""One line of the table."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """Compare ours with a baseline in the same unit; `goal` is the greatest ratio that is good, None without one."""

    name: str
    ours: float
    baseline: float | None
    goal: float | None = None
    unit: str = "ms"

    @classmethod
    def of_medians(cls, name: str, ours: list[float], baseline: list[float], goal: float) -> Row:
        """Compare the medians of milliseconds."""
        return cls(name, median(ours), median(baseline), goal)

    @property
    def ratio(self) -> float | None:
        return self.ours / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is nothing to meet."""
        return None if self.goal is None or self.ratio is None else self.ratio <= self.goal

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, fit for JSON."""
        return {
            "name": self.name, "ours": self.ours, "baseline": self.baseline, "unit": self.unit, "ratio": self.ratio,
            "goal": self.goal, "met": self.met,
        }  # fmt: skip
