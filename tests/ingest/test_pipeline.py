"""Ingest: what is new, changed, gone or broken."""

from __future__ import annotations

import pytest
from PIL import Image

from searchcore import Picture, Query
from searchcore.embedders.base import EmbedderSpec
from searchcore.errors import ManifestRefused, NotFound, SearchError
from searchcore.indexes.base import NotStored
from searchcore.ingest import (
    Failure,
    FolderSource,
    IngestOptions,
    IngestReport,
    Only,
    failures_csv,
)
from searchcore.ingest.rows import BATCH
from tests.support import BLACK, BLUE, GREEN, RED, ColourEmbedder, engine_of, photo, png, thing, write_catalogue


def forty(**fields):
    return [thing(f"{n:02}", (200, n, 50), **fields) for n in range(40)]


def test_a_first_run_stores_everything(tmp_path):
    engine = engine_of(tmp_path)
    folder = write_catalogue(tmp_path / "shop", thing("red", RED, price=9.5), thing("green", GREEN))
    assert engine.ingest(FolderSource(folder)) == IngestReport(added=2, embedded=2)
    assert engine.product("red").price == 9.5
    assert engine.picture("green") == png(GREEN)
    best = engine.search(Query(picture=photo(GREEN))).hits[0]
    assert (best.product.id, best.similarity) == ("green", pytest.approx(1.0))


def test_a_second_run_embeds_nothing(tmp_path):
    """I3."""
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty())
    engine.ingest(FolderSource(folder))
    embedded = engine.embedder.embedded
    assert engine.ingest(FolderSource(folder)) == IngestReport(unchanged=40)
    assert engine.embedder.embedded == embedded


def test_a_killed_run_goes_on_where_it_stopped(tmp_path):
    """I3: no duplicate, and only the rest is embedded."""
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty())

    def kill(done, total):
        if done >= total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.ingest(FolderSource(folder), kill)
    stored = engine.index.count()
    assert stored == 2 * BATCH
    report = engine.ingest(FolderSource(folder))
    assert report == IngestReport(added=40 - stored, unchanged=stored, embedded=40 - stored)
    assert engine.index.count() == engine.embedder.embedded == 40


def test_a_run_killed_while_storing_leaves_no_product_without_its_picture(tmp_path, monkeypatch):
    """I3."""
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty())
    calls = []

    def put(key, data, content_type="image/jpeg"):
        calls.append(key)
        if len(calls) == BATCH + 3:
            raise KeyboardInterrupt
        type(engine.images).put(engine.images, key, data, content_type)

    monkeypatch.setattr(engine.images, "put", put)
    with pytest.raises(KeyboardInterrupt):
        engine.ingest(FolderSource(folder))
    assert engine.index.count() == BATCH
    for product_id in engine.index.hashes():
        assert engine.picture(product_id)


def test_one_changed_picture_is_embedded_once_again(tmp_path):
    """I4."""
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty())
    engine.ingest(FolderSource(folder))
    before = engine.thumbnail("07", 16)
    (folder / "07.png").write_bytes(png(BLUE))
    assert engine.ingest(FolderSource(folder)) == IngestReport(updated=1, unchanged=39, embedded=1)
    assert engine.search(Query(picture=photo(BLUE))).hits[0].product.id == "07"
    assert engine.picture("07") == png(BLUE)
    assert engine.thumbnail("07", 16) != before


def test_a_changed_text_is_stored_without_embedding(tmp_path):
    engine = engine_of(tmp_path)
    engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", thing("a", RED), thing("b", GREEN))))
    folder = write_catalogue(tmp_path / "shop", thing("a", RED, price=5.0), thing("b", GREEN))
    assert engine.ingest(FolderSource(folder)) == IngestReport(updated=1, unchanged=1)
    assert engine.product("a").price == 5.0
    assert engine.search(Query(picture=photo(RED))).hits[0].product.id == "a"


def test_a_removed_row_is_removed(tmp_path):
    """I4."""
    engine = engine_of(tmp_path)
    engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", thing("a", RED), thing("b", GREEN))))
    report = engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", thing("b", GREEN))))
    assert report == IngestReport(unchanged=1, removed=1)
    with pytest.raises(NotFound):
        engine.product("a")


def test_a_row_that_became_unreadable_keeps_its_product(tmp_path):
    engine = engine_of(tmp_path)
    folder = write_catalogue(tmp_path / "shop", thing("a", RED, price=5.0), thing("b", GREEN))
    engine.ingest(FolderSource(folder))
    listed = (folder / "products.csv").read_text(encoding="utf-8")
    (folder / "products.csv").write_text(listed.replace("5.0", "five"), encoding="utf-8")
    report = engine.ingest(FolderSource(folder))
    assert report == IngestReport(unchanged=1, failed=(Failure("row 2", "The price “five” is no number."),))
    assert engine.product("a").price == 5.0


def test_bad_rows_and_bad_pictures_are_named_and_the_good_ones_go_in(tmp_path):
    """I2."""
    engine = engine_of(tmp_path)
    folder = write_catalogue(tmp_path / "shop", *(thing(name, RED) for name in ("good", "torn", "gone", "fake")))
    (folder / "torn.png").write_bytes(png(RED)[:60])
    (folder / "gone.png").unlink()
    (folder / "fake.png").write_bytes(b"MZ\x90\x00 not a picture")
    with (folder / "products.csv").open("a", encoding="utf-8") as file:
        file.write("good,Twice,good.png\n,No id,good.png\nout,Outside,../../secret.png\nnul,Nul,a\x00.png\n")
    report = engine.ingest(FolderSource(folder))
    reasons = {failure.name: failure.reason for failure in report.failed}
    ids = {failure.name: failure.product_id for failure in report.failed}
    assert not any(failure.transient for failure in report.failed)
    assert (report.added, report.embedded, set(engine.index.hashes())) == (1, 1, {"good"})
    assert ids == {
        "row 3": "torn", "row 4": "gone", "row 5": "fake", "row 6": "good", "row 7": "", "row 8": "out", "row 9": "nul"
    }  # fmt: skip
    assert "damaged" in reasons["row 3"]
    assert "missing" in reasons["row 4"]
    assert "no picture" in reasons["row 5"]
    assert reasons["row 6"] == "The id “good” is in row 2 already."
    assert reasons["row 7"] == "The column “id” is empty."
    assert "outside" in reasons["row 8"]


