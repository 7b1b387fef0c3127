"""The engine over an embedder that understands words."""

from __future__ import annotations

import numpy as np
import pytest

from searchcore import Query
from searchcore.embedders.base import EmbeddedText, EmbedderSpec
from searchcore.errors import VectorRefused
from searchcore.vectors import unit_rows
from tests.support import BLUE, GREEN, RED, ColourEmbedder, engine_of, photo, thing

WORDS = {"red": RED, "green": GREEN, "blue": BLUE}


class WordyEmbedder(ColourEmbedder):
    """Embed a colour's name where its pictures lie; each word is a token."""

    def __init__(self) -> None:
        super().__init__()
        self.spec = EmbedderSpec("wordy", 3, frozenset({"image", "text"}), "wordy-1@3", 0.01, 0.5)

    def embed_texts(self, texts):
        return unit_rows([np.sum([WORDS[word] for word in text.split()], axis=0) for text in texts], 3)

    def embed_text(self, text):
        return EmbeddedText(self.embed_texts([text])[0], len(text.split()))


@pytest.fixture
def engine(tmp_path):
    things = [thing("r", RED), thing("g", GREEN), thing("b", BLUE), thing("rg", (255, 255, 0))]
    return engine_of(tmp_path, *things, embedder=WordyEmbedder())


def ids(result):
    return [hit.product.id for hit in result.hits]


def test_words_alone_find_by_meaning_though_no_title_has_them(engine):
    result = engine.search(Query(text="green"))
    assert ids(result)[0] == "g"
    assert result.hits[0].similarity == pytest.approx(1.0, abs=1e-6)
    assert result.warnings == ()


def test_look_and_words_are_mixed_half_and_half(engine):
    result = engine.search(Query(picture=photo(RED), text="green"))
    assert ids(result)[0] == "rg"
    assert result.hits[0].similarity == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(("weight", "best"), [(0.0, "r"), (0.1, "r"), (0.5, "rg"), (0.9, "g"), (1.0, "g")])
def test_the_weight_of_the_words_moves_the_query_between_both(engine, weight, best):
    assert ids(engine.search(Query(picture=photo(RED), text="green", text_weight=weight)))[0] == best


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_0_to_1_is_refused(engine, weight):
    with pytest.raises(VectorRefused):
        engine.search(Query(picture=photo(RED), text="green", text_weight=weight))


def test_words_pull_what_is_similar_to_a_product_and_what_is_liked(engine):
    assert ids(engine.search(Query(product_id="r", text="green")))[0] == "rg"
    assert ids(engine.search(Query(like=("r",), text="green")))[0] == "rg"


def test_dislikes_push_away_from_words_alone(engine):
    assert ids(engine.search(Query(text="green", dislike=("rg",))))[0] == "g"
    assert ids(engine.search(Query(text="green red", dislike=("r",))))[:2] == ["rg", "g"]


def test_the_cost_counts_the_picture_and_the_tokens(engine):
    result = engine.search(Query(picture=photo(RED), text="green red"))
    assert (result.tokens, result.cost) == (2, pytest.approx(0.01 + 2 * 0.5 / 1000))
    assert engine.search(Query(picture=photo(RED))).tokens == 0
    assert engine.search(Query(product_id="r")).cost == 0
