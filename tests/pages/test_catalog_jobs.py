"""Jobs on the Catalogue page: where they are seen, what their reports say, and how they go on."""

from __future__ import annotations

import threading

import pytest

from searchcore import load_settings
from searchcore.catalogues import Catalogues
from searchcore.errors import NotFound, SearchError
from searchcore.imagestores.folder import FolderStore
from searchcore.ingest import DroppedFiles, FolderSource, IngestOptions, sole_writer
from searchcore.ingest.sources import source_in
from searchcore.pipelines import assemble
from tests.pages.catalog import Waits, adding, archive, ended, ids, into, press, words_of
from tests.support import BLUE, GREEN, RED, png, thing, write_catalogue
from ui.catalog.jobs import Load, begin, jobs, retry
from ui.catalog.state import Look


@pytest.fixture
def app(shop_page):
    return shop_page


def keys(page, start):
    return [each.key for each in page.button if (each.key or "").startswith(start)]


def folder_load(folder, catalogue="shop"):
    return Load("tiny", catalogue, IngestOptions(keep=True), lambda: FolderSource(folder))


@pytest.fixture
def half(tmp_path):
    """A folder of which one product goes in, one lacks its picture, and one has no id."""
    folder = write_catalogue(tmp_path / "half", thing("early", GREEN), thing("late", BLUE))
    (folder / "late.png").rename(folder / "hidden")
    with (folder / "products.csv").open("a", encoding="utf-8") as file:
        file.write(",Nameless,early.png\n")
    return folder


def test_a_report_is_shown_on_its_own_catalogue_alone_and_follows_it(app, half):
    begin(folder_load(half)).wait(10)
    page = app.run()
    assert "1 added · 2 failed" in words_of(page)
    page.session_state["look"] = Look("sample")
    assert "2 failed" not in words_of(page.run())
    Catalogues(load_settings()).rename("shop", "store")
    page.session_state["look"] = Look("store")
    assert "1 added · 2 failed" in words_of(page.run())
    Catalogues(load_settings()).delete("store")
    assemble("tiny", load_settings().on("shop"))
    for name in ("shop", "sample"):
        page.session_state["look"] = Look(name)
        assert "2 failed" not in words_of(page.run())


def test_a_load_of_another_catalogue_is_one_line_that_leads_there(app):
    source = Waits()
    begin(Load("tiny", "other", IngestOptions(keep=True), lambda: source))
    page = app.run()
    assert "Loading into other · tiny · 0%" in words_of(page).replace("\\", "")
    assert not keys(page, "job-cancel")
    press(page, "job-show")
    assert page.session_state["look"].catalogue == "other"
    assert keys(page, "job-cancel")
    source.goes_on.set()


def test_older_loads_are_put_aside_and_a_report_is_dismissed_for_everyone(app, half, tmp_path):
    begin(folder_load(half)).wait(10)
    page = app.run()
    assert "Recent loads" not in labels(page)
    begin(folder_load(write_catalogue(tmp_path / "more", thing("more", RED)))).wait(10)
    page.run()
    assert "Recent loads (1)" in labels(page)
    for job in jobs().all():
        page.button(key=f"job-dismiss-{job.id}").click().run()
    page.session_state["look"] = Look("shop")
    page.run()
    assert "Recent loads" not in labels(page)
    assert not keys(page, "job-")


def labels(page):
    return " ".join(each.label for each in page.expander)


def test_what_failed_is_tried_again_in_the_catalogue_as_it_is_called_now(app, half):
    begin(folder_load(half)).wait(10)
    Catalogues(load_settings()).rename("shop", "store")
    (half / "hidden").rename(half / "late.png")
    app.session_state["look"] = Look("store")
    page = press(app.run(), "job-retry")
    assert ended(page).added == 1
    assert "late" in ids("store")
    assert Catalogues(load_settings()).names() == ["sample", "store"]


