"""The engine over looks: order, number, variants, filters, marks."""

from __future__ import annotations

import copy
import pickle
from dataclasses import asdict

import numpy as np
import pytest
from PIL import Image

from searchcore import Box, Filters, Picture, Query
from searchcore.engine import MAX_K
from searchcore.errors import NotFound, PictureRefused
from searchcore.indexes.base import Record
from searchcore.vectors import unit_rows
from tests.support import BLUE, GREEN, RED, ColourEmbedder, engine_of, photo, png, striped, thing, towards_green


def ids(result):
    return [hit.product.id for hit in result.hits]


def test_the_identical_picture_comes_first_with_a_similarity_of_one(tmp_path):
    """S5."""
    engine = engine_of(tmp_path, thing("green", GREEN), thing("red", RED), thing("blue", BLUE))
    best = engine.search(Query(picture=photo(RED))).hits[0]
    assert (best.product.id, best.rank) == ("red", 1)
    assert best.similarity == pytest.approx(1.0, abs=1e-6)


def test_hits_come_best_first_and_are_ranked_from_one(tmp_path):
    shares = {"c": 0.1, "a": 0.2, "d": 0.3, "b": 0.4}
    engine = engine_of(tmp_path, *(thing(name, towards_green(share)) for name, share in shares.items()))
    result = engine.search(Query(picture=photo(RED)), k=3)
    assert ids(result) == ["c", "a", "d"]
    assert [hit.rank for hit in result.hits] == [1, 2, 3]
    similarities = [hit.similarity for hit in result.hits]
    assert similarities == sorted(similarities, reverse=True)


def test_equal_scores_are_all_kept_in_the_order_of_their_ids(tmp_path):
    """S3."""
    engine = engine_of(tmp_path, *(thing(name, RED) for name in ("c", "a", "b", "d")))
    assert ids(engine.search(Query(picture=photo(RED)))) == ["a", "b", "c", "d"]


def test_only_the_box_is_searched(tmp_path):
    halves = np.concatenate([np.asarray(striped(RED)), np.asarray(striped(GREEN))], axis=1)
    whole = Picture.from_image(Image.fromarray(halves))
    engine = engine_of(tmp_path, thing("red", RED), thing("green", GREEN))
    assert ids(engine.search(Query(picture=whole, box=Box(0.5, 0, 0.5, 1)), k=1)) == ["green"]
    assert ids(engine.search(Query(picture=whole, box=Box(0, 0, 0.5, 1)), k=1)) == ["red"]
    with pytest.raises(PictureRefused):
        engine.search(Query(picture=whole, box=Box(0, 0, 0.01, 0.01)))


@pytest.mark.parametrize("k", [0, -1, -1000])
def test_no_results_are_given_where_none_are_asked_for(tmp_path, k):
    """S1."""
    result = engine_of(tmp_path, thing("red")).search(Query(picture=photo(RED)), k=k)
    assert result.hits == ()
    assert result.warnings == ("No results were asked for: k must be at least 1.",)


def test_more_than_there_is_gives_all_there_is(tmp_path):
    """S1."""
    engine = engine_of(tmp_path, *(thing(f"{n:03}") for n in range(30)))
    assert len(engine.search(Query(picture=photo(RED)), k=100).hits) == 30


def test_a_huge_number_is_bounded_and_the_result_says_so(tmp_path):
    """S1."""
    engine = engine_of(tmp_path, *(thing(f"{n:03}") for n in range(MAX_K + 20)))
    result = engine.search(Query(picture=photo(RED)), k=10**9)
    assert len(result.hits) == MAX_K
    assert result.warnings == (f"At most {MAX_K} results are given at once.",)


def test_an_empty_catalogue_is_said_to_be_empty(tmp_path):
    """S1."""
    result = engine_of(tmp_path).search(Query(picture=photo(RED), text="bag"), filters=Filters(category="bag"))
    assert (result.hits, result.warnings) == ((), ("The catalogue is empty.",))


def test_filters_that_nothing_passes_are_said_to_be_the_reason(tmp_path):
    """S2."""
    engine = engine_of(tmp_path, thing("red", category="bag"))
    for query in (Query(picture=photo(RED)), Query(text="red"), Query(picture=photo(RED), text="red")):
        result = engine.search(query, filters=Filters(category="shoe"))
        assert (result.hits, result.warnings) == ((), ("No product matches the filters.",))


