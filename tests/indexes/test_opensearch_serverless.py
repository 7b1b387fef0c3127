"""What is different on OpenSearch Serverless: no ids of our own, no refresh, signed requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np
import pytest
from boto3 import Session
from botocore.credentials import RefreshableCredentials

from searchcore import Filters, Product, SearchError
from searchcore.indexes.base import Record
from searchcore.indexes.opensearch import OpenSearchIndex
from searchcore.indexes.opensearch_profiles import PROFILES
from tests.opensearch_node import DIMENSION, MODEL, fresh_name, node_url
from tests.opensearch_proxy import Proxy

DELAY = 1.0
CLASSIC = replace(PROFILES["serverless-classic"], visible_after=DELAY)


@pytest.fixture(autouse=True)
def account(monkeypatch):
    for name, value in (("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "very secret"),
                        ("AWS_DEFAULT_REGION", "eu-west-1")):  # fmt: skip
        monkeypatch.setenv(name, value)


@pytest.fixture(params=[CLASSIC, PROFILES["serverless-nextgen"]], ids=["classic", "nextgen"])
def serverless(request):
    own = request.param.own_ids
    with Proxy(node_url(), own_ids=own, visible_after=DELAY) as proxy:
        yield proxy, request.param


@pytest.fixture
def classic():
    with Proxy(node_url(), own_ids=False, visible_after=DELAY) as proxy:
        yield proxy


def opened(proxy, profile=CLASSIC, name=None) -> OpenSearchIndex:
    return OpenSearchIndex(name or fresh_name(), MODEL, DIMENSION, url=proxy.url, profile=profile)


def axis(number):
    return np.eye(DIMENSION, dtype=np.float32)[number]


def record(product_id, vector=None, content_hash="h1", **fields) -> Record:
    return Record(Product(product_id, f"Title {product_id}", f"{product_id}.jpg", **fields),
                  axis(0) if vector is None else vector, content_hash)  # fmt: skip


def ids(hits):
    return [hit.product.id for hit in hits]


def test_the_whole_round_works_with_what_serverless_allows(serverless):
    proxy, profile = serverless
    index = opened(proxy, profile)
    index.upsert([record("a", axis(0), category="bag"), record("b", axis(1), category="cup")])
    proxy.sleep_until_visible()
    assert ids(index.search(axis(1), 2)) == ["b", "a"]
    assert [hit.similarity for hit in index.search(axis(1), 2)] == pytest.approx([1.0, 0.0], abs=1e-5)
    assert ids(index.search(axis(1), 2, Filters(category="bag"))) == ["a"]
    assert ids(index.search_text("title", 5)) == ["a", "b"]
    np.testing.assert_allclose(index.get(["b"])[0].vector, axis(1), atol=1e-5)
    index.delete(["a"])
    proxy.sleep_until_visible()
    assert index.hashes() == {"b": "h1"}
    assert index.count() == 1


def test_the_revision_changes_again_when_what_was_written_becomes_visible(serverless):
    proxy, profile = serverless
    index = opened(proxy, replace(profile, visible_after=DELAY))
    before = index.info().revision
    index.upsert([record("a")])
    written = index.info().revision
    proxy.sleep_until_visible()
    visible = index.info().revision
    assert len({before, written, visible}) == 3
    assert index.info().revision == visible


def test_the_engine_is_written_down_where_it_is_ours_to_choose(serverless):
    proxy, profile = serverless
    opened(proxy, profile)
    if profile.own_ids:
        assert "method" not in proxy.asked_for
        assert proxy.asked_for["compression_level"] == "1x"
    else:
        assert proxy.asked_for["method"]["engine"] == "faiss"
        assert proxy.asked_for["method"]["space_type"] == "innerproduct"


def test_a_second_run_makes_no_duplicates_even_at_once(classic):
    name = fresh_name()
    first = opened(classic, name=name)
    first.hashes()
    first.upsert([record("a"), record("b")])
    second = opened(classic, name=name)
    assert second.hashes() == {"a": "h1", "b": "h1"}
    second.upsert([record("a"), record("b")])
    classic.sleep_until_visible()
    assert second.count() == 2


def test_a_product_written_twice_before_it_is_visible_is_there_once_and_new(classic):
    index = opened(classic)
    index.upsert([record("a", axis(0), "old")])
    index.upsert([record("a", axis(1), "new")])
    assert index.hashes() == {"a": "new"}
    assert index.count() == 1


def test_duplicates_of_two_loaders_are_hidden_and_then_swept(classic):
    name = fresh_name()
    left, right = opened(classic, name=name), opened(classic, name=name)
    left.upsert([record("a", content_hash="old"), record("b")])
    right.upsert([record("a", content_hash="new")])
    classic.sleep_until_visible()
    assert ids(left.search(axis(0), 5)) == ["a", "b"]
    assert left.get(["a"])[0].content_hash == "new"
    assert left.hashes() == {"a": "new", "b": "h1"}
    classic.sleep_until_visible()
    assert left.count() == 2


def test_info_says_when_what_was_loaded_becomes_visible(classic):
    index = opened(classic, replace(CLASSIC, visible_after=60.0))
    assert "about a minute" in " ".join(index.info().notes)


def test_a_missing_permission_is_named_and_nothing_secret_is(classic):
    """A3, W8."""
    denied = {"status": 403, "error": {"type": "security_exception",
              "reason": "no permissions for User [arn:aws:iam::111122223333:role/shop] AKIAEXAMPLE"}}  # fmt: skip
    index = opened(classic)
    classic.fault = lambda seen: (403, denied)
    with pytest.raises(SearchError) as refused:
        index.search(axis(0), 3)
    said = str(refused.value)
    assert "aoss:ReadDocument" in said
    assert "data access policy" in said
    assert not any(secret in said for secret in ("111122223333", "AKIA", "very secret"))


def test_requests_are_signed_with_credentials_that_renew_themselves(classic, monkeypatch):
    """A4, defect 16 of the notebook: a session that ends does not end the loading."""
    tokens = count(1)

    def renewed():
        return {"access_key": "AKIAEXAMPLE", "secret_key": "s", "token": f"token-{next(tokens)}",
                "expiry_time": "2999-01-01T00:00:00+00:00"}  # fmt: skip

    credentials = RefreshableCredentials.create_from_metadata(renewed(), renewed, "test")
    monkeypatch.setattr(Session, "get_credentials", lambda self: credentials)
    index = opened(classic)
    assert classic.requests[-1].headers["x-amz-security-token"] == "token-1"
    credentials._expiry_time = datetime.now(UTC) + timedelta(seconds=1)
    index.search(axis(0), 1)
    assert classic.requests[-1].headers["x-amz-security-token"] == "token-2"
    assert "/eu-west-1/aoss/aws4_request" in classic.requests[-1].headers["authorization"]
