from __future__ import annotations

import pytest

from ui import format as wording


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (1236.1, "USD", "$1,236.10"),
        (12, "EUR", "€12.00"),
        (1200, "JPY", "¥1,200"),
        (12, "CHF", "CHF 12.00"),
        (0, "USD", "$0.00"),
        (9.5, "", "9.50"),
        (None, "USD", ""),
    ],
)
def test_a_price_carries_its_currency(amount, currency, words):
    assert wording.price(amount, currency) == words


@pytest.mark.parametrize(
    ("share", "words"), [(0.934, "93%"), (1, "100%"), (0.998, "99%"), (0.9996, "100%"), (0, "0%"), (0.002, "1%")]
)
def test_only_the_whole_is_a_hundred_percent_and_only_nothing_is_none(share, words):
    assert wording.percent(share) == words


@pytest.mark.parametrize(
    ("number", "wanted", "words"),
    [(12, "handbag", "12 matches for handbag"), (1, "", "1 match"), (0, "sofa", "No match for sofa")],
)
def test_matches_are_counted_in_words(number, wanted, words):
    assert wording.matches(number, wanted) == words


def test_counts_take_the_plural_they_are_given():
    assert wording.count(2, "category", "categories") == "2 categories"
    assert wording.count(1200, "product") == "1,200 products"


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0.4, "under 1 ms"), (84.2, "84 ms"), (1400, "1.4 s"), (59_990, "1 min"), (200_000, "3 min 20 s")],
)
def test_durations_take_the_unit_that_fits(milliseconds, words):
    assert wording.duration(milliseconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "about 1 s"), (40.4, "about 40 s"), (89, "about 89 s"), (180, "about 3 min"), (7300, "about 2 h")],
)
def test_an_estimate_has_no_more_figures_than_it_deserves(seconds, words):
    assert wording.about(seconds) == words
