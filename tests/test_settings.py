"""Settings from defaults, file and environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searchcore import load_settings
from searchcore.errors import PipelineRefused


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("LOUPE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "loupe.toml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def test_nothing_needs_to_be_set():
    settings = load_settings()
    assert (settings.data_dir, settings.default_pipeline, settings.catalogue) == (Path(".loupe"), "local", "sample")
    assert settings.pipeline_names == ("local",)
    parts = settings.pipeline("local")
    assert (parts.detector.kind, parts.embedder.kind, parts.index.kind, parts.images.kind) == (
        "local", "local", "sqlite", "folder",
    )  # fmt: skip


def test_the_file_changes_the_defaults_and_the_environment_changes_the_file(monkeypatch):
    write('data_dir = "here"\ncatalogue = "shoes"\n')
    monkeypatch.setenv("LOUPE_CATALOGUE", "bags")
    settings = load_settings()
    assert settings.catalogue_dir == Path("here/catalogues/bags")


def test_a_part_is_a_kind_or_a_kind_with_its_options():
    write('[pipelines.aws]\ndetector = "rekognition"\nembedder = { kind = "titan", dimension = 1024 }\n')
    parts = load_settings().pipeline("aws")
    assert (parts.detector.kind, parts.detector.options) == ("rekognition", {})
    assert (parts.embedder.kind, parts.embedder.options) == ("titan", {"dimension": 1024})
    assert parts.index.kind == "sqlite"


def test_a_part_can_be_chosen_by_the_environment(monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__LOCAL__EMBEDDER__KIND", "clip")
    assert load_settings().pipeline("local").embedder.kind == "clip"


def test_the_built_in_pipeline_can_be_changed_and_stays_first():
    write('[pipelines.aws]\n[pipelines.local]\nembedder = "clip"\n')
    settings = load_settings()
    assert settings.pipeline_names == ("local", "aws")
    assert settings.pipeline("local").embedder.kind == "clip"


def test_the_file_can_be_elsewhere(monkeypatch, tmp_path):
    write('catalogue = "shoes"\n', "other.toml")
    monkeypatch.setenv("LOUPE_CONFIG", str(tmp_path / "other.toml"))
    assert load_settings().catalogue == "shoes"


def test_an_unknown_pipeline_is_refused_with_the_known_ones():
    write("[pipelines.aws]\n")
    with pytest.raises(PipelineRefused) as refused:
        load_settings().pipeline("awz")
    assert "awz" in refused.value.message
    assert "local, aws" in refused.value.remedy


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('default_pipelin = "aws"', "no setting default_pipelin"),
        ('[pipelines.aws]\nembeder = "titan"', "no setting pipelines.aws.embeder"),
        ("[pipelines.aws]\nembedder = { dimension = 5 }", "pipelines.aws.embedder.kind"),
        ("[pipelines.aws]\nembedder = 5", "pipelines.aws.embedder"),
        ('[pipelines."../up"]', "pipelines.../up"),
        ('catalogue = "../up"', "catalogue"),
        ("catalogue = ", "loupe.toml is no valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_by_the_name_of_what_is_wrong(text, named):
    write(text)
    with pytest.raises(PipelineRefused) as refused:
        load_settings()
    assert named in refused.value.message
    assert "\n" not in str(refused.value)
    assert refused.value.remedy


def test_a_file_that_is_no_text_is_refused():
    Path("loupe.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PipelineRefused, match="UTF-8"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("LOUPE_PIPELINES", "titan", "LOUPE_"),
        ("LOUPE_PIPELINES__LOCAL__EMBEDDER", "titan", "LOUPE_"),
        ("LOUPE_CATALOGUE", "../up", "catalogue"),
        ("LOUPE_CONFIG", "gone.toml", "gone.toml"),
    ],
)
def test_a_wrong_environment_is_refused(monkeypatch, name, value, named):
    monkeypatch.setenv(name, value)
    with pytest.raises(PipelineRefused) as refused:
        load_settings()
    assert named in refused.value.message
