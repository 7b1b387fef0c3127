"""The Catalogue page as Streamlit runs it: sources, columns, preview, jobs, upkeep, and its errors."""

from __future__ import annotations

import io
import threading
import zipfile
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from searchcore import Product, load_settings, pipelines
from searchcore.catalogues import Catalogues
from searchcore.errors import SearchError
from searchcore.indexes.sqlite import SqliteIndex
from searchcore.ingest import FolderSource, Item, sole_writer
from searchcore.ingest.tables import open_table as table
from searchcore.pipelines import assemble
from tests.browser import ROOT
from tests.support import (
    BLUE,
    GREEN,
    RED,
    ColourEmbedder,
    png,
    thing,
    towards_green,
    use_doubles,
    write_catalogue,
)
from ui.catalog_jobs import Load, begin, jobs
from ui.catalog_state import Look

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) :red[hot]"
SHOP = (thing("red", RED, category="bag"), thing("blue", BLUE, category="mug"), thing("twin", RED, category="mug"))


@pytest.fixture
def app(tmp_path, monkeypatch):
    """The page, not run yet, over the catalogues `shop` (three products) and `sample`; the pipeline `tiny` is usual."""
    use_doubles(monkeypatch, tmp_path, thing("sample-red", RED))
    source = FolderSource(write_catalogue(tmp_path / "shop", *SHOP))
    assemble("tiny", load_settings().on("shop")).ingest(source)
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page("pages/catalog.py")
    page.session_state["look"] = Look("shop")
    yield page
    for job in jobs().all():
        job.cancel()
        job.wait(10)
    st.cache_resource.clear()


def stored(catalogue="shop"):
    return assemble("tiny", load_settings().on(catalogue)).index.browse(99)


def ids(catalogue="shop"):
    return [product.id for product in stored(catalogue)]


def titles(pipeline):
    index = assemble(pipeline, load_settings().on("shop")).index
    return {product.id: product.title for product in index.browse(99)}


def words_of(page) -> str:
    kinds = (page.markdown, page.caption, page.error, page.info, page.warning, page.text, page.toast)
    return " ".join(str(element.value) for kind in kinds for element in kind)


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return buffer.getvalue()


def adding(page, *files: tuple[str, bytes]):
    page.session_state["look"] = Look("shop", adding=True)
    page.run()
    if files:
        page.get("file_uploader")[0].set_value([(name, data, "application/octet-stream") for name, data in files]).run()
    assert not page.exception
    return page


def press(page, key):
    """Click a button whose key has random parts, by how it begins."""
    button = next(each for each in page.button if (each.key or "").startswith(key))
    button.click().run()
    assert not page.exception
    return page


def ended(page):
    """Wait for the newest job, and draw the page again."""
    assert jobs().all()[0].wait(20)
    page.run()
    assert not page.exception
    return jobs().all()[0].progress().report


def into_new(page, name):
    next(each for each in page.selectbox if each.key.startswith("target-")).select("A new catalogue").run()
    next(each for each in page.text_input if each.key.startswith("name-")).set_value(name).run()


def into(page, catalogue):
    next(each for each in page.selectbox if each.key.startswith("target-")).select(catalogue).run()
    return press(page, "check")


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
    begin(Load("tiny", "shop", True, lambda: FolderSource(folder)))
    ended(page)
    assert page.subheader[0].value == "What was loaded is not visible yet"
    assert "Visible after a minute" in words_of(page)
    assert not [each for each in page.button if each.key == "add-first"]