def test_nothing_is_tried_again_in_a_catalogue_that_was_deleted(app, half):
    job = begin(folder_load(half))
    job.wait(10)
    Catalogues(load_settings()).delete("shop")
    with pytest.raises(NotFound, match="was deleted"):
        retry(job)
    assert Catalogues(load_settings()).names() == ["sample"]


def test_a_load_whose_catalogue_was_renamed_before_it_began_to_store_goes_where_it_is_now(app, half):
    asked, opens = threading.Event(), threading.Event()

    def slowly():
        asked.set()
        assert opens.wait(20)
        return FolderSource(half)

    job = begin(Load("tiny", "shop", IngestOptions(keep=True), slowly))
    assert asked.wait(20)
    Catalogues(load_settings()).rename("shop", "store")
    opens.set()
    assert job.wait(10)
    assert "early" in ids("store")
    assert Catalogues(load_settings()).names() == ["sample", "store"]


def test_rows_that_are_not_tried_again_stay_in_the_report(app, half):
    begin(folder_load(half)).wait(10)
    (half / "hidden").rename(half / "late.png")
    page = press(app.run(), "job-retry")
    assert [(each.product_id, each.row) for each in ended(page).failed] == [("", 4)]
    assert not keys(page, "job-retry")
    assert "Mend these rows and add them again, with their pictures." in words_of(page)


def test_dropped_rows_that_can_only_fail_again_are_not_offered_for_that(app):
    files = {"products.csv": b"id,title,image\na,A,a.png\nb,B,fake.png\n", "a.png": png(RED), "fake.png": b"MZ"}
    page = into(adding(app, ("shop.zip", archive(files))), "shop")
    press(page, "load")
    assert len(ended(page).failed) == 1
    assert not keys(page, "job-retry")
    assert "Mend these rows and add them again, with their pictures." in words_of(page)


def test_dropped_rows_that_a_disk_refused_are_tried_again_alone(app, monkeypatch):
    listed = b"id,title,image\na,A,a.png\nb,B,fake.png\n"
    dropped = DroppedFiles([("products.csv", listed), ("a.png", png(RED)), ("fake.png", b"MZ")])

    def full(*anything):
        raise SearchError("The store is busy.", "Wait a little.")

    with monkeypatch.context() as patch:
        patch.setattr(FolderStore, "put", full)
        begin(Load("tiny", "shop", IngestOptions(keep=True), lambda: source_in(dropped), dropped=True)).wait(10)
    page = press(app.run(), "job-retry")
    report = ended(page)
    assert (report.added, [each.product_id for each in report.failed]) == (1, ["b"])
    assert "a" in ids()


def test_after_a_load_the_way_to_search_in_it_is_at_hand(app, tmp_path):
    begin(folder_load(write_catalogue(tmp_path / "new", thing("a", RED)), "new")).wait(10)
    app.session_state["look"] = Look("new")
    page = press(app.run(), "job-search")
    assert page.session_state["visit"].catalogue == "new"
    assert page.title[0].value == "Find the product in the picture"


def test_a_load_that_ended_with_its_server_is_said_until_another_one_ended(app):
    lock = load_settings().on("shop").catalogue_dir / "tiny.lock"
    note = lock.with_name("tiny.lock.holder")
    note.write_text('{"process": 1, "machine": "gone", "since": "2026-01-31 09:05+00:00"}', encoding="utf-8")
    page = app.run()
    assert "A load that began at 31 January, 09:05 was cut off." in words_of(page)
    with sole_writer(lock):
        assert "was cut off" not in words_of(page.run())
    assert "was cut off" not in words_of(page.run())
    note.write_text('{"process": 1, "machine": "gone", "since": "2026-01-31 09:05+00:00"}', encoding="utf-8")
    assert "was cut off" in words_of(page.run())
    assert "was cut off" not in words_of(press(page, "cut-off-away"))
    assert "was cut off" not in words_of(page.run())
