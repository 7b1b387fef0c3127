"""The dialog of one product: what is saved, refused, replaced, and what is never said to be done."""

from __future__ import annotations

import pytest

from searchcore import load_settings
from searchcore.catalogues import Catalogues
from searchcore.errors import NotFound, SearchError
from searchcore.ingest import FolderSource
from searchcore.pipelines import assemble
from searchcore.upkeep import edit, remove
from tests.pages.catalog import ids, press, read, stored, titles, words_of
from tests.support import GREEN, RED, png
from ui.catalog.changes import GONE, OVERTAKEN, delete, save
from ui.catalog.state import Look


@pytest.fixture
def app(shop_page):
    return shop_page


def opened(app, product="red", catalogue="shop"):
    app.session_state["look"] = Look(catalogue, opened=product)
    return app.run()


def engine(pipeline="tiny", catalogue="shop"):
    return assemble(pipeline, load_settings().on(catalogue))


def test_nothing_is_saved_or_deleted_of_a_product_that_is_gone(app):
    shop = engine()
    red = shop.product("red")
    remove(shop, ["red"])
    with pytest.raises(NotFound, match=GONE):
        save(shop, red, {"title": "Crimson", "currency": ""})
    with pytest.raises(NotFound, match=GONE):
        delete(shop, ["red"])
    page = opened(app)
    assert GONE in words_of(page)
    assert not page.session_state["look"].opened
    assert not [each for each in page.button if each.key == "undo"]


def test_a_currency_is_written_in_capitals_and_one_that_is_none_is_refused(app):
    page = opened(app)
    page.text_input(key="edit-red-currency").set_value("Taler")
    press(page, "save-product")
    assert "“Taler” is no currency" in words_of(page)
    page.text_input(key="edit-red-currency").set_value(" eur")
    press(page, "save-product")
    assert {product.id: product.currency for product in stored()}["red"] == "EUR"


def test_a_load_while_the_form_is_open_is_not_written_over_and_stays_when_the_edit_is_undone(app):
    page = opened(app)
    page.text_input(key="edit-red-title").set_value("Crimson")
    edit(engine(), "red", price=20.0, brand="Acme")
    press(page, "save-product")
    assert (engine().product("red").title, engine().product("red").price) == ("Crimson", 20.0)
    edit(engine(), "red", price=30.0)
    press(page, "undo")
    red = engine().product("red")
    assert (red.title, red.price, red.brand) == ("red", 30.0, "Acme")
    page = opened(page)
    assert page.number_input(key="edit-red-price").value == 30.0


def test_an_edit_that_was_overtaken_is_not_undone_and_that_is_said(app):
    page = opened(app)
    page.text_input(key="edit-red-title").set_value("Crimson")
    press(page, "save-product")
    edit(engine(), "red", title="Scarlet")
    press(page, "undo")
    assert OVERTAKEN in read(page)
    assert engine().product("red").title == "Scarlet"


def test_saving_a_form_that_nobody_touched_changes_nothing(app):
    before = engine().index.info().revision
    page = press(opened(app), "save-product")
    assert engine().index.info().revision == before
    assert not [each for each in page.button if each.key == "undo"]


def test_a_picture_is_replaced_in_every_pipeline_and_the_old_one_comes_back(app, tmp_path):
    assemble("local", load_settings().on("shop")).ingest(FolderSource(tmp_path / "shop"))
    page = opened(app)
    page.get("file_uploader")[0].set_value([("green.png", png(GREEN), "image/png")]).run()
    press(page, "save-product")
    assert "A picture is chosen, too" in words_of(page)  # and the dialog stays open
    press(page, "use-picture")
    assert [engine(each).picture("red") for each in ("tiny", "local")] == [png(GREEN), png(GREEN)]
    assert engine().record("red").vector[1] > 0.9
    assert "“red” has another picture." in words_of(page)
    press(page, "undo")
    assert [engine(each).picture("red") for each in ("tiny", "local")] == [png(RED), png(RED)]
    assert "Put back" in words_of(page)


def test_what_is_no_picture_is_refused_before_anything_is_asked(app):
    page = opened(app)
    page.get("file_uploader")[0].set_value([("green.png", b"MZ program", "image/png")]).run()
    assert "no picture" in words_of(page)
    assert not [each for each in page.button if each.key == "use-picture"]


def test_the_sample_is_read_only(app):
    page = opened(app, "sample-red", "sample")
    assert "The sample stays as it is" in words_of(page)
    assert not page.get("file_uploader")
    assert not [each for each in page.button if each.key in ("save-product", "delete-product")]
    with pytest.raises(SearchError, match="sample stays"):
        delete(engine("tiny", "sample"), ["sample-red"])
    assert ids("sample") == ["sample-red"]


def test_what_was_done_before_a_rename_is_undone_in_the_catalogue_as_it_is_called_now(app):
    page = press(opened(app), "delete-product")
    Catalogues(load_settings()).rename("shop", "store")
    engine()
    press(page, "undo")
    assert ids("store") == ["blue", "red", "twin"]
    assert titles("tiny") == {}
