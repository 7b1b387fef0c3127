"""The Status page as Streamlit runs it."""

from __future__ import annotations

from threading import Event

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from searchcore.ingest import FolderSource, IngestOptions
from tests.browser import ROOT
from tests.pages.catalog import words_of
from tests.support import GREEN, thing, write_catalogue
from ui.catalog.jobs import Load, begin
from ui.plain import plain


@pytest.fixture
def page(shop_page):
    """The page, not run yet, where `shop` has three products in the pipeline `tiny` and none in `local`."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page("pages/status.py")


def counted(page):
    return page.dataframe[0].value.set_index("Catalogue").to_dict("index")


def test_each_catalogue_is_named_with_its_products_by_pipeline_and_none_is_made_by_that(page, tmp_path):
    assert counted(page.run()) == {
        "sample": {"Products in local": 1, "Products in tiny": 1},
        "shop": {"Products in local": 0, "Products in tiny": 3},
    }
    assert not (tmp_path / ".loupe" / "catalogues" / "shop" / "local.sqlite").exists()


def test_a_pipeline_that_cannot_count_says_why_and_does_not_hide_the_others(page, monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__LOST__INDEX__KIND", "opensearch")
    monkeypatch.setenv("LOUPE_PIPELINES__LOST__INDEX__URL", "http://127.0.0.1:9")
    st.cache_resource.clear()
    rows = counted(page.run())
    assert rows["shop"]["Products in tiny"] == 3
    assert [row["Products in lost"] for row in rows.values()] == [None, None]
    assert "lost: OpenSearch cannot be reached" in words_of(page)


def test_no_visitor_learns_where_things_lie_on_the_server(page, tmp_path):
    page.run()
    assert not page.exception
    words = words_of(page)
    assert "1 products" in words
    assert "GB free" in words
    assert str(tmp_path) not in words
    assert ".loupe" not in words


def test_what_is_being_loaded_is_shown_as_long_as_it_runs(page, tmp_path):
    assert "Nothing is being loaded." in words_of(page.run())
    folder, open_now = write_catalogue(tmp_path / "later", thing("green", GREEN)), Event()

    def opened() -> FolderSource:
        open_now.wait(20)
        return FolderSource(folder)

    job = begin(Load("tiny", "shop", IngestOptions(keep=True), opened))
    page.run()
    assert [plain(f"{job.title}: reading the source")] == [bar.text for bar in page.progress]
    assert "Nothing is being loaded." not in words_of(page)
    open_now.set()
    assert job.wait(20)
    assert "Nothing is being loaded." in words_of(page.run())
