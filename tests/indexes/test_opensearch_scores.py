"""S4: a score of any space and engine becomes the cosine it came from."""

from __future__ import annotations

import pytest

from searchcore.indexes.opensearch_scores import calibration

COSINES = (-1.0, -0.75, -0.5, -0.1, 0.0, 0.1, 0.5, 0.9, 0.999, 1.0)
NEW, OLD = (2, 19), (2, 17)
SPACES = {
    ("cosinesimil", "lucene", NEW): lambda cosine: (1 + cosine) / 2,
    ("cosinesimil", "lucene", OLD): lambda cosine: (1 + cosine) / 2,
    ("cosinesimil", "faiss", NEW): lambda cosine: (2 - (1 - cosine)) / 2,
    ("cosinesimil", "nmslib", NEW): lambda cosine: (1 + cosine) / 2,
    ("cosinesimil", "nmslib", OLD): lambda cosine: 1 / (1 + (1 - cosine)),
    ("l2", "faiss", OLD): lambda cosine: 1 / (1 + (2 - 2 * cosine)),
    ("l2", "lucene", NEW): lambda cosine: 1 / (1 + (2 - 2 * cosine)),
    ("innerproduct", "faiss", OLD): lambda cosine: 1 / (1 - cosine) if cosine <= 0 else 1 + cosine,
    ("innerproduct", "lucene", NEW): lambda cosine: 1 + cosine if cosine > 0 else 1 / (1 - cosine),
}


@pytest.mark.parametrize(("kind", "score"), SPACES.items(), ids=lambda each: str(each)[:40])
def test_a_score_becomes_the_cosine_it_came_from(kind, score):
    """S4."""
    cosine_of = calibration(*kind)
    assert [cosine_of(score(cosine)) for cosine in COSINES] == pytest.approx(COSINES, abs=1e-9)


@pytest.mark.parametrize("kind", SPACES, ids=str)
def test_a_better_score_is_never_a_smaller_cosine_and_none_leaves_the_range(kind):
    """S4."""
    cosine_of = calibration(*kind)
    cosines = [cosine_of(step / 1000) for step in range(3000)]
    assert cosines == sorted(cosines)
    assert (min(cosines), max(cosines)) == (-1.0, 1.0)


@pytest.mark.parametrize("space", ["l1", "linf", "hamming", "a space of the future"])
def test_a_space_that_does_not_tell_the_angle_is_not_calibrated(space):
    assert calibration(space, "faiss", NEW) is None


@pytest.mark.parametrize(("space", "calibrated"), [("l2", False), ("innerproduct", False), ("cosinesimil", True)])
def test_vectors_of_other_lengths_leave_only_the_cosine_itself_calibrated(space, calibrated):
    assert (calibration(space, "faiss", NEW, unit=False) is not None) == calibrated
