"""Near-duplicates, clusters and the map."""

from __future__ import annotations

import numpy as np
import pytest

from searchcore.clusters import clusters
from searchcore.ingest import FolderSource
from searchcore.likeness import Sample, near_duplicates, sample
from searchcore.products import Product
from searchcore.projection import nearest, neighbourly, principal
from searchcore.vectors import unit_rows
from tests.support import engine_of, thing, towards_green, write_catalogue


def of(*vectors, groups=(), hashes=()) -> Sample:
    rows = unit_rows(np.array(vectors, dtype=float), len(vectors[0]))
    products = [Product(f"p{n}", "x", "x.png", group_id=groups[n] if groups else "") for n in range(len(rows))]
    return Sample(tuple(products), rows, hashes or tuple(f"h{n}" for n in range(len(rows))), len(rows))


def blobs(count: int = 3, each: int = 30, dimension: int = 16, spread: float = 0.15) -> np.ndarray:
    chance = np.random.default_rng(1)
    centres = np.eye(dimension)[:count]
    return unit_rows(np.repeat(centres, each, 0) + chance.normal(0, spread, (count * each, dimension)), dimension)


def ids(pairs):
    return [(pair.left.id, pair.right.id) for pair in pairs]


def test_pairs_over_the_threshold_come_nearest_first():
    found = of((1, 0), (1, 0.1), (0, 1), (1, 0.04))
    assert ids(near_duplicates(found)) == [("p0", "p3"), ("p1", "p3"), ("p0", "p1")]
    assert near_duplicates(found)[0].similarity == pytest.approx(1 / np.sqrt(1 + 0.04**2), abs=1e-6)
    assert len(near_duplicates(found, most=1)) == 1
    assert near_duplicates(found, least=0.9999) == []


def test_variants_of_a_group_and_equal_pictures_are_no_near_duplicates():
    assert near_duplicates(of((1, 0), (1, 0), groups=("g", "g"))) == []
    assert near_duplicates(of((1, 0), (1, 0), hashes=("h", "h"))) == []
    assert len(near_duplicates(of((1, 0), (1, 0), groups=("g", "")))) == 1


def test_pairs_are_found_across_the_blocks_that_are_compared_at_once():
    rows = blobs(1, 1300, 64, 1.0)
    rows[1299] = rows[3]
    assert ids(near_duplicates(of(*rows), 0.999)) == [("p3", "p1299")]


def test_a_sample_is_the_same_each_time_and_says_of_how_many(tmp_path):
    engine = engine_of(tmp_path)
    things = [thing(f"t{n}", towards_green(n / 9)) for n in range(9)]
    engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", *things)))
    some, again = sample(engine, 4), sample(engine, 4)
    assert [each.id for each in some.products] == [each.id for each in again.products]
    assert (len(some.products), some.vectors.shape, some.total) == (4, (4, 3), 9)
    assert len(sample(engine, 100).products) == 9


def test_a_sample_of_nothing_is_empty(tmp_path):
    empty = sample(engine_of(tmp_path), 4)
    assert (empty.products, empty.total, near_duplicates(empty)) == ((), 0, [])


def test_clusters_are_the_groups_that_lie_together():
    rows = blobs()
    found = clusters(rows, 3)
    assert [len(set(found[start : start + 30])) for start in (0, 30, 60)] == [1, 1, 1]
    assert len(set(found)) == 3
    np.testing.assert_array_equal(found, clusters(rows, 3))


def test_the_largest_cluster_comes_first_and_more_than_there_are_rows_is_no_error():
    rows = np.concatenate([blobs(1, 5), blobs(2, 30)[30:]])
    assert clusters(rows, 2)[-1] == 0
    assert len(clusters(rows[:2], 5)) == 2
    assert len(clusters(rows[:0], 3)) == 0
    assert set(clusters(np.tile(rows[:1], (4, 1)), 3)) == {0}


def test_what_is_alike_lies_together_on_the_map():
    rows = blobs()
    points = neighbourly(rows)
    assert points.shape == (90, 2)
    assert np.abs(points).max() <= 1.001
    apart = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    blob = np.arange(90) // 30
    near = np.argsort(apart, axis=1)[:, :5]
    assert (blob[near] == blob[:, None]).mean() > 0.95


def test_a_map_is_the_same_each_time_and_has_no_heap():
    rows = blobs()
    points = neighbourly(rows)
    np.testing.assert_array_equal(points, neighbourly(rows))
    assert len(np.unique(points.round(3), axis=0)) == len(points)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_a_map_of_a_few_is_one(count):
    points = neighbourly(blobs(1, 4)[:count])
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()


def test_a_map_of_equal_rows_is_finite():
    assert np.isfinite(neighbourly(np.tile(blobs(1, 1), (20, 1)))).all()


def test_principal_components_are_those_of_most_spread():
    rows = np.array([[x, y, 0.0] for x, y in ((-4, 0), (4, 0), (0, 1), (0, -1))], dtype=np.float32)
    points = principal(rows)
    np.testing.assert_allclose(np.abs(points), np.abs(rows[:, :2]), atol=1e-5)


def test_nearest_are_the_others_of_the_greatest_cosine():
    rows = unit_rows([[1, 0], [1, 0.1], [1, 0.3], [0, 1]], 2)
    assert [set(each) for each in nearest(rows, 2)] == [{1, 2}, {0, 2}, {0, 1}, {1, 2}]
