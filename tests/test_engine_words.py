"""The engine over words, alone and beside a picture."""

from __future__ import annotations

from searchcore import Filters, Query
from searchcore.query import MAX_TEXT
from tests.support import BLUE, GREEN, RED, engine_of, photo, thing, towards_green


def ids(result):
    return [hit.product.id for hit in result.hits]


def test_words_alone_find_titles_and_give_no_similarity(tmp_path):
    engine = engine_of(tmp_path, thing("a", title="Leather bag"), thing("b", title="Mug"), thing("c", title="Felt bag"))
    result = engine.search(Query(text="leather bag"))
    assert ids(result) == ["a", "c"]
    assert [hit.similarity for hit in result.hits] == [None, None]
    assert [dict(hit.ranks) for hit in result.hits] == [{"words": 1}, {"words": 2}]
    assert result.confidence == "not calibrated"


def test_words_that_nothing_has_are_named(tmp_path):
    result = engine_of(tmp_path, thing("a", title="Mug")).search(Query(text="  purple   zebra "))
    assert (result.hits, result.warnings) == ((), ("No product has the words “purple zebra”.",))


def test_words_alone_collapse_variants_and_still_give_k_products(tmp_path):
    """S10."""
    bags = [thing(f"bag-{n:02}", title="Bag", group_id="bag") for n in range(60)]
    totes = [thing(f"tote-{n}", title="A large tote that is a bag") for n in range(3)]
    result = engine_of(tmp_path, *bags, *totes).search(Query(text="bag"), k=3)
    assert ids(result) == ["bag-00", "tote-0", "tote-1"]


def test_words_beside_a_picture_choose_and_the_look_orders(tmp_path):
    things = [thing(f"bag-{n}", towards_green(1 - n / 10), title="Bag") for n in range(5)]
    engine = engine_of(tmp_path, thing("mug", RED, title="Mug"), *things)
    result = engine.search(Query(picture=photo(RED), text="bag"))
    assert ids(result) == ["bag-4", "bag-3", "bag-2", "bag-1", "bag-0"]
    assert [hit.ranks["look"] for hit in result.hits] == [1, 2, 3, 4, 5]
    similarities = [hit.similarity for hit in result.hits]
    assert similarities == sorted(similarities, reverse=True)


def test_the_nearest_of_hundreds_with_the_word_comes_first(tmp_path):
    crowd = [thing(f"{n:03}", GREEN, title="Bag") for n in range(300)]
    engine = engine_of(tmp_path, *crowd, thing("zz", RED, title="Bag"))
    assert ids(engine.search(Query(picture=photo(RED), text="bag"), k=1)) == ["zz"]


def test_a_hit_says_which_place_the_look_and_the_words_gave_it(tmp_path):
    wordy = thing("wordy", towards_green(0.3), title="Bag")
    lookalike = thing("lookalike", RED, title="Bag holder for the boot of a small family car in grey felt")
    middling = thing("middling", towards_green(0.8), title="Bag for a weekend of walking with a friend or two")
    result = engine_of(tmp_path, wordy, lookalike, middling).search(Query(picture=photo(RED), text="bag"))
    ranks = {hit.product.id: dict(hit.ranks) for hit in result.hits}
    assert ranks["wordy"] == {"look": 2, "words": 1}
    assert ranks["lookalike"] == {"look": 1, "words": 3}


def test_all_the_words_are_wanted_beside_a_picture_where_any_product_has_them(tmp_path):
    things = [thing("a", RED, title="Red bag"), thing("b", RED, title="Red mug"), thing("c", BLUE, title="Bag, red")]
    engine = engine_of(tmp_path, *things)
    result = engine.search(Query(picture=photo(RED), text="red bag"))
    assert (ids(result), result.warnings) == (["a", "c"], ())


def test_products_with_some_of_the_words_are_shown_and_said_to_be(tmp_path):
    engine = engine_of(tmp_path, thing("a", GREEN, title="Bag"), thing("b", RED, title="Mug"))
    result = engine.search(Query(picture=photo(RED), text="purple bag"))
    assert ids(result) == ["a"]
    assert result.warnings == ("No product has all of the words “purple bag”; showing those with some.",)


def test_the_look_alone_decides_where_nothing_has_the_words(tmp_path):
    engine = engine_of(tmp_path, thing("a", GREEN, title="Bag"), thing("b", RED, title="Mug"))
    result = engine.search(Query(picture=photo(RED), text="zebra"))
    assert ids(result) == ["b", "a"]
    assert result.warnings == ("No product has all of the words “zebra”; showing matches by look alone.",)


def test_words_narrow_what_is_similar_to_a_product(tmp_path):
    things = [thing("a", RED, title="Bag"), thing("b", RED, title="Mug"), thing("c", GREEN, title="Bag")]
    assert ids(engine_of(tmp_path, *things).search(Query(product_id="a", text="bag"))) == ["c"]


def test_words_and_filters_hold_together(tmp_path):
    things = [thing("a", RED, title="Bag", brand="Orme"), thing("b", RED, title="Bag", brand="Vale")]
    engine = engine_of(tmp_path, *things)
    for query in (Query(text="bag"), Query(picture=photo(RED), text="bag")):
        assert ids(engine.search(query, filters=Filters(brand="Vale"))) == ["b"]


def test_long_words_are_cut_and_the_result_says_so(tmp_path):
    """S8."""
    result = engine_of(tmp_path, thing("a", title="bag")).search(Query(text="bag " * 1250))
    assert ids(result) == ["a"]
    assert result.warnings == (f"The words were cut after {MAX_TEXT} characters.",)


def test_query_syntax_emoji_and_blanks_are_only_words(tmp_path):
    """S8."""
    engine = engine_of(tmp_path, thing("a", title="Bag"))
    for text in ('bag" OR', "bag AND (", "-bag", "bag*", "title:bag", "bag 👜"):
        assert ids(engine.search(Query(text=text))) == ["a"]
    for text in ("", "   ", "👜", "'"):
        assert engine.search(Query(text=text)).hits == ()
