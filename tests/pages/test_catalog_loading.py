"""Adding products on the Catalogue page as Streamlit runs it: sources, columns, preview, jobs, and their errors."""

from __future__ import annotations

import pytest

from searchcore import load_settings
from searchcore.catalogues import Catalogues
from searchcore.errors import SearchError
from searchcore.ingest import FolderSource, IngestOptions
from searchcore.ingest.tables import open_table as table
from searchcore.pipelines import assemble, make_images
from tests.pages.catalog import (
    Waits,
    adding,
    another_model,
    archive,
    ended,
    html_of,
    ids,
    into,
    into_new,
    press,
    read,
    removing,
    stored,
    words_of,
)
from tests.support import (
    BLUE,
    GREEN,
    RED,
    png,
    thing,
    towards_green,
    write_catalogue,
)
from ui.catalog.jobs import Load, begin, jobs
from ui.catalog.state import Look


@pytest.fixture
def app(shop_page):
    return shop_page


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
    refused = page.table[0].value
    assert list(refused["Id"]) == ["a", "b", "c", "d"]
    assert list(refused["Row"]) == ["3", "4", "5", "6"]
    assert "refused" in next(each.label for each in page.expander if "refused" in each.label or "failed" in each.label)
    assert "spring" not in Catalogues(load_settings()).names()  # looking leaves nothing behind
    assert next(each for each in page.button if each.key == "load").label == "Load 3 products, about 1 s, free"
    press(page, "load")
    report = ended(page)
    assert (report.added, [each.product_id for each in report.failed]) == (2, ["a", "b", "c", "d", "e"])
    assert "2 added · 5 failed" in words_of(page)
    assert [each.label for each in page.get("download_button")] == ["Download the rows to mend"]
    assert list(page.table[0].value["Row"]) == ["3", "4", "5", "6", "7"]
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
    page = adding(app, ("list.csv", b"Feld1;Feld2;Feld3\n7;Vase;v.png\n"), ("v.png", png(RED)))
    assert "Say which column holds the id." in words_of(page)
    for field, column in {"id": "Feld1", "title": "Feld2"}.items():
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
    assert not removing(page)
    press(page, "load")
    ended(page)
    assert ids() == ["Blue_vase.png", "blue", "red", "twin"]


def test_what_the_source_does_not_name_is_removed_only_when_that_is_chosen(app):
    """I4."""
    changed = {"products.csv": b"id,title,image,category\nred,red,red.png,bag\nblue,blue,blue.png,mug\n",
               "red.png": png(RED), "blue.png": png(GREEN)}  # fmt: skip
    page = into(adding(app, ("shop.zip", archive(changed))), "shop")
    assert "1 with another picture" in words_of(page)
    assert "They stay otherwise: twin (twin)." in read(page)
    removing(page)[0].check().run()
    assert "These go: twin (twin). That cannot be undone" in read(page)
    assert next(each for each in page.button if each.key == "load").label.startswith("Load 1 product and remove 1,")
    press(page, "load")
    report = ended(page)
    assert (report.updated, report.embedded, report.unchanged, report.removed) == (1, 1, 1, 1)
    assert ids() == ["blue", "red"]
    page = into(adding(page, ("shop.zip", archive(changed))), "shop")
    assert "Nothing is new" in words_of(page)


def test_products_are_found_by_their_main_objects_where_that_is_chosen_and_from_then_on(app):
    page = into(adding(app, ("Green.png", png(GREEN))), "shop")
    assert stored_objects() == 0
    objects(page).check().run()
    assert [each.key for each in page.button if each.key == "check"]  # what was checked was another load
    press(page, "check")
    press(page, "load")
    assert ended(page).added == 1
    assert stored_objects() == 1
    assert "1 of them found by the main object of the picture too" in words_of(page)
    page = into(adding(page, ("Green.png", png(GREEN)), ("Red.png", png(RED))), "shop")
    assert objects(page).value is True
    press(page, "load")
    ended(page)
    assert stored_objects() == 2


