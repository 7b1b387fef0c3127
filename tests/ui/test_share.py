"""The search in the address bar."""

from __future__ import annotations

import pickle
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest

from searchcore import Box, Filters
from searchcore.query import Query
from searchcore.scenes import Scene, Scenes
from tests.support import RED, engine_of, png, thing
from ui.share import read, write
from ui.visit import Photo, Visit


@pytest.fixture
def engine(tmp_path):
    return engine_of(tmp_path, thing("mug-1"), thing("a&b=ü/ 1"))


@pytest.fixture(autouse=True)
def _one_scene(monkeypatch, tmp_path):
    (tmp_path / "desk.png").write_bytes(png(RED))
    scenes = Scenes(tmp_path)
    scenes.__dict__["all"] = (Scene("desk", "A desk", "office", tmp_path / "desk.png", False, True, ()),)
    monkeypatch.setattr("ui.visit.scenes", lambda: scenes)


def carried(visit, engine):
    """Send a visit through a real query string."""
    return read(dict(parse_qsl(urlencode(write(visit)), keep_blank_values=True)), engine)


@pytest.mark.parametrize(
    "visit",
    [
        Visit(),
        Visit(words="red bag & mug"),
        Visit(product_id="a&b=ü/ 1", k=24),
        Visit(words="bag", sort="price", emphasis=0.25, k=48),
        Visit(filters=Filters(any_of={"category": ["bag", "mug"], "tags": "old"}, ranges={"price": (10, 80.5)})),
        Visit(filters=Filters(price=(None, 12345.67))),
        Visit(filters=Filters(price=(0.5, None))),
    ],
)
def test_a_search_survives_the_address_bar(engine, visit):
    assert carried(visit, engine) == (visit, [])


def test_a_sample_photo_and_its_box_survive(engine):
    visit = Visit(photo=Photo.bundled("desk"), box=Box(0.1, 0.2, 0.3, 0.4))
    found, ignored = carried(visit, engine)
    assert ignored == []
    assert found.photo == visit.photo
    assert found.box.iou(visit.box) == pytest.approx(1, abs=1e-3)


def test_an_uploaded_photo_and_what_is_private_never_enter_the_address():
    photo = Photo.uploaded(png(RED))
    visit = Visit(photo=photo, box=Box(0.1, 0.1, 0.5, 0.5), likes=("a",), dislikes=("b",), compared=("c",))
    assert write(visit) == {}
    assert photo.token


def test_a_plain_search_has_a_plain_address(engine):
    assert write(Visit()) == {}
    assert read({}, engine) == (Visit(), [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sample", "../../etc/passwd"),
        ("sample", "attic"),
        ("box", "1,2,3"),
        ("box", "nan,nan,nan,nan"),
        ("box", "5,5,1,1"),
        ("product", "gone"),
        ("k", "13"),
        ("k", "-1"),
        ("k", "1e9"),
        ("k", "٢٤"),
        ("emphasis", "2"),
        ("emphasis", "nan"),
        ("emphasis", "much"),
        ("pipeline", "nowhere"),
        ("pipeline", "../local"),
        ("catalogue", "nowhere"),
        ("catalogue", "../../etc"),
        ("price", "a-b"),
        ("price", "-5--2"),
        ("price", "nan-inf"),
    ],
)
def test_a_wrong_value_is_ignored_with_a_sentence(engine, name, value):
    """W2."""
    found, ignored = read({name: value}, engine)
    assert found == Visit()
    assert len(ignored) == 1


@pytest.mark.parametrize("value", ["x" * 1_000_000, pickle.dumps({"a": 1}).decode("latin-1") * 500])
def test_a_megabyte_or_a_pickle_is_ignored(engine, value):
    """W2."""
    names = ("sample", "box", "product", "words", "category", "price", "sort", "k", "emphasis", "pipeline", "catalogue")
    found, ignored = read(dict.fromkeys(names, value), engine)
    assert found == Visit()
    assert ignored == ["Part of the link was far too long and was ignored."]


def test_a_wrong_value_leaves_the_good_ones(engine):
    found, ignored = read({"words": "mug", "k": "999", "sort": "price", "unknown": "1"}, engine)
    assert (found, len(ignored)) == (Visit(words="mug", sort="price"), 1)


def test_long_words_are_left_to_the_search_which_says_that_it_cuts_them(engine):
    """S8."""
    found, _ = read({"words": "a" * 1500}, engine)
    assert any("cut" in warning for warning in engine.search(Query(text=found.words)).warnings)


def test_an_unknown_field_is_no_filter(engine):
    found, _ = read({"password": "x", "category": "|"}, engine)
    assert found == Visit()


def test_a_product_takes_the_place_of_the_photo():
    visit = replace(Visit(photo=Photo.bundled("desk")), product_id="mug-1")
    assert write(visit) == {"product": "mug-1"}
