"""A changed model: a new index beside the old one, in use when it is complete."""

from __future__ import annotations

import pytest

from searchcore import pipelines
from searchcore.embedders.base import EmbedderSpec
from searchcore.errors import IndexRefused
from searchcore.ingest import FolderSource, IngestOptions, IngestReport
from searchcore.ingest.rows import BATCH
from searchcore.pipelines import assemble, make_images
from searchcore.rebuild import NotRebuilt, is_outdated, plan_rebuild, rebuild
from searchcore.settings import load_settings
from tests.support import GREEN, RED, ColourEmbedder, png, thing, use_doubles, write_catalogue

embedded = []


class Newer(ColourEmbedder):
    def __init__(self, key="colour-2@3"):
        super().__init__()
        self.spec = EmbedderSpec("colour", 3, frozenset({"image"}), key)

    def embed_images(self, pictures, role="index"):
        embedded.append(len(pictures))
        return super().embed_images(pictures, role)


@pytest.fixture
def settings(monkeypatch, tmp_path):
    """A catalogue of 40 products whose pipeline got another model afterwards."""
    use_doubles(monkeypatch, tmp_path, thing("red", RED))
    embedded.clear()
    settings = load_settings().on("shoes")
    folder = write_catalogue(tmp_path / "shop", *(thing(f"{n:02}", (200, n, 50)) for n in range(40)))
    engine = assemble("tiny", settings)
    engine.ingest(FolderSource(folder))
    engine.index.close()
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: Newer())
    return settings


def test_a_changed_model_embeds_the_stored_pictures_anew_and_once(settings):
    with pytest.raises(IndexRefused, match=r"colour-1@3.*colour-2@3"):
        assemble("tiny", settings)
    assert is_outdated("tiny", settings)
    assert rebuild("tiny", settings) == IngestReport(added=40, embedded=40)
    engine = assemble("tiny", settings)
    assert (engine.index.count(), engine.index.info().model_key) == (40, "colour-2@3")
    assert rebuild("tiny", settings) == IngestReport()
    assert sum(embedded) == 40


def test_until_it_is_complete_the_old_index_stays_in_use_and_a_killed_rebuild_goes_on(settings):
    def kill(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild("tiny", settings, kill)
    assert is_outdated("tiny", settings)
    assert rebuild("tiny", settings) == IngestReport(added=40 - BATCH, unchanged=BATCH, embedded=40 - BATCH)
    assert not is_outdated("tiny", settings)


def test_a_product_whose_picture_cannot_be_read_keeps_the_old_index_in_use(settings):
    images = make_images("tiny", settings)
    images.delete("07.png")
    images.put("21.png", b"half")
    with pytest.raises(NotRebuilt, match=r"2 products .*07.*21.*Load their pictures again, or delete") as caught:
        rebuild("tiny", settings)
    assert [each.product_id for each in caught.value.failed] == ["07", "21"]
    assert is_outdated("tiny", settings)
    with pytest.raises(NotRebuilt):
        rebuild("tiny", settings, leave_out={"07"})
    report = rebuild("tiny", settings, leave_out={"07", "21"})
    assert (report.embedded, len(report.failed), sum(embedded)) == (0, 2, 38)
    assert assemble("tiny", settings).index.count() == 38


def test_lost_pictures_are_taken_from_what_is_loaded_and_the_fields_stay(settings):
    images, folder = make_images("tiny", settings), settings.data_dir.parent / "shop"
    before = images.open("21.png")
    images.delete("07.png")
    images.put("21.png", b"half")
    write_catalogue(folder, thing("21", GREEN), thing("07", RED, title="Another title"), thing("08", GREEN))
    report = rebuild("tiny", settings, source=FolderSource(folder))
    assert (report, sum(embedded)) == (IngestReport(added=40, embedded=40), 40)
    engine = assemble("tiny", settings)
    assert (engine.index.count(), engine.product("07").title) == (40, "07")
    assert (engine.picture("07"), engine.picture("21")) == (png(RED), png(GREEN))
    assert engine.picture("08") != png(GREEN) != before


def test_a_source_without_the_lost_pictures_brings_none(settings):
    make_images("tiny", settings).delete("07.png")
    folder = settings.data_dir.parent / "shop"
    write_catalogue(folder, thing("07", RED))
    (folder / "07.png").write_bytes(b"half")
    with pytest.raises(NotRebuilt, match="1 product "):
        rebuild("tiny", settings, source=FolderSource(folder))
    assert is_outdated("tiny", settings)


def test_a_rebuild_brings_the_objects_back_too(monkeypatch, settings):
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: ColourEmbedder())
    folder = settings.data_dir.parent / "shop"
    engine = assemble("tiny", settings)
    engine.ingest(FolderSource(folder), options=IngestOptions(objects=True))
    engine.index.close()
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: Newer())
    assert plan_rebuild("tiny", settings).changed == 40
    assert rebuild("tiny", settings) == IngestReport(added=40, embedded=40)
    assert assemble("tiny", settings).index.info().objects == 40


def test_going_back_to_the_first_model_works_too(settings, monkeypatch):
    rebuild("tiny", settings)
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: ColourEmbedder())
    assert rebuild("tiny", settings).embedded == 40
    assert assemble("tiny", settings).index.count() == 40


def test_a_catalogue_that_is_not_there_is_not_outdated(settings):
    assert not is_outdated("tiny", settings.on("other"))
