"""What a search costs, as the Search page says it."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from searchcore import Box
from tests.browser import ROOT
from tests.support import BLUE, GREEN, RED, png, use_doubles
from ui.visit import Photo, Visit


@pytest.fixture
def visitor(tmp_path, monkeypatch):
    """Make visitors of an app that finds objects for $0.25 a photo and embeds for $0.5 a picture."""
    use_doubles(monkeypatch, tmp_path)
    monkeypatch.setenv("LOUPE_CATALOGUE", "mine")
    for name, value in {"DETECTOR__KIND": "whole", "DETECTOR__PRICE": "0.25", "EMBEDDER__KIND": "colour",
                        "EMBEDDER__PRICE": "0.5"}.items():  # fmt: skip
        monkeypatch.setenv(f"LOUPE_PIPELINES__TINY__{name}", value)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield lambda: AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    st.cache_resource.clear()
    st.cache_data.clear()


def said(page, **wanted):
    """Search by what is wanted, and return the cost that the page says."""
    if wanted:
        page.session_state["visit"] = Visit(**wanted)
    page.run()
    assert not page.exception
    return next(each.value for each in page.caption if "in all" in each.value).rpartition(" · ")[2]


def test_finding_the_objects_of_a_photo_is_in_the_cost_of_its_first_search_alone(visitor):
    page, red, green = visitor(), Photo.uploaded(png(RED)), Photo.uploaded(png(GREEN))
    assert said(page, photo=red) == "$0.75000"
    assert said(page) == "$0.75000"
    assert said(page, photo=red, box=Box(0, 0, 0.5, 1)) == "$0.50000"
    assert said(page, photo=green) == "$0.75000"
    assert said(page, photo=red) == "$0.50000"
    assert said(page, words="red") == "no cost"


def test_what_was_found_for_one_visitor_costs_another_nothing(visitor):
    assert said(visitor(), photo=Photo.uploaded(png(BLUE))) == "$0.75000"
    assert said(visitor(), photo=Photo.uploaded(png(BLUE))) == "$0.50000"
