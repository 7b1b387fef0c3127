"""The state of a pipeline's parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchcore import load_settings
from searchcore.health import check_data_folder, check_parts, check_pipeline
from tests.support import RED, engine_of, thing, use_doubles


@pytest.fixture(autouse=True)
def _doubles(monkeypatch, tmp_path):
    use_doubles(monkeypatch, tmp_path, thing("red", RED))


def test_a_filled_pipeline_is_ready_and_says_what_it_holds():
    checks = {check.part: check for check in check_pipeline("tiny", load_settings())}
    assert list(checks) == ["detector", "embedder", "index", "pictures"]
    assert all(check.ready for check in checks.values())
    assert "colour-1@3, 3 numbers" in checks["embedder"].state
    assert "1 products" in checks["index"].state


def test_every_part_that_is_not_ready_has_a_remedy(tmp_path):
    broken = [check for check in check_parts(engine_of(tmp_path / "empty")) if not check.ready]
    assert [check.part for check in broken] == ["index", "pictures"]
    assert all(check.remedy for check in broken)


def test_a_pipeline_that_cannot_be_opened_is_reported_and_not_raised():
    (check,) = check_pipeline("nonesuch", load_settings())
    assert (check.part, check.ready) == ("pipeline", False)
    assert "nonesuch" in check.state
    assert check.remedy


def test_a_data_folder_need_not_exist_yet(tmp_path):
    check = check_data_folder(tmp_path / "not" / "yet")
    assert check.ready
    assert str(tmp_path / "not" / "yet") in check.state


def test_a_file_where_the_data_folder_should_be_is_not_ready(tmp_path):
    Path(tmp_path / "taken").write_text("")
    check = check_data_folder(tmp_path / "taken" / "data")
    assert not check.ready
    assert "LOUPE_DATA_DIR" in check.remedy


def test_a_full_disk_is_not_ready(monkeypatch, tmp_path):
    """I8."""
    full = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda _: full)
    check = check_data_folder(tmp_path)
    assert not check.ready
    assert check.remedy == "Free some disk space."
