"""The command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from searchcore import pipelines
from searchcore.cli import app
from searchcore.ingest import sole_writer
from tests.support import BLACK, GREEN, RED, ColourEmbedder, png, thing, towards_green, use_doubles, write_catalogue

MARKUP = "[bold]Red[/bold] :smile: \x1b[31m"


@pytest.fixture(autouse=True)
def _doubles(monkeypatch, tmp_path):
    shades = [thing(f"shade-{n}", towards_green(n / 10), category="bag", price=float(n)) for n in range(1, 8)]
    use_doubles(monkeypatch, tmp_path, thing("red", RED, title=MARKUP), thing("green", GREEN, title="Green"), *shades)
    monkeypatch.setenv("COLUMNS", "200")
    Path("photo.png").write_bytes(png(RED))


def run(*arguments):
    return CliRunner().invoke(app, [*arguments])


def assert_refused(done, *named):
    """Exactly two sentences on stderr, and no traceback."""
    assert (done.exit_code, done.stdout) == (2, "")
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 2
    assert all(line.endswith(".") or ": " in line for line in lines)
    assert all(name in done.stderr for name in named)
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_search_prints_a_table_best_first():
    done = run("search", "photo.png", "-k", "3")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line.split()[-1] for line in lines[1:4]] == ["red", "shade-1", "shade-2"]
    assert "1.000" in lines[1]


def test_text_of_a_catalogue_is_shown_as_it_is():
    done = run("search", "photo.png", "-k", "1")
    assert "[bold]Red[/bold] :smile:" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_search_can_be_read_by_programs():
    found = json.loads(run("search", "photo.png", "--box", "0.1,0.2,0.5,0.6", "-k", "5", "--json").stdout)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3, 4, 5]
    best = found["hits"][0]
    assert best["product"]["id"] == "red"
    assert best["similarity"] == pytest.approx(1.0)
    assert set(found) == {"hits", "confidence", "timings_ms", "cost_usd", "warnings"}
    assert "vector" not in json.dumps(found)


def test_words_narrow_a_search():
    found = json.loads(run("search", "photo.png", "--words", "green", "--json").stdout)
    assert [hit["product"]["id"] for hit in found["hits"]] == ["green"]


def test_a_warning_goes_to_stderr():
    done = run("search", "photo.png", "-k", "0")
    assert done.exit_code == 0
    assert "k must be at least 1" in done.stderr


def test_a_photo_that_cannot_be_read_is_refused():
    Path("fake.jpg").write_bytes(b"MZ not a picture")
    assert_refused(run("search", "gone.jpg"), "gone.jpg")
    assert_refused(run("search", "."), "cannot be read")
    assert_refused(run("search", "fake.jpg"), "no picture")


@pytest.mark.parametrize("box", ["1,2", "a,b,c,d", "0,0,0,1", "nan,0,1,1", "2,2,1,1"])
def test_a_box_that_is_none_is_refused(box):
    assert_refused(run("search", "photo.png", "--box", box))


def test_an_unknown_pipeline_is_refused():
    done = run("search", "photo.png", "-p", "[red]aws[/red]")
    assert_refused(done, "Choose one of: local, tiny")
    assert done.stderr.splitlines()[0] == "There is no pipeline “[red]aws[/red]”."


def test_wrong_settings_are_refused(monkeypatch):
    Path("loupe.toml").write_text("catalog = 'mine'", encoding="utf-8")
    for arguments in (("search", "photo.png"), ("doctor",), ("ingest", ".")):
        assert_refused(run(*arguments), "There is no setting catalog.")


def test_an_ingest_tells_what_it_did(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("green", GREEN))
    first = run("ingest", str(folder), "--catalogue", "mine")
    second = run("ingest", str(folder), "--catalogue", "mine", "--json")
    assert (first.exit_code, first.stdout) == (0, "2 added, 0 updated, 0 unchanged, 0 removed, 0 failed\n")
    assert json.loads(second.stdout) == [{
        "pipeline": "tiny", "catalogue": "mine", "added": 0, "updated": 0, "unchanged": 2, "removed": 0, "embedded": 0,
        "failed": [], "cancelled": False,
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
    assert "  [bold]black: A vector is all zeros." in done.stdout
    assert Path("failed.csv").read_text().splitlines()[1].startswith("[bold]black,[bold]black,A vector")


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(tmp_path):
    folder = write_catalogue(tmp_path / "shop", thing("red", RED), thing("green", GREEN))
    done = run("ingest", str(folder), "--catalogue", "mine", "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.startswith("2 new, 0 with another picture, 0 edited, 0 unchanged, 0 to remove, 0 refused; about")
    (planned,) = json.loads(run("ingest", str(folder), "--catalogue", "mine", "--dry-run", "--json").stdout)
    assert (planned["new"], planned["cost"]) == (2, 0.0)


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
    assert f"Process {os.getpid()}" in done.stderr


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
        run("ingest", str(folder), "--catalogue", "mine")
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


def test_doctor_finds_everything_ready():
    done = run("doctor", "-p", "tiny", "--json")
    assert done.exit_code == 0
    checks = json.loads(done.stdout)
    assert {check["part"] for check in checks} == {"data folder", "detector", "embedder", "index", "pictures"}
    assert all(check["ready"] and not check["remedy"] for check in checks)


def test_doctor_says_what_mends_an_empty_catalogue(monkeypatch):
    monkeypatch.setenv("LOUPE_CATALOGUE", "mine")
    done = run("doctor", "-p", "tiny")
    assert done.exit_code == 1
    (line,) = [line for line in done.stdout.splitlines() if " index " in line]
    assert "NO" in line
    assert "python -m searchcore ingest FOLDER" in line


def test_nothing_is_cut_off_in_a_narrow_terminal(monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LOUPE_DATA_DIR", str(tmp_path / ("deep" * 20)))
    done = run("doctor", "-p", "tiny")
    assert done.exit_code == 0
    assert "…" not in done.stdout


def test_doctor_reports_a_broken_pipeline_beside_a_good_one(monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__LOCAL__EMBEDDER__KIND", "nonesuch")
    done = run("doctor", "--json")
    assert done.exit_code == 1
    states = {(check["pipeline"], check["ready"]) for check in json.loads(done.stdout)}
    assert states == {("", True), ("local", False), ("tiny", True)}


def test_a_data_folder_that_cannot_be_written_is_refused(monkeypatch):
    """I8."""
    Path("taken").write_text("a file is in the way")
    monkeypatch.setenv("LOUPE_DATA_DIR", "taken")
    assert_refused(run("search", "photo.png"), "taken")
    done = run("doctor", "-p", "tiny")
    assert done.exit_code == 1
    assert "LOUPE_DATA_DIR" in done.stdout


def test_the_program_itself_never_shows_a_traceback(tmp_path):
    root = Path(pipelines.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "searchcore", "search", "gone.jpg", "-p", "aws"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "The file gone.jpg cannot be read.",
        "Check the name and whether you may read it.",
    ]


def judged(folder="judged", qrels="q1 0 red 3\nq2 0 red 3\n"):
    Path(folder).mkdir()
    Path(folder, "photo.png").write_bytes(png(RED))
    Path(folder, "other.png").write_bytes(png(GREEN))
    Path(folder, "queries.csv").write_text("query_id,image,kind\nq1,photo.png,view\nq2,other.png,scene\n")
    Path(folder, "qrels.txt").write_text(qrels)
    return folder


def test_an_evaluation_tells_each_mean_with_its_interval_and_n():
    done = run("evaluate", judged(), "--measures", "P@1,mAP", "--threshold", "3")
    assert done.exit_code == 0
    assert [line.split()[0::5] for line in done.stdout.splitlines()[1:]] == [["P@1", "2"], ["mAP", "2"]]
    assert "0.500" in done.stdout


def test_an_evaluation_can_be_read_by_programs():
    found = json.loads(run("evaluate", judged(), "--kind", "view", "--json").stdout)
    assert {mean["measure"]: mean["value"] for mean in found["measures"]}["P@1"] == 1.0
    assert [query["id"] for query in found["queries"]] == ["q1"]


def test_an_evaluation_names_a_query_that_failed_and_counts_it():
    folder = judged()
    Path(folder, "other.png").unlink()
    done = run("evaluate", folder, "--measures", "P@1")
    assert done.exit_code == 1
    assert "q2" in done.stderr
    assert "0.500" in done.stdout


def test_an_evaluation_tells_how_many_judged_products_the_catalogue_lacks():
    done = run("evaluate", judged(qrels="q1 0 red 3\nq1 0 lost 3\nq2 0 lost 3\nq2 0 gone 0\n"), "--json")
    assert done.exit_code == 0
    assert done.stderr.strip() == "Not in the catalogue: 2 of 3 judged products, such as gone."
    assert json.loads(done.stdout)
    assert run("evaluate", judged("whole")).stderr == ""


def test_an_evaluation_asks_on_stderr(monkeypatch):
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: ColourEmbedder(price=0.5))
    done = CliRunner().invoke(app, ["evaluate", judged(), "--json", "--spend", "9"], input="y\n")
    assert "2 queries cost about $1.0000" in done.stderr
    assert "Go on" not in done.stdout


def test_an_evaluation_of_what_is_found_counts_the_finding(monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__DETECTOR__KIND", "whole")
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__DETECTOR__PRICE", "0.25")
    Path(judged(), "queries.csv").write_text(
        "query_id,image,left,top,width,height\nq1,photo.png,0,0,1,1\nq2,other.png,,,,\n"
    )
    asked = CliRunner().invoke(app, ["evaluate", "judged", "--boxes", "detected"], input="n\n")
    assert asked.exit_code == 2
    assert "2 queries cost about $0.2500" in asked.stderr
    assert "cost" not in run("evaluate", "judged").stderr


def test_an_evaluation_without_judgments_is_refused():
    Path("empty").mkdir()
    assert_refused(run("evaluate", "empty"), "qrels.txt")
    assert_refused(run("evaluate", judged(), "--kind", "blurred"), "blurred", "scene, view")
    assert_refused(run("evaluate", "judged", "--measures", "P@1,F1"), "F1")
