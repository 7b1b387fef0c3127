"""The embedded parts together, over some products of the bundled catalogue."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from PIL import Image

from searchcore import Picture, Query, SearchEngine, Settings
from searchcore.ingest import FolderSource
from searchcore.pipelines import SAMPLE, assemble

FEW = 24


class FewProducts(FolderSource):
    """The bundled catalogue, thinned out."""

    def rows(self):
        return islice(super().rows(), 0, None, max(1, self.count // FEW))


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> SearchEngine:
    opened = assemble("local", Settings(data_dir=tmp_path_factory.mktemp("data"), catalogue="few"))
    report = opened.ingest(FewProducts(SAMPLE))
    assert report.added >= FEW
    assert report.failed == ()
    return opened


def test_every_catalogue_picture_finds_its_own_product_first(engine):
    """S5."""
    for product_id in engine.index.hashes():
        result = engine.search(Query(picture=Picture.from_bytes(engine.picture(product_id))), k=3)
        assert result.hits[0].product.id == product_id
        assert result.hits[0].similarity >= 0.999
        assert result.confidence == "confident"


def test_its_own_word_keeps_it_first(engine):
    """S5."""
    for product_id in list(engine.index.hashes())[::6]:
        product = engine.product(product_id)
        query = Query(picture=Picture.from_bytes(engine.picture(product_id)), text=product.category)
        assert engine.search(query, k=3).hits[0].product.id == product_id


def test_an_ingest_again_embeds_nothing(engine):
    """I3."""
    report = engine.ingest(FewProducts(SAMPLE))
    assert (report.embedded, report.unchanged) == (0, engine.index.count())


@pytest.mark.parametrize("colour", ["white", "black", "#c02040"])
def test_a_blank_photo_is_no_confident_match(engine, colour):
    """S7."""
    blank = Picture.from_image(Image.new("RGB", (640, 480), colour))
    assert engine.search(Query(picture=blank)).confidence == "no confident match"


def test_noise_is_no_confident_match(engine):
    """S7."""
    noise = np.random.default_rng(5).integers(0, 256, size=(480, 640, 3), dtype=np.uint8)
    assert engine.search(Query(picture=Picture.from_image(Image.fromarray(noise)))).confidence == "no confident match"


@pytest.mark.parametrize("emphasis", [0.0, 0.5, 1.0])
def test_the_picture_itself_stays_first_at_any_emphasis(engine, emphasis):
    for product_id in list(engine.index.hashes())[::8]:
        query = Query(picture=Picture.from_bytes(engine.picture(product_id)), emphasis=emphasis)
        assert engine.search(query, k=1).hits[0].product.id == product_id


def test_the_same_photo_gives_the_same_objects_and_hits(engine):
    scene = Picture.from_file(sorted((SAMPLE / "scenes").glob("*.jpg"))[0])
    assert engine.detect(scene) == engine.detect(scene)
    first, second = (engine.search(Query(picture=scene), k=5).hits for _ in range(2))
    assert first == second
