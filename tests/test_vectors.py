from __future__ import annotations

import numpy as np
import pytest

from searchcore.errors import VectorRefused
from searchcore.vectors import cosine, mix, unit_rows


def test_rows_become_unit_float32():
    rows = unit_rows([[3, 4], [0, -2]], 2)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0, -1]], atol=1e-7)


def test_one_vector_becomes_one_row():
    assert unit_rows([1.0, 0.0, 0.0], 3).shape == (1, 3)


def test_very_long_vectors_keep_their_direction():
    np.testing.assert_allclose(unit_rows([[3e30, 4e30]], 2), [[0.6, 0.8]], atol=1e-7)


@pytest.mark.parametrize(
    ("vectors", "why"),
    [
        ([[float("nan"), 1]], "NaN"),
        ([[float("inf"), 1]], "infinity"),
        ([[0.0, 0.0]], "zeros"),
        ([[1.0, 0.0], [0.0, 0.0]], "zeros"),
        ([[1.0, 2.0, 3.0]], "3 numbers came where 2"),
        ([1.0], "1 numbers came where 2"),
        ([], "0 numbers"),
        (None, "numbers came|NaN"),
        ("text", "no list of numbers"),
        ([[1.0, 2.0], [1.0]], "no list of numbers"),
        ([[[1.0, 2.0]]], "numbers came"),
    ],
    ids=str,
)
def test_what_is_no_vector_is_refused_with_the_reason(vectors, why):
    """I6."""
    with pytest.raises(VectorRefused, match=why) as refused:
        unit_rows(vectors, 2)
    assert refused.value.remedy


def test_likes_pull_and_dislikes_push():
    base, liked, disliked = (unit_rows([row], 3) for row in ([1, 0, 0], [0, 1, 0], [0, 0, 1]))
    mixed = mix(base, [liked[0]], [disliked[0]])
    assert cosine(mixed, liked) > cosine(base, liked)
    assert cosine(mixed, disliked) < cosine(base, disliked)
    assert np.linalg.norm(mixed) == pytest.approx(1.0, abs=1e-6)


def test_each_alternative_query_vector_is_mixed_by_itself():
    base = unit_rows([[1, 0, 0], [0, 0, 1]], 3)
    mixed = mix(base, [unit_rows([0, 1, 0], 3)[0]], [], pull=1.0)
    np.testing.assert_allclose(mixed, np.array([[1, 1, 0], [0, 1, 1]]) / np.sqrt(2), atol=1e-6)


def test_several_likes_count_by_their_mean():
    base, likes = unit_rows([1, 0, 0], 3), [unit_rows(row, 3)[0] for row in ([0, 1, 0], [0, 0, 1])]
    np.testing.assert_allclose(mix(base, likes, [], pull=2.0), np.array([[1, 1, 1]]) / np.sqrt(3), atol=1e-6)


def test_likes_and_dislikes_that_cancel_the_query_are_refused():
    base = unit_rows([1, 0], 2)
    with pytest.raises(VectorRefused):
        mix(base, [], [base[0]], push=1.0)


def test_the_cosine_is_the_best_of_the_alternatives():
    assert cosine(unit_rows([[1, 0], [0, 1]], 2), unit_rows([0.6, 0.8], 2)) == pytest.approx(0.8)


def test_the_cosine_never_leaves_its_range():
    """Rounding alone gave 1.0000002."""
    rows = unit_rows(np.random.default_rng(0).standard_normal((200, 384)), 384)
    assert all(cosine(row, row) <= 1.0 and cosine(row, -row) >= -1.0 for row in rows)
