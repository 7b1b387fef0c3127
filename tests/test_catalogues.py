"""Catalogues by name."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from searchcore import Product
from searchcore.catalogue_key import folder_with_key, index_name, key_of
from searchcore.catalogues import Catalogues, export_csv, export_zip
from searchcore.errors import IndexBusy, NotFound, PipelineRefused, SearchError
from searchcore.ingest import FolderSource, IngestReport, open_source, sole_writer
from searchcore.pipelines import assemble
from searchcore.settings import load_settings
from tests.support import GREEN, RED, engine_of, png, thing, use_doubles, write_catalogue


@pytest.fixture(autouse=True)
def _doubles(monkeypatch, tmp_path):
    use_doubles(monkeypatch, tmp_path, thing("red", RED))


@pytest.fixture
def catalogues(tmp_path) -> Catalogues:
    write_catalogue(tmp_path / "shop", thing("a", RED), thing("b", GREEN))
    engine = opened("shoes")
    engine.ingest(FolderSource(tmp_path / "shop"))
    engine.index.close()
    return Catalogues(load_settings())


def opened(name):
    return assemble("tiny", load_settings().on(name))


def test_catalogues_are_listed_with_the_sample(catalogues):
    assert catalogues.names() == ["sample", "shoes"]


def test_a_renamed_catalogue_has_its_products_under_the_new_name(catalogues):
    catalogues.rename("shoes", "boots")
    assert catalogues.names() == ["boots", "sample"]
    engine = opened("boots")
    assert (engine.index.count(), engine.picture("a")) == (2, png(RED))


def test_a_deleted_catalogue_comes_back_whole(catalogues):
    deleted = catalogues.delete("shoes")
    assert catalogues.names() == ["sample"]
    assert [each.name for each in catalogues.deleted()] == ["shoes"]
    assert catalogues.restore(deleted.token) == "shoes"
    assert (opened("shoes").index.count(), catalogues.deleted()) == (2, [])


def folder_of(name):
    return load_settings().on(name).catalogue_dir


def test_on_services_a_catalogue_is_called_by_its_name(catalogues):
    assert (key_of(folder_of("shoes")), index_name(folder_of("shoes"), "aws")) == ("shoes", "loupe-shoes-aws")
    assert key_of(folder_of("not-made-yet")) == "not-made-yet"


def test_a_renamed_catalogue_is_called_as_before_on_services(catalogues):
    catalogues.rename("shoes", "boots")
    catalogues.rename("boots", "sandals")
    assert key_of(folder_of("sandals")) == "shoes"
    assert key_of(folder_of("boots")) == "boots"
    assert key_of(folder_of("shoes")) == "shoes.2"


def test_a_catalogue_is_found_by_its_key_whatever_it_is_called(catalogues):
    place = folder_of("shoes").parent
    catalogues.rename("shoes", "boots")
    opened("shoes").index.close()
    assert folder_with_key("shoes", place) == folder_of("boots")
    catalogues.delete("boots")
    assert folder_with_key("shoes", place) is None


def test_what_a_service_holds_of_a_deleted_catalogue_is_not_in_a_new_one_of_that_name(catalogues):
    catalogues.delete("shoes")
    opened("shoes").index.close()
    assert key_of(folder_of("shoes")) == "shoes.2"
    catalogues.rename("shoes", "boots")
    catalogues.restore("shoes")
    assert [key_of(folder_of(name)) for name in ("shoes", "boots")] == ["shoes", "shoes.2"]


def test_a_number_is_kept_when_the_deleted_catalogue_is_gone_for_good(catalogues, tmp_path):
    deleted = catalogues.delete("shoes")
    opened("shoes").index.close()
    assert key_of(folder_of("shoes")) == "shoes.2"
    shutil.rmtree(load_settings().data_dir / "deleted" / deleted.token)
    assert key_of(folder_of("shoes")) == "shoes.2"


def test_no_two_indexes_are_called_alike(catalogues):
    catalogues.delete("shoes")
    pairs = [("shoes", "aws"), ("shoes", "eu-aws"), ("shoes-eu", "aws"), ("shoes", "2-aws"), ("boots", "2-aws")]
    assert len({index_name(folder_of(name), pipeline) for name, pipeline in pairs}) == len(pairs)
    assert index_name(folder_of("boots-eu"), "aws") != index_name(folder_of("boots"), "eu-aws")


def test_a_name_that_was_taken_meanwhile_is_not_overwritten(catalogues):
    catalogues.delete("shoes")
    opened("shoes")
    with pytest.raises(SearchError, match="again"):
        catalogues.restore("shoes")


@pytest.mark.parametrize("name", ["sample", "gone", "../shoes", "", "Shoes", "a/b"])
def test_what_is_no_catalogue_of_ones_own_is_neither_deleted_nor_renamed(catalogues, name):
    for act in (lambda: catalogues.delete(name), lambda: catalogues.rename(name, "new")):
        with pytest.raises(SearchError):
            act()
    assert catalogues.names() == ["sample", "shoes"]


@pytest.mark.parametrize("new", ["sample", "shoes", "../up", "", "UP"])
def test_a_name_that_cannot_be_given_is_refused(catalogues, new):
    with pytest.raises(SearchError):
        catalogues.rename("shoes", new)


def test_a_catalogue_that_is_being_filled_stays(catalogues):
    lock = load_settings().on("shoes").catalogue_dir / "tiny.lock"
    with sole_writer(lock), pytest.raises(IndexBusy):
        catalogues.delete("shoes")
    assert "shoes" in catalogues.names()


def test_a_catalogue_that_is_deleted_just_before_a_load_is_not_begun_anew(catalogues):
    engine = opened("shoes")
    deleted = catalogues.delete("shoes")
    with pytest.raises(NotFound, match="shoes is gone"):
        engine.ingest(FolderSource("shop"))
    assert catalogues.names() == ["sample"]
    assert catalogues.restore(deleted.token) == "shoes"


def test_an_unknown_catalogue_cannot_be_restored(catalogues):
    with pytest.raises(NotFound):
        catalogues.restore("gone")
    with pytest.raises(PipelineRefused):
        load_settings().on("../gone")


def test_an_exported_catalogue_can_be_ingested_again_as_it_was(tmp_path):
    product = Product(
        "a", "=cmd()", "p/a.png", "bag", price=2.5, currency="EUR", tags=("x", "y"), description="'quoted",
        extra={"fit": "slim", "height": 3.0},
    )  # fmt: skip
    engine = engine_of(tmp_path / "one", thing("a", RED, **{
        name: getattr(product, name)
        for name in ("title", "image", "category", "price", "currency", "tags", "description", "extra")
    }))  # fmt: skip
    engine.images.put("p/a.png", png(RED))
    assert export_zip(engine, tmp_path / "out.zip") == []
    other = engine_of(tmp_path / "two")
    assert other.ingest(open_source(tmp_path / "out.zip")).added == 1
    assert other.product("a") == product
    assert other.picture("a") == png(RED)


def test_an_export_holds_no_formula_and_names_missing_pictures(tmp_path):
    """W4."""
    engine = engine_of(tmp_path, thing("@a", RED, title="=1+1", category="\tx"))
    (row,) = csv.DictReader(io.StringIO(export_csv(engine)))
    assert (row["id"], row["title"], row["category"]) == ("'@a", "'=1+1", "'\tx")
    assert export_zip(engine, tmp_path / "out.zip") == ["@a"]
    assert zipfile.ZipFile(tmp_path / "out.zip").namelist() == ["products.csv"]
    assert Path(tmp_path / "out.zip").stat().st_size


def test_an_export_holds_the_words_of_the_catalogue_and_not_what_a_detector_saw(tmp_path):
    engine = engine_of(tmp_path, thing("a", RED, tags=("mine",)))
    (record,) = engine.index.get(["a"])
    engine.index.upsert([replace(record, product=record.product.labelled(["mine", "seen"]))])
    assert engine.product("a").tags == ("mine", "seen")
    (row,) = csv.DictReader(io.StringIO(export_csv(engine)))
    assert row["tags"] == "mine"


def test_an_export_holds_no_path_that_leads_out_of_it_and_can_be_taken_in_again(tmp_path):
    names = {"a": "../pics/1.png", "b": "C:/pics/2.png", "c": "/3.png", "d": "pics/4.png"}
    engine = engine_of(tmp_path / "one", *(thing(each, RED, image=name) for each, name in names.items()))
    for name in names.values():
        engine.images.put(name, png(RED))
    assert export_zip(engine, tmp_path / "out.zip") == []
    other = engine_of(tmp_path / "two")
    assert other.ingest(open_source(tmp_path / "out.zip")) == IngestReport(added=4, embedded=4)
    assert {other.picture(each) for each in names} == {png(RED)}
    assert other.product("d").image == "pics/4.png"