def test_only_what_passes_the_filters_is_found(tmp_path):
    things = [
        thing(f"{n}", towards_green(n / 10), price=float(n), category="bag" if n % 2 else "mug") for n in range(9)
    ]
    result = engine_of(tmp_path, *things).search(
        Query(picture=photo(RED)), k=3, filters=Filters(category="bag", price=(2, None))
    )
    assert ids(result) == ["3", "5", "7"]


def test_nothing_asked_is_told_so(tmp_path):
    result = engine_of(tmp_path, thing("red")).search(Query())
    assert result.warnings == ("Nothing was asked for: choose a photo or type words.",)


def test_variants_collapse_and_still_k_products_are_given(tmp_path):
    """S10."""
    crowd = [thing(f"crowd-{n:03}", towards_green(n / 1000), group_id="crowd") for n in range(150)]
    others = [thing(f"other-{n}", towards_green(0.5 + n / 10)) for n in range(4)]
    result = engine_of(tmp_path, *crowd, *others).search(Query(picture=photo(RED)), k=3)
    assert ids(result) == ["crowd-000", "other-0", "other-1"]
    assert len(result.hits[0].variants) == 149
    assert result.hits[1].variants == ()


def test_variants_that_look_quite_different_are_listed_too(tmp_path):
    crowd = [thing(f"{n:03}", towards_green(n / 200)) for n in range(100)]
    bags = [thing("bag-red", RED, group_id="bag"), thing("bag-blue", BLUE, group_id="bag")]
    result = engine_of(tmp_path, *crowd, *bags).search(Query(picture=photo(RED)), k=2)
    assert [[each.id for each in hit.variants] for hit in result.hits] == [[], ["bag-blue"]]


def test_variants_are_counted_under_the_filters(tmp_path):
    bags = [thing(f"bag-{n}", RED, group_id="bag", material="felt" if n < 3 else "linen") for n in range(5)]
    result = engine_of(tmp_path, *bags).search(Query(picture=photo(RED)), filters=Filters(material="felt"))
    assert [each.id for each in result.hits[0].variants] == ["bag-1", "bag-2"]


class Several(ColourEmbedder):
    """Search with these vectors, whatever the picture."""

    def __init__(self, queries):
        super().__init__()
        self.queries = unit_rows(queries, 3)

    def embed_query(self, picture, emphasis=None):
        return self.queries


def test_the_best_k_are_exact_with_variants_and_several_query_vectors(tmp_path):
    """S10: the same as scoring every product and keeping the best of each group."""
    random = np.random.default_rng(7)
    vectors, groups = unit_rows(random.normal(size=(400, 3)), 3), random.integers(0, 25, size=400)
    engine = engine_of(tmp_path, embedder=Several(random.normal(size=(2, 3))))
    things = [thing(f"{n:03}", group_id=f"g{group}").product for n, group in enumerate(groups)]
    engine.index.upsert([Record(each, row) for each, row in zip(things, vectors, strict=True)])
    scores = (vectors @ engine.embedder.queries.T).max(axis=1)
    best = {}
    for n in np.argsort(-scores):
        best.setdefault(groups[n], f"{n:03}")
    for k in (1, 5, 12, 24):
        result = engine.search(Query(picture=photo(RED)), k=k)
        assert ids(result) == list(best.values())[:k]
        for hit in result.hits:
            assert hit.similarity == pytest.approx(scores[int(hit.product.id)], abs=1e-5)


def test_a_crowd_of_variants_near_one_query_vector_hides_no_better_product(tmp_path):
    """S10: `other` comes ninth for the red vector, but `weak` is among the first eight for the blue one."""
    crowd = [(f"crowd-{n}", "crowd", (1, 0, 0)) for n in range(8)]
    weak = [(f"weak-{n}", "weak", (0, 0.866, 0.5)) for n in range(8)]
    engine = engine_of(tmp_path, embedder=Several([RED, BLUE]))
    engine.index.upsert(
        [
            Record(thing(name, group_id=group).product, np.array(vector, dtype=np.float32))
            for name, group, vector in [*crowd, *weak, ("other", "", (0.8, 0.6, 0))]
        ]
    )
    assert ids(engine.search(Query(picture=photo(RED)), k=2)) == ["crowd-0", "other"]


def test_a_product_is_not_among_those_similar_to_it(tmp_path):
    shades = [thing(f"{n}", towards_green(n / 5), group_id="bag" if n in (0, 2) else "") for n in range(4)]
    engine = engine_of(tmp_path, *shades)
    result = engine.similar_to("0", k=3)
    assert ids(result) == ["1", "2", "3"]
    assert all(each.id != "0" for hit in result.hits for each in hit.variants)
    assert ids(engine.similar_to(engine.product("0"), k=1)) == ["1"]


