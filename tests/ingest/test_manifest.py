"""Product lists: tables of any usual kind, read through a column map (I2)."""

from __future__ import annotations

import csv
import io

import pyarrow
import pyarrow.parquet
import pytest

from searchcore import Product
from searchcore.errors import ManifestRefused
from searchcore.ingest import ColumnMap, Problem, template
from searchcore.ingest.manifest import Listed, Manifest
from searchcore.ingest.tables import CsvTable, ParquetTable


def listed(text: str | bytes, **columns: str) -> list[Product | Problem]:
    table = CsvTable(text if isinstance(text, bytes) else text.encode())
    return [each if isinstance(each, Problem) else each.product for each in Manifest(table, columns).rows()]


def test_rows_become_products():
    text = "id,title,image,category,price,tags,group_id\na,Tote,x/a.jpg,bag,12.50,work| soft |,g\n"
    assert listed(text) == [
        Product("a", "Tote", "x/a.jpg", category="bag", price=12.5, tags=("work", "soft"), group_id="g")
    ]


def test_unknown_columns_are_kept_and_numbers_among_them_can_be_filtered_by_range():
    text = "id,title,image,fit,height,ean,mixed,none\na,S,a.jpg,slim,30,0012,1,\nb,S,b.jpg,,30.5,0013,x,\n"
    first, second = listed(text, id="id")
    assert first.extra == {"fit": "slim", "height": 30.0, "ean": "0012", "mixed": "1"}
    assert second.numbers() == {"height": 30.5}


def test_an_extra_column_never_overwrites_a_field_of_its_name():
    (product,) = listed("id,title,image,category,department\na,S,a.jpg,7,bags\n", category="department")
    assert product.terms()["category"] == ("bags",)
    assert product.extra == {"listed category": 7.0}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_usual_encodings_and_separators_are_understood(encoding, separator):
    text = 'id,title,image\r\na,"Töte ""big"", red\nbag",a.jpg\r\n'
    text = text.replace(",", separator)
    (product,) = listed(text.encode(encoding))
    assert (product.id, product.title.split()) == ("a", f'Töte "big"{separator} red bag'.split())


def test_columns_are_guessed_by_what_shops_call_them():
    header = ("SKU", "Product Name", "image_link", "Item Group ID", "Colour", "weight", "Sale price", "Vendor")
    assert ColumnMap.guess(header).columns == {
        "id": "SKU", "title": "Product Name", "image": "image_link", "group_id": "Item Group ID",
        "colour": "Colour", "price": "Sale price", "brand": "Vendor",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "guessed"),
    [
        (("Artikelnummer", "Bezeichnung", "Bild", "Preis", "Währung"), ("id", "title", "image", "price", "currency")),
        (("Référence", "Désignation", "Photo", "Prix", "Catégorie"), ("id", "title", "image", "price", "category")),
        (("Variant SKU", "Title", "Image Src", "Variant Price", "Body (HTML)", "Vendor"),
         ("id", "title", "image", "price", "description", "brand")),
        (("SKU", "Name", "Images", "Regular price", "Categories"), ("id", "title", "image", "price", "category")),
    ],
)  # fmt: skip
def test_exports_of_shops_and_other_languages_are_guessed_too(header, guessed):
    assert ColumnMap.guess(header).columns == dict(zip(guessed, header, strict=True))


def test_a_picture_is_guessed_by_its_cell_where_no_name_tells():
    (product,) = listed("id,title,front,note\na,Tote,x/a.JPG,b.txt\n")
    assert (product.image, product.extra) == ("x/a.JPG", {"note": "b.txt"})


def test_a_guess_can_be_corrected():
    text = "id,code,title,image\n1,x-1,Tote,a.jpg\n"
    (product,) = listed(text, id="code")
    assert (product.id, product.extra) == ("x-1", {"listed id": 1.0})


@pytest.mark.parametrize("wrong", [{"id": "nothing"}, {"weight": "id"}, {"id": ""}])
def test_a_correction_that_cannot_be_is_refused(wrong):
    with pytest.raises(ManifestRefused):
        listed("id,title,image\na,Tote,a.jpg\n", **wrong)


