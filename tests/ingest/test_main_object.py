"""Finding products by the main object of their picture, too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from searchcore import Box, Detection, Picture, Product, Query
from searchcore.detectors.base import Detector
from searchcore.errors import PictureRefused
from searchcore.ingest import FolderSource, IngestOptions, IngestReport, plan
from searchcore.ingest.main_object import main_object
from searchcore.upkeep import edit
from tests.support import BLACK, BLUE, GREEN, RED, ColourEmbedder, engine_of, photo, thing, write_catalogue

WITH, WITHOUT = IngestOptions(objects=True), IngestOptions(objects=False)
MIDDLE = Box(0.25, 0.25, 0.5, 0.5)


class Middle(Detector):
    """Find a thing in the middle of each picture; `looked` counts pictures."""

    name = "middle"

    def __init__(self, box=MIDDLE, price=0.0):
        self.box, self.price, self.looked = box, price, 0

    def detect(self, picture):
        self.looked += 1
        return [Detection("thing", 0.9, self.box)] if self.box else []


def room(ground, middle):
    """Draw a thing of one colour before a ground of another; most of what is seen is the ground."""
    pixels = np.full((64, 64, 3), ground, dtype=np.uint8)
    pixels[16:48, 16:48] = middle
    return Image.fromarray(pixels)


def shop(folder, **rooms):
    write_catalogue(folder, *(thing(name) for name in rooms))
    for name, (ground, middle) in rooms.items():
        room(ground, middle).save(folder / f"{name}.png")
    return FolderSource(folder)


def engine_with(folder, detector=None, **options):
    return replace(engine_of(folder, embedder=ColourEmbedder(**options)), detector=detector or Middle())


def similarity(engine, colour, product_id):
    hits = engine.search(Query(picture=photo(colour))).hits
    return next(hit.similarity for hit in hits if hit.product.id == product_id)


def test_a_product_is_found_by_the_object_in_its_picture_and_by_the_picture(tmp_path):
    engine = engine_with(tmp_path)
    source = shop(tmp_path / "shop", a=(RED, BLUE), b=(RED, GREEN))
    engine.ingest(source, options=WITHOUT)
    before = similarity(engine, BLUE, "a")
    engine.ingest(source, options=WITH)
    assert before < 0.5
    assert similarity(engine, BLUE, "a") == pytest.approx(1)
    assert similarity(engine, BLUE, "b") < 0.5
    assert similarity(engine, RED, "a") > 0.9


def test_objects_are_indexed_only_where_they_are_asked_for_and_later_loads_go_on_so(tmp_path):
    engine = engine_with(tmp_path)
    engine.ingest(shop(tmp_path / "shop", a=(RED, BLUE)))
    assert (engine.index.info().objects, engine.detector.looked) == (0, 0)
    engine.ingest(shop(tmp_path / "shop", a=(RED, BLUE)), options=WITH)
    looked, rooms = engine.detector.looked, {"a": (RED, BLUE), "b": (RED, GREEN)}
    assert engine.ingest(shop(tmp_path / "shop", **rooms)) == IngestReport(added=1, unchanged=1, embedded=1)
    assert engine.detector.looked == looked + 1
    assert engine.index.info().objects == 2
    assert similarity(engine, GREEN, "b") == pytest.approx(1)


def test_stored_pictures_get_their_objects_only_where_that_is_asked_for(tmp_path):
    engine = engine_with(tmp_path)
    engine.ingest(shop(tmp_path / "shop", a=(RED, BLUE)), options=WITH)
    engine.ingest(shop(tmp_path / "shop", b=(RED, GREEN)), options=IngestOptions(keep=True, objects=False))
    both = shop(tmp_path / "shop", a=(RED, BLUE), b=(RED, GREEN))
    assert plan(both, engine.embedder, engine.index, detector=engine.detector).deepened == 0
    assert engine.ingest(both) == IngestReport(unchanged=2)
    assert engine.ingest(both, options=WITH) == IngestReport(updated=1, unchanged=1, embedded=1)


def test_what_is_stored_is_not_embedded_again_for_the_sake_of_its_object(tmp_path):
    engine = engine_with(tmp_path)
    source = shop(tmp_path / "shop", a=(RED, BLUE), b=(RED, GREEN))
    engine.ingest(source)
    embedded, picture = engine.embedder.embedded, engine.record("a").vector
    assert engine.ingest(source, options=WITH) == IngestReport(updated=2, embedded=2)
    assert engine.embedder.embedded == embedded + 2
    np.testing.assert_array_equal(engine.record("a").vector, picture)
    assert engine.ingest(source, options=WITH) == IngestReport(unchanged=2)
    assert engine.ingest(source, options=WITHOUT) == IngestReport(unchanged=2)
    assert (engine.embedder.embedded, engine.detector.looked) == (embedded + 2, 2)
    assert engine.record("a").has_own_object


def test_an_edited_product_keeps_its_object(tmp_path):
    engine = engine_with(tmp_path)
    engine.ingest(shop(tmp_path / "shop", a=(RED, BLUE)), options=WITH)
    edit(engine, "a", title="Another title")
    assert engine.record("a").has_own_object
    source = shop(tmp_path / "shop", a=(RED, BLUE))
    (tmp_path / "shop" / "products.csv").write_text("id,title,image\na,A third title,a.png\n", encoding="utf-8")
    assert engine.ingest(source) == IngestReport(updated=1)
    assert engine.record("a").has_own_object


@pytest.mark.parametrize("box", [None, Box.whole(), Box(0.02, 0.02, 0.97, 0.97), Box(0.5, 0.5, 0.05, 0.05)])
def test_where_nothing_stands_out_the_picture_is_embedded_once_and_never_again(tmp_path, box):
    """Nothing is found, or all of the picture, or less than can be seen."""
    engine = engine_with(tmp_path, Middle(box))
    source = shop(tmp_path / "shop", a=(RED, BLUE))
    engine.ingest(source, options=WITH)
    assert not engine.record("a").has_own_object
    assert engine.ingest(source) == IngestReport(unchanged=1)
    assert (engine.embedder.embedded, engine.detector.looked) == (1, 1)


def test_an_object_that_cannot_be_embedded_does_not_cost_the_product_its_place(tmp_path):
    engine = engine_with(tmp_path)
    rooms = {"a": (RED, BLACK), "b": (RED, BLUE), "c": (BLACK, BLACK)}
    report = engine.ingest(shop(tmp_path / "shop", **rooms), options=WITH)
    assert (report.added, [each.product_id for each in report.failed]) == (2, ["c"])
    assert (engine.record("a").has_own_object, engine.record("b").has_own_object) == (False, True)
    assert engine.detector.looked == 3


def test_a_picture_that_the_detector_refuses_is_loaded_all_the_same(tmp_path):
    class Choosy(Middle):
        def detect(self, picture):
            if picture.pixels()[32, 32].tolist() == list(GREEN):
                raise PictureRefused("Too green.")
            return super().detect(picture)

    engine = engine_with(tmp_path, Choosy())
    report = engine.ingest(shop(tmp_path / "shop", a=(RED, BLUE), b=(RED, GREEN)), options=WITH)
    assert report == IngestReport(added=2, embedded=2)
    assert (engine.record("a").has_own_object, engine.record("b").has_own_object) == (True, False)


def test_a_plan_counts_objects_and_what_they_cost(tmp_path):
    engine = engine_with(tmp_path, Middle(price=0.25), price=1.0)
    engine.ingest(shop(tmp_path / "shop", a=(RED, BLUE), b=(RED, BLUE)))
    source = shop(tmp_path / "shop", a=(RED, BLUE), b=(GREEN, BLUE), c=(RED, BLUE))
    edit(engine, "a", title="Written by hand")

    def planned(options):
        return plan(source, engine.embedder, engine.index, options, detector=engine.detector)

    without, with_objects = planned(IngestOptions()), planned(WITH)
    assert (without.changed, without.new, without.deepened, without.edited) == (1, 1, 0, 1)
    assert (with_objects.changed, with_objects.new, with_objects.deepened, with_objects.edited) == (1, 1, 1, 0)
    for each in (without, with_objects):
        assert (each.retold, [(before.title, after.title) for before, after in each.edits]) == (
            1, [("Written by hand", "a")],
        )  # fmt: skip
    assert without.cost == pytest.approx(2 * 1.0)
    assert with_objects.cost == pytest.approx(2 * (2 * 1.0 + 0.25) + 1.0 + 0.25)
    assert (with_objects.to_store, with_objects.to_embed) == (3, 3)
    assert with_objects.seconds > without.seconds


def test_products_like_another_are_found_by_its_object_too(tmp_path):
    engine = engine_with(tmp_path)
    engine.ingest(shop(tmp_path / "shop", a=(RED, BLUE), b=(GREEN, BLUE), c=(GREEN, GREEN)), options=WITH)
    best = engine.similar_to("a").hits[0]
    assert (best.product.id, best.similarity) == ("b", pytest.approx(1))


def in_room(**fields):
    return Product("x", **{"title": "Nice one", "image": "x.png"} | fields)


LAMP, RUG = Detection("Lamp", 0.6, Box(0, 0, 0.2, 0.3), ("Lighting",)), Detection("Rug", 0.9, Box(0.2, 0.5, 0.8, 0.4))


@pytest.mark.parametrize(
    ("fields", "chosen"),
    [
        ({}, RUG),
        ({"category": "lamps"}, LAMP),
        ({"subcategory": "floor lamp"}, LAMP),
        ({"title": "LAMP of brass"}, LAMP),
        ({"category": "Lighting"}, LAMP),
        ({"category": "clamp"}, RUG),
        ({"category": "vase"}, RUG),
    ],
)
def test_an_object_named_like_the_product_goes_before_the_largest(fields, chosen):
    picture = Picture.from_image(room(RED, BLUE))
    found = main_object(in_room(**fields), picture, [RUG, LAMP])
    assert found.id == picture.crop(chosen.box).id


def test_a_sure_large_object_goes_before_a_surer_small_one():
    picture = Picture.from_image(room(RED, BLUE))
    large, small = Detection("object", 0.7, MIDDLE), Detection("object", 0.9, Box(0, 0, 0.2, 0.2))
    assert main_object(in_room(), picture, [small, large]).id == picture.crop(MIDDLE).id
    assert main_object(in_room(), picture, []) is None
