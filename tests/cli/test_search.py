"""The command `search`, and what all commands have in common."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import assert_refused, run
from tests.support import RED, png


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


def test_a_catalogue_that_is_not_there_is_not_searched_and_not_made(tmp_path):
    photo = tmp_path / "photo.png"
    photo.write_bytes(png(RED))
    assert_refused(run("search", str(photo), "--catalogue", "nope"), "no catalogue “nope”")
    assert_refused(run("evaluate", str(tmp_path), "--catalogue", "nope"), "")
    assert "nope" not in run("catalogue", "list").stdout
