"""A changed model: a new index beside the old one, in use when it is complete."""

from __future__ import annotations

import pytest

from searchcore import pipelines
from searchcore.embedders.base import EmbedderSpec
from searchcore.errors import IndexRefused
from searchcore.ingest import FolderSource, IngestOptions, IngestReport
from searchcore.ingest.rows import BATCH
from searchcore.pipelines import assemble
from searchcore.rebuild import is_outdated, plan_rebuild, rebuild
from searchcore.settings import load_settings
from tests.support import RED, ColourEmbedder, thing, use_doubles, write_catalogue

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
