"""What an ingest did, and what failed: values, and their CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from searchcore.spreadsheet import to_csv


@dataclass(frozen=True, slots=True)
class Failure:
    """Name a row (or a product) that was not stored, and why; `product_id` is empty where the row has none.

    `row` is its row in the list, 0 where no list told of it. `transient` says that the same row and picture may go in
    at another time: a disk, a service or the web failed.
    """

    name: str
    reason: str
    product_id: str = field(default="", compare=False)
    row: int = field(default=0, compare=False)
    transient: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        also = f" ({self.product_id[:60]})" if self.product_id not in ("", self.name) else ""
        return f"{self.name}{also}: {self.reason}"


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Count what an ingest did; `cancelled` says that it was stopped before its end.

    `left` are products that the source does not name and that were to stay.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    embedded: int = 0
    left: int = 0
    failed: tuple[Failure, ...] = ()
    cancelled: bool = False


def failures_csv(failures: Sequence[Failure]) -> str:
    """Write failures as CSV that is safe to open in a spreadsheet."""
    return to_csv(("what", "id", "reason"), [(each.name, each.product_id, each.reason) for each in failures])
