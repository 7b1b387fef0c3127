"""Pictures that no product uses: found, and removed for good."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import boto3
import pytest
from typer.testing import CliRunner

from searchcore import unused
from searchcore.cli import app
from searchcore.errors import IndexBusy, NotFound, SearchError
from searchcore.ingest import FolderSource, Shard, sole_writer
from searchcore.pipelines import assemble
from searchcore.settings import load_settings
from searchcore.unused import find_unused, remove_unused
from searchcore.upkeep import put_back, remove, survey
from tests.aws.account import account, new_bucket, s3_server
from tests.opensearch_node import fresh_name, node_url
from tests.support import BLUE, GREEN, RED, png, thing, use_doubles, write_catalogue


@pytest.fixture(autouse=True)
def _doubles(monkeypatch, tmp_path):
    use_doubles(monkeypatch, tmp_path, thing("sample", RED))
    pipeline(monkeypatch, "OTHER")
    write_catalogue(tmp_path / "source", thing("a", RED), thing("b", GREEN), thing("c", BLUE))


@pytest.fixture(scope="module")
def cloud(tmp_path_factory):
    with s3_server() as s3, account(tmp_path_factory.mktemp("aws"), s3):
        yield


def pipeline(monkeypatch, name, **parts):
    for part, kind in ({"DETECTOR__KIND": "whole", "EMBEDDER__KIND": "colour"} | parts).items():
        monkeypatch.setenv(f"LOUPE_PIPELINES__{name}__{part}", kind)


def shop():
    return load_settings().on("shop")


def filled(name="tiny"):
    engine = assemble(name, shop())
    engine.ingest(FolderSource("source"))
    return engine


def keys(found):
    return [each.key for each in found.pictures]


def tidied(name="tiny"):
    return keys(remove_unused(find_unused(name, shop()), name, shop()))


def test_pictures_of_products_that_are_gone_are_found_and_removed_and_the_others_stay():
    engine = filled()
    assert str(find_unused("tiny", shop())) == "0 pictures that no product uses"
    remove(engine, ["a"])
    found = find_unused("tiny", shop())
    assert [(each.key, each.size) for each in found.pictures] == [("a.png", len(png(RED)))]
    heard = []
    assert remove_unused(found, "tiny", shop(), lambda *told: heard.append(told)) == found
    assert heard == [(1, 1)]
    assert list(engine.images.list()) == ["b.png", "c.png"]
    assert (engine.picture("b"), engine.index.count()) == (png(GREEN), 2)
    assert tidied() == []


def test_what_is_found_is_said_with_its_size():
    pictures = tuple(unused.Stored(f"{n}.jpg", 1_700_000, 0.0) for n in range(1_200))
    assert str(unused.Unused(pictures)) == "1,200 pictures that no product uses, 2,040.0 MB"
    assert str(unused.Unused(pictures[:1])) == "1 picture that no product uses, 1.7 MB"


def test_a_picture_that_another_pipeline_of_the_catalogue_uses_stays():
    one, other = filled(), filled("other")
    remove(one, ["a", "b"])
    assert tidied() == tidied("other") == []
    remove(other, ["a"])
    assert tidied("other") == ["a.png"]
    assert list(one.images.list()) == ["b.png", "c.png"]


def test_a_picture_of_a_pipeline_that_the_settings_do_not_name_any_more_stays(monkeypatch):
    one, _ = filled(), filled("other")
    remove(one, ["a"])
    for part in ("DETECTOR", "EMBEDDER"):
        monkeypatch.delenv(f"LOUPE_PIPELINES__OTHER__{part}__KIND")
    assert "other" not in shop().pipeline_names
    assert tidied() == []


def test_where_a_pipeline_on_a_service_is_not_named_any_more_nothing_is_removed(monkeypatch):
    engine = filled()
    remove(engine, ["a"])
    lock = Path(".loupe/catalogues/shop/far.lock")
    with sole_writer(lock, Shard(1, 2)):
        pass
    with pytest.raises(SearchError, match=r"cannot be told: the pipeline “far” .*far\.lock"):
        tidied()
    pipeline(monkeypatch, "FAR")
    assert tidied() == ["a.png"]


def test_a_picture_of_an_index_that_another_model_made_stays(monkeypatch):
    filled()
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__EMBEDDER__KIND", "local")
    with pytest.raises(SearchError):
        assemble("tiny", shop())
    assert tidied() == []


def test_where_an_index_cannot_be_read_nothing_is_removed():
    one, other = filled(), filled("other")
    remove(one, ["a"])
    other.index.close()
    Path(".loupe/catalogues/shop/other.sqlite").write_bytes(b"torn")
    for file in Path(".loupe/catalogues/shop").glob("other.sqlite-*"):
        file.unlink()
    with pytest.raises(SearchError):
        tidied()
    assert "a.png" in one.images.list()


def test_an_index_that_does_not_give_all_its_products_is_not_believed(monkeypatch):
    engine = filled()
    get = type(engine.index).get
    monkeypatch.setattr(type(engine.index), "get", lambda index, ids: get(index, ids)[1:])
    with pytest.raises(SearchError, match="does not give all its products"):
        tidied()


@pytest.mark.parametrize("shard", [None, Shard(1, 2)])
def test_nothing_is_removed_while_any_pipeline_of_the_catalogue_is_filled(shard):
    engine = filled()
    remove(engine, ["a"])
    found = find_unused("tiny", shop())
    with sole_writer(Path(".loupe/catalogues/shop/new.lock"), shard), pytest.raises(IndexBusy):
        remove_unused(found, "tiny", shop())
    assert "a.png" in engine.images.list()


def test_nothing_is_stored_while_pictures_are_removed():
    engine = filled()
    before = remove(engine, ["a", "b"])
    refused = []

    def hear(done, total):
        for attempt in (lambda: put_back(engine, before), lambda: filled("other")):
            with pytest.raises(IndexBusy):
                attempt()
            refused.append(done)

    remove_unused(find_unused("tiny", shop()), "tiny", shop(), hear)
    assert refused == [1, 1, 2, 2]


def test_only_what_was_seen_and_is_still_unused_as_it_was_is_removed():
    engine = filled()
    before = remove(engine, ["a", "b"])
    found = find_unused("tiny", shop())
    put_back(engine, before[:1])
    engine.images.put("b.png", png(RED) + b"later")
    remove(engine, ["c"])
    assert remove_unused(found, "tiny", shop()).pictures == ()
    assert list(engine.images.list()) == ["a.png", "b.png", "c.png"]


def test_a_product_that_is_put_back_without_its_picture_is_named_by_the_survey():
    engine = filled()
    engine.thumbnail("a")
    before = remove(engine, ["a"])
    tidied()
    put_back(engine, before)
    assert survey(engine).without_picture == ("a",)
    with pytest.raises(NotFound):
        engine.thumbnail("a")


def test_names_that_a_file_system_may_take_for_one_are_not_told_apart():
    engine = filled()
    for name in ("A.PNG", "ka\u0308se.png"):
        engine.images.put(name, png(RED))
    (record,) = engine.index.get(["b"])
    engine.index.upsert([replace(record, product=replace(record.product, id="d", image="käse.png"))])
    assert tidied() == []


def test_a_place_that_the_settings_name_is_left_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__DETECTOR__KIND", "whole")
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__IMAGES__KIND", "folder")
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__IMAGES__ROOT", str(tmp_path / "mine"))
    filled()
    (tmp_path / "mine" / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(SearchError, match="place of your choice"):
        find_unused("tiny", shop())
    assert tidied("other") == []


def test_a_catalogue_that_is_gone_is_not_made_again():
    found = find_unused("tiny", load_settings().on("gone"))
    with pytest.raises(NotFound, match="gone"):
        remove_unused(found, "tiny", load_settings().on("gone"))
    assert not Path(".loupe/catalogues/gone").exists()


def test_pictures_in_s3_are_removed_once_they_are_no_longer_fresh(cloud, monkeypatch):
    bucket = new_bucket()
    for name in ("TINY", "OTHER"):
        pipeline(monkeypatch, name, IMAGES__KIND="s3", IMAGES__BUCKET=bucket)
    one, other = filled(), filled("other")
    boto3.client("s3").put_object(Bucket=bucket, Key="images/sale/x.png", Body=b"of another catalogue")
    remove(one, ["a", "b"])
    remove(other, ["a"])
    found = find_unused("tiny", shop())
    assert (found.pictures, found.fresh) == ((), 1)
    told = CliRunner().invoke(app, ["catalogue", "tidy", "shop"])
    assert told.stdout.splitlines() == ["Removed: 0 pictures that no product uses.", found.note]
    assert found.note.endswith("another machine may be loading: 1.")
    monkeypatch.setattr(unused, "FRESH", -60.0)
    assert tidied() == ["a.png"]
    left = boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    assert [each["Key"] for each in left] == ["images/sale/x.png", "images/shop/b.png", "images/shop/c.png"]


def test_in_s3_nothing_is_unused_as_long_as_no_index_here_knows_the_catalogue(cloud, monkeypatch):
    pipeline(monkeypatch, "TINY", IMAGES__KIND="s3", IMAGES__BUCKET=new_bucket())
    monkeypatch.setattr(unused, "FRESH", -60.0)
    engine = filled()
    monkeypatch.setenv("LOUPE_DATA_DIR", "elsewhere")
    assert assemble("tiny", shop()).index.count() == 0
    with pytest.raises(SearchError, match="another machine"):
        find_unused("tiny", shop())
    assert len(list(engine.images.list())) == 3


def test_an_index_on_a_service_is_asked_too_and_nothing_is_removed_where_it_is_lost(monkeypatch):
    from opensearchpy import OpenSearch

    name, node = fresh_name(), OpenSearch([node_url()])
    pipeline(monkeypatch, "OS", INDEX__KIND="opensearch", INDEX__URL=node_url(), INDEX__NAME=name)
    one = filled()
    remove(one, ["a"])
    assert tidied() == ["a.png"]
    assert not node.indices.exists(index=name)
    there = filled("os")
    remove(one, ["b", "c"])
    assert tidied() == []
    remove(there, ["b"])
    assert tidied() == ["b.png"]
    node.indices.delete(index=name)
    with pytest.raises(NotFound, match=name):
        tidied()
    assert list(one.images.list()) == ["a.png", "c.png"]


def test_what_was_written_lately_must_be_visible_before_it_is_looked_for(monkeypatch):
    waited = []
    monkeypatch.setattr(unused, "sleep", waited.append)
    for name, store in {"NEAR": "folder", "FAR": "s3"}.items():
        profile = {"NEAR": "serverless-nextgen", "FAR": "serverless-classic"}[name]
        pipeline(monkeypatch, name, IMAGES__KIND=store, INDEX__KIND="opensearch", INDEX__PROFILE=profile,
                 INDEX__URL="http://localhost:1")  # fmt: skip
    filled()
    with pytest.raises(SearchError):
        tidied()
    with pytest.raises(SearchError):
        remove_unused(unused.Unused(), "tiny", shop())
    assert waited == [10.0]
