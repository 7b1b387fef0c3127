"""What every index does, whatever holds it."""

from __future__ import annotations

import numpy as np
import pytest

from searchcore import Filters, Product
from searchcore.errors import VectorRefused
from searchcore.indexes.base import Facet, Record
from tests.contracts.records import CLOSE, axis, ids, record, towards
from tests.contracts.registry import DIMENSION, MODEL


def test_a_stored_record_comes_back_as_it_was(index):
    kept = record("a", towards(0.5), price=9.5, tags=("x", "y"), extra={"fit": "slim", "height": 3.5}, brand="ACME")
    index.upsert([kept])
    (found,) = index.get(["a"])
    assert found.product == kept.product
    assert found.content_hash == kept.content_hash
    np.testing.assert_allclose(found.vector, kept.vector, atol=CLOSE)


def test_records_come_back_in_the_order_asked_for_without_the_unknown(shop):
    assert [each.product.id for each in shop.get(["e", "nobody", "a", "c"])] == ["e", "a", "c"]
    assert shop.get([]) == []


def test_an_upsert_replaces_the_record_of_the_same_id(shop):
    shop.upsert([record("a", axis(3), title="Green umbrella", category="umbrella")])
    assert shop.count() == 6
    assert shop.search(axis(3), 1)[0].product.title == "Green umbrella"
    assert "a" not in ids(shop.search_text("tote", 6))
    assert shop.count(Filters(subcategory="tote")) == 1


def test_the_last_record_of_one_id_in_an_upsert_wins(index):
    index.upsert([record("a", title="First"), record("a", title="Second")])
    assert [each.product.title for each in index.get(["a"])] == ["Second"]


def test_products_can_be_browsed_by_id_through_filters(shop):
    assert [product.id for product in shop.browse(3)] == ["a", "b", "c"]
    assert [product.id for product in shop.browse(9, Filters(category=["cup", "chair"], price=(100, None)))] == ["f"]
    assert (shop.browse(0), shop.browse(9, Filters(category="boat"))) == ([], [])
    assert [product.id for product in shop.browse(9)] == list("abcdef")


def test_deleted_products_are_found_nowhere(shop):
    shop.search(axis(0), 3)
    shop.delete(["a", "d", "never there"])
    assert shop.count() == 4
    assert ids(shop.search(axis(0), 10)) == ["b", "c", "e", "f"]
    assert shop.search_text("mug", 5) == []
    assert shop.get(["a"]) == []
    assert "a" not in shop.hashes()


def test_a_product_stored_after_the_last_one_was_deleted_is_found(shop):
    shop.search(axis(0), 3)
    shop.delete(["f"])
    shop.upsert([record("g", axis(5))])
    assert ids(shop.search(axis(5), 1)) == ["g"]


def test_hashes_name_every_product(shop):
    assert shop.hashes() == {letter: f"hash of {letter}" for letter in "abcdef"}


def test_info_describes_the_index(shop):
    info = shop.info()
    assert (info.model_key, info.dimension, info.count) == (MODEL, DIMENSION, 6)


def test_hits_come_best_first_with_their_cosine(shop):
    hits = shop.search(axis(0), 3)
    assert ids(hits) == ["a", "b", "c"]
    assert [hit.similarity for hit in hits] == pytest.approx([0.9, 0.8, 0.7], abs=CLOSE)


def test_similarity_runs_from_minus_one_to_one_and_never_beyond(index):
    vectors = np.random.default_rng(0).standard_normal((40, DIMENSION))
    index.upsert([record(f"{row:02}", vector) for row, vector in enumerate(vectors)])
    index.upsert([record("opposite", -vectors[0])])
    for vector in vectors:
        assert all(-1.0 <= hit.similarity <= 1.0 for hit in index.search(vector, 50))
    hits = index.search(vectors[0], 50)
    assert hits[0].similarity == pytest.approx(1.0, abs=CLOSE)
    assert (hits[-1].product.id, hits[-1].similarity) == ("opposite", pytest.approx(-1.0, abs=CLOSE))


