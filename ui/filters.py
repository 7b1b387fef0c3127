"""Filters: a popover with every facet of the catalogue, and a removable chip for each active one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import streamlit as st

from searchcore import Filters
from searchcore.indexes.base import Facet
from ui.plain import plain
from ui.visit import STEPS, change, visit

_ORDER: Final = ("category", "price", "colour", "material", "subcategory", "brand", "pattern", "tags")
_MAX_VALUES: Final = 400
Terms = Mapping[str, Collection[str]]


def filter_popover(facets: Callable[[], Sequence[Facet]]) -> None:
    """Show the button with the number of active filters, and behind it, once it is open, a field for each facet."""
    active = len(_chips(visit().filters))
    # A button with another name would be another popover, and closed: the count stands beside it.
    if active:
        st.badge(f"{active} active", color="gray")
    place = st.popover("Filters", icon=":material/tune:", key="filters", width="content", on_change="rerun")
    if place.open:
        with place:
            _fields(facets())
            st.button("Clear all filters", on_click=clear, disabled=not active, key="clear-filters", width="stretch")


def _fields(facets: Sequence[Facet]) -> None:
    for facet in sorted(facets, key=_place):
        if len(facet.values) > 1:
            _choose(facet)
        elif facet.low is not None and facet.high is not None and facet.low < facet.high:
            _span(facet.name, facet.low, facet.high)


def filter_chips() -> None:
    """Show each active filter as a button that removes it."""
    chips = _chips(visit().filters)
    if not chips:
        return
    with st.container(horizontal=True, gap="small", key="filter-chips"):
        for name, value, words in chips:
            st.button(
                plain(words), key=f"chip-{name}-{value}", icon=":material/close:", icon_position="right",
                on_click=_remove, args=(name, value), help=f"Remove the filter on {plain(name)}",
            )  # fmt: skip


def clear() -> None:
    """Remove every filter."""
    _set(Filters())


def _place(facet: Facet) -> tuple[int, str]:
    known = facet.name in _ORDER
    return _ORDER.index(facet.name) if known else len(_ORDER), facet.name


def _choose(facet: Facet) -> None:
    counts = dict(facet.values[:_MAX_VALUES])
    chosen = [value for value in dict(visit().filters.any_of).get(facet.name, ()) if value in counts]
    key = f"filter-{facet.name}-{_generation()}"
    st.multiselect(
        plain(facet.name.replace("_", " ").capitalize()), list(counts), chosen, key=key, placeholder="Any",
        format_func=lambda value: f"{value} ({counts[value]})", on_change=_chosen, args=(facet.name, key),
    )  # fmt: skip


def _span(name: str, low: float, high: float) -> None:
    asked = {each: (start, end) for each, start, end in visit().filters.ranges}.get(name, (None, None))
    start = max(low, asked[0]) if asked[0] is not None else low
    end = min(high, asked[1]) if asked[1] is not None else high
    key = f"filter-{name}-{_generation()}"
    st.slider(
        plain(name.replace("_", " ").capitalize()), low, high, (min(start, high), max(end, low)), key=key,
        on_change=_spanned, args=(name, key, low, high),
    )  # fmt: skip


def _chosen(name: str, key: str) -> None:
    _replace({**dict(visit().filters.any_of), name: st.session_state[key]}, _ranges())


def _spanned(name: str, key: str, low: float, high: float) -> None:
    start, end = st.session_state[key]
    span = (start if start > low else None, end if end < high else None)
    _replace(dict(visit().filters.any_of), _ranges() | {name: span})


def _remove(name: str, value: str) -> None:
    any_of = {each: [one for one in values if (each, one) != (name, value)] for each, values in visit().filters.any_of}
    ranges = {each: span for each, span in _ranges().items() if value or each != name}
    _set(_with(any_of, ranges))


def _ranges() -> dict[str, tuple[float | None, float | None]]:
    return {name: (low, high) for name, low, high in visit().filters.ranges}


def _with(any_of: Terms, ranges: dict[str, tuple[float | None, float | None]]) -> Filters:
    now = visit().filters
    return Filters(any_of=any_of, all_of=dict(now.all_of), none_of=dict(now.none_of), ranges=ranges)


def _replace(any_of: Terms, ranges: dict[str, tuple[float | None, float | None]]) -> None:
    change(filters=_with(any_of, ranges), k=STEPS[0])


def start_anew() -> None:
    """Let the fields read their values from the search again."""
    st.session_state["filters-generation"] = _generation() + 1


def _set(filters: Filters) -> None:
    """Change the filters from outside their widgets."""
    change(filters=filters, k=STEPS[0])
    start_anew()


def _generation() -> int:
    return int(st.session_state.get("filters-generation", 0))


def _chips(filters: Filters) -> list[tuple[str, str, str]]:
    """Return field, value and words of each active filter; a range has no value."""
    chips = [(name, value, value) for name, values in filters.any_of for value in values]
    for name, low, high in filters.ranges:
        words = f"up to {high:g}" if low is None else f"from {low:g}" if high is None else f"{low:g} to {high:g}"
        chips.append((name, "", f"{name.capitalize()} {words}"))
    return chips
