"""Cells of CSV files that spreadsheets open: text that would be a formula is defused, and read back as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def defused(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith((*_DANGEROUS, "'")) else cell


def restored(cell: str) -> str:
    """Take away the apostrophe that `defused` put there."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_DANGEROUS, "'")) else cell


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ",") -> str:
    """Write a table as CSV with every cell defused."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow([defused(name) for name in header])
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue()
