"""The commands `ingest` and `catalogue`."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from searchcore import load_settings, pipelines
from searchcore.ingest import sole_writer
from searchcore.pipelines import assemble
from tests.cli.command import assert_refused, run
from tests.support import BLACK, GREEN, RED, ColourEmbedder, thing, write_catalogue


def test_an_ingest_tells_what_it_did(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("green", GREEN))
    first = run("ingest", str(folder), "--catalogue", "mine")
    second = run("ingest", str(folder), "--catalogue", "mine", "--json")
    assert (first.exit_code, first.stdout) == (0, "2 added, 0 updated, 0 unchanged, 0 removed, 0 failed\n")
    assert json.loads(second.stdout) == [{
        "pipeline": "tiny", "catalogue": "mine", "added": 0, "updated": 0, "unchanged": 2, "removed": 0, "embedded": 0,
        "left": 0, "failed": [], "cancelled": False,
    }]  # fmt: skip


def test_an_ingest_fills_several_pipelines(monkeypatch, tmp_path):
    monkeypatch.setenv("LOUPE_PIPELINES__OTHER__EMBEDDER__KIND", "colour")
    monkeypatch.setenv("LOUPE_PIPELINES__OTHER__DETECTOR__KIND", "whole")
    folder = write_catalogue(tmp_path / "shop", thing("red", RED))
    done = run("ingest", str(folder), "--catalogue", "mine", "-p", "tiny", "-p", "other")
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == ["tiny: 1 added", "other: 1 added"]


def test_an_ingest_names_what_failed_writes_it_down_and_ends_with_one(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("[bold]black", BLACK))
    done = run("ingest", str(folder), "--catalogue", "mine", "--failures", "failed.csv")
    assert done.exit_code == 1
    assert "1 added" in done.stdout
    assert "  row 3 ([bold]black): A vector is all zeros." in done.stdout
    assert Path("failed.csv").read_text().splitlines()[1].startswith("row 3,[bold]black,A vector")


def test_refused_rows_are_a_list_to_mend_and_to_load_by_itself(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("blue", RED, price=1.0))
    listed = (folder / "products.csv").read_text(encoding="utf-8").replace("1.0", "=cheap")
    (folder / "products.csv").write_text(listed, encoding="utf-8")
    assert run("ingest", str(folder), "--catalogue", "mine", "--mend", str(folder / "mend.csv")).exit_code == 1
    mend = (folder / "mend.csv").read_text(encoding="utf-8")
    assert mend.splitlines() == [
        "id,title,image,category,price,group_id,colour,why it was not loaded",
        "blue,blue,blue.png,,'=cheap,,,The price “=cheap” is no number.",
    ]
    (folder / "mend.csv").write_text(mend.replace("'=cheap", "2"), encoding="utf-8")
    done = run("ingest", str(folder / "mend.csv"), "--catalogue", "mine")
    assert done.stdout == (
        "1 added, 0 updated, 0 unchanged, 0 removed, 0 failed\n"
        "Not named by the source, and left alone: 1. --remove takes them out.\n"
    )
    blue = assemble("tiny", load_settings().on("mine")).product("blue")
    assert (blue.price, dict(blue.extra)) == (2.0, {})


def test_products_are_removed_only_where_that_is_said(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("blue", RED))
    run("ingest", str(folder), "--catalogue", "mine")
    write_catalogue(folder, thing("red", RED))
    assert "0 removed" in run("ingest", str(folder), "--catalogue", "mine").stdout
    assert "1 to remove" in run("ingest", str(folder), "--catalogue", "mine", "--remove", "--dry-run").stdout
    assert "1 removed" in run("ingest", str(folder), "--catalogue", "mine", "--remove").stdout
    (folder / "products.csv").write_text("id,title,image\n", encoding="utf-8")
    assert_refused(run("ingest", str(folder), "--catalogue", "mine", "--remove"), "no row")
    assert "1 unchanged" in run("ingest", str(write_catalogue(folder, thing("red", RED))), "--catalogue", "mine").stdout


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("green", GREEN))
    done = run("ingest", str(folder), "--catalogue", "mine", "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.startswith("2 new, 0 with another picture, 0 edited, 0 unchanged, 0 to remove, 0 refused; about")
    assert "mine" not in run("catalogue", "list").stdout
    (planned,) = json.loads(run("ingest", str(folder), "--catalogue", "mine", "--dry-run", "--json").stdout)
    assert (planned["new"], planned["cost"]) == (2, 0.0)


@pytest.fixture
def outdated(monkeypatch, tmp_path):
    """A catalogue of two products whose pipeline got a model that costs half a dollar a picture; its source."""
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("green", GREEN))
    run("ingest", str(folder), "--catalogue", "mine")
    newer = ColourEmbedder(price=0.5)
    newer.spec = replace(newer.spec, model_key="colour-2@3")
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: newer)
    return str(folder), newer


def test_a_dry_run_on_an_outdated_index_tells_what_embedding_it_anew_takes(outdated):
    folder, newer = outdated
    done = run("ingest", folder, "--catalogue", "mine", "--dry-run")
    assert (done.exit_code, newer.embedded) == (0, 0)
    first, then = done.stdout.splitlines()
    assert first.startswith("Another model made the index: 2 products to embed anew first; about")
    assert first.endswith("and $1.00")
    assert "2 unchanged" in then
    (planned,) = json.loads(run("ingest", folder, "--catalogue", "mine", "--dry-run", "--json").stdout)
    assert (planned["rebuild"]["products"], planned["rebuild"]["cost"], planned["cost"]) == (2, 1.0, 0.0)


@pytest.mark.parametrize("command", ["ingest", "catalogue"])
def test_nothing_is_embedded_anew_for_money_unless_that_is_agreed_to(outdated, command):
    folder, newer = outdated
    typed = {"ingest": ("ingest", folder, "--catalogue", "mine"), "catalogue": ("catalogue", "rebuild", "mine")}[
        command
    ]
    done = run(*typed)
    assert (done.exit_code, done.stdout, newer.embedded) == (2, "", 0)
    assert "2 products to embed anew first; about" in done.stderr
    assert done.stderr.endswith("nobody agreed to it.\nAllow it with --yes.\n")
    done = run(*typed, "--yes")
    assert (done.exit_code, newer.embedded) == (0, 2)
    assert "and $1.00." in done.stderr


def test_what_is_embedded_anew_for_nothing_is_said_and_done(outdated):
    folder, newer = outdated
    newer.spec = replace(newer.spec, price_per_picture=0.0)
    done = run("ingest", folder, "--catalogue", "mine")
    assert (done.exit_code, assemble("tiny", load_settings().on("mine")).index.count()) == (0, 2)
    assert "2 products to embed anew first" in done.stderr


def test_products_without_a_picture_are_left_out_of_a_rebuild_only_by_name(outdated):
    Path(".loupe/catalogues/mine/pictures/red.png").unlink()
    done = run("catalogue", "rebuild", "mine", "--yes")
    assert done.exit_code == 2
    assert "1 product cannot be embedded anew. red: There is no picture" in done.stderr
    assert run("catalogue", "rebuild", "mine", "--yes", "--delete", "red").exit_code == 1
    assert sorted(assemble("tiny", load_settings().on("mine")).index.hashes()) == ["green"]


def test_objects_can_be_chosen(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED))
    run("ingest", str(folder), "--catalogue", "mine")
    planned = run("ingest", str(folder), "--catalogue", "mine", "--objects", "--dry-run")
    assert "0 with another picture, 1 to find by their object too, 0 edited" in planned.stdout
    done = run("ingest", str(folder), "--catalogue", "mine", "--objects")
    assert done.stdout.startswith("0 added, 1 updated")
    for option in ((), ("--no-objects",), ("--objects",)):
        assert "1 unchanged" in run("ingest", str(folder), "--catalogue", "mine", *option).stdout


def test_shards_and_columns_can_be_chosen(tmp_path):
    folder = write_catalogue(tmp_path / "shop", *(thing(f"{n:02}", RED) for n in range(20)))
    listed = (folder / "products.csv").read_text(encoding="utf-8")
    (folder / "products.csv").write_text(listed.replace("id,title", "my number,title", 1), encoding="utf-8")
    assert_refused(run("ingest", str(folder), "--catalogue", "mine"), "lacks the column id", "my number")
    for n in (1, 2):
        done = run("ingest", str(folder), "--catalogue", "mine", "--column", "id=my number", "--shard", f"{n}/2")
        assert done.exit_code == 0
    assert json.loads(run("catalogue", "list", "--json").stdout)["catalogues"][0] == {"name": "mine", "products": 20}


def test_a_second_ingest_at_the_same_time_ends_with_three(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED))
    with sole_writer(Path(".loupe/catalogues/mine/tiny.lock")):
        done = run("ingest", str(folder), "--catalogue", "mine")
    assert done.exit_code == 3
    assert f"process {os.getpid()} on" in done.stderr


def test_the_sample_is_not_overwritten():
    assert_refused(run("ingest", "sample"), "The sample catalogue is not overwritten.", "--catalogue mine")


def test_a_source_that_is_none_is_refused_and_leaves_nothing_behind():
    assert_refused(run("ingest", "gone", "--catalogue", "mine"), "nothing at gone")
    assert not Path(".loupe/catalogues/mine").exists()


def test_catalogues_are_exported_renamed_deleted_and_restored(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED))
    run("ingest", str(folder), "--catalogue", "mine")
    assert run("catalogue", "export", "mine", "out.zip").stdout == "1 products written to out.zip\n"
    assert run("ingest", "out.zip", "--catalogue", "copy").stdout.startswith("1 added")
    assert run("catalogue", "rename", "copy", "second").exit_code == 0
    deleted = run("catalogue", "delete", "second")
    token = deleted.stdout.split()[-1]
    listed = json.loads(run("catalogue", "list", "--json").stdout)
    assert [each["name"] for each in listed["catalogues"]] == ["mine", "sample"]
    assert listed["deleted"] == [{"name": "second", "token": token}]
    assert run("catalogue", "restore", token).stdout == "second is back.\n"
    assert_refused(run("catalogue", "delete", "sample"), "stays")
    assert_refused(run("catalogue", "export", "gone", "out.csv"), "gone")


def test_pictures_that_no_product_uses_are_shown_and_removed(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("green", GREEN))
    for _ in range(2):
        run("ingest", str(folder), "--catalogue", "mine", "--remove")
        (folder / "products.csv").write_text("id,title,image\nred,red,red.png\n", encoding="utf-8")
    pictures = Path(".loupe/catalogues/mine/pictures")
    shown = run("catalogue", "tidy", "mine", "--dry-run")
    assert (shown.exit_code, shown.stdout) == (0, "1 picture that no product uses, 0.1 MB.\n")
    assert (pictures / "green.png").exists()
    with sole_writer(Path(".loupe/catalogues/mine/local.lock")):
        assert run("catalogue", "tidy", "mine").exit_code == 3
    done = run("catalogue", "tidy", "mine", "--pipeline", "local")
    assert (done.exit_code, done.stdout) == (0, "Removed: 1 picture that no product uses, 0.1 MB.\n")
    assert [each.name for each in pictures.iterdir()] == ["red.png"]
    assert run("catalogue", "tidy", "mine").stdout == "Removed: 0 pictures that no product uses.\n"
    assert_refused(run("catalogue", "tidy", "gone"), "gone")
    assert not Path(".loupe/catalogues/gone").exists()


def test_of_very_many_refused_rows_the_first_are_printed_and_all_are_written(tmp_path):
    rows = "".join(f"p{number},Title,gone.png\n" for number in range(103))
    (tmp_path / "list.csv").write_text(f"id,title,image\n{rows}", encoding="utf-8")
    done = run("ingest", str(tmp_path / "list.csv"), "--catalogue", "mine", "--failures", "failed.csv")
    assert done.stdout.count(": The picture gone.png is missing.") == 100
    assert "… and 3 more: --failures FILE has them all." in done.stdout
    assert len(Path("failed.csv").read_text(encoding="utf-8").splitlines()) == 104
