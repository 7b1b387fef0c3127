"""Sources of products."""

from __future__ import annotations

import io
import zipfile

import pytest

from searchcore.errors import ManifestRefused, NotFound, SearchError
from searchcore.imagestores.folder import FolderStore
from searchcore.ingest import DroppedFiles, FolderSource, Only, look, look_among, open_source, source_in
from searchcore.ingest.files import MemoryFiles, StoreFiles
from tests.support import GREEN, RED, png, thing, write_catalogue


def test_a_folder_gives_its_products_and_their_pictures(tmp_path):
    source = FolderSource(write_catalogue(tmp_path, thing("a", RED), thing("b", RED)))
    items = list(source.rows())
    assert [item.product.id for item in items] == ["a", "b"]
    assert [item.read() for item in items] == [png(RED), png(RED)]
    assert source.count == 2


def test_a_folder_without_a_product_list_is_refused(tmp_path):
    with pytest.raises(ManifestRefused) as refused:
        FolderSource(tmp_path)
    assert str(tmp_path / "products.csv") in refused.value.message


@pytest.mark.parametrize("key", ["../secret.png", "/etc/hostname", "sub/../../secret.png", "link.png"])
def test_nothing_outside_the_folder_is_read(tmp_path, key):
    """I1."""
    (tmp_path / "secret.png").write_bytes(png(RED))
    folder = write_catalogue(tmp_path / "shop", thing("a", RED))
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "products.csv").write_text(f"id,title,image\na,A,{key}\n", encoding="utf-8")
    (item,) = FolderSource(folder).rows()
    with pytest.raises(NotFound, match="outside the folder"):
        item.read()


@pytest.mark.parametrize("key", ["gone.png", ".", "a\x00.png", "x" * 300, "a.png/b.png"])
def test_a_picture_that_is_not_there_is_named(tmp_path, key):
    folder = write_catalogue(tmp_path / "shop", thing("a", RED))
    (folder / "products.csv").write_text(f"id,title,image\na,A,{key}\n", encoding="utf-8")
    (item,) = FolderSource(folder).rows()
    with pytest.raises(NotFound, match="is missing"):
        item.read()


def test_pictures_alone_become_products(tmp_path):
    (tmp_path / "bags" / "totes").mkdir(parents=True)
    (tmp_path / "bags" / "totes" / "red_work-tote.PNG").write_bytes(png(RED))
    (tmp_path / "mug.png").write_bytes(png(RED))
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / ".hidden.png").write_bytes(png(RED))
    mug, tote = (item.product for item in open_source(tmp_path).rows())
    assert (tote.id, tote.title, tote.category, tote.subcategory) == (
        "bags:totes:red_work-tote.PNG", "Red work tote", "bags", "totes",
    )  # fmt: skip
    assert (mug.title, mug.category, mug.image) == ("Mug", "", "mug.png")


def test_any_product_list_in_a_folder_is_found_and_its_pictures_lie_beside_it(tmp_path):
    folder = write_catalogue(tmp_path / "shop" / "deep", thing("a", RED))
    (folder / "products.csv").rename(folder / "Spring list.csv")
    (item,) = open_source(tmp_path / "shop").rows()
    assert item.read() == png(RED)


