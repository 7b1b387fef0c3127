"""Filters as chips and fields."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from searchcore import Filters
from ui.plain import JOINER
from ui.visit import Visit


def _page():
    from searchcore.indexes.base import Facet
    from ui.filters import filter_chips, filter_popover

    facets = [
        Facet("price", (), 5.0, 90.0),
        Facet("category", (("bag", 3), ("mug", 2))),
        Facet("brand", (("**Only** one", 5),)),
        Facet("colour", (("red", 4), (":red[sale]", 1))),
    ]
    filter_popover(lambda: facets)
    filter_chips()


@pytest.fixture
def page():
    def opened(filters=None, k=48):
        test = AppTest.from_function(_page, default_timeout=20)
        test.session_state["filters"] = True  # the popover is open
        test.session_state["visit"] = Visit(filters=filters or Filters(), k=k)
        return test.run()

    return opened


def chips(page):
    return {button.key: button.label for button in page.button if button.key.startswith("chip-")}


def now(page):
    return page.session_state["visit"]


def test_each_active_filter_has_a_chip(page):
    shown = page(Filters(any_of={"category": ["bag", "mug"]}, ranges={"price": (10.0, None)}))
    assert list(chips(shown).values()) == ["bag", "mug", "Price from 10"]


def test_without_filters_there_are_no_chips_and_nothing_to_clear(page):
    shown = page()
    assert chips(shown) == {}
    assert shown.button("clear-filters").disabled


def test_a_chip_removes_its_own_filter_and_the_results_start_over(page):
    shown = page(Filters(any_of={"category": ["bag", "mug"]}, ranges={"price": (10.0, 80.0)}))
    shown.button("chip-filters-category-bag").click().run()
    assert now(shown) == Visit(filters=Filters(category="mug", price=(10.0, 80.0)), k=12)
    shown.button("chip-filters-price-").click().run()
    assert now(shown).filters == Filters(category="mug")


def test_clear_removes_every_filter(page):
    shown = page(Filters(category="bag", price=(10.0, 80.0)))
    shown.button("clear-filters").click().run()
    assert (now(shown).filters, chips(shown)) == (Filters(), {})


def test_values_of_a_facet_can_be_chosen_with_their_counts(page):
    shown = page()
    (category, colour) = shown.multiselect
    assert (category.label, category.options) == ("Category", ["bag (3)", "mug (2)"])
    category.select("mug").run()
    assert now(shown) == Visit(filters=Filters(category="mug"), k=12)
    colour = next(each for each in shown.multiselect if each.label == "Colour")
    colour.select("red").run()
    assert now(shown).filters == Filters(category="mug", colour="red")


def test_a_range_is_a_filter_only_where_it_is_narrower_than_everything(page):
    shown = page()
    shown.slider[0].set_range(5.0, 40.0).run()
    assert now(shown).filters == Filters(price=(None, 40.0))
    shown.slider[0].set_range(5.0, 90.0).run()
    assert now(shown).filters == Filters()


def test_a_facet_with_a_single_value_is_not_offered(page):
    assert "Brand" not in {field.label for field in page().multiselect}


def test_a_value_from_a_catalogue_is_never_markup(page):
    """W3."""
    (label,) = chips(page(Filters(colour=":red[sale]"))).values()
    assert label.replace(JOINER, "") == r"\:red\[sale\]"


def test_fields_show_the_filters_that_are_active(page):
    shown = page(Filters(category="mug", price=(10.0, 80.0)))
    assert shown.multiselect[0].value == ["mug"]
    assert shown.slider[0].value == (10.0, 80.0)