def test_what_is_wrong_with_a_row_is_said_before_and_after_and_the_others_go_in(app):
    """I2."""
    listed = (
        "\ufeffid,title,image,season\na,A mug,a.png,=1+1\na,Again,a.png,\nb,,b.png,\nc,C,gone.png,\n"
        "d,D,fake.png,\ne,E,cut.png,\nf,F,f.png,warm\n"
    )
    files = {"products.csv": listed.encode(), "a.png": png(RED), "b.png": png(RED), "fake.png": b"MZ program",
             "cut.png": png(RED)[:60], "f.png": png(BLUE)}  # fmt: skip
    page = adding(app, ("spring.zip", archive(files)))
    into_new(page, "spring")
    press(page, "check")
    refused = page.dataframe[0].value
    assert list(refused["Id"]) == ["a", "b", "c", "d"]
    assert "spring" not in Catalogues(load_settings()).names()  # looking leaves nothing behind
    assert next(each for each in page.button if each.key == "load").label == "Load 3 products, about 1 s, free"
    press(page, "load")
    report = ended(page)
    assert (report.added, [each.product_id for each in report.failed]) == (2, ["a", "b", "c", "d", "e"])
    assert "2 added · 0 updated · 0 unchanged · 0 removed · 5 failed" in words_of(page)
    assert [(each.id, dict(each.extra)) for each in stored("spring")] == [
        ("a", {"season": "=1+1"}), ("f", {"season": "warm"}),
    ]  # fmt: skip
    assert page.session_state["look"].catalogue == "spring"


def test_what_was_looked_at_is_not_read_again_with_each_click(app, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "searchcore.ingest.sources.open_table", lambda name, data: opened.append(name) or table(name, data)
    )
    page = into(adding(app, ("list.csv", b"id,title,image\n7,Vase,v.png\n"), ("v.png", png(RED))), "shop")
    before = len(opened)
    page.run()
    assert [each.key for each in page.button if each.key == "load"]
    assert len(opened) == before


def test_columns_that_nobody_could_guess_are_asked_for(app):
    page = adding(app, ("list.csv", b"Nummer;Bezeichnung;Bild\n7;Vase;v.png\n"), ("v.png", png(RED)))
    assert "Say which column holds the id and the title and the picture." in words_of(page)
    for field, column in {"id": "Nummer", "title": "Bezeichnung", "image": "Bild"}.items():
        next(each for each in page.selectbox if each.key.endswith(f"-{field}")).select(column).run()
    into(page, "shop")
    press(page, "load")
    ended(page)
    assert "7" in ids()


def test_several_pipelines_are_filled_at_once(app):
    page = adding(app, ("Green.png", png(GREEN)))
    page.pills(key="add-pipelines").set_value(["tiny", "local"]).run()
    into(page, "shop")
    press(page, "load")
    for job in jobs().all():
        assert job.wait(20)
        assert job.progress().report.added == 1
    assert assemble("local", load_settings().on("shop")).index.count() == 1
    page.run()
    page.session_state["look"] = Look("shop", opened="Green.png")
    press(page.run(), "delete-product")
    assert assemble("local", load_settings().on("shop")).index.count() == 0
    assert "Green.png" not in ids()


def test_pictures_alone_are_added_and_nothing_is_removed(app):
    page = into(adding(app, ("Blue_vase.png", png(BLUE))), "shop")
    assert page.radio[0].value is False
    press(page, "load")
    ended(page)
    assert ids() == ["Blue_vase.png", "blue", "red", "twin"]


def test_what_the_source_does_not_name_is_removed_only_when_that_is_chosen(app):
    """I4."""
    changed = {"products.csv": b"id,title,image,category\nred,red,red.png,bag\nblue,blue,blue.png,mug\n",
               "red.png": png(RED), "blue.png": png(GREEN)}  # fmt: skip
    page = into(adding(app, ("shop.zip", archive(changed))), "shop")
    assert "1 with another picture" in words_of(page)
    page.radio[0].set_value(True).run()
    assert next(each for each in page.button if each.key == "load").label.startswith("Load 1 product and remove 1,")
    press(page, "load")
    report = ended(page)
    assert (report.updated, report.embedded, report.unchanged, report.removed) == (1, 1, 1, 1)
    assert ids() == ["blue", "red"]
    page = into(adding(page, ("shop.zip", archive(changed))), "shop")
    assert "Nothing is new" in words_of(page)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("slip.zip", archive({"../evil.png": png(RED)}), "a path that leads out of it"),
        ("deep.zip", archive({"inner.zip": b"PK"}), "another archive"),
        ("torn.zip", b"PK not a zip", "cannot be opened"),
        ("none.zip", archive({"letter.txt": b"dear"}), "neither a product list nor a picture"),
        ("bad.parquet", b"PAR1 nothing", "Parquet"),
        ("blank.csv", b"", "is empty"),
    ],
    ids=["slip", "nested", "torn", "empty", "parquet", "blank"],
)
def test_a_source_that_cannot_be_taken_is_refused_in_a_sentence(app, name, data, words):
    """I1."""
    page = adding(app, (name, data))
    assert words in words_of(page)
    assert not [each for each in page.button if each.key in ("check", "load")]
    assert ids() == ["blue", "red", "twin"]


