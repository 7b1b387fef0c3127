"""Rekognition over HTTP: labels as the service gives them, and its faults."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from searchcore import Box, Picture, Query, SearchError
from searchcore.detectors.base import Description
from searchcore.detectors.rekognition import RekognitionDetector, RekognitionOptions, fitting
from searchcore.errors import PictureRefused
from searchcore.ingest import FolderSource
from tests.aws.account import QUICK, STEADY
from tests.aws.stub import Fault
from tests.support import RED, Thing, engine_of, thing, write_catalogue


def detector(**options):
    return RekognitionDetector(RekognitionOptions(**options), QUICK, STEADY)


def picture(size=(320, 240)) -> Picture:
    return Picture.from_image(Image.new("RGB", size, "grey"))


def label(name, *boxes, confidence=90.0, parents=(), aliases=(), categories=("Apparel and Accessories",), colours=()):
    """Write a label as the service does; a box is left, top, width, height."""
    sides = ("Left", "Top", "Width", "Height")
    shades = [{"SimplifiedColor": shade, "PixelPercent": share} for shade, share in colours]
    instances = [
        {"BoundingBox": dict(zip(sides, box, strict=True)), "Confidence": confidence, "DominantColors": shades}
        for box in boxes
    ]
    return {
        "Name": name, "Confidence": confidence, "Instances": instances, "Parents": [{"Name": each} for each in parents],
        "Aliases": [{"Name": each} for each in aliases], "Categories": [{"Name": each} for each in categories],
    }  # fmt: skip


HEEL = (0.10, 0.20, 0.30, 0.40)
BAG = (0.60, 0.20, 0.30, 0.40)
SCENE = [
    label("Footwear", HEEL, confidence=93, parents=("Clothing",)),
    label("High Heel", HEEL, confidence=88, parents=("Clothing", "Footwear", "Shoe"), aliases=("Stiletto",)),
    label("Shoe", (0.10, 0.20, 0.30, 0.41), confidence=91, parents=("Clothing", "Footwear")),
    label("Handbag", BAG, confidence=96, parents=("Accessories", "Bag"), aliases=("Purse",)),
    label("Person", (0.0, 0.0, 0.9, 1.0), confidence=99, categories=("Person Description",)),
    label("Shoe Shop", confidence=80, categories=("Home and Indoors",)),
]


def names(found):
    return [each.label for each in found]


def test_one_object_under_several_names_keeps_the_most_special_one(stub):
    stub.labels = SCENE
    found = detector().detect(picture())
    assert names(found) == ["Person", "Handbag", "High Heel"]
    heel = found[2]
    assert set(heel.tags) == {"Clothing", "Footwear", "Shoe", "Stiletto"}
    assert heel.confidence == pytest.approx(0.88)
    assert str(heel.box) == str(Box(*HEEL))


def test_two_objects_of_one_name_stay_two(stub):
    stub.labels = [label("Shoe", HEEL, BAG)]
    assert len(detector().detect(picture())) == 2


def test_labels_without_a_box_are_no_objects_and_none_means_the_whole_photo(stub):
    """A7."""
    stub.labels = [label("Indoors"), label("Sunset")]
    assert detector().detect(picture()) == []
    stub.labels = []
    assert detector().detect(picture()) == []


def test_boxes_are_cut_to_the_picture_and_those_outside_it_dropped(stub):
    boxes = [(-0.1, -0.2, 0.4, 0.5), (0.8, 0.8, 0.5, 0.5), (1.2, 0.1, 0.2, 0.2), (0.5, 0.5, 0.0, 0.1)]
    stub.labels = [label("Shoe", *boxes)]
    found = {str(each.box) for each in detector().detect(picture())}
    assert found == {"0.0000,0.0000,0.3000,0.3000", "0.8000,0.8000,0.2000,0.2000"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"wanted": ["Shoe"]}, ["High Heel"]),
        ({"wanted": ["shoe", "PURSE"]}, ["Handbag", "High Heel"]),
        ({"wanted": "Shoe, Handbag"}, ["Handbag", "High Heel"]),
        ({"wanted": ["hoe"]}, []),
        ({"wanted": ["S", ""]}, []),
        ({"wanted": ["Shoe Shop"]}, []),
        ({"wanted": ["Heel"]}, []),
        ({"unwanted": ["Person"]}, ["Handbag", "High Heel"]),
        ({"unwanted": ["Clothing", "Pers"]}, ["Person", "Handbag"]),
        ({"wanted_categories": ["Apparel and Accessories"]}, ["Handbag", "High Heel"]),
        ({"wanted_categories": ["Apparel"]}, []),
        ({"unwanted_categories": ["Person Description"], "unwanted": ["Bag"]}, ["High Heel"]),
        ({"min_confidence": 0.95}, ["Person", "Handbag"]),
    ],
)
def test_labels_are_chosen_by_whole_names_with_parents_and_aliases(stub, options, expected):
    stub.labels = SCENE
    assert names(detector(**options).detect(picture())) == expected


def test_dominant_colours_are_tags_where_asked_for(stub):
    stub.labels = [label("Handbag", BAG, colours=(("red", 20.0), ("black", 60.0), ("white", 5.0)))]
    asking = detector(colours=2)
    assert asking.detect(picture())[0].tags == ("black", "red")
    request = stub.calls("DetectLabels")[-1].body
    assert request["Features"] == ["GENERAL_LABELS", "IMAGE_PROPERTIES"]
    assert asking.price > detector().price
    assert detector().detect(picture())[0].tags == ()
    assert stub.calls("DetectLabels")[-1].body["Features"] == ["GENERAL_LABELS"]


def test_products_get_tags_of_all_that_is_seen_where_asked_for(stub):
    stub.labels = SCENE
    (seen,) = detector(tag_products=True, unwanted=["Person"]).describe([picture()])
    assert {"High Heel", "Stiletto", "Shoe Shop", "Bag"} <= set(seen.tags)
    assert "Person" not in seen.tags
    assert len(seen.tags) == len(set(seen.tags))
    assert detector().describe([picture()]) == [Description()]
    assert detector(tag_products=True, colours=2).price_of_describing() == pytest.approx(0.00175)
    assert detector().price_of_describing() == 0


def test_tags_and_objects_of_a_product_come_of_one_call(stub):
    stub.labels = SCENE
    (seen,) = detector(tag_products=True).describe([picture()], objects=True)
    assert list(seen.objects) == detector().detect(picture())
    assert "Stiletto" in seen.tags
    assert len(stub.calls("DetectLabels")) == 2
    (seen,) = detector().describe([picture()], objects=True)
    assert (len(seen.objects), seen.tags) == (3, ())
    for tagging in (True, False):
        assert detector(tag_products=tagging).price_of_describing(objects=True) == pytest.approx(0.001)


@pytest.mark.parametrize("size", [(16, 16), (79, 79), (80, 80), (16, 320), (2048, 103), (2048, 2048), (640, 480)])
def test_what_is_sent_is_within_the_limits_of_the_service(stub, size):
    """U8, U9."""
    detector().detect(picture(size))
    sent = Image.open(io.BytesIO(base64.b64decode(stub.calls()[0].body["Image"]["Bytes"])))
    assert min(sent.size) >= 80
    assert max(sent.size) <= 1640
    assert sent.size[0] / sent.size[1] == pytest.approx(size[0] / size[1], rel=0.02)


def test_the_hardest_picture_is_made_small_enough(monkeypatch):
    """U9: noise does not compress."""
    noise = np.random.default_rng(0).integers(0, 255, (1500, 1600, 3), dtype=np.uint8)
    monkeypatch.setattr("searchcore.detectors.rekognition.MAX_BYTES", 400_000)
    assert len(fitting(Picture("x", Image.fromarray(noise)))) <= 400_000
    monkeypatch.setattr("searchcore.detectors.rekognition.MAX_BYTES", 1_000)
    with pytest.raises(PictureRefused):
        fitting(Picture("x", Image.fromarray(noise)))


def test_a_strip_that_the_service_cannot_take_is_refused(stub):
    with pytest.raises(PictureRefused, match="narrow"):
        detector().detect(Picture("x", Image.new("RGB", (2048, 8))))
    assert stub.calls() == []


@pytest.mark.parametrize(
    ("fault", "attempts"),
    [
        (Fault("ThrottlingException", 400), 3),
        (Fault("ProvisionedThroughputExceededException", 400), 3),
        (Fault("InternalServerError", 500), 3),
        (Fault(drop=True), 3),
        (Fault(cut=True), 3),
        (Fault(raw=b"not json"), 3),
        (Fault(raw=b"{}"), 3),
        (Fault(raw=b'{"Labels": null}'), 3),
        (Fault(raw=b'{"Labels": [{"Name": "Shoe"}]}'), 3),
        (Fault(raw=b'{"Labels": [{"Name": "Shoe", "Confidence": 90, "Instances": [{}]}]}'), 3),
        (Fault("AccessDeniedException", 400), 1),
        (Fault("InvalidImageFormatException", 400), 1),
        (Fault("ImageTooLargeException", 400), 1),
    ],
)
def test_a_lasting_fault_is_tried_as_often_as_it_is_worth_and_ends_in_plain_words(stub, fault, attempts):
    stub.always = fault
    with pytest.raises(SearchError) as failed:
        detector().detect(picture())
    assert len(stub.calls("DetectLabels")) == attempts
    assert failed.value.remedy


def test_throttling_is_waited_out(stub):
    """A1."""
    stub.fail(Fault("ThrottlingException", 400), Fault("ProvisionedThroughputExceededException", 400))
    stub.labels = SCENE
    assert len(detector().detect(picture())) == 3


def test_denied_access_names_the_action(stub):
    """A3."""
    stub.fail(Fault("AccessDeniedException", 400, "User: arn:aws:iam::111122223333:user/x is not authorized"))
    with pytest.raises(SearchError) as failed:
        detector().detect(picture())
    assert "rekognition:DetectLabels" in failed.value.message
    assert "111122223333" not in str(failed.value)


def test_what_is_seen_in_products_can_be_searched_by_words_and_is_paid_for_once(stub, tmp_path):
    """The tag baseline, I3."""

    def source(**fields) -> FolderSource:
        things: list[Thing] = [thing("a", RED, **fields), thing("b", (200, 30, 0))]
        return FolderSource(write_catalogue(tmp_path / "new", *things))

    stub.labels = SCENE
    engine = replace(engine_of(tmp_path), detector=detector(tag_products=True))
    assert engine.ingest(source()).added == 2
    assert {hit.product.id for hit in engine.search(Query(text="stiletto")).hits} == {"a", "b"}
    assert engine.ingest(source()).unchanged == 2
    assert engine.ingest(source(title="Court shoe")).updated == 1
    assert "Stiletto" in engine.product("a").tags
    assert engine.product("a").title == "Court shoe"
    assert len(stub.calls("DetectLabels")) == 2