def test_the_only_product_has_none_similar_to_it_and_that_is_said(tmp_path):
    engine = engine_of(tmp_path, thing("red", category="bag"), thing("green", GREEN, category="mug"))
    assert engine.similar_to("red", filters=Filters(category="bag")).warnings == (
        "No other product matches the filters.",
    )
    engine.index.delete(["green"])
    assert engine.similar_to("red").warnings == ("There is no other product.",)


def test_an_unknown_product_is_not_found(tmp_path):
    engine = engine_of(tmp_path, thing("red"))
    for ask in (engine.similar_to, engine.product, engine.picture, engine.thumbnail):
        with pytest.raises(NotFound):
            ask("purple")


def test_likes_pull_and_dislikes_push(tmp_path):
    things = [thing("red", RED), thing("green", GREEN), thing("blue", BLUE)]
    engine = engine_of(tmp_path, *things)
    orange = photo((200, 30, 30))
    liked = engine.search(Query(picture=orange, like=("blue",)))
    assert ids(liked) == ["red", "blue", "green"]
    disliked = engine.search(Query(picture=orange, dislike=("blue",)))
    assert ids(disliked) == ["red", "green", "blue"]


def test_likes_alone_are_searched_by_their_looks(tmp_path):
    things = [thing("red", RED, title="bag"), thing("green", GREEN, title="bag"), thing("blue", BLUE, title="bag")]
    engine = engine_of(tmp_path, *things)
    assert ids(engine.search(Query(like=("blue",)), k=1)) == ["blue"]
    assert ids(engine.search(Query(text="bag", like=("green",)), k=1)) == ["green"]
    assert engine.search(Query(like=("gone",))).hits == ()


def test_the_emphasis_reaches_the_embedder(tmp_path):
    embedder = ColourEmbedder()
    engine_of(tmp_path, thing("red"), embedder=embedder).search(Query(picture=photo(RED), emphasis=0.25))
    assert embedder.emphasis == 0.25


def test_a_search_says_what_it_cost_and_how_long_each_stage_took(tmp_path):
    engine = engine_of(tmp_path, thing("red"), thing("green", GREEN), embedder=ColourEmbedder(price=0.06))
    result = engine.search(Query(picture=photo(RED)))
    assert result.cost == 0.06
    assert set(result.timings) == {"embed", "search", "total"}
    assert result.timings["total"] >= result.timings["embed"] + result.timings["search"] > 0
    assert engine.similar_to("red").cost == 0.0


def test_vectors_are_never_in_a_result(tmp_path):
    """S9."""
    result = engine_of(tmp_path, thing("red"), thing("green", GREEN)).search(Query(picture=photo(RED)))
    assert "array" not in repr(asdict(result))
    assert "vector" not in repr(asdict(result))


def test_a_result_can_be_copied_and_sent_to_another_process(tmp_path):
    result = engine_of(tmp_path, thing("red", extra={"fit": "slim"})).search(Query(picture=photo(RED)))
    assert pickle.loads(pickle.dumps(result)) == copy.deepcopy(result) == result


@pytest.mark.parametrize("colour", [(255, 255, 255), (250, 20, 20), (120, 120, 120)])
def test_a_blank_crop_of_any_colour_is_no_confident_match(tmp_path, colour):
    """S7."""
    blank = Picture.from_image(Image.new("RGB", (64, 64), colour))
    engine = engine_of(tmp_path, thing("same", colour), embedder=ColourEmbedder(weak_below=0.5))
    assert engine.search(Query(picture=blank)).confidence == "no confident match"


def test_an_unrelated_photo_is_no_confident_match_and_a_good_one_is_confident(tmp_path):
    """S7."""
    engine = engine_of(tmp_path, thing("red"), thing("wine", (180, 0, 20)), embedder=ColourEmbedder(weak_below=0.8))
    assert engine.search(Query(picture=photo(BLUE))).confidence == "no confident match"
    assert engine.search(Query(picture=photo(RED))).confidence == "confident"


def test_pictures_and_thumbnails_of_products_are_given(tmp_path):
    engine = engine_of(tmp_path, thing("red"))
    engine.images.put("red.png", png(RED))
    assert engine.picture("red") == png(RED)
    small = Picture.from_bytes(engine.thumbnail("red", 16))
    assert small.size == (16, 16)
