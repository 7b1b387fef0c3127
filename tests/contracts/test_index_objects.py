"""What every index does with the main object of a picture, which a product is found by too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from searchcore import Filters
from searchcore.errors import VectorRefused
from tests.contracts.records import CLOSE, axis, ids, record, towards
from tests.contracts.registry import DIMENSION


def with_object(product_id, vector, object_vector, **fields):
    return replace(record(product_id, vector, **fields), object_vector=object_vector)


@pytest.fixture
def rooms(index):
    """Four pictures of rooms that look like the second axis; in two of them an object like the first axis stands."""
    index.upsert([
        with_object("a", axis(1), towards(0.9), category="lamp", price=1.0),
        with_object("b", axis(1), towards(0.4), category="sofa", price=2.0),
        with_object("c", towards(0.6), towards(0.6), category="lamp", price=3.0),
        record("d", towards(0.5), category="sofa", price=4.0),
    ])  # fmt: skip
    return index


def test_the_vector_of_an_object_comes_back(rooms):
    a, b, c, d = rooms.get(list("abcd"))
    np.testing.assert_allclose(a.object_vector, towards(0.9), atol=CLOSE)
    np.testing.assert_allclose(a.vector, axis(1), atol=CLOSE)
    np.testing.assert_allclose(b.object_vector, towards(0.4), atol=CLOSE)
    np.testing.assert_allclose(c.object_vector, c.vector, atol=CLOSE)
    assert d.object_vector is None
    assert (a.has_own_object, c.has_own_object, d.has_own_object) == (True, False, False)


def test_a_product_counts_by_the_better_of_its_vectors(rooms):
    hits = rooms.search(axis(0), 4)
    assert ids(hits) == ["a", "c", "d", "b"]
    assert [hit.similarity for hit in hits] == pytest.approx([0.9, 0.6, 0.5, 0.4], abs=CLOSE)
    assert {hit.product.id: hit.similarity for hit in rooms.search(axis(1), 2)} == pytest.approx(
        {"a": 1.0, "b": 1.0}, abs=CLOSE
    )


def test_filters_hold_for_objects_too(rooms):
    assert ids(rooms.search(axis(0), 4, Filters(category="sofa"))) == ["d", "b"]
    assert ids(rooms.search(axis(0), 4, Filters(id="a"))) == ["a"]
    assert ids(rooms.search(axis(0), 1, Filters(none_of={"id": "a"}))) == ["c"]


def test_a_deleted_product_is_not_found_by_its_object(rooms):
    rooms.search(axis(0), 1)
    rooms.delete(["a"])
    assert ids(rooms.search(axis(0), 4)) == ["c", "d", "b"]
    rooms.upsert([with_object("e", axis(1), axis(0))])
    assert ids(rooms.search(axis(0), 2)) == ["e", "c"]


def test_a_product_stored_without_an_object_loses_the_one_it_had(rooms):
    rooms.search(axis(0), 1)
    rooms.upsert([record("a", axis(1))])
    assert ids(rooms.search(axis(0), 4)) == ["c", "d", "b", "a"]
    assert rooms.get(["a"])[0].object_vector is None


def test_info_counts_the_products_whose_object_was_looked_for(rooms):
    assert (rooms.info().count, rooms.info().objects) == (4, 3)
    rooms.delete(["a", "d"])
    assert (rooms.info().count, rooms.info().objects) == (2, 2)


@pytest.mark.parametrize("share", [1.0, 0.7, 0.4])
def test_the_best_of_many_are_exactly_those_of_both_vectors(index, share):
    """Whether the filters let all, most or few of the products through."""
    random = np.random.default_rng(7)
    pictures, objects = (random.standard_normal((60, DIMENSION)) for _ in range(2))
    passing = random.random(60) < share
    index.upsert([
        with_object(f"{row:02}", pictures[row], objects[row] if row % 3 else None, tags=("in",) if passing[row] else ())
        for row in range(60)
    ])  # fmt: skip
    query = random.standard_normal(DIMENSION)
    unit = query / np.linalg.norm(query)

    def cosine(row):
        vectors = [pictures[row], *([objects[row]] if row % 3 else [])]
        return max(float(vector @ unit / np.linalg.norm(vector)) for vector in vectors)

    expected = sorted((row for row in range(60) if passing[row]), key=lambda row: -cosine(row))[:5]
    hits = index.search(query, 5, Filters(tags="in"))
    assert ids(hits) == [f"{row:02}" for row in expected]
    assert [hit.similarity for hit in hits] == pytest.approx([cosine(row) for row in expected], abs=CLOSE)
    by_objects = [row for row in expected if cosine(row) > pictures[row] @ unit / np.linalg.norm(pictures[row]) + CLOSE]
    assert by_objects, "an object decides, or this tests nothing"
    # Rows move up in memory when others go.
    index.delete([f"{row:02}" for row in range(60) if row not in expected])
    assert ids(index.search(query, 5, Filters(tags="in"))) == [f"{row:02}" for row in expected]
    assert ids(index.search(query, 5)) == [f"{row:02}" for row in expected]


@pytest.mark.parametrize("vector", [np.zeros(DIMENSION), np.full(DIMENSION, np.nan), np.ones(DIMENSION + 1)])
def test_an_object_vector_that_is_none_is_refused_and_nothing_stored(index, vector):
    with pytest.raises(VectorRefused):
        index.upsert([record("good"), with_object("bad", axis(0), vector)])
    assert index.count() == 0
