"""Catalogue text in widgets that read Markdown."""

from __future__ import annotations

import pytest

from ui.plain import JOINER, plain


@pytest.mark.parametrize(
    "text", ["**bold**", ":red[hot]", "http://a.example", "www.a.example", "me@a.example", "a -> b", ":material/home:"]
)
def test_nothing_that_markdown_knows_is_left_whole(text):
    assert text not in plain(text)
    assert plain(text).replace("\\", "").replace(JOINER, "") == text


def test_ordinary_words_stay_as_they_are():
    assert plain("Linen  tote, sand") == "Linen tote, sand"
