"""Ingest: how pictures are stored, and what happens where they cannot be."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from searchcore.errors import SearchError
from searchcore.indexes.sqlite import SqliteIndex
from searchcore.ingest import (
    FolderSource,
    IngestOptions,
    IngestReport,
    plan,
)
from searchcore.ingest.files import MemoryFiles
from searchcore.ingest.rows import BATCH
from searchcore.ingest.sources import ListSource
from searchcore.upkeep import put_back, remove
from tests.support import BLUE, GREEN, RED, engine_of, png, thing, write_catalogue


def forty(**fields):
    return [thing(f"{n:02}", (200, n, 50), **fields) for n in range(40)]


def test_a_picture_that_cannot_be_stored_is_reported_and_stops_nothing(tmp_path, monkeypatch):
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty())
    put = engine.images.put

    def fussy(key, data, content_type="image/jpeg"):
        if key == "07.png":
            raise SearchError("That key is refused.", "Rename it.")
        put(key, data, content_type)

    monkeypatch.setattr(engine.images, "put", fussy)
    report = engine.ingest(FolderSource(folder))
    assert (report.added, [failure.product_id for failure in report.failed]) == (39, ["07"])
    assert report.failed[0].transient
    assert "07" not in engine.index.hashes()


def test_a_full_disk_ends_the_run_with_a_sentence_and_keeps_what_is_stored(tmp_path, monkeypatch):
    """I8."""
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty())
    write, written = Path.replace, []

    def full(self, target):
        written.append(target)
        if len(written) > BATCH + 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SearchError, match="No space left"):
        engine.ingest(FolderSource(folder))
    monkeypatch.undo()
    assert engine.index.count() == BATCH
    assert engine.ingest(FolderSource(folder)).added == 40 - BATCH


def test_a_store_that_takes_nothing_ends_the_run(tmp_path, monkeypatch):
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty())

    def refuse(key, data, content_type="image/jpeg"):
        raise SearchError("You may not write there.", "Ask for the right to.")

    monkeypatch.setattr(engine.images, "put", refuse)
    with pytest.raises(SearchError, match="may not write"):
        engine.ingest(FolderSource(folder))


def test_another_list_never_replaces_the_picture_of_a_product_that_it_does_not_name(tmp_path):
    engine, beside = engine_of(tmp_path), IngestOptions(keep=True)
    engine.ingest(FolderSource(write_catalogue(tmp_path / "one", thing("a", RED, image="1.png"))))
    other = write_catalogue(tmp_path / "two", thing("b", BLUE, image="1.png"))
    assert engine.ingest(FolderSource(other), options=beside) == IngestReport(added=1, embedded=1, left=1)
    assert (engine.picture("a"), engine.picture("b")) == (png(RED), png(BLUE))
    assert engine.ingest(FolderSource(other), options=beside) == IngestReport(unchanged=1, left=1)
    assert plan(FolderSource(other), engine.embedder, engine.index, beside).unchanged == 1
    write_catalogue(tmp_path / "two", thing("b", BLUE, image="1.png", price=5.0))
    assert engine.ingest(FolderSource(other), options=beside) == IngestReport(updated=1, left=1)
    assert (engine.picture("a"), engine.picture("b"), engine.product("b").price) == (png(RED), png(BLUE), 5.0)


@pytest.mark.parametrize("lost", [True, False])
def test_a_picture_that_was_lost_or_cut_off_is_stored_again_and_not_embedded(tmp_path, lost):
    engine, shop = engine_of(tmp_path), write_catalogue(tmp_path / "shop", thing("a", RED), thing("b", BLUE))
    engine.ingest(FolderSource(shop))
    if lost:
        engine.images.delete("a.png")
    else:
        engine.images.put("a.png", png(RED)[:40])
    assert engine.ingest(FolderSource(shop)) == IngestReport(updated=1, unchanged=1)
    assert engine.picture("a") == png(RED)
    assert engine.ingest(FolderSource(shop)) == IngestReport(unchanged=2)


def test_a_store_that_lost_all_its_pictures_gets_them_back(tmp_path):
    engine, shop = engine_of(tmp_path), write_catalogue(tmp_path / "shop", thing("a", RED), thing("b", BLUE))
    engine.ingest(FolderSource(shop))
    for key in list(engine.images.list()):
        engine.images.delete(key)
    assert engine.ingest(FolderSource(shop)) == IngestReport(updated=2)
    assert (engine.picture("a"), engine.picture("b")) == (png(RED), png(BLUE))


def test_a_picture_that_products_share_is_replaced_for_those_alone_that_a_list_names(tmp_path):
    engine, shop = engine_of(tmp_path), tmp_path / "shop"
    engine.ingest(FolderSource(write_catalogue(shop, thing("a", RED, image="1.png"), thing("b", RED, image="1.png"))))
    write_catalogue(shop, thing("a", BLUE, image="1.png"))
    assert engine.ingest(FolderSource(shop), options=IngestOptions(keep=True)).updated == 1
    assert (engine.picture("a"), engine.picture("b")) == (png(BLUE), png(RED))


def test_a_store_that_denies_what_is_not_there_takes_new_pictures(tmp_path, monkeypatch):
    engine, beside = engine_of(tmp_path), IngestOptions(keep=True)
    engine.ingest(FolderSource(write_catalogue(tmp_path / "one", thing("a", RED))))

    def denied(key):
        raise SearchError("You may not read there.", "Ask for the right to.")

    monkeypatch.setattr(engine.images, "open", denied)
    other = write_catalogue(tmp_path / "two", thing("b", BLUE), thing("c", GREEN, image="a.png"))
    report = engine.ingest(FolderSource(other), options=beside)
    assert (report.added, [failure.product_id for failure in report.failed]) == (1, ["c"])
    monkeypatch.undo()
    assert (engine.picture("a"), engine.picture("b")) == (png(RED), png(BLUE))


def test_a_changed_picture_lies_beside_the_one_before_which_the_way_back_may_want(tmp_path):
    engine, shop = engine_of(tmp_path), tmp_path / "shop"
    engine.ingest(FolderSource(write_catalogue(shop, thing("a", RED), thing("b", GREEN))))
    engine.ingest(FolderSource(write_catalogue(shop, thing("a", BLUE), thing("b", GREEN))))
    assert engine.picture("a") == png(BLUE)
    assert {engine.images.open(key) for key in engine.images.list()} == {png(BLUE), png(RED), png(GREEN)}
    assert engine.ingest(FolderSource(shop)) == IngestReport(unchanged=2)


def test_a_product_that_is_put_back_shows_its_own_picture_whatever_came_meanwhile(tmp_path):
    engine, shop = engine_of(tmp_path), tmp_path / "shop"
    engine.ingest(FolderSource(write_catalogue(shop, thing("a", RED, image="1.png"))))
    gone = remove(engine, ["a"])
    engine.ingest(
        FolderSource(write_catalogue(shop, thing("b", BLUE, image="1.png"))), options=IngestOptions(keep=True)
    )
    put_back(engine, gone)
    assert (engine.picture("a"), engine.picture("b")) == (png(RED), png(BLUE))


def test_an_index_that_shares_the_store_keeps_its_pictures(tmp_path):
    one, shop = engine_of(tmp_path), tmp_path / "shop"
    one.ingest(FolderSource(write_catalogue(shop, thing("a", RED, image="1.png"))))
    other = replace(one, index=SqliteIndex(tmp_path / "other.sqlite", "colour-1@3", 3))
    other.ingest(FolderSource(write_catalogue(shop, thing("b", BLUE, image="1.png"))))
    assert (one.picture("a"), other.picture("b")) == (png(RED), png(BLUE))


def test_a_picture_that_the_web_did_not_give_may_come_another_time(tmp_path):
    def fetch(url):
        raise SearchError("The address cannot be reached in time.", "Try again.")

    listed = MemoryFiles({"list.csv": b"id,title,image\na,A,https://example.org/a.png\nb,B,gone.png\n"})
    report = engine_of(tmp_path).ingest(ListSource(listed, "list.csv", fetch=fetch))
    assert [(each.product_id, each.transient) for each in report.failed] == [("a", True), ("b", False)]
