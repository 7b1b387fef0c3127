"""What every embedder does, whatever model is behind it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from searchcore import Picture
from searchcore.errors import TextNotSupported


@pytest.fixture
def pictures(quarters) -> list[Picture]:
    noise = np.random.default_rng(0).integers(0, 255, (70, 50, 3), dtype=np.uint8)
    gradient = np.linspace(0, 255, 90 * 40 * 3).reshape(90, 40, 3).astype(np.uint8)
    return [Picture.from_image(image) for image in (quarters, Image.fromarray(noise), Image.fromarray(gradient))]


def test_the_spec_describes_the_embedder(embedder):
    spec = embedder.spec
    assert spec.name
    assert "image" in spec.modalities <= {"image", "text"}
    assert str(spec.dimension) in spec.model_key
    assert spec.dimension > 1
    assert spec.price_per_picture >= 0
    assert spec.weak_below is None or -1 <= spec.weak_below <= 1


@pytest.mark.parametrize("role", ["index", "query"])
def test_pictures_become_unit_rows_in_order(embedder, pictures, role):
    rows = embedder.embed_images(pictures, role=role)
    assert (rows.shape, rows.dtype) == ((3, embedder.spec.dimension), np.float32)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    alone = [embedder.embed_images([each], role=role)[0] for each in pictures]
    np.testing.assert_allclose(rows, alone, atol=1e-4)


def test_the_same_picture_gives_the_same_vector(embedder, pictures):
    np.testing.assert_allclose(embedder.embed_images(pictures), embedder.embed_images(pictures), atol=1e-6)


def test_different_pictures_give_different_vectors(embedder, pictures):
    rows = embedder.embed_images(pictures)
    assert (rows @ rows.T - np.eye(3)).max() < 0.99


def test_no_pictures_give_no_rows(embedder):
    assert embedder.embed_images([]).shape == (0, embedder.spec.dimension)


def test_a_query_picture_meets_its_own_indexed_vector(embedder, pictures):
    indexed = embedder.embed_images(pictures)
    for row, picture in enumerate(pictures):
        alternatives = embedder.embed_query(picture)
        assert alternatives.ndim == 2
        np.testing.assert_allclose(np.linalg.norm(alternatives, axis=1), 1.0, atol=1e-5)
        scores = (alternatives @ indexed.T).max(axis=0)
        assert scores.argmax() == row
        assert scores[row] >= 0.999


@pytest.mark.parametrize("emphasis", [0.0, 0.5, 1.0])
def test_any_emphasis_gives_unit_rows(embedder, pictures, emphasis):
    rows = embedder.embed_query(pictures[0], emphasis)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_texts_become_unit_rows_or_are_refused_with_a_remedy(embedder):
    if "text" in embedder.spec.modalities:
        rows = embedder.embed_texts(["a red bag", "a cup"])
        assert rows.shape == (2, embedder.spec.dimension)
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    else:
        with pytest.raises(TextNotSupported) as refused:
            embedder.embed_texts(["a red bag"])
        assert refused.value.remedy
