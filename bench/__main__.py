"""Measure everything, print one table and keep it as `.loupe/bench.json`; names choose: `python -m bench search`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bench import in_browser, index_knn, ingest, ingest_runs, memory, objects, opensearch, whole_search
from bench.row import Row

KEPT: Final = Path(".loupe/bench.json")
KNN_GOAL: Final = 1.5
_YES_NO: Final = {True: "yes", False: "NO", None: ""}


def main(chosen: list[str]) -> None:
    """Run the chosen parts, all of them without a choice."""
    parts: dict[str, Callable[[], list[Row]]] = {
        "knn": _knn, "search": whole_search.run, "click": in_browser.run, "memory": memory.run,
        "opensearch": opensearch.run, "ingest": ingest.run, "kills": ingest_runs.run, "objects": objects.run,
    }  # fmt: skip
    unknown = set(chosen) - parts.keys()
    if unknown:
        sys.exit(f"There is no part {', '.join(sorted(unknown))}. Choose from: {', '.join(parts)}.")
    rows = [row for name, run in parts.items() if not chosen or name in chosen for row in run()]
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps([row.to_dict() for row in rows], indent=2))
    Console().print(_table(rows))


def _knn() -> list[Row]:
    return [_knn_row(row) for row in index_knn.run()]


def _knn_row(row: dict[str, str | float]) -> Row:
    # At 1,000 products a search takes a tenth of a millisecond: opening a transaction outweighs the product itself.
    goal = None if "1,000," in str(row["name"]) else KNN_GOAL
    return Row(str(row["name"]), float(row["ours_ms"]), float(row["baseline_ms"]) or None, goal)


def _table(rows: list[Row]) -> Table:
    table = Table("What", "Ours", "Baseline", "Ratio", "Goal", "Met", box=None)
    for row in rows:
        table.add_row(row.name, *_figures(row), _YES_NO[row.met])
    return table


def _figures(row: Row) -> list[str]:
    """Write the figures, an empty text for one that there is not."""
    measured = [f"{each:.3g} {row.unit}" if each is not None else "" for each in (row.ours, row.baseline)]
    return measured + [f"{each:.2f}" if each is not None else "" for each in (row.ratio, row.goal)]


if __name__ == "__main__":
    main(sys.argv[1:])
