"""Pictures that can no longer be shown."""

from __future__ import annotations

import pytest

from searchcore.damage import open_pictures
from searchcore.ingest import FolderSource
from searchcore.upkeep import survey
from tests.support import BLUE, GREEN, RED, engine_of, png, thing, write_catalogue


@pytest.fixture
def engine(tmp_path):
    opened = engine_of(tmp_path)
    things = [thing(name, colour) for name, colour in (("a", RED), ("b", GREEN), ("c", BLUE), ("d", RED))]
    opened.ingest(FolderSource(write_catalogue(tmp_path / "shop", *things)))
    return opened


def test_files_that_are_not_the_pictures_that_were_loaded_are_found_and_count_until_they_change(engine):
    engine.images.put("a.png", b"no picture")
    engine.images.put("b.png", engine.images.open("b.png")[:60])
    engine.images.put("c.png", png(RED))
    heard = []
    found = open_pictures(engine, 9, lambda done, total: heard.append((done, total)))
    assert (found.count, found.total, sorted(each.key for each in found.damaged)) == (
        4, 4, ["a.png", "b.png", "c.png"],
    )  # fmt: skip
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert survey(engine).damaged == ()
    assert survey(engine, found.damaged).damaged == ("a", "b", "c")
    engine.images.put("a.png", png(RED))
    assert survey(engine, found.damaged).damaged == ("b", "c")


def test_the_pictures_that_changed_last_are_opened(engine, tmp_path):
    for name in ("zz-unused.png", "a.png"):
        engine.images.put(name, b"no picture")
    found = open_pictures(engine, 1)
    assert (found.count, found.total, [each.key for each in found.damaged]) == (1, 4, ["a.png"])


def test_an_empty_file_is_damaged_without_being_opened_and_a_missing_one_is_not_damaged(engine):
    engine.images.put("a.png", b"")
    engine.images.delete("b.png")
    found = survey(engine)
    assert (found.damaged, found.without_picture) == (("a",), ("b",))
    assert open_pictures(engine, 9).count == 3
