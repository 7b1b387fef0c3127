"""Adding products up to the button that loads them: what was dropped, its columns, its target, and what is shown."""

from __future__ import annotations

import pytest

from searchcore import load_settings
from searchcore.catalogues import Catalogues
from searchcore.ingest.columns import WHY
from searchcore.pipelines import assemble
from searchcore.upkeep import edit
from tests.pages.catalog import adding, archive, ended, html_of, ids, into, into_new, press, read, removing
from tests.support import BLUE, GREEN, RED, png
from ui.catalog.jobs import jobs
from ui.catalog.name import free_name, name_from, suggested_name

ODD = b"Feld1;Feld2;Feld3;Feld4\n7;Vase;v.png;w.png\n"
LISTED = b"id,title,image,category\nred,red,red.png,bag\nblue,blue,blue.png,mug\ntwin,twin,twin.png,mug\n"
PICTURES = (("red.png", png(RED)), ("blue.png", png(BLUE)), ("twin.png", png(RED)))


@pytest.fixture
def app(shop_page):
    return shop_page


def column(page, field):
    return next(each for each in page.selectbox if each.key.startswith("column-") and each.key.endswith(f"-{field}"))


def choose(page, **columns):
    for field, name in columns.items():
        column(page, field).select(name).run()


def has(page, key):
    return any((each.key or "") == key for each in page.button)


def test_columns_stay_chosen_when_files_are_added_and_for_the_next_list_of_that_kind(app):
    page = adding(app, ("list.csv", ODD))
    choose(page, id="Feld1", title="Feld2")
    choose(page, image="Feld4")
    into_new(page, "autumn")
    page = adding(page, ("list.csv", ODD), ("w.png", png(GREEN)))
    assert [column(page, field).value for field in ("id", "title", "image")] == ["Feld1", "Feld2", "Feld4"]
    assert next(each for each in page.text_input if each.key.startswith("name-")).value == "autumn"
    press(page, "check")
    press(page, "load")
    ended(page)
    assert ids("autumn") == ["7"]
    page = adding(page, ("next.csv", ODD.replace(b"7;", b"8;")))
    assert column(page, "title").value == "Feld2"
    page = adding(page, ("other.csv", ODD.replace(b"Feld4", b"Feld5")))
    assert column(page, "title").value == ""


def test_a_list_of_prices_alone_brings_products_up_to_date(app):
    page = adding(app, ("prices.csv", b"id,title,price\nred,red,5\nnew,New,6\n"))
    assert "Without a column of pictures only products that the catalogue has already" in read(page)
    into(page, "shop")
    assert "1 with other fields" in read(page)
    assert "1 product named without a picture: the stored one stays." in read(page)
    assert "<b>red</b>" in html_of(page)
    assert "<img" not in html_of(page)[html_of(page).index('class="first"') :]
    assert list(next(each.value for each in page.table if "Reason" in each.value)["Id"]) == ["new"]


def test_rows_to_mend_are_of_the_kind_of_their_list(app):
    page = adding(app, ("list.csv", ODD))
    choose(page, id="Feld1", title="Feld2")
    into(page, "shop")
    assert any("Download the rows to mend" in each.label for each in page.get("download_button"))
    header, row = ODD.decode().splitlines()
    page = adding(page, ("mended.csv", f"{header};{WHY}\n{row};no picture\n".encode()))
    assert column(page, "id").value == "Feld1"
    assert "Kept beside them, to show and to filter by: Feld4." in read(page)


def test_what_a_column_is_chosen_for_twice_is_said(app):
    page = adding(app, ("list.csv", ODD))
    choose(page, id="Feld1", title="Feld2")
    assert "is chosen for" not in read(page)
    choose(page, id="Feld2")
    assert "“Feld2” is chosen for Id and Title" in read(page)


def test_the_help_beside_the_columns_is_true(app):
    assert "None has a name that is known here" in read(adding(app, ("list.csv", b"a;b\n1;x\n")))
    assert "None has a name" not in read(adding(app, ("list.csv", LISTED)))


