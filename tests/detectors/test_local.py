"""The shipped network finds things on pictures drawn here, and names them through a labeller."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from searchcore.detectors.base import Label
from searchcore.detectors.local import LocalDetector
from searchcore.geometry import Box
from searchcore.images import Picture


@pytest.fixture(scope="module")
def detector() -> LocalDetector:
    return LocalDetector()


def picture(image: Image.Image) -> Picture:
    return Picture.from_image(image.filter(ImageFilter.GaussianBlur(0.8)))


def wall(size: tuple[int, int] = (800, 600), tone: tuple[int, int] = (236, 206)) -> Image.Image:
    """A wall that darkens evenly from left to right."""
    shade = np.linspace(*tone, size[0])[None, :, None] * np.array([1.0, 0.985, 0.96])
    return Image.fromarray(np.broadcast_to(shade, (size[1], size[0], 3)).astype(np.uint8))


def mug(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: str) -> None:
    """A body, a dark opening, a handle on the right; the handle ends at the right of the box."""
    left, top, right, bottom = box
    body = left + int((right - left) * 0.75)
    draw.ellipse((body - 40, top + 40, right, bottom - 40), outline=colour, width=14)
    draw.rounded_rectangle((left, top, body, bottom), 18, fill=colour)
    draw.ellipse((left + 6, top + 4, body - 6, top + 26), fill="#3a2f2a")


def bag(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: str) -> None:
    """A trapezium under an arched handle, with a flap and a clasp."""
    left, top, right, bottom = box
    middle, rim = (left + right) // 2, top + (bottom - top) // 3
    draw.arc((left + 45, top, right - 45, rim + (rim - top)), 180, 360, fill=colour, width=10)
    draw.polygon([(left + 12, rim), (right - 12, rim), (right, bottom), (left, bottom)], fill=colour)
    draw.line((left + 6, (rim + bottom) // 2, right - 6, (rim + bottom) // 2), fill="#1d1d1d", width=4)
    draw.rectangle((middle - 12, (rim + bottom) // 2 - 10, middle + 12, (rim + bottom) // 2 + 10), fill="#d8b24a")


def carton(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: str) -> None:
    """A front with a printed band and a darker side."""
    left, top, right, bottom = box
    edge = left + int((right - left) * 0.75)
    draw.rectangle((left, top, edge, bottom), fill=colour)
    draw.polygon([(edge, top), (right, top + 14), (right, bottom - 20), (edge, bottom)], fill="#274029")
    draw.rectangle((left + 12, top + 40, edge - 12, top + 80), fill="#f3e9c8")


THINGS = (
    (mug, (90, 360, 230, 500), "#b3402f"),
    (bag, (310, 290, 500, 510), "#2c4d86"),
    (carton, (590, 330, 720, 505), "#4f8a57"),
)


def tabletop() -> tuple[Picture, list[Box]]:
    """A mug, a bag and a carton side by side on a table in front of a wall."""
    image = wall()
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 420, 800, 600), fill="#a88a66")
    for paint, box, colour in THINGS:
        left, _, right, bottom = box
        draw.ellipse((left - 6, bottom - 12, right + 6, bottom + 10), fill="#86694a")
        paint(draw, box, colour)
    return picture(image), [Box.from_pixels(*box, image.size) for _, box, _ in THINGS]


def named_by_width(crops: Sequence[Picture]) -> list[Label]:
    return [Label("wide" if crop.size[0] > crop.size[1] else "tall", 0.5, ("thing",)) for crop in crops]


def test_every_thing_on_a_table_gets_its_own_box(detector: LocalDetector) -> None:
    photo, truth = tabletop()
    found = [detection.box for detection in detector.detect(photo)]
    assert all(max(box.iou(other) for other in found) >= 0.6 for box in truth)
    assert len(found) <= 5


def test_one_product_on_plain_ground_gets_one_box(detector: LocalDetector) -> None:
    image = Image.new("RGB", (600, 600), "#f4f2ee")
    bag(ImageDraw.Draw(image), (130, 110, 470, 500), "#7b2f43")
    (found,) = detector.detect(picture(image))
    assert found.box.iou(Box.from_pixels(130, 110, 470, 500, image.size)) >= 0.75


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (1280, 400)])
def test_an_empty_wall_gives_no_boxes(detector: LocalDetector, size: tuple[int, int]) -> None:
    assert detector.detect(picture(wall(size))) == []


def test_an_empty_room_gives_no_boxes(detector: LocalDetector) -> None:
    image = wall()
    ImageDraw.Draw(image).rectangle((0, 430, 800, 600), fill="#8f7355")
    assert detector.detect(picture(image)) == []


@pytest.mark.parametrize("size", [(800, 600), (90, 70), (1900, 300), (41, 700)])
def test_boxes_lie_inside_a_picture_of_any_shape(size: tuple[int, int]) -> None:
    photo = Picture.from_image(tabletop()[0].image.resize(size))
    for box, score in LocalDetector(threshold=0.01).propose(photo):
        assert box.left >= 0
        assert box.top >= 0
        assert box.right <= 1 + 1e-9
        assert box.bottom <= 1 + 1e-9
        assert 0 <= score <= 1


def test_at_most_ten_boxes_come_best_first_and_none_is_part_of_a_better_one() -> None:
    proposals = LocalDetector(threshold=0.01).propose(tabletop()[0])
    scores = [score for _, score in proposals]
    assert len(proposals) <= 10
    assert scores == sorted(scores, reverse=True)
    for k, (box, score) in enumerate(proposals):
        for better, best in proposals[:k]:
            assert box.iou(better) < 0.5
            assert box.inside(better) < 0.85 or score >= 0.8 * best


def test_the_same_picture_gives_the_same_boxes(detector: LocalDetector) -> None:
    photo, _ = tabletop()
    assert detector.detect(photo) == LocalDetector().detect(photo)


def test_without_a_labeller_things_are_objects(detector: LocalDetector) -> None:
    assert {detection.label for detection in detector.detect(tabletop()[0])} == {"object"}


def test_a_labeller_names_each_crop_and_its_doubt_lowers_the_confidence(detector: LocalDetector) -> None:
    photo, _ = tabletop()
    plain = {detection.box: detection.confidence for detection in detector.detect(photo)}
    found = LocalDetector(named_by_width).detect(photo)
    assert {detection.box: detection.confidence * 2 for detection in found} == pytest.approx(plain)
    for detection in found:
        left, top, right, bottom = detection.box.to_pixels(photo.size)
        assert detection.label == ("wide" if right - left > bottom - top else "tall")
        assert detection.tags == ("thing",)


def test_a_higher_threshold_never_adds_a_box() -> None:
    photo, _ = tabletop()
    low, high = (LocalDetector(threshold=threshold).propose(photo) for threshold in (0.1, 0.6))
    assert len(high) <= len(low)
    assert all(score >= 0.6 for _, score in high)


@pytest.mark.parametrize("size", [(16, 16), (48, 36), (90, 70), (160, 120)])
def test_a_small_photo_is_looked_at_too(size: tuple[int, int]) -> None:
    photo = Picture.from_image(tabletop()[0].image.resize(size))
    found = LocalDetector(named_by_width, threshold=0.05).detect(photo)
    assert all(min(photo.crop(each.box).size) >= 8 for each in found)
