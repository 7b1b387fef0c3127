"""Names for crops."""

from __future__ import annotations

import pytest

from searchcore.detectors.base import Label
from searchcore.labelling import UNNAMED, CatalogueLabeller
from tests.support import BLUE, GREEN, RED, engine_of, photo, thing, towards_green


def labels(engine, *colours):
    return CatalogueLabeller(engine.embedder, engine.index)([photo(colour) for colour in colours])


def test_a_crop_is_named_after_the_products_it_looks_like(tmp_path):
    bags = [thing(f"bag-{n}", towards_green(n / 50), category="bag", subcategory="handbag") for n in range(6)]
    mugs = [thing(f"mug-{n}", (0, 0, 255 - n), category="mug") for n in range(6)]
    bag, mug = labels(engine_of(tmp_path, *bags, *mugs), RED, BLUE)
    assert (bag.name, bag.tags) == ("handbag", ("bag",))
    assert (mug.name, mug.tags) == ("mug", ())
    assert bag.confidence > 0.9
    assert mug.confidence > 0.9


def test_the_category_is_the_name_where_no_subcategory_has_the_majority(tmp_path):
    kinds = ("tote", "clutch", "satchel")
    bags = [thing(f"bag-{n}", RED, category="bag", subcategory=kinds[n % 3]) for n in range(9)]
    (label,) = labels(engine_of(tmp_path, *bags), RED)
    assert label == Label("bag", pytest.approx(1.0), ())


def test_a_crop_like_everything_is_only_an_object(tmp_path):
    mixed = [thing(f"{n}", RED, category=f"kind-{n % 5}") for n in range(10)]
    assert labels(engine_of(tmp_path, *mixed), RED) == [UNNAMED]


def test_nearer_products_weigh_more_than_more_products(tmp_path):
    near = [thing(f"near-{n}", towards_green(0.02), category="bag") for n in range(3)]
    far = [thing(f"far-{n}", towards_green(0.6 + n / 100), category="mug") for n in range(20)]
    (label,) = labels(engine_of(tmp_path, *near, *far), RED)
    assert label.name == "bag"


def test_products_without_a_category_leave_a_crop_unnamed(tmp_path):
    assert labels(engine_of(tmp_path, *(thing(f"{n}", GREEN) for n in range(4))), GREEN) == [UNNAMED]


def test_an_empty_catalogue_names_nothing_and_embeds_nothing(tmp_path):
    engine = engine_of(tmp_path)
    assert labels(engine, RED, GREEN) == [UNNAMED, UNNAMED]
    assert engine.embedder.embedded == 0


def test_no_crops_need_no_names(tmp_path):
    assert labels(engine_of(tmp_path, thing("a", category="bag"))) == []


def test_a_single_product_names_what_it_resembles(tmp_path):
    (label,) = labels(engine_of(tmp_path, thing("a", RED, category="bag")), RED)
    assert label.name == "bag"
