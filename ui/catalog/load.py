"""The button that loads, with what it does, how long that takes and what it costs."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from searchcore import SearchError
from searchcore.ingest import DroppedFiles, IngestOptions
from searchcore.rebuild import is_outdated
from ui import format
from ui.catalog.check import opener
from ui.catalog.draft import forget_draft
from ui.catalog.jobs import Load, begin
from ui.catalog.state import Draft, show_catalogue
from ui.catalog.target import Target, is_still_meant
from ui.engines import assembled, settings


def load_button(draft: Draft, target: Target, removes: bool) -> None:
    """Offer to load as it was checked, if that does anything."""
    plans, first = list(draft.plans.values()), list(draft.rebuilds.values())
    store, removed = max(each.to_store for each in plans), max(each.removed for each in plans) if removes else 0
    if not store and not removed:
        return
    parts = [f"Load {format.count(store, 'product')}"] if store else []
    if removed:
        parts.append(f"remove {removed:,}" if store else f"Remove {format.count(removed, 'product')}")
    if anew := sum(each.changed for each in first):
        parts.append(f"embed {anew:,} anew")
    effort = format.effort(
        max(each.seconds + before.seconds for each, before in zip(plans, first, strict=True)),
        sum(each.cost for each in (*plans, *first)),
    )
    icon = ":material/delete:" if removed else ":material/upload:"
    options = IngestOptions(keep=not removes, objects=target.objects)
    with st.container(width="content", key="load-removing" if removed else "load-keeping"):
        st.button(f"{' and '.join(parts)}, {effort}", type="primary", icon=icon, key="load",
                  on_click=_begin, args=(draft, target, options))  # fmt: skip


def _begin(draft: Draft, target: Target, options: IngestOptions) -> None:
    if not is_still_meant(draft, target):
        st.session_state["load-error"] = SearchError("The catalogue is another one now.", "Check what would be loaded.")
        return
    open_it, dropped = opener(draft, draft.columns), isinstance(draft.place.files, DroppedFiles)
    try:
        for pipeline in target.pipelines:
            # What was added meanwhile was not among those that were agreed to.
            agreed = replace(options, removable=frozenset(draft.plans[pipeline].gone))
            begin(Load(pipeline, target.catalogue, agreed, open_it, dropped))
            # An outdated index cannot be opened before the job has embedded it anew.
            if not is_outdated(pipeline, settings().on(target.catalogue)):
                assembled(pipeline, target.catalogue)
    except SearchError as error:
        st.session_state["load-error"] = error
        return
    forget_draft()
    show_catalogue(target.catalogue)
