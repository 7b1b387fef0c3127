"""Products."""

from __future__ import annotations

import json

from searchcore import Product

FULL = Product(
    "a", "Tote", "a.jpg", "bag", "tote", "ACME", 12.5, "EUR", "red", "leather", "plain", ("work", "x"), "g", "Roomy",
    {"fit": "slim", "height": 30.0},
)  # fmt: skip


def test_a_product_survives_json():
    assert Product.from_dict(json.loads(json.dumps(FULL.to_dict()))) == FULL
    assert Product.from_dict(Product("a", "b", "c").to_dict()) == Product("a", "b", "c")


def test_what_a_detector_saw_is_told_from_the_catalogues_own_tags():
    seen = FULL.labelled(["x", "shoe"])
    assert (seen.tags, seen.labels, seen.unlabelled) == (("work", "x", "shoe"), ("shoe",), FULL)
    assert seen.labelled([]) == Product.from_dict(json.loads(json.dumps(seen.to_dict()))) == seen
    assert seen.labelled(["heel"]).labels == ("shoe", "heel")


def test_names_of_a_newer_release_are_ignored():
    assert Product.from_dict({**FULL.to_dict(), "weight": 3}) == FULL


def test_terms_hold_every_field_to_filter_by_value_and_no_empty_one():
    assert FULL.terms() == {
        "category": ("bag",), "subcategory": ("tote",), "brand": ("ACME",), "colour": ("red",),
        "material": ("leather",), "pattern": ("plain",), "fit": ("slim",), "tags": ("work", "x"),
    }  # fmt: skip
    assert Product("a", "b", "c").terms() == {}


def test_numbers_hold_every_field_to_filter_by_range():
    assert FULL.numbers() == {"price": 12.5, "height": 30.0}
    assert Product("a", "b", "c").numbers() == {}


def test_a_product_without_a_group_is_its_own_group():
    assert (FULL.group, Product("a", "b", "c").group) == ("g", "a")
