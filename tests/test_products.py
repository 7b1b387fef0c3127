"""Products and the CSV file that they come from (I2)."""

from __future__ import annotations

import json

import pytest

from searchcore import Product
from searchcore.errors import ManifestRefused
from searchcore.products import read_manifest

FULL = Product(
    "a", "Tote", "a.jpg", "bag", "tote", "ACME", 12.5, "EUR", "red", "leather", "plain", ("work", "x"), "g", "Roomy",
    {"fit": "slim", "height": 30.0},
)  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def read(text: str | bytes):
        path = tmp_path / "products.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_manifest(path)

    return read


def test_a_product_survives_json():
    assert Product.from_dict(json.loads(json.dumps(FULL.to_dict()))) == FULL
    assert Product.from_dict(Product("a", "b", "c").to_dict()) == Product("a", "b", "c")


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


def test_rows_become_products(read):
    text = "id,title,image,category,price,tags,group_id\na,Tote,x/a.jpg,bag,12.50,work| soft |,g\n"
    assert read(text).products == (
        Product("a", "Tote", "x/a.jpg", category="bag", price=12.5, tags=("work", "soft"), group_id="g"),
    )


def test_unknown_columns_are_kept_as_extra_fields(read):
    (product,) = read("id,title,image,fit,sleeve\na,Shirt,a.jpg,slim,\n").products
    assert product.extra == {"fit": "slim"}


def test_a_byte_order_mark_quotes_and_line_breaks_are_understood(read):
    (product,) = read('\ufeffid,title,image,description\r\na,"A ""big"", red bag",a.jpg,"two\nlines"\r\n').products
    assert (product.id, product.title, product.description) == ("a", 'A "big", red bag', "two\nlines")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Tote,a.jpg,", "the id is empty"),
        ("b, ,a.jpg,", "the title is empty"),
        ("b,Tote,,", "the image is empty"),
        ("b,Tote", "the image is empty"),
        ("good,Again,a.jpg,", "the id good stands twice"),
        ("b,Tote,a.jpg,cheap", "cheap"),
        ("b,Tote,a.jpg,nan", "no price"),
        ("b,Tote,a.jpg,-3", "no price"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_go_in(read, row, reason):
    manifest = read(f"id,title,image,price\ngood,Tote,a.jpg,1\n{row}\nlast,Mug,b.jpg,2\n")
    assert [product.id for product in manifest.products] == ["good", "last"]
    (problem,) = manifest.problems
    assert problem.row == 3
    assert reason in problem.reason


def test_cells_beyond_the_header_are_ignored(read):
    assert [product.id for product in read("id,title,image\na,Tote,a.jpg,more,and more\n").products] == ["a"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("id,title\na,Tote\n", "lacks the column image"),
        ("", "lacks the column id and image and title"),
        ("id,title,image\na,Töte,a.jpg\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_is_no_product_list_is_refused_with_a_remedy(read, data, why):
    with pytest.raises(ManifestRefused, match=why) as refused:
        read(data)
    assert refused.value.remedy


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ManifestRefused):
        read_manifest(tmp_path / "nothing.csv")
