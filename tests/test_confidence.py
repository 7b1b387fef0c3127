"""How sure a result is."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from searchcore import Hit, Picture, Product
from searchcore.confidence import SURE, judge
from tests.support import RED, photo


def hits(*similarities):
    return [Hit(Product(f"{n}", "x", "x.png"), each, 0.0) for n, each in enumerate(similarities)]


@pytest.mark.parametrize(
    ("top", "said"),
    [
        (0.49, "no confident match"),
        (0.5, "unsure"),
        (0.5 + SURE - 0.01, "unsure"),
        (0.5 + SURE, "confident"),
        (1.0, "confident"),
    ],
)
def test_the_best_similarity_decides(top, said):
    assert judge(hits(top, 0.1), 0.5, photo(RED)) == said


def test_the_best_similarity_need_not_be_the_first_hits():
    assert judge(hits(0.1, 0.9), 0.5, None) == "confident"


@pytest.mark.parametrize(("found", "weak_below"), [([], 0.5), (hits(0.9), None), (hits(None), 0.5)])
def test_nothing_is_claimed_without_a_cosine_or_a_measured_figure(found, weak_below):
    assert judge(found, weak_below, None) == "not calibrated"


@pytest.mark.parametrize("colour", ["black", "white", "red", "#7f3fa0"])
def test_an_even_crop_shows_nothing_whatever_its_colour(colour):
    """S7."""
    even = Picture.from_image(Image.new("RGB", (300, 200), colour))
    assert judge(hits(0.99), 0.5, even) == "no confident match"
    assert judge(hits(0.99), None, even) == "no confident match"


def test_faint_noise_on_an_even_crop_still_shows_nothing():
    """S7."""
    noise = np.random.default_rng(3).normal(200, 4, size=(400, 400, 3)).clip(0, 255).astype(np.uint8)
    assert judge(hits(0.99), 0.5, Picture.from_image(Image.fromarray(noise))) == "no confident match"
