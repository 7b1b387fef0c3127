"""What an ingest would do, before it does it."""

from __future__ import annotations

import pytest

from searchcore.ingest import FolderSource, IngestOptions, plan
from tests.support import BLUE, GREEN, RED, ColourEmbedder, WholePhoto, engine_of, png, thing, write_catalogue


def test_a_plan_tells_what_the_run_then_does(tmp_path):
    engine = engine_of(tmp_path, embedder=ColourEmbedder(price=0.5))
    folder = tmp_path / "shop"
    write_catalogue(folder, thing("same", RED), thing("other", RED), thing("edited", RED), thing("gone", RED))
    engine.ingest(FolderSource(folder))
    write_catalogue(
        folder, thing("same", RED), thing("other", GREEN), thing("edited", RED, price=2.0), thing("new", BLUE)
    )
    with (folder / "products.csv").open("a", encoding="utf-8") as file:
        file.write("bad,,bad.png\nlost,Lost,lost.png\n")
    stored, embedded = engine.index.hashes(), engine.embedder.embedded
    planned = plan(FolderSource(folder), engine.embedder, engine.index)
    assert (planned.new, planned.changed, planned.edited, planned.unchanged, planned.removed) == (1, 1, 1, 1, 1)
    assert [failure.name for failure in planned.refused] == ["row 6", "row 7"]
    assert [product.id for product in planned.preview] == ["other", "edited", "new"]
    assert planned.cost == pytest.approx(2 * 0.5)
    assert planned.seconds > 0
    assert [(before.price, after.price) for before, after in planned.edits] == [(None, 2.0)]
    assert planned.gone == ("gone",)
    assert (engine.index.hashes(), engine.embedder.embedded) == (stored, embedded)
    report = engine.ingest(FolderSource(folder))
    assert (report.added, report.updated, report.unchanged, report.removed, len(report.failed)) == (1, 2, 1, 1, 2)


def test_a_plan_that_keeps_the_rest_removes_nothing_and_a_first_one_is_all_new(tmp_path):
    engine, folder = engine_of(tmp_path, thing("old", RED)), write_catalogue(tmp_path / "shop", thing("new", RED))
    planned = plan(FolderSource(folder), engine.embedder, engine.index, IngestOptions(keep=True))
    assert (planned.new, planned.removed, planned.left, planned.to_embed) == (1, 0, 1, 1)


def test_a_plan_of_a_picture_that_cannot_be_embedded_still_comes(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("torn", RED))
    (folder / "torn.png").write_bytes(png(RED)[:50])
    assert plan(FolderSource(folder), ColourEmbedder(), None).new == 1


def test_a_plan_counts_the_tags_that_a_detector_gives_for_money(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("one", RED), thing("two", RED))
    planned = plan(FolderSource(folder), ColourEmbedder(price=0.5), None, detector=WholePhoto(price_of_tags=0.25))
    assert planned.cost == pytest.approx(2 * 0.75)


def test_a_plan_names_files_that_are_no_pictures_and_tells_how_far_it_is(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("good", RED), thing("fake", RED))
    (folder / "fake.png").write_bytes(b"MZ program")
    heard = []
    planned = plan(
        FolderSource(folder), ColourEmbedder(), None, progress=lambda done, total: heard.append((done, total))
    )
    assert (planned.new, planned.to_store) == (1, 1)
    assert [(each.name, "no picture" in each.reason) for each in planned.refused] == [("row 3", True)]
    assert heard == [(2, 2)]