def test_a_list_without_rows_is_named_as_such(app):
    page = adding(app, ("list.csv", b"id,title,image\n"))
    assert "has a header, but no rows" in read(page)
    assert not has(page, "check")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Mein Shop", "mein-shop"), ("Shoes & bags", "shoes-bags"), ("../x", "x"), ("Größe_1", "grosse_1"),
     ("-a-", "a"), ("x" * 80, "x" * 63), ("鞄", "")],
)  # fmt: skip
def test_a_name_is_made_of_what_is_typed(typed, name):
    assert name_from(typed) == name
    assert not name or load_settings().on(name).catalogue == name


def test_a_source_gives_its_name_to_a_catalogue(app):
    assert suggested_name("Mein Shop flach.zip") == "mein-shop-flach"
    assert suggested_name("s3://bucket/Spring.2/") == "spring"
    assert {suggested_name(each) for each in ("", "products.csv", "sample.zip", "鞄.zip")} == {"my-catalogue"}


def test_what_a_new_catalogue_will_be_called_is_said_before(app):
    page = adding(app, ("Green.png", png(GREEN)))
    into_new(page, "Mein Shop")
    assert "It will be called mein-shop." in read(page)
    press(page, "check")
    press(page, "load")
    ended(page)
    assert "mein-shop" in Catalogues(load_settings()).names()
    page = adding(page, ("Green.png", png(GREEN)))
    into_new(page, "Mein-Shop")
    assert "There is a catalogue “mein-shop” already: choose it beside, or another name." in read(page)
    assert not has(page, "check")


def test_a_name_that_is_typed_and_not_looked_at_yet_is_not_loaded_under_the_one_before(app):
    page = adding(app, ("Green.png", png(GREEN)))
    into_new(page, "one")
    press(page, "check")
    next(each for each in page.text_input if each.key.startswith("name-")).set_value("two")
    next(each for each in page.button if each.key == "load").click().run()
    assert jobs().all() == []
    assert "The catalogue is another one now." in read(page)
    press(page, "check")
    press(page, "load")
    ended(page)
    assert {"one", "two"} & set(Catalogues(load_settings()).names()) == {"two"}


def test_a_new_catalogue_is_proposed_a_name_that_is_free(app):
    assert free_name("shop.zip", ["sample"]) == "shop"
    assert free_name("Shop.zip", ["sample", "shop", "shop-2"]) == "shop-3"
    page = adding(app, ("shop.zip", archive({"v.png": png(RED)})))
    next(each for each in page.selectbox if each.key.startswith("target-")).select("A new catalogue").run()
    assert next(each for each in page.text_input if each.key.startswith("name-")).value == "shop-2"


@pytest.mark.parametrize(("name", "words"), [("sample", "comes with Loupe"), ("", "Give the"), ("鞄", "at least one")])
def test_a_catalogue_gets_no_name_that_it_cannot_have(app, name, words):
    page = adding(app, ("a.png", png(RED)))
    into_new(page, name)
    assert words in read(page)
    assert "are added to it" not in read(page)
    assert not has(page, "check")


def test_where_the_list_came_from_is_said_and_names_the_catalogue(app):
    """Of two archives only the second has the list."""
    pictures, listed = archive({"pics/v.png": png(RED)}), archive({"l.csv": b"id,title,image\n7,Vase,v.png\n"})
    page = adding(app, ("pictures.zip", pictures), ("Spring.zip", listed))
    assert "Taken from pictures.zip, Spring.zip; the product list is from Spring.zip." in read(page)
    next(each for each in page.selectbox if each.key.startswith("target-")).select("A new catalogue").run()
    assert next(each for each in page.text_input if each.key.startswith("name-")).value == "spring"


def test_many_files_are_not_all_named(app):
    page = adding(app, *((f"{number}.png", png(RED)) for number in range(9)))
    assert "Taken from 0.png, 1.png, 2.png and 6 more." in read(page)