def test_the_length_of_a_vector_does_not_matter(index):
    index.upsert([record("a", axis(0) * 40), record("b", axis(1) * 0.001)])
    assert [hit.similarity for hit in index.search(axis(1) * 7, 2)] == pytest.approx([1.0, 0.0], abs=CLOSE)


@pytest.mark.parametrize(("k", "found"), [(0, 0), (-1, 0), (1, 1), (6, 6), (1000, 6)])
def test_k_decides_how_many_come(shop, k, found):
    """S1."""
    assert len(shop.search(axis(0), k)) == found
    assert len(shop.search(axis(0), k, Filters(none_of={"category": "chair"}))) == min(found, 5)
    assert len(shop.search_text("bag cup chair mug", k)) == min(found, 6)


def test_an_empty_index_answers_with_nothing(index):
    """S1."""
    assert index.search(axis(0), 5) == []
    assert index.search_text("bag", 5) == []
    assert (index.count(), index.facets(), index.hashes()) == (0, [], {})
    assert index.search(axis(0), 5, Filters(category="bag")) == []


def test_upserting_nothing_and_deleting_nothing_are_no_errors(shop):
    shop.upsert([])
    shop.delete([])
    assert shop.count() == 6


def test_equal_scores_are_all_kept_and_ordered_by_id(index):
    """S3."""
    index.upsert([record(name, towards(0.5)) for name in ("q", "c", "x", "a", "m")] + [record("best", axis(0))])
    assert ids(index.search(axis(0), 6)) == ["best", "a", "c", "m", "q", "x"]


def test_ids_decide_which_of_equal_scores_make_the_cut(index):
    """S3."""
    index.upsert([record(f"{number:02}", towards(0.5)) for number in (7, 3, 11, 5, 1, 9)])
    assert ids(index.search(axis(0), 3)) == ["01", "03", "05"]
    index.upsert([record("04", towards(0.5))])
    assert ids(index.search(axis(0), 3)) == ["01", "03", "04"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), "abcdef"),
        (Filters(category="bag"), "abc"),
        (Filters(category=("cup", "chair")), "def"),
        (Filters(tags=("leather", "work")), "abc"),
        (Filters(all_of={"tags": ("leather", "work")}), "a"),
        (Filters(none_of={"tags": ("leather", "work")}), "def"),
        (Filters(none_of={"category": "bag", "colour": "red"}), "ef"),
        (Filters(category="bag", colour="blue"), "bc"),
        (Filters(price=(20, 80)), "ac"),
        (Filters(price=(None, 20)), "cd"),
        (Filters(price=(90, None)), "bf"),
        (Filters(fit="slim"), "a"),
        (Filters(height=(35, 45)), "b"),
        (Filters(id=("a", "f", "nobody")), "af"),
        (Filters(none_of={"id": ("a", "f")}), "bcde"),
        (Filters(group_id="totes"), "ab"),
        (Filters(category="bag", none_of={"colour": "red"}, price=(0, 50)), "c"),
        (Filters(category="BAG"), ""),
        (Filters(category="nothing like it"), ""),
        (Filters(unheard_of="bag"), ""),
        (Filters(all_of={"unheard_of": "bag"}), ""),
        (Filters(unheard_of=(1, 2)), ""),
        (Filters(none_of={"unheard_of": "bag"}), "abcdef"),
        (Filters(any_of={"category' OR 1=1 --": "bag"}), ""),
        (Filters(id=[f"id {number}" for number in range(5000)] + ["b"]), "b"),
    ],
    ids=str,
)
def test_filters_keep_the_products_that_pass(shop, filters, found):
    """S2 among them."""
    assert "".join(ids(shop.search(axis(0), 10, filters))) == found
    assert shop.count(filters) == len(found)
    assert set(ids(shop.search_text("red blue canvas mug cafe chair", 10, filters))) == set(found)