@pytest.mark.parametrize(
    ("written", "price", "currency"),
    [
        ("12.50", 12.5, ""), ("12.50 USD", 12.5, "USD"), ("€ 12,50", 12.5, "EUR"), ("1.299,00 €", 1299.0, "EUR"),
        ("1,299", 1299.0, ""), ("1,299.00", 1299.0, ""), ("$5", 5.0, "USD"), ("1'200", 1200.0, ""),
        ("1.000.000", 1_000_000.0, ""), ("0", 0.0, ""), ("7,5", 7.5, ""), ("1,2", 1.2, ""), ("0,999", 0.999, ""),
        ("12,-", 12.0, ""), ("1.299,- €", 1299.0, "EUR"), ("12 chf", 12.0, "CHF"), (".5", 0.5, ""), ("", None, ""),
        ("1’299.50", 1299.5, ""), ("1 299,00", 1299.0, ""), ("$1,299", 1299.0, "USD"),
    ],
)  # fmt: skip
def test_prices_are_read_as_people_write_them(written, price, currency):
    (product,) = listed(f'id,title,image,price\na,Tote,a.jpg,"{written}"\n')
    assert (product.price, product.currency) == (price, currency)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Tote,a.jpg,", "The column “id” is empty."),
        ("b, ,a.jpg,", "The column “title” is empty."),
        ("good,Again,a.jpg,", "The id “good” is in row 2 already."),
        ("b,Tote,a.jpg,cheap", "The price “cheap” is no number."),
        ("b,Tote,a.jpg,nan", "no number"),
        ("b,Tote,a.jpg,-3", "no number"),
        ("b,Tote,a.jpg,1.2.3 x", "no number"),
        ("b,Tote,a.jpg,1.2.3", "in more than one way"),
        ('b,Tote,a.jpg,"12,34,56"', "in more than one way"),
        ('b,Tote,a.jpg,"12,5000"', "in more than one way"),
        ("b,Tote,a.jpg,1.299", "in more than one way"),
        ("b,Tote,a.jpg,12 99", "no number"),
        ("b,Tote,a.jpg,12 Stk", "no currency"),
        ("b,Tote,a.jpg,nur 12", "no currency"),
        ("b,Tote,a.jpg,3,more,and more", "goes on after the last column: “more and more”"),
        (f"{'b' * 513},Tote,a.jpg,", "The id has 513 characters; the limit is 512."),
        (f"b,{'t' * 1001},a.jpg,", "The title has 1,001 characters; the limit is 1,000."),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_go_in(row, reason):
    good, problem, last = listed(f"id,title,image,price\ngood,Tote,a.jpg,1\n{row}\nlast,Mug,b.jpg,2\n")
    assert (good.id, last.id, problem.row) == ("good", "last", 3)
    assert reason in problem.reason


def test_empty_rows_are_no_problem_but_are_counted_in_row_numbers():
    rows = listed("id,title,image\n\n,,\na,,a.jpg\n")
    assert rows == [Problem(4, "The column “title” is empty.")]


def test_empty_cells_beyond_the_header_are_ignored():
    assert [product.id for product in listed("id,title,image\na,Tote,a.jpg,, \n")] == ["a"]


def test_a_point_is_read_as_the_prices_around_it_are_written():
    first, second = listed("id;title;image;price\na;A;a.jpg;1.299\nb;B;b.jpg;12,50\n")
    assert (first.price, second.price) == (1299.0, 12.5)
    first, _ = listed("id,title,image,price\na,A,a.jpg,1.299\nb,B,b.jpg,12.50\n")
    assert first.price == 1.299
    wrong, _ = listed('id,title,image,price\na,A,a.jpg,"1,299"\nb,B,b.jpg,"12,50"\n')
    assert "in more than one way" in wrong.reason
    wrong, *_ = listed('id,title,image,price\na,A,a.jpg,1.299\nb,B,b.jpg,"12,50"\nc,C,c.jpg,12.50\n')
    assert "in more than one way" in wrong.reason


def test_a_price_in_another_currency_than_its_column_says_is_refused():
    wrong, right = listed("id,title,image,price,currency\na,A,a.jpg,$5,EUR\nb,B,b.jpg,5 EUR,eur\n")
    assert "in USD" in wrong.reason
    assert right.currency == "EUR"


@pytest.mark.parametrize("end", ["", 'c,C,c.jpg\n"d",D,d.jpg\n'])
def test_a_quote_that_is_not_closed_swallows_no_rows(end):
    with pytest.raises(ManifestRefused, match="from line 3") as refused:
        listed(f'id,title,image\na,A,a.jpg\nb,"B,b.jpg\n{end}')
    assert "quotation mark" in refused.value.remedy


def test_a_list_without_pictures_still_tells_of_products():
    assert listed("id,title,price\na,Tote,5\n") == [Product("a", "Tote", "", price=5.0)]


def test_line_breaks_in_a_title_are_spaces():
    assert listed('id,title,image\na,"One\r\n two",a.jpg\n')[0].title == "One two"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("name,image\na,a.jpg\n", "lacks the column id; its columns are: name, image"),
        ("", "lacks the column id; its columns are: none"),
        ("id,title,image\n", "no row below it"),
        ("id,title,image\n,,\n", "no row below it"),
        (b"\x00\x01\x02\xff", "cannot be read as text"),
        (b"\xff\xfe\x00", "cannot be read as text"),
    ],
)
def test_a_file_that_is_no_product_list_is_refused_with_a_remedy(data, why):
    with pytest.raises(ManifestRefused, match=why) as refused:
        listed(data)
    assert refused.value.remedy


def test_parquet_is_read_like_csv():
    table = {
        "id": [1, 2],
        "title": ["Tote", None],
        "image": ["a.jpg", "b.jpg"],
        "price": [2.5, None],
        "tags": [["x", "y"], None],
    }
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(table), file)
    good, bad = Manifest(ParquetTable(file.getvalue())).rows()
    assert good == Listed(2, Product("1", "Tote", "a.jpg", price=2.5, tags=("x", "y")))
    assert bad == Problem(3, "The column “title” is empty.")


def test_what_is_no_parquet_is_refused():
    with pytest.raises(ManifestRefused, match="Parquet"):
        ParquetTable(b"PAR1 and nothing more")


def test_the_template_is_a_product_list():
    (product,) = listed(template())
    assert (product.id, product.price, product.tags) == ("bag-1", 129.5, ("work", "classic"))
    assert all(next(csv.DictReader(io.StringIO(template()))).values())
