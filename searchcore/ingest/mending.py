"""The rows of a list that were refused, as a list of their own: to mend and to load by itself."""

from __future__ import annotations

from collections.abc import Sequence

from searchcore.ingest.columns import WHY
from searchcore.ingest.report import Failure
from searchcore.ingest.sources import ListSource, Only, Source
from searchcore.spreadsheet import restored, to_csv


def rows_to_mend(source: Source, failures: Sequence[Failure]) -> str:
    """Write the refused rows with their own columns and why, as CSV; empty where no list told of them."""
    while isinstance(source, Only):
        source = source.source
    reasons = {each.row: each.reason for each in failures if each.row}
    if not isinstance(source, ListSource) or not reasons:
        return ""
    header = [name for name in source.manifest.header if name and name != WHY]
    refused = [
        (*(restored(cells.get(name, "")) for name in header), reasons[row])
        for row, cells in source.manifest.unmistakable()
        if row in reasons
    ]
    # As it came: a spreadsheet opens only what is separated as its country does.
    return to_csv((*header, WHY), refused, source.manifest.separator)