@pytest.mark.parametrize(
    ("name", "words"), [("notes.txt", "neither picture, ZIP archive nor list"), ("l.xlsx", "save “l.xlsx” as CSV")]
)
def test_a_file_that_cannot_be_used_is_left_out_in_a_sentence(app, name, words):
    page = adding(app, (name, b"dear"))
    assert words in read(page)
    assert not page.error
    page = adding(page, (name, b"dear"), ("Green.png", png(GREEN)))
    assert words in read(page)
    assert "1 new" in read(into(page, "shop"))


def test_a_visitor_who_comes_back_sees_what_is_still_there_and_can_start_over(app):
    page = adding(app, ("Green.png", png(GREEN)))
    assert "still here from before" not in read(page)
    page.switch_page("pages/status.py").run()
    page.switch_page("pages/catalog.py").run()
    assert "Taken from Green.png. It is still here from before" in read(page)
    press(page, "start-over")
    assert "Taken from" not in read(page)
    assert not has(page, "start-over")


def test_starting_over_empties_the_fields(app, tmp_path, monkeypatch):
    monkeypatch.setenv("LOUPE_SERVER_SOURCES", "true")
    page = press(adding(app, ("Green.png", png(GREEN))), "start-over")
    assert not page.get("file_uploader")[0].value
    page.segmented_control(key="add-way").select("Folder").run()
    page.text_input(key="add-folder").set_value(str(tmp_path / "shop")).run()
    assert f"Taken from {tmp_path / 'shop'}." in read(page)
    press(page, "start-over")
    assert page.text_input(key="add-folder").value == ""


def test_another_folder_gives_its_own_name(app, tmp_path, monkeypatch):
    monkeypatch.setenv("LOUPE_SERVER_SOURCES", "true")
    page = adding(app)
    page.segmented_control(key="add-way").select("Folder").run()
    for name in ("alpha", "beta"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "red.png").write_bytes(png(RED))
        page.text_input(key="add-folder").set_value(str(tmp_path / name)).run()
        next(each for each in page.selectbox if each.key.startswith("target-")).select("A new catalogue").run()
        assert next(each for each in page.text_input if each.key.startswith("name-")).value == name


def test_what_a_list_says_otherwise_is_shown_before_it_replaces_it(app):
    """`red` was given a title and a brand by hand, and the list tells no brands; of `blue` it has a price."""
    engine = assemble("tiny", load_settings().on("shop"))
    edit(engine, "red", title="Mine", brand="Acme")
    listed = (
        LISTED.replace(b",category", b",category,price").replace(b",bag", b",bag,").replace(b",mug", b",mug,9.50", 1)
    )
    page = into(adding(app, ("list.csv", listed), *PICTURES), "shop")
    assert "2 with other fields" in read(page)
    table = next(each.value for each in page.table if "Field" in each.value)
    assert sorted(map(tuple, table.values)) == [
        ("blue", "Price", "—", "9\\.5"), ("red", "Title", "Mine", "red"),
    ]  # fmt: skip
    assert any("the list replaces them" in each.label for each in page.expander)


def test_only_what_can_be_loaded_is_shown_first_and_small(app):
    rows = "".join(f"p{number},Title {number},{number}.png\n" for number in range(7))
    files = {f"{number}.png": png(RED) for number in range(1, 7)} | {"1.png": b"MZ", "2.png": png(RED)[:60]}
    page = adding(app, ("shop.zip", archive({"products.csv": f"id,title,image\n{rows}".encode(), **files})))
    into_new(page, "first")
    press(page, "check")
    assert [f"Title {number}<" in html_of(page) for number in range(7)] == [False] * 3 + [True] * 4
    assert "The first 4 of 5" in read(page)  # that one of them is torn is only seen when it is loaded


def test_nothing_lists_all_of_many_rows(app):
    rows = "".join(f"p{number},Title,{number}.png\n" for number in range(300))
    page = into(adding(app, ("list.csv", f"id,title,image\n{rows}a,A,a.png\n".encode()), ("a.png", png(RED))), "shop")
    assert len(page.table[0].value) == 100
    assert "The first 100 are shown; the file has them all." in read(page)
    assert [each.label for each in page.expander if "refused" in each.label] == ["300 rows refused"]
    assert removing(page)
