"""What is missing of an account is said with what to type, and nothing secret is ever said."""

from __future__ import annotations

import logging
import traceback

import pytest

from searchcore import Picture, Query, SearchError, open_engine
from searchcore.aws import AwsOptions, open_session
from searchcore.aws_errors import Called, redacted
from searchcore.embedders.titan import TitanEmbedder, TitanOptions
from searchcore.errors import CostNotAgreed, PipelineRefused
from searchcore.health import check_pipeline
from searchcore.settings import load_settings
from tests.aws.account import KEY, QUICK, SECRET, STEADY
from tests.aws.stub import Fault
from tests.support import BLUE, GREEN, RED, photo, thing, use_doubles

PARTS = """
default_pipeline = "tiny"
[pipelines.tiny]
detector = "whole"
embedder = "colour"
[pipelines.aws]
detector = { kind = "rekognition", wanted = ["Shoe"] }
embedder = { kind = "titan", dimension = 384, requests_per_minute = 60000 }
"""


@pytest.fixture
def settings(stub, tmp_path, monkeypatch):
    use_doubles(monkeypatch, tmp_path, thing("red", RED), thing("green", GREEN), thing("blue", BLUE))
    (tmp_path / "loupe.toml").write_text(PARTS, encoding="utf-8")
    return load_settings()


def without(monkeypatch, *names):
    for name in names:
        monkeypatch.delenv(name)


def test_a_pipeline_of_aws_and_local_parts_finds_the_right_product(settings):
    engine = open_engine("aws", settings, spend=0.01)
    assert engine.search(Query(picture=photo(BLUE))).hits[0].product.id == "blue"
    assert engine.search(Query(text="green")).hits[0].product.id == "green"
    assert engine.index.info().model_key == "amazon.titan-embed-image-v1@384@prep1"


def test_the_sample_catalogue_is_embedded_for_money_only_where_that_was_agreed(settings, stub):
    with pytest.raises(CostNotAgreed) as refused:
        open_engine("aws", settings)
    assert refused.value.cost == pytest.approx(3 * 0.00006)
    with pytest.raises(CostNotAgreed):
        open_engine("aws", settings, spend=0.0001)
    assert stub.calls("Invoke") == []
    assert open_engine("aws", settings, spend=0.001).index.count() == 3
    assert open_engine("aws", settings).index.count() == 3


def test_without_credentials_the_local_pipeline_works_and_status_says_what_to_type(settings, monkeypatch):
    """A9."""
    without(monkeypatch, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    assert open_engine("", settings).index.count() == 3
    (check,) = check_pipeline("aws", settings)
    assert (check.ready, check.state) == (False, "No AWS credentials were found.")
    assert "aws configure" in check.remedy


def test_without_a_region_status_says_what_to_type(settings, monkeypatch):
    """A9."""
    without(monkeypatch, "AWS_REGION", "AWS_DEFAULT_REGION")
    (check,) = check_pipeline("aws", settings)
    assert check.state == "No AWS region is set."
    assert "export AWS_REGION=" in check.remedy


def test_the_region_may_be_given_by_settings_or_by_either_variable(stub, monkeypatch):
    without(monkeypatch, "AWS_DEFAULT_REGION")
    assert open_session(AwsOptions()).region_name == "us-east-1"
    assert open_session(AwsOptions(region="eu-west-1")).region_name == "eu-west-1"


def test_an_unknown_profile_and_half_a_key_are_said(stub, monkeypatch):
    with pytest.raises(SearchError, match="profile"):
        open_session(AwsOptions(profile="nobody"))
    without(monkeypatch, "AWS_SECRET_ACCESS_KEY")
    with pytest.raises(SearchError) as failed:
        open_session(AwsOptions())
    assert "aws configure" in failed.value.remedy


def test_a_place_where_nobody_answers_is_said_to_be_out_of_reach(stub, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(SearchError, match="cannot be reached"):
        TitanEmbedder(TitanOptions(), QUICK, STEADY).embed_texts(["red"])


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ('embedder = { kind = "titan", dimension = 512 }', "dimension"),
        ('embedder = { kind = "nova", color = 1 }', "color"),
        ('detector = { kind = "rekognition", min_confidence = 80 }', "min_confidence"),
        ('images = "s3"', "bucket"),
    ],
)
def test_a_wrong_option_is_refused_by_its_name(settings, tmp_path, part, named):
    (tmp_path / "loupe.toml").write_text(f"[pipelines.odd]\n{part}\n", encoding="utf-8")
    with pytest.raises(PipelineRefused, match=named) as refused:
        open_engine("odd", load_settings())
    assert refused.value.remedy


SECRETS = (KEY, SECRET, "FwoGZXIvYXdzEXAMPLETOKEN", "111122223333", "X-Amz-Signature")


@pytest.mark.parametrize("code", ["ValidationException", "AccessDeniedException", "NobodyKnowsException"])
def test_no_secret_is_in_messages_logs_or_tracebacks(stub, monkeypatch, caplog, code):
    """W8."""
    monkeypatch.setenv("AWS_SESSION_TOKEN", SECRETS[2])
    caplog.set_level(logging.DEBUG)
    url = f"https://x.s3.amazonaws.com/a?X-Amz-Credential={KEY}&X-Amz-Signature=0f"
    words = f"User: arn:aws:sts::111122223333:assumed-role/r/s with {KEY} may not {url} in 111122223333"
    stub.always = Fault(code, 400, words)
    embedder = TitanEmbedder(TitanOptions(requests_per_minute=60_000), QUICK, STEADY)
    with pytest.raises(SearchError) as failed:
        embedder.embed_images([Picture.from_image(photo(RED).image)])
    shown = str(failed.value) + "".join(traceback.format_exception(failed.value)) + caplog.text
    assert [secret for secret in SECRETS if secret in shown] == []


def test_the_service_s_own_words_are_kept_where_they_are_harmless():
    assert redacted("400 Bad Request: Image exceeds max pixels allowed.\n") == (
        "400 Bad Request: Image exceeds max pixels allowed."
    )
    assert len(redacted("x " * 500)) == 200


@pytest.mark.parametrize("operation", ["create_multipart_upload", "upload_part", "complete_multipart_upload"])
def test_an_upload_in_parts_is_allowed_by_the_action_that_allows_any_upload(operation):
    """A3."""
    assert Called("s3", operation, "us-east-1").action == "s3:PutObject"
