"""Edit, remove and look through the products of a catalogue."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest

from searchcore.errors import IndexBusy, NotFound, PictureRefused, SearchError
from searchcore.ingest import FolderSource, sole_writer
from searchcore.upkeep import edit, put_back, remove, replace_picture, survey
from tests.support import BLUE, GREEN, RED, engine_of, png, thing, write_catalogue


@pytest.fixture
def engine(tmp_path):
    opened = engine_of(tmp_path)
    shop = write_catalogue(tmp_path / "shop", thing("a", RED, category="bag"), thing("b", GREEN), thing("c", BLUE))
    opened.ingest(FolderSource(shop))
    return opened


def test_an_edited_product_is_found_by_its_new_words_and_was_not_embedded_again(engine):
    embedded = engine.embedder.embedded
    before = edit(engine, "a", title="Crimson satchel", price=12.5, tags=("work",), extra={"season": "spring"}).before
    product = engine.product("a")
    assert (product.title, product.price, product.tags, product.category) == ("Crimson satchel", 12.5, ("work",), "bag")
    assert product.extra == {"season": "spring"}
    assert [hit.product.id for hit in engine.index.search_text("satchel", 5)] == ["a"]
    assert (engine.embedder.embedded, before.product.title) == (embedded, "a")
    np.testing.assert_array_equal(engine.record("a").vector, before.vector)


def test_what_a_detector_saw_stays_when_tags_are_edited(engine):
    record = engine.record("a")
    engine.index.upsert([replace(record, product=record.product.labelled(["handbag"]))])
    edit(engine, "a", tags=("work",))
    assert (engine.product("a").tags, engine.product("a").labels) == (("work", "handbag"), ("handbag",))


def test_another_picture_is_embedded_anew_and_the_old_one_can_come_back(engine):
    edit(engine, "a", price=7.0)
    before = replace_picture(engine, "a", png(GREEN))
    assert (engine.picture("a"), engine.product("a").price) == (png(GREEN), 7.0)
    np.testing.assert_array_equal(engine.record("a").vector, engine.record("b").vector)
    put_back(engine, [before])
    assert engine.picture("a") == png(RED)
    assert engine.record("a").vector[0] > 0.9


@pytest.mark.parametrize("by_hand", [
    lambda engine: edit(engine, "a", title="Crimson", extra={"season": "spring", "size": ""}),
    lambda engine: replace_picture(engine, "a", png(GREEN)),
])  # fmt: skip
def test_taking_a_change_back_leaves_what_came_since(engine, by_hand):
    before = edit(engine, "a", extra={"size": "M", "stock": 3.0}).after
    change = by_hand(engine)
    edit(engine, "a", price=99.0, extra={"stock": 4.0})
    assert put_back(engine, [change]) == 1
    fields = {"price": 99.0, "extra": {"size": "M", "stock": 4.0}}
    assert engine.record("a") == replace(before, product=replace(before.product, **fields))
    assert engine.picture("a") == png(RED)
    np.testing.assert_array_equal(engine.record("a").vector, before.vector)


def test_a_change_that_was_overtaken_is_not_taken_back(engine):
    titled, pictured = edit(engine, "a", title="Crimson"), replace_picture(engine, "b", png(RED))
    edit(engine, "a", title="Scarlet")
    replace_picture(engine, "b", png(BLUE))
    removed = remove(engine, ["c"])
    engine.index.upsert([replace(removed[0].before, product=replace(removed[0].before.product, price=5.0))])
    assert [put_back(engine, each) for each in ([titled], [pictured], removed)] == [0, 0, 0]
    assert (engine.product("a").title, engine.picture("b"), engine.product("c").price) == ("Scarlet", png(BLUE), 5.0)
    remove(engine, ["a"])
    assert put_back(engine, [titled]) == 0
    assert sorted(engine.index.hashes()) == ["b", "c"]


def test_a_tag_that_was_seen_is_no_tag_of_the_catalogue_once_its_edit_is_taken_back(engine):
    record = engine.record("a")
    engine.index.upsert([replace(record, product=record.product.labelled(["handbag"]))])
    change = edit(engine, "a", tags=("handbag",))
    assert engine.product("a").labels == ()
    put_back(engine, [change])
    assert (engine.product("a").tags, engine.product("a").labels) == (("handbag",), ("handbag",))


def test_a_missing_picture_can_be_brought_again(engine, tmp_path):
    (tmp_path / "pictures" / "a.png").unlink()
    replace_picture(engine, "a", png(RED))
    assert engine.picture("a") == png(RED)


@pytest.mark.parametrize("data", [b"MZ program", png((0, 0, 0))], ids=["no picture", "no vector"])
def test_a_picture_that_cannot_be_taken_changes_nothing(engine, data):
    with pytest.raises(PictureRefused):
        replace_picture(engine, "a", data)
    assert engine.picture("a") == png(RED)


def test_a_removed_product_comes_back_as_it_was(engine):
    before = engine.record("b")
    removed = remove(engine, ["b", "nobody"])
    assert engine.index.count() == 2
    put_back(engine, removed)
    assert engine.record("b").product == before.product
    assert engine.picture("b")


def test_a_product_keeps_a_title_and_an_unknown_one_is_named(engine):
    with pytest.raises(SearchError, match="title"):
        edit(engine, "a", title="  ")
    with pytest.raises(NotFound, match="nobody"):
        edit(engine, "nobody", title="x")
    assert engine.product("a").title == "a"


def test_nothing_is_edited_while_the_index_is_filled(engine, tmp_path):
    held = type(engine)(**{name: getattr(engine, name) for name in engine.__slots__} | {"lock": tmp_path / "held.lock"})
    with sole_writer(tmp_path / "held.lock"), pytest.raises(IndexBusy):
        edit(held, "a", title="x")
    with sole_writer(tmp_path / "held.lock"), pytest.raises(IndexBusy):
        remove(held, ["a"])
    assert held.product("a").title == "a"


def test_a_catalogue_is_changed_where_it_has_a_folder_and_never_made_again_where_that_is_gone(engine, tmp_path):
    lock = tmp_path / "service" / "a.lock"
    opened = replace(engine, lock=lock)
    before = remove(opened, ["a"])
    shutil.rmtree(lock.parent)
    with pytest.raises(NotFound, match="gone"):
        put_back(opened, before)
    assert not lock.parent.exists()


def test_a_survey_names_what_is_missing_and_what_is_double(tmp_path):
    engine = engine_of(tmp_path)
    shop = write_catalogue(tmp_path / "shop", thing("a", RED), thing("b", RED), thing("c", BLUE), thing("d", GREEN))
    engine.ingest(FolderSource(shop))
    engine.images.delete("d.png")
    found = survey(engine)
    assert (found.count, found.without_picture, found.without_vector) == (4, ("d",), ())
    assert found.same_picture == (("a", "b"),)


def test_a_survey_of_nothing_finds_nothing(tmp_path):
    found = survey(engine_of(tmp_path))
    assert (found.count, found.without_picture, found.without_vector, found.same_picture) == (0, (), (), ())
