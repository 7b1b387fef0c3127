"""Looking through a source before anything is loaded: what each pipeline would do, and the first products."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final

import streamlit as st

from searchcore import Picture, Product, SearchError
from searchcore.errors import NotFound
from searchcore.ingest import Addresses, IngestOptions, Item, Plan, Source, plan
from searchcore.labelling import nameless
from searchcore.pipelines import make_detector, make_embedder
from searchcore.rebuild import plan_rebuild
from ui import format
from ui.catalog.state import Draft
from ui.catalog.target import Target, known_index
from ui.engines import settings
from ui.grid import Card

SHOWN: Final = 4
_TRIED: Final = 24
"""Pictures that are opened to find the first ones to show: of many none may be whole."""


def checked(draft: Draft, columns: Mapping[str, str], target: Target) -> Draft:
    """Look through the source, showing how far that is; any click of the visitor ends it. Raises SearchError."""
    source, plans, rebuilds = opener(draft, columns)(), dict[str, Plan](), dict[str, Plan]()
    chosen = settings().on(target.catalogue)
    with st.container(horizontal=True, vertical_alignment="center", key="checking"):
        bar = st.progress(0.0, "Looking through the products…")
        # Streamlit ends a run as soon as something is clicked.
        st.button("Stop", key="stop-checking", icon=":material/stop:")

    def hear(done: int, total: int) -> None:
        bar.progress(done / max(total, 1), f"Looked at {done:,} of {total:,} products")

    for name in target.pipelines:
        rebuilds[name] = plan_rebuild(name, chosen)
        plans[name] = plan(
            source, make_embedder(name, chosen), known_index(name, target.catalogue),
            IngestOptions(objects=target.objects), hear, make_detector(name, chosen, nameless),
        )  # fmt: skip
    refused = {each.name for each in next(iter(plans.values())).refused}
    return replace(
        draft, columns=columns, plans=plans, rebuilds=rebuilds, going=_going(plans, target.catalogue),
        cards=tuple(islice(_cards(source, refused), SHOWN)),
    )  # fmt: skip


def opener(draft: Draft, columns: Mapping[str, str]) -> Callable[[], Source]:
    """Return what opens the source of a draft, and holds no more of it than that; it may raise ManifestRefused."""
    place, fetch = draft.place, Addresses(settings().web_pictures, settings().server_sources)
    return lambda: place.source(columns, fetch)


def _going(plans: Mapping[str, Plan], catalogue: str) -> tuple[Product, ...]:
    pipeline, most = max(plans.items(), key=lambda each: each[1].removed)
    index = known_index(pipeline, catalogue) if most.gone else None
    return tuple(record.product for record in index.get(list(most.gone[:SHOWN]))) if index else ()


def _cards(source: Source, refused: Collection[str]) -> Iterator[Card]:
    """Make cards of the first products that can be loaded."""
    items = (row for row in source.rows() if isinstance(row, Item) and row.name not in refused)
    for item in islice(items, _TRIED):
        product, address = item.product, _picture(item)
        if address is not None:
            yield Card(
                id=product.id, title=product.title, picture_url=address, rank=0,
                subtitle=product.category or product.subcategory,
                price=format.price(product.price, product.currency),
            )  # fmt: skip


def _picture(item: Item) -> str | None:
    """Return a small copy as an address; empty where a stored picture is kept, None where it cannot be decoded."""
    try:
        small = Picture.from_bytes(item.read()).to_jpeg(200, quality=80)
    except NotFound:
        return ""
    except SearchError:
        return None
    return f"data:image/jpeg;base64,{base64.b64encode(small).decode()}"
