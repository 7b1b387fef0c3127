"""`doctor --live`: each part is called once, and what came of it is said."""

from __future__ import annotations

import json

import boto3
import pytest
from typer.testing import CliRunner

from searchcore.cli import app
from tests.aws.account import KEY, SECRET, account, new_bucket
from tests.aws.stub import TITAN, Fault
from tests.support import RED, thing, use_doubles

PARTS = """
[pipelines.aws]
detector = "rekognition"
embedder = {{ kind = "titan", dimension = 256 }}
images = {{ kind = "s3", bucket = "{bucket}" }}
"""
CALLS = [
    "detector: find objects", "embedder: embed a picture", "embedder: embed a word", "index: search",
    "pictures: put", "pictures: get", "pictures: list", "pictures: delete",
]  # fmt: skip


@pytest.fixture
def cloud(_s3, tmp_path, monkeypatch):
    with account(tmp_path, _s3) as stub:
        use_doubles(monkeypatch, tmp_path, thing("red", RED))
        stub.bucket = new_bucket()
        with (tmp_path / "loupe.toml").open("a", encoding="utf-8") as file:
            file.write(PARTS.format(bucket=stub.bucket))
        yield stub


def live(*words, typed=""):
    return CliRunner().invoke(app, ["doctor", "--live", *words], input=typed)


def test_each_part_is_called_once_and_nothing_is_left_behind(cloud):
    done = live("-p", "aws", "--yes", "--json")
    assert done.exit_code == 0, done.output
    trials = json.loads(done.stdout)
    assert [f"{each['part']}: {each['doing']}" for each in trials] == CALLS
    assert all(each["worked"] and each["milliseconds"] >= 0 for each in trials)
    assert [each.operation for each in cloud.seen] == ["DetectLabels", TITAN, TITAN]
    assert "Contents" not in boto3.client("s3").list_objects_v2(Bucket=cloud.bucket)


def test_what_it_costs_is_said_first_and_no_is_no(cloud):
    done = live("-p", "aws", typed="n\n")
    assert done.exit_code == 0
    assert "about $0.0011, less than a cent" in done.output
    assert cloud.seen == []


def test_what_costs_nothing_is_not_asked_for(cloud):
    done = live("-p", "tiny")
    assert done.exit_code == 0, done.output
    assert "$" not in done.output
    assert "embed a word" not in done.output


def test_a_part_that_is_denied_names_the_action_and_the_others_are_tried(cloud):
    """A3, W8."""
    denied = "User: arn:aws:sts::123456789012:assumed-role/app/x is not authorized to perform: bedrock:InvokeModel"
    cloud.always = Fault("AccessDeniedException", 403, denied)
    done = live("-p", "aws", "--yes")
    assert done.exit_code == 1
    assert "Allow rekognition:DetectLabels" in done.output
    assert "Allow bedrock:InvokeModel" in done.output
    assert done.output.count("FAILS") == 3
    assert "pictures: get  works" in done.output
    assert not [each for each in ("123456789012", KEY, SECRET, "arn:") if each in done.output]


def test_a_bucket_that_is_not_there_is_said(cloud, monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__AWS__IMAGES__BUCKET", "nowhere-at-all")
    done = live("-p", "aws", "--yes")
    assert done.exit_code == 1
    assert "There is no such bucket" in done.output
    assert "detector: find objects  works" in done.output


def test_without_credentials_every_part_says_what_to_type(cloud, monkeypatch):
    """A9."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    done = live("-p", "aws", "--yes")
    assert done.exit_code == 1
    assert done.output.count("aws configure") == 4


def test_a_pipeline_that_there_is_not_is_refused(cloud):
    assert live("-p", "nowhere", "--yes").exit_code == 2
