"""How every index finds words."""

from __future__ import annotations

import pytest

from tests.contracts.records import ids, record


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("leather", "ab"),
        ("LEATHER tote", "ab"),
        ("chair", "f"),
        ("cafe", "e"),
        ("cafe\u0301", "e"),
        ("pho", "e"),
        ("coffee", "d"),
        ("runs", "f"),
        ("o'brien", "f"),
        ("mug,canvas", "cd"),
    ],
)
def test_words_find_titles_categories_tags_and_descriptions(shop, text, found):
    hits = shop.search_text(text, 10)
    assert set(ids(hits)) == set(found)
    assert all(hit.similarity is None for hit in hits)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_any_word_or_all_words_must_occur(shop):
    assert set(ids(shop.search_text("blue leather", 10, match="any"))) >= {"a", "b"}
    assert ids(shop.search_text("blue leather", 10, match="all")) == ["b"]
    assert shop.search_text("blue unheardof", 10, match="all") == []


def test_the_product_with_more_of_the_words_comes_first(shop):
    assert ids(shop.search_text("red leather tote", 10))[0] == "a"


def test_equal_word_scores_are_ordered_by_id(index):
    """S3."""
    index.upsert([record(name, title="Plain bowl") for name in ("q", "c", "x", "a")])
    assert ids(index.search_text("bowl", 3)) == ["a", "c", "q"]


@pytest.mark.parametrize(
    "text",
    [
        *("AND", "OR", "NOT", "NEAR(red blue)", "-red", "+red", '"red', 'red"', "title:red", "red*", "^red", "(", "}{"),
        *(
            "'",
            "''; DROP TABLE products; --",
            "\\",
            "%",
            "*",
            "",
            " ",
            "\x00",
            "😀",
            "\u202eder",
            "red AND",
            "_",
            "中文",
        ),
        "word " * 1000,
        " ".join(f"word{number}" for number in range(700)),
        "x" * 5000,
        "\ud800",
    ],
    ids=lambda text: ascii(text[:20]),
)
@pytest.mark.parametrize("match", ["any", "all"])
def test_no_text_is_query_syntax(shop, text, match):
    """S8."""
    assert len(shop.search_text(text, 3, match=match)) <= 3
    assert shop.count() == 6


def test_words_beside_signs_are_still_words(shop):
    """S8: signs neither widen nor narrow what the words find."""
    for text in ("mug*", "-mug", '"mug', "mug:", "(mug)", "NOT mug", "title:mug"):
        assert ids(shop.search_text(text, 10))[0] == "d"