def test_a_picture_that_has_no_vector_does_not_spoil_its_batch(tmp_path):
    """I6."""
    engine = engine_of(tmp_path)
    folder = write_catalogue(tmp_path / "shop", thing("a", RED), thing("black", BLACK), thing("c", GREEN))
    report = engine.ingest(FolderSource(folder))
    assert (report.added, set(engine.index.hashes())) == (2, {"a", "c"})
    assert [(failure.name, failure.product_id) for failure in report.failed] == [("row 3", "black")]


def test_vectors_that_are_not_numbers_are_never_stored(tmp_path):
    """I6."""

    class Broken(ColourEmbedder):
        def embed_images(self, pictures, role="index"):
            rows = super().embed_images(pictures, role)
            rows[[picture.pixels()[0, 0, 1] > 200 for picture in pictures]] = float("nan")
            return rows

    engine = engine_of(tmp_path, embedder=Broken())
    report = engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", thing("a", RED), thing("nan", GREEN))))
    assert set(engine.index.hashes()) == {"a"}
    assert report.failed[0].product_id == "nan"
    assert "NaN" in report.failed[0].reason


def test_a_service_that_fails_stops_the_run_and_keeps_what_was_stored(tmp_path):
    class Flaky(ColourEmbedder):
        def embed_images(self, pictures, role="index"):
            if self.embedded:
                raise SearchError("The service is down.", "Try again.")
            return super().embed_images(pictures, role)

    engine = engine_of(tmp_path, embedder=Flaky())
    folder = write_catalogue(tmp_path / "shop", *forty())
    with pytest.raises(SearchError, match="The service is down"):
        engine.ingest(FolderSource(folder))
    assert engine.index.count() == BATCH


def test_another_model_is_refused_before_anything_is_embedded(tmp_path):
    """I5."""

    class Other(ColourEmbedder):
        def __init__(self):
            super().__init__()
            self.spec = EmbedderSpec("colour", 3, frozenset({"image"}), "colour-2@3")

    engine_of(tmp_path, thing("a", RED))
    with pytest.raises(SearchError) as refused:
        engine_of(tmp_path, embedder=Other())
    assert "colour-1@3" in str(refused.value)
    assert "colour-2@3" in str(refused.value)


def test_progress_is_told_up_to_the_end(tmp_path):
    heard = []
    engine_of(tmp_path).ingest(
        FolderSource(write_catalogue(tmp_path / "shop", *forty())), lambda done, total: heard.append((done, total))
    )
    assert heard == [(16, 40), (32, 40), (40, 40)]


def test_an_empty_list_does_not_empty_the_catalogue(tmp_path):
    engine = engine_of(tmp_path)
    engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", thing("a", RED))))
    with pytest.raises(ManifestRefused, match="no row"):
        engine.ingest(FolderSource(write_catalogue(tmp_path / "shop")))
    assert engine.index.count() == 1


def test_a_catalogue_picture_and_the_same_picture_as_a_query_are_seen_alike(tmp_path):
    """S5: alpha on white, at ingest and at search."""
    engine = engine_of(tmp_path)
    folder = write_catalogue(tmp_path / "shop", thing("a", RED), thing("b", (255, 200, 200)))
    see_through = Image.open(folder / "a.png").convert("RGBA")
    see_through.putalpha(60)
    see_through.save(folder / "a.png")
    engine.ingest(FolderSource(folder))
    best = engine.search(Query(picture=Picture.from_file(folder / "a.png"))).hits[0]
    assert (best.product.id, best.similarity) == ("a", pytest.approx(1.0))


def test_failures_can_be_tried_again_alone(tmp_path):
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty())
    (folder / "07.png").write_bytes(b"torn")
    failed = engine.ingest(FolderSource(folder)).failed
    (folder / "07.png").write_bytes(png(BLUE))
    again = Only(FolderSource(folder), {failure.product_id for failure in failed})
    assert engine.ingest(again, options=IngestOptions(keep=True)) == IngestReport(added=1, embedded=1, left=39)
    assert engine.index.count() == 40


def test_failures_as_csv_hold_no_formula():
    """W4."""
    text = failures_csv([Failure("row 2", "=cmd|'/c calc'!A1", "@id"), Failure("+x", "-1", "\tid")])
    assert text.splitlines() == ["what,id,reason", "row 2,'@id,'=cmd|'/c calc'!A1", "'+x,'\tid,'-1"]


def test_products_that_the_index_refuses_are_named_and_the_others_count(tmp_path, monkeypatch):
    """A6."""
    engine = engine_of(tmp_path)
    store = engine.index.upsert

    def some(records):
        store([record for record in records if record.product.id != "b"])
        raise NotStored({"b": "too many fields"})

    monkeypatch.setattr(engine.index, "upsert", some)
    report = engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", *(thing(name) for name in "abc"))))
    assert (report.added, report.updated) == (2, 0)
    assert report.failed == (Failure("row 3", "too many fields"),)
