"""Pictures in S3, by moto's server."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import boto3
import pytest
from moto.s3.models import s3_backends

from searchcore import SearchError
from searchcore.errors import NotFound, StoreUnusable
from searchcore.imagestores.s3 import S3Options, S3Store
from searchcore.ingest import FolderSource
from tests.aws.account import KEY, QUICK, SECRET, STEADY
from tests.aws.stub import Fault
from tests.support import engine_of, thing, write_catalogue


def store(bucket, **options):
    return S3Store(S3Options(bucket=bucket, **options), QUICK, STEADY)


def test_all_of_2501_keys_are_listed(bucket):
    """I7."""
    keys = [f"images/{n:05}.jpg" for n in range(2501)]
    for key in keys:
        s3_backends["123456789012"]["aws"].put_object(bucket, key, b"x")
    assert list(store(bucket).list()) == keys


def test_a_prefix_keeps_others_pictures_out_of_sight(bucket):
    mine, root = store(bucket, prefix="images/"), store(bucket)
    root.put("other/a.jpg", b"other")
    mine.put("a.jpg", b"mine")
    assert list(mine.list()) == ["a.jpg"]
    assert list(root.list()) == ["images/a.jpg", "other/a.jpg"]
    with pytest.raises(NotFound):
        mine.open("other/a.jpg")
    with pytest.raises(SearchError):
        mine.open("../other/a.jpg")


def test_the_marks_of_folders_are_no_pictures(bucket):
    boto3.client("s3").put_object(Bucket=bucket, Key="images/", Body=b"")
    store(bucket, prefix="images/").put("a.jpg", b"x")
    assert list(store(bucket, prefix="images/").list()) == ["a.jpg"]


@pytest.mark.parametrize("key", ["a b+c.jpg", "käse & 中文 😀.jpg", "100%25.jpg", "a=b?c#d.jpg", "it's (1)~!*.jpg"])
def test_an_address_of_an_odd_key_opens_that_picture_alone(bucket, key):
    pictures = store(bucket, prefix="my images/")
    pictures.put(key, b"the one", "image/png")
    with urlopen(pictures.url(key)) as response:
        assert (response.read(), response.headers["content-type"]) == (b"the one", "image/png")
    assert list(pictures.list()) == [key]


def test_an_address_is_signed_anew_by_version_4_and_short_lived(bucket):
    pictures = store(bucket, url_seconds=60)
    pictures.put("a.jpg", b"x")
    signed = parse_qs(urlsplit(pictures.url("a.jpg")).query)
    assert signed["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert signed["X-Amz-Expires"] == ["60"]
    assert SECRET not in pictures.url("a.jpg")


def test_a_stored_picture_has_its_type_and_is_not_public(bucket):
    store(bucket).put("a.png", b"x", "image/png")
    client = boto3.client("s3")
    assert client.head_object(Bucket=bucket, Key="a.png")["ContentType"] == "image/png"
    grants = client.get_object_acl(Bucket=bucket, Key="a.png")["Grants"]
    assert not [grant for grant in grants if "URI" in grant["Grantee"]]


def test_a_bucket_that_is_not_there_is_said_with_what_to_type(bucket):
    missing = store("no-such-bucket-anywhere")
    for attempt in (lambda: missing.put("a", b"x"), lambda: list(missing.list()), lambda: missing.open("a")):
        with pytest.raises(SearchError) as failed:
            attempt()
        assert "aws s3 mb" in failed.value.remedy


def test_a_key_that_is_too_long_is_refused(bucket):
    with pytest.raises(SearchError, match="too long"):
        store(bucket, prefix="images/").put("中" * 340, b"x")


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("AccessDenied", 403, "s3:ListBucket"),
        ("SlowDown", 503, "quota"),
        ("InvalidAccessKeyId", 403, "credentials"),
        ("SignatureDoesNotMatch", 403, "credentials"),
        ("RequestTimeTooSkewed", 403, "clock"),
        ("ExpiredToken", 400, "expired"),
        ("InternalError", 500, "failed"),
    ],
)
def test_a_fault_of_s3_is_said_in_plain_words(stub, code, status, said):
    """A3."""
    body = f"<Error><Code>{code}</Code><Message>no for {KEY}</Message></Error>".encode()
    stub.always = Fault(status=status, raw=body)
    with pytest.raises(SearchError) as failed:
        list(store("pictures").list())
    assert said in failed.value.message
    assert failed.value.remedy
    assert KEY not in str(failed.value)


def test_denied_actions_are_named(stub):
    """A3."""
    body = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
    stub.always = Fault(status=403, raw=body)
    pictures = store("pictures")
    calls = {
        "s3:PutObject": lambda: pictures.put("a", b"x"),
        "s3:GetObject": lambda: pictures.open("a"),
        "s3:DeleteObject": lambda: pictures.delete("a"),
    }
    for action, call in calls.items():
        with pytest.raises(SearchError) as failed:
            call()
        assert action in failed.value.message


def test_a_reply_that_breaks_off_is_asked_for_again(stub):
    stub.fail(Fault(short=True, raw=b"half"), Fault(raw=b"whole"))
    assert store("pictures").open("a.jpg") == b"whole"


def test_a_bucket_that_takes_nothing_ends_the_run_at_once(stub, tmp_path):
    """I8."""
    stub.always = Fault(status=403, raw=b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
    engine = replace(engine_of(tmp_path), images=store("pictures"))
    with pytest.raises(StoreUnusable, match="s3:PutObject"):
        engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", *(thing(name) for name in "abc"))))
    assert engine.index.count() == 0
