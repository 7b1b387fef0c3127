"""Lists that tell a part: no pictures, few columns, or nothing of products that are to stay."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from searchcore.errors import NotFound
from searchcore.ingest import (
    DroppedFiles,
    FolderSource,
    IngestOptions,
    IngestReport,
    Problem,
    look,
    plan,
    rows_to_mend,
    source_in,
)
from searchcore.ingest.files import MemoryFiles
from searchcore.upkeep import edit
from tests.support import BLUE, GREEN, RED, engine_of, png, thing, write_catalogue


def listed(text: str, **pictures: bytes):
    return source_in(MemoryFiles({"products.csv": text.encode(), **pictures}))


@pytest.fixture
def engine(tmp_path):
    """Two bags with brand, price and a field of their own."""
    engine = engine_of(tmp_path)
    text = "id,title,image,category,brand,price,fit\na,A,a.png,bag,ACME,5,slim\nb,B,b.png,bag,ACME,6 EUR,wide\n"
    engine.ingest(listed(text, **{"a.png": png(RED), "b.png": png(GREEN)}))
    return engine


def test_a_list_whose_pictures_are_not_brought_along_keeps_those_that_are_stored(engine):
    embedded = engine.embedder.embedded
    source = listed("id,title,image,price\na,A,a.png,7\nb,B,b.png,6\nc,C,c.png,1\n")
    planned = plan(source, engine.embedder, engine.index)
    assert (planned.edited, planned.unchanged, planned.pictureless) == (1, 1, 2)
    report = engine.ingest(source)
    assert (report.updated, report.unchanged, [each.product_id for each in report.failed]) == (1, 1, ["c"])
    assert (engine.product("a").price, engine.picture("a")) == (7.0, png(RED))
    assert engine.embedder.embedded == embedded


def test_a_list_without_a_column_for_pictures_changes_what_it_tells(engine):
    report = engine.ingest(listed("id,title,price\na,A,7\nnew,New,1\n"), options=IngestOptions(keep=True))
    assert (report.updated, report.left, [each.reason for each in report.failed]) == (
        1, 1, ["The row names no picture. Name one; products that are stored keep theirs."],
    )  # fmt: skip
    assert engine.picture("a") == png(RED)


def test_another_picture_that_is_not_there_is_still_missed(engine):
    report = engine.ingest(listed("id,title,image\na,A,other.png\nb,B,b.png\n"))
    assert [each.product_id for each in report.failed] == ["a"]
    assert engine.picture("a") == png(RED)


def test_fields_without_a_column_stay_and_empty_cells_empty_theirs(engine):
    engine.ingest(listed("id,title,image,price,fit\na,A,a.png,7,\nb,B,b.png,,tight\n"))
    a, b = engine.product("a"), engine.product("b")
    assert (a.brand, a.category, a.price, dict(a.extra)) == ("ACME", "bag", 7.0, {})
    assert (b.brand, b.price, b.currency, dict(b.extra)) == ("ACME", None, "EUR", {"fit": "tight"})


def test_loading_a_part_twice_changes_nothing(engine):
    source = listed("id,title,image,price\na,A,a.png,7\nb,B,b.png,6 EUR\n")
    engine.ingest(source)
    assert engine.ingest(source) == IngestReport(unchanged=2)


def test_what_the_source_does_not_name_is_counted_where_it_stays(engine):
    report = engine.ingest(listed("id,title,image\na,A,a.png\n"), options=IngestOptions(keep=True))
    assert (report.left, report.removed, engine.index.count()) == (1, 0, 2)


@pytest.mark.parametrize("opened", ["dropped", "file", "folder"])
def test_pictures_are_found_below_folders_that_the_list_does_not_name(tmp_path, opened):
    """Other case, the accent written as a letter of its own, and folders left out; never from another folder."""
    names = {"shop/list.csv": "id,title,image\na,A,img_1.JPG\nb,B,M\u00fcller.png\nc,C,red/1.png\nd,D,green/1.png\n"
             "e,E,twice.png\n".encode(),
             "shop/photos/IMG_1.jpg": png(RED), "shop/photos/Mu\u0308ller.png": png(GREEN),
             "shop/x/red/1.png": png(BLUE), "shop/x/twice.png": png(RED), "shop/y/twice.png": png(RED)}  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
            path = tmp_path / "folder" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    (tmp_path / "shop.zip").write_bytes(packed.getvalue())
    source = {
        "dropped": lambda: source_in(DroppedFiles([("shop.zip", packed.getvalue())])),
        "file": lambda: look(tmp_path / "shop.zip").source(),
        "folder": lambda: look(tmp_path / "folder").source(),
    }[opened]()
    a, b, c, d, e = source.rows()
    assert [each.read() for each in (a, b, c)] == [png(RED), png(GREEN), png(BLUE)]
    for each in (d, e):
        with pytest.raises(NotFound, match="missing"):
            each.read()


def test_a_list_that_is_named_itself_finds_pictures_written_otherwise_and_none_of_other_folders(tmp_path):
    for name in ("Photos/IMG_1.jpg", "Photos/Mu\u0308ller.png", "x/3.png", "Twice/4.png", "twice/4.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(png(RED))
    rows = (
        "a,A,photos\\img_1.JPG\nb,B,photos/M\u00fcller.png\nc,C,3.png\nd,D,TWICE/4.png\ne,E,..\\..\\PHOTOS/img_1.jpg\n"
    )
    (tmp_path / "list.csv").write_text(f"id,title,image\n{rows}", encoding="utf-8")
    a, b, *others = look(tmp_path / "list.csv").source().rows()
    assert [a.read(), b.read()] == [png(RED)] * 2
    for each in others:
        with pytest.raises(NotFound):
            each.read()


def test_pictures_alone_tell_nothing_of_products_that_were_described_since(engine):
    loose = {"Red bag.png": png(RED)}
    engine.ingest(source_in(MemoryFiles(loose)), options=IngestOptions(keep=True))
    edit(engine, "Red bag.png", title="Written by hand", price=9.0, tags=("x",))
    report = engine.ingest(source_in(MemoryFiles({**loose, "New.png": png(BLUE)})), options=IngestOptions(keep=True))
    assert (report.added, report.updated, report.unchanged) == (1, 0, 1)
    kept = engine.product("Red bag.png")
    assert (kept.title, kept.price, kept.tags) == ("Written by hand", 9.0, ("x",))


def test_a_picture_that_was_put_in_the_place_of_another_is_kept_too(engine):
    before = engine.record("a")
    engine.images.put("0123456789abcdef/a.png", png(BLUE))
    engine.index.upsert([replace(before, product=replace(before.product, image="0123456789abcdef/a.png"))])
    report = engine.ingest(listed("id,title,image,price\na,A,a.png,7\n"), options=IngestOptions(keep=True))
    assert (report.updated, report.failed) == (1, ())
    assert (engine.product("a").price, engine.picture("a")) == (7.0, png(BLUE))


def test_a_field_that_is_text_stays_text_where_a_few_rows_hold_numbers(engine):
    engine.ingest(listed("id,title,image,fit\na,A,a.png,38\nb,B,b.png,40\n"))
    assert [engine.product(each).extra["fit"] for each in "ab"] == ["38", "40"]


def test_nothing_is_removed_for_a_row_that_was_refused(engine):
    formula = "id,title,image\n'-5,Minus,m.png\na,A,a.png\nb,B,b.png\n"
    engine.ingest(listed(formula, **{"m.png": png(BLUE)}))
    report = engine.ingest(listed("id,title,image\n'-5,,m.png\na,A,a.png\nb,B,b.png\n"))
    assert (report.removed, [each.product_id for each in report.failed]) == (0, ["-5"])
    report = engine.ingest(listed("id,title,image\n,Minus,m.png\na,A,a.png\n"))
    assert (report.removed, report.left) == (0, 2)
    assert engine.ingest(listed("id,title,image\na,A,a.png\n")).removed == 2


def test_only_what_was_agreed_to_is_removed(engine):
    agreed = IngestOptions(removable=frozenset(["b", "never there"]))
    engine.ingest(listed("id,title,image\nc,C,c.png\n", **{"c.png": png(BLUE)}), options=IngestOptions(keep=True))
    nothing = IngestOptions(removable=frozenset())
    assert engine.ingest(listed("id,title,image\na,A,a.png\n"), options=nothing).removed == 0
    report = engine.ingest(listed("id,title,image\na,A,a.png\n"), options=agreed)
    assert (report.removed, report.left, set(engine.index.hashes())) == (1, 1, {"a", "c"})


def test_rows_to_mend_mean_by_themselves_what_they_meant_in_their_list():
    source = listed("id;title;image;price;note\n'-5;;a.png;1.299 €;'=1+1\nb;B;b.png;12,50;x\nc;;c.png;dear;\n")
    failures = [row.failure for row in source.rows() if isinstance(row, Problem)]
    _, first, second = rows_to_mend(source, failures).splitlines()
    assert first == "'-5;;a.png;1299.00 EUR;'=1+1;The column “title” is empty."
    assert second.startswith("c;;c.png;dear;;")


def test_a_refused_row_is_named_by_its_place_in_the_list(tmp_path):
    engine, folder = engine_of(tmp_path), write_catalogue(tmp_path / "shop", thing("a"), thing("b"))
    (folder / "b.png").write_bytes(b"no picture")
    failed = engine.ingest(FolderSource(folder)).failed
    assert [(each.name, each.product_id) for each in failed] == [("row 3", "b")]


def test_a_list_of_prices_alone_needs_no_titles(engine):
    report = engine.ingest(listed("id,price\na,7\nnew,1\n"), options=IngestOptions(keep=True))
    assert (report.updated, [each.reason for each in report.failed]) == (
        1, ["The row has no title. Give it one; products that are stored keep theirs."],
    )  # fmt: skip
    assert (engine.product("a").title, engine.product("a").price) == ("A", 7.0)


def test_a_list_to_mend_is_separated_as_its_list_was():
    source = listed("id;title;image\na;;a.png\n")
    failures = [row.failure for row in source.rows()]
    assert rows_to_mend(source, failures).splitlines()[0] == "id;title;image;why it was not loaded"
