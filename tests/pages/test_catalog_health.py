"""The Health tab as Streamlit runs it."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from searchcore import load_settings
from searchcore.catalogues import Catalogues
from searchcore.ingest import FolderSource, IngestOptions
from searchcore.pipelines import assemble
from tests.browser import ROOT
from tests.pages.catalog import cards, drawn, ids, press, words_of
from tests.support import RED, thing, towards_green, write_catalogue
from ui.catalog.state import Look


@pytest.fixture
def near(tmp_path, shop_page):
    """The page at the Health of a catalogue of four, two of whose pictures are equal and two nearly so."""
    things = (thing("a-1", RED), thing("a-2", towards_green(0.1)), thing("b-1", towards_green(0.5)),
              thing("b-2", towards_green(0.5)))  # fmt: skip
    assemble("tiny", load_settings().on("near")).ingest(FolderSource(write_catalogue(tmp_path / "near", *things)))
    return at_health(shop_page, "near")


def at_health(page, catalogue):
    page.session_state["look"], page.session_state["catalog-tab"] = Look(catalogue), "Health"
    return page.run()


def figures(page):
    return {each.label: each.value for each in page.metric}


def test_files_that_were_lost_or_spoilt_meanwhile_are_counted_when_asked_again(near, tmp_path):
    pictures = tmp_path / ".loupe" / "catalogues" / "near" / "pictures"
    (pictures / "a-1.png").unlink()
    (pictures / "a-2.png").write_bytes(b"no picture")
    assert figures(near.run())["Without a picture"] == "0"
    assert "Checked at" in words_of(near)
    press(near, "check-health")
    assert (figures(near)["Without a picture"], figures(near)["Damaged pictures"]) == ("1", "1")
    assert "All 3 pictures were opened at" in words_of(near)
    press(near, "delete-equal-b-1-b-2")
    assert (figures(near)["Products"], figures(near)["Damaged pictures"]) == ("3", "1")


def test_of_a_new_catalogue_under_the_name_of_a_deleted_one_nothing_was_opened(near, tmp_path):
    press(near, "check-health")
    assert "were opened at" in words_of(near)
    Catalogues(load_settings()).delete("near")
    assemble("tiny", load_settings().on("near")).ingest(FolderSource(tmp_path / "near"))
    assert "were opened at" not in words_of(near.run())


def test_keeping_is_undone_in_the_catalogue_as_it_is_called_now(near):
    press(near, "nearly-a-1-a-2-keep")
    Catalogues(load_settings()).rename("near", "far")
    assemble("tiny", load_settings().on("near"))
    press(near, "undo")
    page = at_health(near, "far")
    assert (figures(page)["Look nearly the same"], "pair kept" in words_of(page)) == ("1", False)


def test_each_of_a_pair_is_a_card_that_opens_its_product(near):
    assert [sorted(card["id"] for card in gallery["cards"]) for gallery in drawn(near, "grid")] == [
        ["b-1", "b-2"], ["a-1", "a-2"],
    ]  # fmt: skip


def test_what_is_kept_stays_so_for_other_visitors_under_another_name_and_after_a_deletion(near):
    press(near, "nearly-a-1-a-2-keep")
    press(near, "equal-b-1-keep")
    assert (figures(near)["Look nearly the same"], figures(near)["Equal pictures"]) == ("0", "0")
    assert "1 pair kept" in words_of(near)
    assert "No other two products look that much alike" in words_of(near)
    assert cards(near) == []
    catalogues = Catalogues(load_settings())
    catalogues.rename("near", "close")
    catalogues.delete("close")
    catalogues.restore("close")
    st.cache_resource.clear()
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page("pages/catalog.py")
    at_health(other, "close")
    assert (figures(other)["Look nearly the same"], figures(other)["Equal pictures"]) == ("0", "0")
    assert "1 group kept" in words_of(other)


def test_what_is_kept_is_shown_again_and_can_be_released_one_by_one_or_undone(near):
    press(near, "nearly-a-1-a-2-keep")
    near.toggle(key="nearly-kept").set_value(True).run()
    assert {"a-1", "a-2"} <= set(cards(near))
    press(near, "nearly-a-1-a-2-release")
    assert figures(near)["Look nearly the same"] == "1"
    press(near, "equal-b-1-keep")
    assert figures(near)["Equal pictures"] == "0"
    press(near, "undo")
    assert figures(near)["Equal pictures"] == "1"


def test_keeping_deletes_nothing_and_a_new_twin_is_asked_about(near, tmp_path):
    press(near, "equal-b-1-keep")
    assert ids("near") == ["a-1", "a-2", "b-1", "b-2"]
    more = write_catalogue(tmp_path / "more", thing("b-3", towards_green(0.5)))
    assemble("tiny", load_settings().on("near")).ingest(FolderSource(more), options=IngestOptions(keep=True))
    assert figures(near.run())["Equal pictures"] == "2"


def test_in_a_catalogue_that_is_gone_nothing_is_kept(near):
    Catalogues(load_settings()).delete("near")
    near.button(key="equal-b-1-keep").click().run()
    assert not near.exception
    assert Catalogues(load_settings()).names() == ["sample", "shop"]