def test_files_that_are_too_much_together_are_refused(app, monkeypatch):
    monkeypatch.setattr("ui.catalog_add.MOST", 1)
    half = png(RED) + bytes(600_000)
    page = adding(app, ("a.png", half), ("b.png", half))
    assert "more than 1 megabytes together" in words_of(page)
    assert "Taken from" not in words_of(adding(page, ("a.png", half), ("b.png", half)))
    assert "Taken from" in words_of(adding(page, ("a.png", half)))


def test_when_every_row_is_refused_there_is_nothing_to_load(app):
    page = into(adding(app, ("list.csv", b"id,title,image\na,A,gone.png\n")), "shop")
    assert "Nothing of it can be loaded." in words_of(page)
    assert not [each for each in page.button if each.key == "load"]


def test_a_folder_of_the_server_is_read_and_one_that_is_not_there_is_named(app, tmp_path, monkeypatch):
    monkeypatch.setenv("LOUPE_SERVER_SOURCES", "true")
    page = adding(app)
    page.segmented_control(key="add-way").select("Folder").run()
    page.text_input(key="add-folder").set_value(str(tmp_path / "gone")).run()
    assert "There is nothing at" in words_of(page)
    page.text_input(key="add-folder").set_value("s3://shop/x").run()
    assert "Choose Amazon S3 above for it" in words_of(page)
    page.text_input(key="add-folder").set_value(str(tmp_path / "shop")).run()
    into(page, "shop")
    assert "Nothing is new" in words_of(page)


def test_the_servers_own_folders_are_closed_to_visitors_unless_that_is_allowed(app):
    page = adding(app)
    assert not page.segmented_control
    assert "LOUPE_SERVER_SOURCES=true" in words_of(page)


@pytest.mark.parametrize("name", ["Shoes & bags", "../x", "sample"])
def test_a_catalogue_gets_no_name_that_it_cannot_have(app, name):
    page = adding(app, ("a.png", png(RED)))
    into_new(page, name)
    assert "cannot be called" in words_of(page) or "sample catalogue" in words_of(page)
    assert not [each for each in page.button if each.key in ("check", "load")]


class Waits:
    """A source that gives a product, waits for the test, and gives another one."""

    count = 40

    def __init__(self):
        self.goes_on = threading.Event()

    def rows(self):
        for number in range(self.count):
            if number == 16:
                assert self.goes_on.wait(20)
            yield Item(Product(f"w{number:02}", "Waiting", f"w{number}.png"), lambda: png(RED))


def test_a_load_is_seen_paused_resumed_and_cancelled_by_another_visitor(app):
    source = Waits()
    job = begin(Load("tiny", "shop", True, lambda: source))
    page = app.run()
    assert "Filling shop · tiny" in words_of(page)
    press(page, "job-pause")
    assert job.progress().state == "paused"
    press(page, "job-resume")
    assert job.progress().state == "running"
    press(page, "job-cancel")
    source.goes_on.set()
    ended(page)
    assert job.progress().state == "cancelled"
    assert "What was stored until then stays" in words_of(page)
    assert "red" in ids()


def test_two_loads_into_one_catalogue_are_not_run_at_once(app):
    source = Waits()
    begin(Load("tiny", "shop", True, lambda: source))
    page = into(adding(app, ("green.png", png(GREEN))), "shop")
    press(page, "load")
    source.goes_on.set()
    assert "is still running" in words_of(page)


