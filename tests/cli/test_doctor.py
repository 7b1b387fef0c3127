"""The command `doctor`, and how commands end where nothing works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from searchcore import pipelines
from tests.cli.command import assert_refused, run


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
