from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from searchcore.embedders.local import LocalEmbedder
from searchcore.errors import SearchError, TextNotSupported
from searchcore.images import Picture

GOLDEN = [0.1354, 0.0189, -0.0056, -0.0455, -0.0413, -0.0332, 0.0419, -0.0095, 0.1235, 0.0076, 0.0881, -0.0742]
GREEN, RED, WHITE = (40, 120, 60), (190, 40, 40), (255, 255, 255)


@pytest.fixture(scope="module")
def embedder() -> LocalEmbedder:
    return LocalEmbedder()


def picture(image: Image.Image) -> Picture:
    return Picture.from_image(image)


def bag(colour=GREEN, size=(240, 240), ground=WHITE) -> Image.Image:
    image = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((width * 0.15, height * 0.45, width * 0.85, height * 0.9), fill=colour)
    draw.arc((width * 0.3, height * 0.1, width * 0.7, height * 0.8), 180, 360, fill=colour, width=12)
    draw.rectangle((width * 0.2, height * 0.55, width * 0.3, height * 0.65), fill=(220, 190, 90))
    return image


def lamp(colour=GREEN) -> Image.Image:
    image = Image.new("RGB", (240, 240), WHITE)
    draw = ImageDraw.Draw(image)
    draw.polygon([(90, 20), (150, 20), (190, 100), (50, 100)], fill=colour)
    draw.rectangle((114, 100, 126, 210), fill=colour)
    draw.ellipse((80, 200, 160, 226), fill=colour)
    return image


def noise(seed=0, size=(200, 120)) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))


def best(embedder, query, indexed, **options) -> float:
    vector = embedder.embed_images([picture(indexed)])[0]
    return float((embedder.embed_query(picture(query), **options) @ vector).max())


def test_vectors_stay_where_they_were_when_the_index_was_made(embedder):
    vector = embedder.embed_images([picture(bag())])[0]
    np.testing.assert_allclose(vector[::32], GOLDEN, atol=2e-3)


@pytest.mark.parametrize(
    "image",
    [
        bag(),
        bag(size=(600, 200)),
        Image.new("RGB", (64, 64), WHITE),
        Image.new("RGB", (64, 64)),
        noise(),
        noise(1, (16, 300)),
    ],
    ids=["square", "wide", "white", "black", "noise", "strip"],
)
def test_every_picture_gives_unit_vectors_of_the_promised_length(embedder, image):
    for vectors in (embedder.embed_images([picture(image)]), embedder.embed_query(picture(image))):
        assert vectors.dtype == np.float32
        assert vectors.shape[1] == embedder.spec.dimension == 384
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_the_others_of_its_batch(embedder):
    together = embedder.embed_images([picture(bag()), picture(lamp()), picture(noise())])
    np.testing.assert_array_equal(together[1], embedder.embed_images([picture(lamp())])[0])


def test_no_pictures_give_no_vectors(embedder):
    assert embedder.embed_images([]).shape == (0, 384)


def test_the_identical_picture_scores_one(embedder):
    for image in (bag(), lamp(RED), noise()):
        assert best(embedder, image, image) >= 0.999


def test_a_mirrored_picture_is_the_same_picture(embedder):
    assert best(embedder, ImageOps.mirror(bag()), bag()) > 0.99
    assert best(embedder, bag(), lamp()) < 0.8


def test_the_same_product_in_another_picture_format_keeps_its_proportions(embedder):
    square, wide = bag(), Image.new("RGB", (400, 240), WHITE)
    wide.paste(square, (80, 0))
    tall = square.crop((24, 0, 216, 240))
    assert best(embedder, tall, square) > 0.9
    assert best(embedder, wide, square) > 0.9


def test_emphasis_on_shape_prefers_the_shape_and_on_colour_the_colour(embedder):
    query, same_shape, same_colour = bag(GREEN), bag(RED), lamp(GREEN)

    def lead_of_shape(emphasis: float) -> float:
        tilt = {"emphasis": emphasis}
        return best(embedder, query, same_shape, **tilt) - best(embedder, query, same_colour, **tilt)

    leads = [lead_of_shape(emphasis) for emphasis in (0, 0.25, 0.5, 0.75, 1)]
    assert leads == sorted(leads, reverse=True)
    assert leads[0] > 0 > leads[-1]


def test_even_emphasis_is_the_default_and_the_constructor_sets_another(embedder):
    plain = embedder.embed_query(picture(bag()))
    np.testing.assert_array_equal(plain, embedder.embed_query(picture(bag()), 0.5))
    tilted = LocalEmbedder(emphasis=0.9)
    np.testing.assert_array_equal(tilted.embed_query(picture(bag())), embedder.embed_query(picture(bag()), 0.9))
    np.testing.assert_array_equal(tilted.embed_images([picture(bag())]), embedder.embed_images([picture(bag())]))


@pytest.mark.parametrize("emphasis", [-0.1, 1.5, float("nan")])
def test_an_emphasis_outside_the_scale_is_refused_in_words(embedder, emphasis):
    with pytest.raises(SearchError, match="outside 0 to 1"):
        embedder.embed_query(picture(bag()), emphasis)


def test_an_object_on_a_much_larger_ground_is_found_by_trimming_the_margin(embedder):
    scene = Image.new("RGB", (800, 600), (120, 150, 170))
    scene.paste(bag(), (90, 300))
    trimmed = best(embedder, scene, bag())
    untrimmed = float(embedder.embed_images([picture(scene)])[0] @ embedder.embed_images([picture(bag())])[0])
    assert trimmed > 0.8
    assert trimmed > untrimmed + 0.3


def test_a_wall_over_a_floor_is_ground_as_well(embedder):
    scene = Image.new("RGB", (800, 600), (200, 200, 190))
    scene.paste((110, 80, 60), (0, 420, 800, 600))
    scene.paste(bag(), (420, 250))
    assert len(embedder.embed_query(picture(scene))) == 2
    assert best(embedder, scene, bag()) > 0.9


def test_a_picture_without_a_margin_is_asked_for_once(embedder):
    assert len(embedder.embed_query(picture(noise()))) == 1
    assert len(embedder.embed_query(picture(Image.new("RGB", (64, 64), RED)))) == 1


def test_words_are_refused_with_what_to_do(embedder):
    with pytest.raises(TextNotSupported) as refused:
        embedder.embed_texts(["a green bag"])
    assert "titles" in refused.value.remedy
