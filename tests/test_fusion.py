"""Joining ranked lists."""

from __future__ import annotations

import pytest

from searchcore import Hit, Product
from searchcore.fusion import best_of, fuse


def hit(product_id, similarity, score=0.0):
    return Hit(Product(product_id, product_id, "x.png"), similarity, score)


def ids(hits):
    return [each.product.id for each in hits]


def test_a_product_found_by_two_query_vectors_keeps_the_better_similarity():
    merged = best_of([[hit("a", 0.9), hit("b", 0.2)], [hit("b", 0.7), hit("a", 0.1)]])
    assert [(each.product.id, each.similarity) for each in merged] == [("a", 0.9), ("b", 0.7)]


def test_merged_hits_with_equal_similarity_come_in_the_order_of_their_ids():
    assert ids(best_of([[hit("c", 0.5), hit("a", 0.5)], [hit("b", 0.5)]])) == ["a", "b", "c"]


def test_a_negative_similarity_is_better_than_a_more_negative_one():
    assert best_of([[hit("a", -0.9)], [hit("a", -0.2)]])[0].similarity == -0.2


def test_no_runs_give_no_hits():
    assert best_of([]) == best_of([[], []]) == fuse([]) == []


def test_the_fused_score_is_the_weighted_mean_of_both_scaled():
    fused = fuse([hit("a", 0.1, 9.0), hit("b", 0.9, 5.0), hit("c", 0.5, 1.0)])
    scores = {each.product.id: each.score for each in fused}
    assert scores == pytest.approx({"a": 0.3, "b": 0.7 + 0.3 * 0.5, "c": 0.7 * 0.5})
    assert ids(fused) == ["b", "c", "a"]


def test_the_very_product_in_the_picture_stays_first_though_its_text_is_the_poorest():
    fused = fuse([hit("wordy", 0.6, 9.0), *(hit(f"{n}", 0.5, 5.0) for n in range(20)), hit("same", 1.0, 1.0)])
    assert ids(fused)[:2] == ["same", "wordy"]


def test_words_decide_between_products_that_look_alike():
    assert ids(fuse([hit("a", 0.80, 1.0), hit("b", 0.79, 9.0), hit("c", 0.1, 5.0)])) == ["b", "a", "c"]


def test_hits_that_the_words_rate_alike_are_ordered_by_look():
    fused = fuse([hit("a", 0.1, 5.0), hit("b", 0.2, 5.0), hit("c", 0.3, 5.0), hit("d", 0.25, 4.0)])
    assert ids(fused)[0] == "c"
    assert {each.product.id: each.ranks["words"] for each in fused} == {"a": 1, "b": 1, "c": 1, "d": 4}


def test_a_hit_without_a_similarity_takes_the_last_place_by_look():
    fused = fuse([hit("a", None, 2.0), hit("b", -0.5, 1.0)])
    assert {each.product.id: each.ranks["look"] for each in fused} == {"b": 1, "a": 2}


def test_fusing_does_not_depend_on_the_order_it_is_given():
    hits = [hit("a", 0.4, 1.0), hit("b", 0.4, 1.0), hit("c", 0.1, 3.0), hit("d", 0.8, 2.0)]
    assert fuse(hits) == fuse(hits[::-1])
