"""What every detector does, whatever model is behind it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from searchcore import Picture


def scene(size: tuple[int, int]) -> Picture:
    """A plain wall with a mug-like and a box-like thing on it."""
    width, height = size
    image = Image.new("RGB", size, (214, 208, 198))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((width * 0.15, height * 0.4, width * 0.35, height * 0.75), 12, fill=(160, 40, 40))
    draw.ellipse((width * 0.15, height * 0.36, width * 0.35, height * 0.44), fill=(90, 20, 20))
    draw.rectangle((width * 0.55, height * 0.3, width * 0.85, height * 0.8), fill=(40, 70, 120))
    draw.rectangle((width * 0.6, height * 0.35, width * 0.8, height * 0.5), fill=(220, 190, 90))
    return Picture.from_image(image)


def noise() -> Picture:
    return Picture.from_image(Image.fromarray(np.random.default_rng(0).integers(0, 255, (90, 120, 3), dtype=np.uint8)))


@pytest.mark.parametrize(
    "picture",
    [scene((640, 480)), scene((300, 900)), scene((1600, 200)), scene((16, 16)), noise()],
    ids=["photo", "tall", "wide", "tiny", "noise"],
)
def test_detections_are_named_sure_to_a_degree_and_inside_the_picture(detector, picture):
    found = detector.detect(picture)
    assert [each.confidence for each in found] == sorted((each.confidence for each in found), reverse=True)
    for each in found:
        assert each.label
        assert 0.0 <= each.confidence <= 1.0
        assert each.box.left >= 0 and each.box.top >= 0  # noqa: PT018
        assert each.box.right <= 1 + 1e-9 and each.box.bottom <= 1 + 1e-9  # noqa: PT018


def test_the_same_picture_gives_the_same_detections(detector):
    assert detector.detect(scene((640, 480))) == detector.detect(scene((640, 480)))


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_nothing_is_found_where_nothing_is(detector, shade):
    assert detector.detect(Picture.from_image(Image.new("RGB", (320, 240), (shade,) * 3))) == []


def test_the_detector_says_its_name_and_its_price(detector):
    assert detector.name
    assert detector.price >= 0