def test_what_failed_can_be_tried_again_once_it_is_mended(app, tmp_path):
    folder = write_catalogue(tmp_path / "later", thing("early", GREEN), thing("late", towards_green(0.5)))
    (folder / "late.png").rename(folder / "hidden")
    begin(Load("tiny", "shop", True, lambda: FolderSource(folder)))
    page = app.run()
    assert len(ended(page).failed) == 1
    (folder / "hidden").rename(folder / "late.png")
    press(page, "job-retry")
    assert ended(page).added == 1
    assert "late" in ids()
    assert "red" in ids()


def test_a_job_that_cannot_be_done_says_why(app):
    def broken():
        raise SearchError("The bucket is closed.", "Open it.")

    begin(Load("tiny", "shop", True, broken)).wait(10)
    page = app.run()
    assert "The bucket is closed. Open it" in words_of(page).replace("\\", "")
    press(page, "job-away")
    assert "The bucket is closed" not in words_of(page)


def test_words_and_filters_find_products(app):
    page = app.run()
    page.text_input(key="browse-words").set_value("twin").run()
    assert "1 product" in words_of(page)
    page.text_input(key="browse-words").set_value("nothing-like-it").run()
    assert "No product has these words." in words_of(page)
    page.text_input(key="browse-words").set_value("").run()
    page.session_state["catalog-filters"] = True  # the popover is open
    page.run()
    field = next(each for each in page.multiselect if each.label == "Category")
    assert field.options == ["mug (2)", "bag (1)"]
    field.select("mug").run()
    assert "2 products" in words_of(page)


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
    assert "is filling this index" in words_of(page)
    assert "red" in ids()


@pytest.mark.parametrize("button", ["delete-product", "save-product"])
def test_what_one_pipeline_took_can_be_undone_when_another_refuses(app, tmp_path, button):
    assemble("local", load_settings().on("shop")).ingest(FolderSource(tmp_path / "shop"))
    app.session_state["look"] = Look("shop", opened="red")
    page = app.run()
    page.text_input(key="edit-red-title").set_value("Crimson")
    with sole_writer(tmp_path / ".loupe" / "catalogues" / "shop" / "tiny.lock"):
        press(page, button)
    assert "is filling this index" in words_of(page)
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
    page.text_input(key="rename-shop").set_value("store").run()
    assert (page.session_state["look"].catalogue, ids("store")) == ("store", ["blue", "red", "twin"])
    press(page, "delete-catalogue")
    assert Catalogues(load_settings()).names() == ["sample"]
    press(page, "undo")
    assert (page.session_state["look"].catalogue, len(ids("store"))) == ("store", 3)
    press(page, "delete-catalogue")
    press(page, "restore-store")
    assert page.session_state["look"].catalogue == "store"
    page.text_input(key="rename-store").set_value("sample").run()
    assert "There is a catalogue “sample” already" in words_of(page)


def another_model(monkeypatch):
    """Give the pipeline `tiny` a model that costs half a dollar a picture, so that its index is outdated."""
    newer = ColourEmbedder(price=0.5)
    newer.spec = replace(newer.spec, model_key="colour-2@3")
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: newer)
    st.cache_resource.clear()
    return newer


def test_embedding_anew_is_begun_only_after_its_price_was_seen(app, monkeypatch):
    newer = another_model(monkeypatch)
    app.session_state["manage"] = True
    page = press(app.run(), "rebuild")
    assert (newer.embedded, jobs().all()) == (0, [])
    assert page.button(key="rebuild-begin").label == "Embed 3 products anew, about 1 s, $1.50"
    press(page, "rebuild-begin")
    assert (ended(page).embedded, newer.embedded) == (3, 3)


def test_loading_into_an_outdated_index_shows_what_the_rebuild_costs(app, monkeypatch):
    newer = another_model(monkeypatch)
    page = into(adding(app, ("Green.png", png(GREEN))), "shop")
    assert "its 3 products are embedded anew first, about 1 s, $1.50" in words_of(page).replace("\\", "")
    assert next(each for each in page.button if each.key == "load").label == (
        "Load 1 product and embed 3 anew, about 1 s, $2.00"
    )
    press(page, "load")
    ended(page)
    assert (newer.embedded, len(ids())) == (4, 4)


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
