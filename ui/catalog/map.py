"""The map of a catalogue: what looks alike lies together, coloured by a field or by look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from searchcore import Product, SearchEngine
from searchcore.clusters import clusters
from searchcore.likeness import sample
from searchcore.projection import neighbourly
from ui.catalog.state import change_look, state_of
from ui.map import Group, Point, draw_map
from ui.server import picture_urls

MOST: Final = 2_000
"""Products on a map: about four seconds to lay out, once for each state of a catalogue."""
GROUPS: Final = 15
"""Colours that are told apart; the rest is one more."""
_COLOURS: Final = {"Category": "category", "Colour": "colour", "Look": ""}


@dataclass(frozen=True, slots=True)
class _Laid:
    """Hold the products on a map, their places, and the group by look of each; `total` is the whole catalogue."""

    products: tuple[Product, ...]
    places: tuple[tuple[float, float], ...]
    looks: tuple[str, ...]
    total: int


def catalogue_map(engine: SearchEngine) -> None:
    """Draw the map."""
    with st.spinner("Laying out the map…"):
        laid = _laid(state_of(engine), engine)
    by = st.segmented_control("Colour by", list(_COLOURS), default="Category", key="map-by", required=True)
    field = _COLOURS[str(by)]
    names = [str(getattr(product, field)) or "none" for product in laid.products] if field else list(laid.looks)
    groups = _groups(names)
    number = {group.name: place for place, group in enumerate(groups)}
    url = picture_urls(engine, 160)
    points = [
        Point(
            product.id, product.title, x, y, number.get(name, len(groups) - 1),
            url(product.id),
        )
        for product, (x, y), name in zip(laid.products, laid.places, names, strict=True)
    ]  # fmt: skip
    draw_map(points, groups, of=f"{engine.name}/{engine.catalogue}", key="map",
             on_open=lambda product_id: change_look(opened=product_id))  # fmt: skip
    if laid.total > len(points):
        st.caption(f"Shown are {len(points):,} of {laid.total:,} products, the same ones each time.")
    st.caption(
        "Near each other is what looks alike. Drag to move, click to open; Ctrl and the wheel, or a pinch, come closer."
    )


@st.cache_data(max_entries=4, ttl=600, show_spinner=False)
def _laid(where: tuple[str | int, ...], _engine: SearchEngine) -> _Laid:
    found = sample(_engine, MOST)
    looks = clusters(found.vectors, min(12, max(2, round((len(found.products) / 8) ** 0.5)))).tolist()
    places = tuple((round(float(x), 4), round(float(y), 4)) for x, y in neighbourly(found.vectors))
    return _Laid(found.products, places, tuple(_named(found.products, looks)), found.total)


def _named(products: Sequence[Product], looks: Sequence[int]) -> list[str]:
    """Name each cluster by the category that most of it has; a number tells those of one name apart."""
    kinds = {look: Counter(p.subcategory or p.category for p, own in zip(products, looks, strict=True) if own == look)
             for look in sorted(set(looks))}  # fmt: skip
    names: dict[int, str] = {}
    for look, counted in kinds.items():
        name = f"mostly {counted.most_common(1)[0][0]}" if counted.most_common(1)[0][0] else "group"
        times = sum(each.split(" #")[0] == name for each in names.values())
        names[look] = f"{name} #{times + 1}" if times else name
    return [names[look] for look in looks]


def _groups(names: Sequence[str]) -> list[Group]:
    counted = Counter(names).most_common()
    shown = [Group(name, number) for name, number in counted[:GROUPS]]
    rest = sum(number for _, number in counted[GROUPS:])
    return [*shown, Group("others", rest)] if rest else shown