def test_filters_change_no_score(shop):
    everything = {hit.product.id: hit.similarity for hit in shop.search(axis(0), 10)}
    for hit in shop.search(axis(0), 10, Filters(category="cup")):
        assert hit.similarity == pytest.approx(everything[hit.product.id], abs=1e-9)


def test_facets_count_values_most_frequent_first_and_equals_by_name(shop):
    facets = {facet.name: facet for facet in shop.facets()}
    assert facets["category"].values == (("bag", 3), ("cup", 2), ("chair", 1))
    assert facets["tags"].values == (("leather", 2), ("work", 2))
    assert facets["fit"].values == (("slim", 1), ("wide", 1))
    assert not {"id", "group_id", "title", "image"} & set(facets)


def test_facets_give_the_range_of_numbers(shop):
    facets = {facet.name: facet for facet in shop.facets()}
    assert facets["price"] == Facet("price", low=10.0, high=200.0)
    assert facets["height"] == Facet("height", low=30.0, high=40.0)


def test_facets_count_what_passes_the_filters(shop):
    facets = {facet.name: facet for facet in shop.facets(Filters(colour="blue"))}
    assert facets["category"].values == (("bag", 2), ("cup", 1))
    assert (facets["price"].low, facets["price"].high) == (20.0, 90.0)
    assert shop.facets(Filters(category="nothing like it")) == []


@pytest.mark.parametrize(
    "vector",
    [
        [float("nan")] * DIMENSION,
        [float("inf")] + [0.0] * (DIMENSION - 1),
        [0.0] * DIMENSION,
        None,
        [1.0] * (DIMENSION - 1),
        [1.0] * (DIMENSION + 1),
        [],
        [[1.0] * DIMENSION] * 2,
        "vector",
    ],
    ids=["NaN", "infinite", "zero", "None", "short", "long", "empty", "two", "text"],
)
def test_a_vector_that_is_none_is_neither_stored_nor_searched_with(shop, vector):
    """I6; and nothing else of the same upsert is stored."""
    bad = Record(Product("bad", "Bad", "bad.jpg"), vector)
    with pytest.raises(VectorRefused):
        shop.upsert([record("good"), bad])
    assert shop.count() == 6
    with pytest.raises(VectorRefused):
        shop.search(vector, 3)


def test_catalogue_text_comes_back_untouched(index):
    hostile = "<script>alert(1)</script> $x$ :red[y] [z](javascript:0) 😀 \u202e '\"; --"
    index.upsert([record(hostile, title=hostile, category=hostile, tags=(hostile,), extra={hostile: hostile})])
    (hit,) = index.search(axis(0), 1, Filters(category=hostile, id=hostile, any_of={hostile: hostile}))
    assert hit.product == index.get([hostile])[0].product == record(
        hostile, title=hostile, category=hostile, tags=(hostile,), extra={hostile: hostile}
    ).product  # fmt: skip


def test_hits_carry_no_vectors(shop):
    """S9."""
    for hit in (*shop.search(axis(0), 3), *shop.search_text("tote", 3)):
        assert not any(isinstance(getattr(hit, name), np.ndarray) for name in hit.__slots__)
        assert "vector" not in hit.product.to_dict()


def test_exact_neighbours_equal_those_of_brute_force(index):
    """S6, exact: recall is 1 with and without filters."""
    draw = np.random.default_rng(1)
    vectors = draw.standard_normal((300, DIMENSION))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kinds = [("rare" if number % 50 == 0 else "tenth" if number % 10 == 1 else "half" if number % 2 else "rest")
             for number in range(300)]  # fmt: skip
    index.upsert([record(f"{row:03}", vectors[row], category=kind) for row, kind in enumerate(kinds)])
    for query in vectors[:5]:
        for kind in (None, "rare", "tenth", "half", "rest"):
            rows = [row for row in range(300) if kind in (None, kinds[row])]
            best = sorted(rows, key=lambda row: -float(vectors[row] @ query))[:10]
            filters = Filters(category=kind) if kind else None
            assert ids(index.search(query, 10, filters)) == [f"{row:03}" for row in best[: len(rows)]]
