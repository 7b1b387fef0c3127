"""What a list says otherwise than the catalogue: loading replaces it, so it is shown before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import streamlit as st

from searchcore import Product
from searchcore.ingest import Plan
from ui.catalog.columns import words_for
from ui.plain import plain

ROWS: Final = 12
_LONGEST: Final = 120


def edits(plan: Plan, by: str) -> None:
    """Show the first fields that `by`, the source, replaces."""
    if not plan.retold:
        return
    with st.expander(f"{plan.retold:,} with other fields: {by} replaces them", icon=":material/edit:", expanded=True):
        rows = list(islice(_rows(plan.edits), ROWS))
        with st.container(key="edits"):
            st.table(rows, border="horizontal", hide_index=True)
        shown = len({row["Id"] for row in rows})
        if shown < plan.retold:
            st.caption(f"The first {shown} of {plan.retold:,} are shown.")


def _rows(pairs: Sequence[tuple[Product, Product]]) -> Iterator[dict[str, str]]:
    for stored, listed in pairs:
        now, then = _fields(stored), _fields(listed)
        for name in dict.fromkeys([*now, *then]):
            if now.get(name) != then.get(name):
                yield {"Id": plain(stored.id), "Field": plain(words_for(name)),
                       "Now": _words(now.get(name)), "Then": _words(then.get(name))}  # fmt: skip


def _fields(product: Product) -> dict[str, object]:
    """Return what a catalogue says of a product, without the key of its picture."""
    said: dict[str, object] = product.to_dict()
    return {name: said[name] for name in said if name not in ("image", "labels", "extra")} | dict(product.extra)


def _words(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = f"{value:.15g}" if isinstance(value, float) else str(value or "")
    return plain(text[:_LONGEST]) or "—"
