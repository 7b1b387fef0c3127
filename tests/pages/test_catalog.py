"""The Catalogue page as Streamlit runs it: browsing, upkeep, what is done to a whole catalogue, and its errors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from searchcore import Filters, load_settings
from searchcore.catalogues import Catalogues
from searchcore.indexes.sqlite import SqliteIndex
from searchcore.ingest import FolderSource, IngestOptions, sole_writer
from searchcore.pipelines import assemble, make_images
from tests.pages.catalog import (
    adding,
    another_model,
    cards,
    ended,
    ids,
    into,
    press,
    read,
    stored,
    titles,
    words_of,
)
from tests.support import (
    GREEN,
    RED,
    png,
    thing,
    towards_green,
    write_catalogue,
)
from ui.catalog.jobs import Load, begin, jobs
from ui.catalog.state import Look

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) :red[hot]"


@pytest.fixture
def app(shop_page):
    return shop_page


def test_the_page_shows_the_catalogue_that_was_chosen(app):
    page = app.run()
    assert not page.exception
    assert page.title[0].value == "Catalogue"
    assert "3 products" in words_of(page)


def test_an_empty_catalogue_says_so_and_how_to_begin(app):
    assemble("tiny", load_settings().on("bare"))
    app.session_state["look"] = Look("bare")
    page = app.run()
    assert "There is nothing in this catalogue yet" in page.subheader[0].value
    press(page, "add-first")
    assert page.title[0].value == "Add products"


def test_where_what_was_loaded_is_not_visible_yet_the_page_says_so(app, tmp_path, monkeypatch):
    info = SqliteIndex.info
    monkeypatch.setattr(SqliteIndex, "info", lambda self: replace(info(self), notes=("Visible after a minute.",)))
    monkeypatch.setattr(SqliteIndex, "count", lambda self, filters=None: 0)
    page = app.run()
    assert page.button(key="add-first")
    folder = write_catalogue(tmp_path / "later", thing("green", GREEN))
    begin(Load("tiny", "shop", IngestOptions(keep=True), lambda: FolderSource(folder)))
    ended(page)
    assert page.subheader[0].value == "What was loaded is not visible yet"
    assert "Visible after a minute" in words_of(page)
    assert not [each for each in page.button if each.key == "add-first"]


def test_words_and_filters_find_products(app):
    page = app.run()
    page.text_input(key="browse-words").set_value("twin").run()
    assert "1 product" in words_of(page)
    page.text_input(key="browse-words").set_value("nothing-like-it").run()
    assert "and no id begins like that" in words_of(page)
    press(page, "browse-clear-words")
    assert (page.text_input(key="browse-words").value, page.session_state["look"].words) == ("", "")
    page.session_state["catalog-filters"] = True  # the popover is open
    page.run()
    field = next(each for each in page.multiselect if each.label == "Category")
    assert field.options == ["mug (2)", "bag (1)"]
    field.select("mug").run()
    assert "2 products" in words_of(page)


def test_products_are_found_by_their_ids_first_and_by_their_words_then(app, tmp_path):
    near = (thing("A-004", RED, title="Mug"), thing("A-0041", RED, title="Jug"), thing("B-1", RED, title="A 004 case"))
    assemble("tiny", load_settings().on("ids")).ingest(FolderSource(write_catalogue(tmp_path / "ids", *near)))
    app.session_state["look"] = Look("ids", words="a-004")
    assert cards(app.run()) == ["A-004", "A-0041", "B-1"]
    app.session_state["look"] = Look("ids", words="a-004", k=1)
    assert cards(app.run()) == ["A-004"]
    assert "More than 1 products" in words_of(app)
    app.session_state["look"] = Look("ids", words="a-004", filters=Filters(category="bag"))
    assert "among the products that pass the filters" in words_of(app.run())
    press(app, "browse-clear-filters")
    assert cards(app) == ["A-004", "A-0041", "B-1"]


def test_a_product_is_edited_and_the_edit_undone(app):
    app.session_state["look"] = Look("shop", opened="red")
    page = app.run()
    page.text_input(key="edit-red-title").set_value("Crimson")
    page.number_input(key="edit-red-price").set_value(9.5)
    page.text_input(key="edit-red-tags").set_value("work, warm,")
    press(page, "save-product")
    red = {product.id: product for product in stored()}["red"]
    assert (red.title, red.price, red.tags, red.category) == ("Crimson", 9.5, ("work", "warm"), "bag")
    press(page, "undo")
    assert {product.id: product.title for product in stored()}["red"] == "red"


def test_a_product_without_a_title_is_not_saved(app):
    app.session_state["look"] = Look("shop", opened="red")
    page = app.run()
    page.text_input(key="edit-red-title").set_value(" ")
    press(page, "save-product")
    assert "A product needs a title" in words_of(page)


def test_a_deleted_product_comes_back(app):
    app.session_state["look"] = Look("shop", opened="red")
    page = press(app.run(), "delete-product")
    assert ids() == ["blue", "twin"]
    press(page, "undo")
    assert ids() == ["blue", "red", "twin"]


def test_nothing_is_put_back_into_a_catalogue_that_another_visitor_deleted(app):
    app.session_state["look"] = Look("shop", opened="red")
    page = press(app.run(), "delete-product")
    Catalogues(load_settings()).delete("shop")
    press(page, "undo")
    assert "The catalogue “shop” is gone" in words_of(page)
    assert Catalogues(load_settings()).names() == ["sample"]
    assert Catalogues(load_settings()).restore("shop") == "shop"


def test_a_catalogue_that_another_program_made_anew_is_shown_as_it_is_now(app, tmp_path):
    page = app.run()
    assert "3 products" in words_of(page)
    Catalogues(load_settings()).delete("shop")
    folder = write_catalogue(tmp_path / "again", thing("green", GREEN))
    assemble("tiny", load_settings().on("shop")).ingest(FolderSource(folder))
    assert "1 product" in words_of(page.run())
    page.session_state["look"] = Look("shop", opened="green")
    press(page.run(), "delete-product")
    assert ids() == []


def test_neither_a_plan_nor_a_deletion_makes_an_index_that_was_not_there(app, tmp_path):
    page = adding(app, ("Green.png", png(GREEN)))
    page.pills(key="add-pipelines").set_value(["tiny", "local"]).run()
    into(page, "shop")
    page.session_state["look"] = Look("shop", opened="red")
    press(page.run(), "delete-product")
    assert ids() == ["blue", "twin"]
    assert not (tmp_path / ".loupe" / "catalogues" / "shop" / "local.sqlite").exists()


def test_while_the_catalogue_is_filled_nothing_is_deleted(app, tmp_path):
    app.session_state["look"] = Look("shop", opened="red")
    page = app.run()
    with sole_writer(tmp_path / ".loupe" / "catalogues" / "shop" / "tiny.lock"):
        press(page, "delete-product")
    assert "is filling this catalogue" in words_of(page)
    assert "red" in ids()


@pytest.mark.parametrize("button", ["delete-product", "save-product"])
def test_what_one_pipeline_took_can_be_undone_when_another_refuses(app, tmp_path, button):
    assemble("local", load_settings().on("shop")).ingest(FolderSource(tmp_path / "shop"))
    app.session_state["look"] = Look("shop", opened="red")
    page = app.run()
    page.text_input(key="edit-red-title").set_value("Crimson")
    with sole_writer(tmp_path / ".loupe" / "catalogues" / "shop" / "tiny.lock"):
        press(page, button)
    assert "is filling this catalogue" in words_of(page)
    assert titles("local") != {"blue": "blue", "red": "red", "twin": "twin"}
    page.session_state["look"] = Look("shop")
    assert "This was done for local alone." in words_of(page.run())
    press(page, "undo")
    assert titles("local") == titles("tiny") == {"blue": "blue", "red": "red", "twin": "twin"}


def test_health_names_equal_pictures_and_keeps_one(app):
    page = app.run()
    page.session_state["catalog-tab"] = "Health"
    page.run()
    assert {each.label: each.value for each in page.metric} == {
        "Products": "3", "Without a picture": "0", "Without a vector": "0", "Equal pictures": "1",
        "Look nearly the same": "0",
    }  # fmt: skip
    press(page, "delete-equal-red-twin")
    assert ids() == ["blue", "red"]


def test_pictures_of_deleted_products_are_removed_and_an_undo_then_says_what_is_missing(app, tmp_path):
    app.session_state["catalog-tab"] = "Health"
    page = app.run()
    assert "that no product uses" not in words_of(page)
    page.session_state["look"] = Look("shop", opened="red")
    press(page.run(), "delete-product")
    page.session_state["catalog-tab"] = "Health"
    assert "1 picture that no product uses, 0.1 MB" in words_of(page.run())
    assert "it comes back without its picture" in words_of(page)
    pictures = tmp_path / ".loupe" / "catalogues" / "shop" / "pictures"
    with sole_writer(tmp_path / ".loupe" / "catalogues" / "shop" / "local.lock"):
        press(page, "unused-remove")
    assert "is filling this catalogue" in words_of(page)
    assert (pictures / "red.png").exists()
    press(page, "unused-remove")
    assert "Removed: 1 picture that no product uses, 0.1 MB." in words_of(page)
    assert sorted(each.name for each in pictures.iterdir()) == ["blue.png", "twin.png"]
    page.run()
    assert "that no product uses" not in words_of(page)
    press(page, "undo")
    assert ids() == ["blue", "red", "twin"]
    assert {each.label: each.value for each in page.metric}["Without a picture"] == "1"


def test_pictures_in_a_place_of_ones_own_are_not_offered_for_removal(app, tmp_path, monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__IMAGES__KIND", "folder")
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__IMAGES__ROOT", str(tmp_path / "mine"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "holiday.jpg").write_bytes(b"mine")
    app.session_state["catalog-tab"] = "Health"
    page = app.run()
    assert "lie in a place of your choice" in words_of(page)
    assert page.metric
    assert not page.error
    assert not [each for each in page.button if each.key == "unused-remove"]


def test_a_pair_that_is_kept_in_one_catalogue_is_still_shown_in_another(app, tmp_path):
    source = FolderSource(write_catalogue(tmp_path / "near", thing("a", RED), thing("b", towards_green(0.1))))
    for name in ("one", "two"):
        assemble("tiny", load_settings().on(name)).ingest(source)
    app.session_state["look"], app.session_state["catalog-tab"] = Look("one"), "Health"
    page = app.run()
    alike = lambda: next(each.value for each in page.metric if each.label == "Look nearly the same")  # noqa: E731
    assert alike() == "1"
    press(page, "nearly-a-b-keep")
    assert alike() == "0"
    page.session_state["look"], page.session_state["catalog-tab"] = Look("two"), "Health"
    page.run()
    assert alike() == "1"


def test_a_catalogue_is_renamed_deleted_and_restored(app):
    app.session_state["manage"] = True  # the popover is open
    page = app.run()
    page.text_input(key="rename-shop").set_value("store")
    press(page, "rename")
    assert (page.session_state["look"].catalogue, ids("store")) == ("store", ["blue", "red", "twin"])
    press(page, "delete-catalogue")
    assert Catalogues(load_settings()).names() == ["sample"]
    press(page, "undo")
    assert (page.session_state["look"].catalogue, len(ids("store"))) == ("store", 3)
    press(page, "delete-catalogue")
    press(page, "restore-store")
    assert "was deleted" not in words_of(page)
    assert page.session_state["look"].catalogue == "store"
    page.text_input(key="rename-store").set_value("sample")
    press(page, "rename")
    assert "There is a catalogue “sample” already" in page.error[0].value
    page.text_input(key="rename-store").set_value("Mein Laden")
    press(page, "rename")
    assert page.session_state["look"].catalogue == "mein-laden"
    page.text_input(key="rename-mein-laden").set_value("日本")
    press(page, "rename")
    assert "cannot be called “日本”" in page.error[0].value


def test_embedding_anew_is_begun_only_after_its_price_was_seen(app, monkeypatch):
    app.session_state["manage"] = True
    assert not [each for each in app.run().button if each.key == "rebuild"]
    newer = another_model(monkeypatch)
    page = press(app.run(), "rebuild")
    assert (newer.embedded, jobs().all()) == (0, [])
    assert page.button(key="rebuild-begin").label == "Bring 3 products up to date, about 1 s, $1.50"
    press(page, "rebuild-begin")
    assert (ended(page).embedded, newer.embedded) == (3, 3)


def test_products_without_a_whole_picture_hold_embedding_anew_up_until_they_are_deleted(app, monkeypatch):
    make_images("tiny", load_settings().on("shop")).delete("red.png")
    app.session_state["manage"] = True
    another_model(monkeypatch)
    page = press(press(app.run(), "rebuild"), "rebuild-begin")
    ended(page)
    assert "The old index stays in use: 1 product cannot be embedded anew." in read(page)
    assert "Load their pictures again, or delete these products" in read(page)
    press(page, "job-leave-out")
    ended(page)
    assert ids() == ["blue", "twin"]
    assert not [each for each in page.button if each.key.startswith("job-leave-out")]


def test_the_sample_cannot_be_deleted(app):
    app.session_state["look"] = Look("sample")
    app.session_state["manage"] = True
    page = app.run()
    assert "neither renamed nor deleted" in words_of(page)
    assert not [each for each in page.button if each.key == "delete-catalogue"]


def test_searching_there_takes_the_catalogue_along(app):
    page = press(app.run(), "search-here")
    assert page.session_state["visit"].catalogue == "shop"
    assert page.title[0].value == "Find the product in the picture"


def test_a_hostile_address_shows_the_usual_catalogue(app):
    del app.session_state["look"]
    app.query_params["catalogue"] = HOSTILE
    page = app.run()
    assert not page.exception
    assert page.session_state["look"].catalogue == "sample"
    assert "There is no catalogue" in page.info[0].value
    assert not page.run().info


def test_a_click_that_was_meant_for_a_catalogue_that_is_gone_does_nothing_to_another(app):
    page = app.run()
    Catalogues(load_settings()).delete("shop")
    press(page, "add")
    assert page.session_state["look"] == Look("sample")
    assert "There is no catalogue “shop” any more; this is the sample" in page.info[0].value


def test_words_and_filters_are_in_the_address_and_are_read_from_there(app):
    page = app.run()
    page.text_input(key="browse-words").set_value("twin").run()
    page.session_state["look"] = replace(page.session_state["look"], filters=Filters(any_of={"category": ["mug"]}))
    page.run()
    assert page.query_params == {"catalogue": "shop", "words": "twin", "category": "mug"}
    del page.session_state["look"]
    page.query_params["words"] = "blue"
    page.run()
    assert page.text_input(key="browse-words").value == "blue"
    assert page.session_state["look"].filters == Filters(any_of={"category": ["mug"]})
