"""The rows that did not go in, each with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from searchcore.ingest import Failure, failures_csv
from ui import format
from ui.plain import plain

ROWS: Final = 100
_TALL: Final = 10
_HEIGHT: Final = 420


def failures(
    failed: Sequence[Failure],
    *,
    key: str,
    words: str = "failed",
    one: str = "row",
    expanded: bool = False,
    mend: Callable[[], str] | None = None,
) -> None:
    """Show what was refused or failed and why, row by row, and offer all of it as a CSV file.

    `mend` writes the rows with their own columns, to correct and to load by themselves.
    """
    with st.expander(f"{format.count(len(failed), one)} {words}", expanded=expanded, icon=":material/rule:"):
        rows = [{"Row": str(each.row or ""), "Id": plain(_id(each)), "Reason": plain(each.reason)}
                for each in failed[:ROWS]]  # fmt: skip
        if not any(each["Row"] for each in rows):
            rows = [{name: each[name] for name in ("Id", "Reason")} for each in rows]
        with st.container(key=f"failures-{key}"):
            st.table(rows, border="horizontal", height=_HEIGHT if len(rows) > _TALL else "content", hide_index=True)
        if len(failed) > ROWS:
            st.caption(f"The first {ROWS} are shown; the file has them all.")
        label, write = (
            ("Download the rows to mend", mend) if mend else ("Download as CSV", partial(failures_csv, failed))
        )
        st.download_button(
            label, lambda: write().encode("utf-8-sig"), f"{words}.csv", "text/csv",
            key=f"failures-csv-{key}", on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def _id(failure: Failure) -> str:
    return failure.product_id or ("" if failure.row else failure.name)
