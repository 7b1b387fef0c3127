"""Filters: a popover with every facet of the catalogue, and a removable chip for each active one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NamedTuple

import streamlit as st

from searchcore import Filters
from searchcore.indexes.base import Facet
from ui.plain import plain
from ui.visit import STEPS, change, visit

_ORDER: Final = ("category", "price", "colour", "material", "subcategory", "brand", "pattern", "tags")
_MAX_VALUES: Final = 400
Terms = Mapping[str, Collection[str]]


class Held(NamedTuple):
    """Say where filters are kept; `name` tells the fields of one place from those of another."""

    name: str
    read: Callable[[], Filters]
    write: Callable[[Filters], None]


SEARCH: Final = Held("filters", lambda: visit().filters, lambda filters: change(filters=filters, k=STEPS[0]))


def filter_popover(facets: Callable[[], Sequence[Facet]], held: Held = SEARCH) -> None:
    """Show the button with the number of active filters, and behind it, once it is open, a field for each facet."""
    active = len(_chips(held.read()))
    # A button with another name would be another popover, and closed: the count stands beside it.
    if active:
        st.badge(f"{active} active", color="gray")
    place = st.popover("Filters", icon=":material/tune:", key=held.name, width="content", on_change="rerun")
    if place.open:
        with place:
            _fields(facets(), held)
            st.button("Clear all filters", on_click=clear, args=(held,), disabled=not active, key=f"clear-{held.name}",
                      width="stretch")  # fmt: skip


def _fields(facets: Sequence[Facet], held: Held) -> None:
    for facet in sorted(facets, key=_place):
        if len(facet.values) > 1:
            _choose(facet, held)
        elif facet.low is not None and facet.high is not None and facet.low < facet.high:
            _span(facet.name, facet.low, facet.high, held)


def filter_chips(held: Held = SEARCH) -> None:
    """Show each active filter as a button that removes it."""
    chips = _chips(held.read())
    if not chips:
        return
    with st.container(horizontal=True, gap="small", key=f"{held.name}-chips"):
        for name, value, words in chips:
            st.button(
                plain(words), key=f"chip-{held.name}-{name}-{value}", icon=":material/close:", icon_position="right",
                on_click=_remove, args=(held, name, value), help=f"Remove the filter on {plain(name)}",
            )  # fmt: skip


def clear(held: Held = SEARCH) -> None:
    """Remove every filter."""
    _set(held, Filters())


def _place(facet: Facet) -> tuple[int, str]:
    known = facet.name in _ORDER
    return _ORDER.index(facet.name) if known else len(_ORDER), facet.name


def _choose(facet: Facet, held: Held) -> None:
    counts = dict(facet.values[:_MAX_VALUES])
    chosen = [value for value in dict(held.read().any_of).get(facet.name, ()) if value in counts]
    key = f"{held.name}-{facet.name}-{_generation(held)}"
    st.multiselect(
        plain(facet.name.replace("_", " ").capitalize()), list(counts), chosen, key=key, placeholder="Any",
        format_func=lambda value: f"{value} ({counts[value]})", on_change=_chosen, args=(held, facet.name, key),
    )  # fmt: skip


def _span(name: str, low: float, high: float, held: Held) -> None:
    asked = {each: (start, end) for each, start, end in held.read().ranges}.get(name, (None, None))
    start = max(low, asked[0]) if asked[0] is not None else low
    end = min(high, asked[1]) if asked[1] is not None else high
    key = f"{held.name}-{name}-{_generation(held)}"
    st.slider(
        plain(name.replace("_", " ").capitalize()), low, high, (min(start, high), max(end, low)), key=key,
        on_change=_spanned, args=(held, name, key, low, high),
    )  # fmt: skip


def _chosen(held: Held, name: str, key: str) -> None:
    _replace(held, {**dict(held.read().any_of), name: st.session_state[key]}, _ranges(held))


def _spanned(held: Held, name: str, key: str, low: float, high: float) -> None:
    start, end = st.session_state[key]
    span = (start if start > low else None, end if end < high else None)
    _replace(held, dict(held.read().any_of), _ranges(held) | {name: span})


def _remove(held: Held, name: str, value: str) -> None:
    now = held.read()
    any_of = {each: [one for one in values if (each, one) != (name, value)] for each, values in now.any_of}
    ranges = {each: span for each, span in _ranges(held).items() if value or each != name}
    _set(held, _with(held, any_of, ranges))


def _ranges(held: Held) -> dict[str, tuple[float | None, float | None]]:
    return {name: (low, high) for name, low, high in held.read().ranges}


def _with(held: Held, any_of: Terms, ranges: dict[str, tuple[float | None, float | None]]) -> Filters:
    now = held.read()
    return Filters(any_of=any_of, all_of=dict(now.all_of), none_of=dict(now.none_of), ranges=ranges)


def _replace(held: Held, any_of: Terms, ranges: dict[str, tuple[float | None, float | None]]) -> None:
    held.write(_with(held, any_of, ranges))


def start_anew(held: Held = SEARCH) -> None:
    """Let the fields read their values from where the filters are kept again."""
    st.session_state[f"{held.name}-generation"] = _generation(held) + 1


def _set(held: Held, filters: Filters) -> None:
    """Change the filters from outside their widgets."""
    held.write(filters)
    start_anew(held)


def _generation(held: Held) -> int:
    return int(st.session_state.get(f"{held.name}-generation", 0))


def _chips(filters: Filters) -> list[tuple[str, str, str]]:
    """Return field, value and words of each active filter; a range has no value."""
    chips = [(name, value, value) for name, values in filters.any_of for value in values]
    for name, low, high in filters.ranges:
        words = f"up to {high:g}" if low is None else f"from {low:g}" if high is None else f"{low:g} to {high:g}"
        chips.append((name, "", f"{name.capitalize()} {words}"))
    return chips
