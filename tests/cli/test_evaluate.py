"""The command `evaluate`."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from searchcore import pipelines
from searchcore.cli import app
from tests.cli.command import assert_refused, run
from tests.support import GREEN, RED, ColourEmbedder, png


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