def objects(page):
    return next(each for each in page.checkbox if each.key.startswith("objects-"))


def stored_objects():
    return assemble("tiny", load_settings().on("shop")).index.info().objects


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
    monkeypatch.setattr("ui.catalog.source.MOST", 1)
    half = png(RED) + bytes(600_000)
    page = adding(app, ("a.png", half), ("b.png", half))
    assert "more than 1 megabytes together" in words_of(page)
    assert "Taken from" not in words_of(adding(page, ("a.png", half), ("b.png", half)))
    assert "Taken from" in words_of(adding(page, ("a.png", half)))


@pytest.mark.parametrize(
    ("name", "data"), [("list.csv", b"id,title,image\na,A,gone.png\n"), ("fake.jpg", b"MZ program")]
)
def test_where_everything_is_refused_nothing_can_be_loaded_or_removed(app, name, data):
    page = into(adding(app, (name, data)), "shop")
    assert "Nothing of it can be loaded" in words_of(page)
    assert not [each for each in page.button if each.key == "load"]
    assert not removing(page)
    assert "The first products" not in html_of(page)


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
    assert "LOUPE" not in words_of(page)


def test_a_load_is_seen_paused_resumed_and_cancelled_by_another_visitor(app):
    source = Waits()
    job = begin(Load("tiny", "shop", IngestOptions(keep=True), lambda: source))
    page = app.run()
    assert "Loading into shop · tiny" in words_of(page)
    press(page, "job-pause")
    assert job.progress().state == "paused"
    press(page, "job-resume")
    assert job.progress().state == "running"
    press(page, "job-cancel")
    source.goes_on.set()
    ended(page)
    assert job.progress().state == "cancelled"
    assert "16 added" in words_of(page)
    assert "red" in ids()
    press(page, "job-continue")
    assert ended(page).added == 24
    assert not [each for each in page.button if each.key.startswith("job-continue")]


def test_two_loads_into_one_catalogue_are_not_run_at_once(app):
    source = Waits()
    begin(Load("tiny", "shop", IngestOptions(keep=True), lambda: source))
    page = into(adding(app, ("green.png", png(GREEN))), "shop")
    assert "Still at work: Loading into shop · tiny" in read(page)
    press(page, "load")
    source.goes_on.set()
    kinds = ("subheader", "error", "button")
    drawn = [each.key if each.type == "button" else each.type for each in page.main if each.type in kinds]
    assert drawn[-3:] == ["subheader", "error", "load"]
    assert "is still running" in page.error[0].value


def test_what_failed_can_be_tried_again_once_it_is_mended(app, tmp_path):
    folder = write_catalogue(tmp_path / "later", thing("early", GREEN), thing("late", towards_green(0.5)))
    (folder / "late.png").rename(folder / "hidden")
    begin(Load("tiny", "shop", IngestOptions(keep=True), lambda: FolderSource(folder)))
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

    begin(Load("tiny", "shop", IngestOptions(keep=True), broken)).wait(10)
    page = app.run()
    assert "The bucket is closed. Open it" in words_of(page).replace("\\", "")
    press(page, "job-dismiss")
    assert "The bucket is closed" not in words_of(page)


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


@pytest.mark.parametrize("brings", [True, False])
def test_a_load_into_an_outdated_index_brings_lost_pictures_or_goes_on_without_them(app, monkeypatch, brings):
    make_images("tiny", load_settings().on("shop")).delete("red.png")
    another_model(monkeypatch)
    listed = ("products.csv", b"id,title,image\nred,Red,red.png\n" if brings else b"id,title,image\nnew,New,new.png\n")
    page = into(adding(app, listed, ("red.png" if brings else "new.png", png(RED))), "shop")
    press(page, "load")
    ended(page)
    if not brings:
        assert "red: There is no picture" in read(page)
        press(page, "job-leave-out")
        ended(page)
    assert ids() == (["blue", "red", "twin"] if brings else ["blue", "new", "twin"])