def test_a_list_made_on_windows_finds_its_pictures(tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(png(RED))
    (tmp_path / "products.csv").write_text("id,title,image\na,A,pictures\\a.png\n", encoding="utf-8")
    (item,) = open_source(tmp_path).rows()
    assert (item.product.image, item.read()) == ("pictures/a.png", png(RED))


def test_a_list_can_be_named_itself(tmp_path):
    (item,) = open_source(write_catalogue(tmp_path, thing("a", RED)) / "products.csv").rows()
    assert (item.product.id, item.read()) == ("a", png(RED))


def test_pictures_dropped_into_a_page_are_a_source():
    (item,) = source_in(MemoryFiles({"red.png": png(RED), "letter.docx": b"PK"})).rows()
    assert (item.product.title, item.read()) == ("Red", png(RED))


def test_what_lies_in_an_image_store_is_a_source(tmp_path):
    store = FolderStore(tmp_path)
    store.put("spring/bags/red.png", png(RED))
    (item,) = source_in(StoreFiles(store, "spring/")).rows()
    assert (item.product.category, item.read()) == ("bags", png(RED))


@pytest.mark.parametrize("place", ["gone", "empty", "letter.txt"])
def test_a_place_without_products_is_refused(tmp_path, place):
    (tmp_path / "empty").mkdir()
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(ManifestRefused) as refused:
        open_source(tmp_path / place)
    assert refused.value.remedy


def test_pictures_on_the_web_are_refused_unless_a_way_to_fetch_them_is_given():
    listed = MemoryFiles({"products.csv": b"id,title,image\na,A,https://shop.example/a.png\n"})
    (refused,) = source_in(listed).rows()
    with pytest.raises(SearchError, match="not fetched from the web"):
        refused.read()
    (allowed,) = source_in(listed, fetch=lambda address: address.encode()).rows()
    assert allowed.read() == b"https://shop.example/a.png"
    assert "://" not in allowed.product.image


def test_some_products_of_a_source_can_be_taken_alone(tmp_path):
    folder = write_catalogue(tmp_path, thing("a", RED), thing("b", RED), thing("c", RED))
    only = Only(FolderSource(folder), {"b"})
    assert ([item.product.id for item in only.rows()], only.count) == (["b"], 1)


def test_what_was_dropped_loose_and_packed_is_one_source_whatever_folders_the_list_names():
    """I2."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("shop/pictures/Red Mug.PNG", png(RED))
    listed = b"id,title,image\na,A,pictures\\red mug.png\nb,B,photos/b.png\nc,C,gone.png\n"
    place = look_among(DroppedFiles([("pictures.zip", packed.getvalue()), ("list.csv", listed), ("b.png", png(GREEN))]))
    assert (place.header(), place.first_row()["title"]) == (("id", "title", "image"), "A")
    a, b, c = place.source().rows()
    assert (a.read(), b.read()) == (png(RED), png(GREEN))
    with pytest.raises(NotFound, match="missing"):
        c.read()


def test_of_pictures_with_one_name_none_is_taken_for_the_other():
    files = DroppedFiles([("a.png", png(RED)), ("a.png", png(GREEN))])
    assert [item.read() for item in source_in(files).rows()] == [png(GREEN), png(RED)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x/1.png", png(RED))
        archive.writestr("y/1.png", png(GREEN))
    twice = DroppedFiles([("p.zip", packed.getvalue()), ("list.csv", b"id,title,image\na,A,1.png\nb,B,y/1.png\n")])
    a, b = look_among(twice).source().rows()
    assert b.read() == png(GREEN)
    with pytest.raises(NotFound, match="missing"):
        a.read()


def test_one_loose_picture_is_not_given_to_two_names(tmp_path):
    listed = b"id,title,image\nr,Red,red/1.png\nb,Blue,blue/1.png\n"
    for pictures in ([("1.png", png(RED))], [("1.png", png(RED)), ("1.png", png(GREEN))]):
        for row in source_in(DroppedFiles([("list.csv", listed), *pictures])).rows():
            with pytest.raises(NotFound, match="missing"):
                row.read()


def test_a_picture_that_another_row_names_is_not_taken_for_one_that_is_missing(tmp_path):
    shop = packed(**{"products.csv": b"id,title,image\na,A,1.png\nb,B,blue/1.png\n", "blue/1.png": png(GREEN)})
    (tmp_path / "shop.zip").write_bytes(shop)
    for source in (look(tmp_path / "shop.zip").source(), source_in(DroppedFiles([("shop.zip", shop)]))):
        a, b = source.rows()
        assert b.read() == png(GREEN)
        with pytest.raises(NotFound, match="missing"):
            a.read()


def packed(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_an_archive_with_a_list_gives_no_picture_for_one_of_another_folder():
    listed = "id,title,image\nr,Red,./Red/1.PNG\nb,Blue,blue/1.png\n"
    shop = packed(**{"products.csv": listed, "red/1.png": png(RED), "1.png": png(RED)})
    red, blue = look_among(DroppedFiles([("shop.zip", shop)])).source().rows()
    assert red.read() == png(RED)
    with pytest.raises(NotFound, match="missing"):
        blue.read()


def test_pictures_of_an_archive_are_found_by_as_much_of_the_path_as_both_have():
    listed = b"id,title,image\na,A,pictures/1.png\nb,B,blue/2.png\n"
    pictures = packed(**{"1.png": png(RED), "red/2.png": png(RED)})
    a, b = look_among(DroppedFiles([("pictures.zip", pictures), ("list.csv", listed)])).source().rows()
    assert a.read() == png(RED)
    with pytest.raises(NotFound, match="missing"):
        b.read()


LISTED = b"id,title,image\na,A,1.png\n"


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ([("a.zip", packed(**{"1.png": png(RED)})), ("b.zip", packed(**{"1.png": png(GREEN)}))], "“1.png”"),
        ([("a.zip", packed(**{"1.png": png(RED)})), ("1.png", png(GREEN))], "“1.png”"),
        ([("a.zip", packed(**{"products.csv": LISTED})), ("b.zip", packed(**{"x/products.csv": LISTED}))], "2 product"),
        ([("a.zip", packed(**{"products.csv": LISTED})), ("new.csv", LISTED)], "2 product lists"),
        ([("old.csv", LISTED), ("new.parquet", b"")], "2 product lists"),
    ],
)
def test_dropped_files_of_which_one_would_hide_another_are_refused(files, named):
    with pytest.raises(ManifestRefused, match=named) as refused:
        DroppedFiles(files)
    assert refused.value.remedy


def test_a_picture_is_kept_under_a_name_that_leads_nowhere_else():
    names = ["../pics/1.png", "C:\\pics\\2.png", "/3.png", "..", "pics/4.png", "../5.png"]
    listed = "id,title,image\n" + "".join(f"{n},T,{name}\n" for n, name in enumerate(names))
    loose = [(f"{n}.png", png(RED)) for n in (1, 2, 3)]
    rows = list(look_among(DroppedFiles([("list.csv", listed.encode()), *loose])).source().rows())
    keys = [row.product.image for row in rows]
    assert all(row.read() == png(RED) for row in rows[:3])
    assert keys[4] == "pics/4.png"
    assert len(set(keys)) == len(keys)
    for key in keys:
        assert set(key) & set(":\\") == set()
        assert {"", ".", ".."}.isdisjoint(key.split("/"))


def test_the_columns_of_a_place_can_be_seen_before_they_fit(tmp_path):
    (tmp_path / "list.csv").write_text("Nr;Bild\n7;a.png\n", encoding="utf-8")
    place = look(tmp_path)
    assert (place.header(), place.first_row()) == (("Nr", "Bild"), {"Nr": "7", "Bild": "a.png"})
    with pytest.raises(ManifestRefused, match="lacks the column"):
        place.source()
    (item,) = place.source({"id": "Nr", "title": "Nr", "image": "Bild"}).rows()
    assert (item.product.id, item.product.title) == ("7", "7")


def test_a_place_with_pictures_alone_has_no_columns():
    place = look_among(MemoryFiles({"red.png": png(RED)}))
    assert (place.header(), place.first_row(), place.source().count) == ((), {}, 1)
