"""The last look before loading: into which catalogue, what would be done there, at what cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from searchcore import SearchError
from searchcore.ingest import Plan, rows_to_mend
from ui import format
from ui.catalog.check import checked, opener
from ui.catalog.edits import edits
from ui.catalog.load import load_button
from ui.catalog.refused import failures
from ui.catalog.removal import removal
from ui.catalog.state import Draft
from ui.catalog.target import Target, choose_target
from ui.grid import Card
from ui.plain import plain


def target_and_preview(draft: Draft, columns: Mapping[str, str]) -> None:
    """Ask where to load to, show what that would do, and offer the loading."""
    target = choose_target(draft)
    if target is None:
        return
    st.subheader("What will be loaded", anchor=False)
    failed: SearchError | None = st.session_state.pop("load-error", None)
    if failed:
        st.error(plain(f"{failed.message} {failed.remedy}"), icon=":material/error:")
    try:
        wanted = (tuple(sorted(columns.items())), target)
        if draft.checked == wanted:
            _preview(draft, target)
        elif st.session_state.pop("checking", False):
            st.session_state["draft"] = replace(checked(draft, columns, target), checked=wanted)
            st.rerun()
        else:
            st.button(
                "Check what would be loaded", type="primary", key="check", icon=":material/fact_check:",
                on_click=lambda: st.session_state.update(checking=True),
            )  # fmt: skip
    except SearchError as error:
        st.error(plain(f"{error.message} {error.remedy}"), icon=":material/error:")


def _preview(draft: Draft, target: Target) -> None:
    # What the button does depends on what is chosen below it.
    row = st.container(horizontal=True, vertical_alignment="center", key="load-row")
    said = st.container()
    removes = removal(draft, target.catalogue)
    with row:
        with st.container(width="content", gap="small"):
            for name, each in draft.plans.items():
                _counts(name if len(draft.plans) > 1 else "", each)
        load_button(draft, target, removes)
    with said:
        _said(draft)
    plan, by = next(iter(draft.plans.values())), "the list" if draft.place.list_name else "the name of the file"
    edits(plan, by)
    _first(draft.cards, plan.to_store + plan.unchanged)
    if plan.refused:
        _refused(draft, plan)


def _counts(name: str, each: Plan) -> None:
    counts = {"new": each.new, "with another picture": each.changed, "to find by their object": each.deepened,
              "with other fields": each.edited,
              "unchanged": each.unchanged, "refused": len(each.refused)}  # fmt: skip
    colours = {"new": "green", "with another picture": "blue", "with other fields": "blue", "refused": "orange"}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if name:
            st.text(name)
        for what, number in counts.items():
            if number or what == "new":
                st.badge(f"{number:,} {what}", color=colours.get(what, "gray"))  # type: ignore[arg-type]
        if name:
            st.caption(format.effort(each.seconds, each.cost))


def _first(cards: Sequence[Card], total: int) -> None:
    """Show the first products, small: they only tell whether the columns are the right ones."""
    if not cards:
        return
    st.caption(f"The first {len(cards)} of {total:,}" if len(cards) < total else "All that can be loaded")
    st.html(f'<ul class="first" aria-label="The first products">{"".join(map(_card, cards))}</ul>')


def _card(card: Card) -> str:
    picture = f'<img src="{escape(card.picture_url)}" alt="">' if card.picture_url else ""
    facts = " · ".join(each for each in (card.id, card.subtitle, card.price) if each)
    return f"<li>{picture}<div><b>{escape(card.title)}</b><span>{escape(facts)}</span></div></li>"


def _said(draft: Draft) -> None:
    """Say why nothing is loaded, or what comes before it."""
    plans = draft.plans.values()
    kept = max(each.pictureless for each in plans)
    if kept:
        st.caption(f"{format.count(kept, 'product')} named without a picture: the stored one stays.")
    if not any(each.to_store for each in plans):
        if any(each.unchanged for each in plans):
            st.info("Nothing is new: the catalogue has all that can be loaded already.", icon=":material/info:")
        else:
            st.warning("Nothing of it can be loaded; the reasons are below.", icon=":material/warning:")
    for name, each in draft.rebuilds.items():
        if each.changed:
            words = (
                f"The index of {name} was made by another model: its {format.count(each.changed, 'product')} are "
                f"embedded anew first, {format.effort(each.seconds, each.cost)}."
            )
            st.info(plain(words), icon=":material/autorenew:")


def _refused(draft: Draft, plan: Plan) -> None:
    is_list, open_it = bool(draft.place.list_name), opener(draft, draft.columns)
    failures(
        plan.refused, key=f"refused-{draft.token}", words="refused", one="row" if is_list else "picture",
        expanded=not draft.cards, mend=(lambda: rows_to_mend(open_it(), plan.refused)) if is_list else None,
    )  # fmt: skip
