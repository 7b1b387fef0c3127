"""The documentation says what the code says."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import typer

from searchcore import pipelines
from searchcore.cli import app
from searchcore.indexes.opensearch import OpenSearchIndex
from searchcore.indexes.opensearch_client import PASSWORD, USER
from searchcore.indexes.opensearch_profiles import profile_named
from searchcore.settings import Settings

ROOT = Path(__file__).parents[1]


def test_the_table_of_settings_is_up_to_date():
    command = [sys.executable, "docs/settings.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_links_between_documents_lead_somewhere():
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("studio/**/*.md")]
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert broken == []


def test_every_direct_dependency_has_its_reason():
    reasons = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    packages = [line.split("==")[0] for line in lines if line and not line.startswith("#")]
    assert [package for package in packages if package not in reasons] == []


def test_every_command_that_a_document_names_exists_with_its_options():
    command = typer.main.get_command(app)
    lines = [
        (document.name, line.partition("python -m searchcore ")[2].split("#")[0].split("`")[0].strip(" |)."))
        for document in [ROOT / "README.md", *ROOT.glob("docs/*.md")]
        for line in document.read_text(encoding="utf-8").splitlines()
        if "python -m searchcore " in line
    ]
    assert len(lines) > 10
    wrong = [f"{name}: {words}: {said}" for name, words in lines if (said := _parsed(command, words.split()))]
    assert wrong == []


def _parsed(command, words):
    """Parse a command line without running it; return what is wrong with it."""
    name, *rest = words
    if name not in command.commands:
        return f"no command {name}"
    try:
        command.commands[name].make_context(name, rest, resilient_parsing=False)
    except click.ClickException as error:
        return error.format_message()
    except click.exceptions.Exit:
        return "" if rest == [] else "help"
    return ""


def test_the_pipeline_in_the_document_on_aws_can_be_set_up(monkeypatch):
    text = (ROOT / "docs" / "aws.md").read_text(encoding="utf-8")
    parts = tomllib.loads(re.findall(r"```toml\n(.*?)```", text, re.DOTALL)[0])["pipelines"]["aws"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    settings = Settings(pipelines={"aws": parts})
    assert pipelines.make_embedder("aws", settings).spec.name == "titan"
    assert pipelines.make_images("aws", settings).name == "s3"
    assert pipelines.make_detector("aws", settings, lambda crops: []).name == "rekognition"
    assert profile_named(parts["index"]["profile"]).serverless
    assert set(parts["index"]) - {"kind"} <= set(inspect.signature(OpenSearchIndex.__init__).parameters)


def test_every_setting_of_the_environment_that_a_document_names_exists():
    known = {f"LOUPE_{name.upper()}" for name in Settings.model_fields} | {
        "LOUPE_CONFIG",
        "LOUPE_CHROMIUM",
        USER,
        PASSWORD,
    }
    named = {
        word
        for document in [ROOT / "README.md", *ROOT.glob("docs/*.md")]
        for word in re.findall(r"LOUPE_[A-Z_]*[A-Z]", document.read_text(encoding="utf-8"))
        if not word.startswith("LOUPE_PIPELINES_")
    }
    assert named - known == set()
