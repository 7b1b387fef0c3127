"""What only the index in OpenSearch does: its mapping, indexes of others, bulk faults, refusals in words."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from opensearchpy import OpenSearch
from typer.testing import CliRunner

from searchcore import Filters, Product, SearchError
from searchcore.catalogue_key import index_name
from searchcore.cli import app
from searchcore.errors import IndexRefused, PipelineRefused
from searchcore.indexes.base import NotStored, Record
from searchcore.indexes.opensearch import OpenSearchIndex
from searchcore.indexes.opensearch_bulk import MOST_BYTES
from searchcore.indexes.opensearch_fields import definition
from searchcore.indexes.opensearch_profiles import PROFILES
from searchcore.pipelines import assemble, count_products
from searchcore.settings import load_settings
from tests.indexes.records import axis, ids, record
from tests.opensearch_node import DIMENSION, MODEL, empty_index, fresh_name, node_url
from tests.opensearch_proxy import Proxy
from tests.support import use_doubles


@pytest.fixture
def proxy():
    with Proxy(node_url(), serverless=False) as between:
        yield between


@pytest.fixture
def patient(monkeypatch):
    """No time passes between attempts."""
    waits = []
    monkeypatch.setattr(
        "searchcore.indexes.opensearch_client.Client.pause", lambda self, attempt: waits.append(attempt)
    )
    return waits


def reach(proxy, **options) -> OpenSearchIndex:
    return OpenSearchIndex(fresh_name(), MODEL, DIMENSION, url=proxy.url, **options)


@pytest.mark.parametrize("profile", ["serverless-classic", "domain", "self-managed"])
def test_the_engine_is_always_written_down(profile):
    """The default engine kills a node that has no native libraries."""
    vector = definition(PROFILES[profile], MODEL, 8)["mappings"]["properties"]["vector"]
    assert vector["method"]["engine"] == PROFILES[profile].engine != ""
    assert vector["method"]["space_type"] == PROFILES[profile].space


@pytest.mark.parametrize("space", ["l2", "innerproduct", "cosinesimil"])
def test_every_space_of_the_node_gives_the_cosine(space):
    """S4."""
    name = fresh_name()
    index = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url(), space=space)
    cosines = [0.99, 0.5, 0.0, -0.5, -1.0]
    index.upsert([record(f"{row}", c * axis(0) + np.sqrt(1 - c * c) * axis(1)) for row, c in enumerate(cosines)])
    assert index.count() == 5
    again = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url())
    assert [hit.similarity for hit in again.search(axis(0), 5)] == pytest.approx(cosines, abs=1e-5)


@pytest.mark.parametrize(
    ("model", "dimension", "words"), [("other@8", 8, r"test-model@8.*other@8"), (MODEL, 16, r"8.* 16")]
)
def test_an_index_of_another_model_is_refused_and_both_are_named(model, dimension, words):
    """I5."""
    name = fresh_name()
    index = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url())
    index.upsert([record("a")])
    with pytest.raises(IndexRefused, match=words) as refused:
        OpenSearchIndex(name, model, dimension, url=node_url())
    assert refused.value.remedy
    assert index.count() == 1


def test_every_write_changes_the_revision_and_no_two_openings_share_one():
    name = fresh_name()
    index = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url())
    seen = [index.info().revision]
    index.upsert([record("a")])
    seen.append(index.info().revision)
    assert index.info().revision == seen[-1]
    index.upsert([record("a", axis(1))])
    seen.append(index.info().revision)
    index.delete(["a"])
    seen.append(index.info().revision)
    seen.append(OpenSearchIndex(name, MODEL, DIMENSION, url=node_url()).info().revision)
    assert len(set(seen)) == 5


def test_a_second_run_of_the_same_products_makes_no_duplicates():
    """Defects 7 and 8 of the notebook; equal scores are no duplicates."""
    index = empty_index()
    for _ in range(2):
        index.upsert([record(name) for name in "abc"])
    assert ids(index.search(axis(0), 10)) == ["a", "b", "c"]
    index.close()


def test_vectors_never_travel_back_in_a_search(proxy):
    """S9, defect 9 of the notebook."""
    index, replies = reach(proxy), []
    index.upsert([record("a")])
    forwarded = proxy._forwarded
    proxy._forwarded = lambda seen: replies.append(forwarded(seen)) or replies[-1]
    index.search(axis(0), 3)
    index.search_text("title", 3)
    searches = [json.loads(reply) for _, reply in replies if b'"hits"' in reply]
    assert [list(hit["_source"]) for reply in searches for hit in reply["hits"]["hits"]] == [["plain"]] * 2


def test_the_filter_is_inside_the_search_for_neighbours(proxy):
    index = reach(proxy)
    index.search(axis(0), 3, Filters(category="bag"))
    both = json.loads(proxy.requests[-1].body)["query"]["dis_max"]["queries"]
    asked = {field: clause["filter"]["bool"]["filter"] for each in both for field, clause in each["knn"].items()}
    inside = [{"terms": {"terms.category": ["bag"]}}]
    assert asked == {"vector": inside, "object_vector": inside}


def without_objects(**options) -> str:
    """Make an index as a release without objects made it; return its name."""
    older = definition(replace(PROFILES["self-managed"], **options), MODEL, DIMENSION)
    for field in ("object_sought", "object_vector"):
        del older["mappings"]["properties"][field]
    name = fresh_name()
    OpenSearch([node_url()]).indices.create(index=name, body=older)
    return name


def test_an_index_of_a_release_without_objects_takes_them_when_the_first_comes(patient):
    name = without_objects()
    index = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url())
    index.upsert([record("a", axis(1))])
    assert (ids(index.search(axis(1), 1)), index.info().objects) == (["a"], 0)
    index.upsert([replace(record("b", axis(1)), object_vector=axis(0))])
    for opened in (index, OpenSearchIndex(name, MODEL, DIMENSION, url=node_url())):
        assert ids(opened.search(axis(0), 2)) == ["b", "a"]
        assert opened.info().objects == 1


def test_an_open_index_learns_of_objects_that_another_process_loaded():
    name = without_objects()
    index, other = (OpenSearchIndex(name, MODEL, DIMENSION, url=node_url()) for _ in range(2))
    other.upsert([record("a", axis(1)), replace(record("b", axis(1)), object_vector=axis(0))])
    assert (other.count(), index.info().objects) == (2, 1)
    assert ids(index.search(axis(0), 2)) == ["b", "a"]


def test_the_vectors_of_objects_are_compared_as_those_of_pictures_whatever_the_profile_says_now():
    name = without_objects(space="l2")
    index = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url(), space="innerproduct")
    half = np.sqrt(0.5) * (axis(0) + axis(2))
    index.upsert([record("a", 0.6 * axis(0) + 0.8 * axis(1)), replace(record("b", axis(1)), object_vector=half)])
    assert index.count() == 2
    found = {hit.product.id: hit.similarity for hit in index.search(axis(0), 2)}
    assert found == {"a": pytest.approx(0.6, abs=1e-5), "b": pytest.approx(0.5**0.5, abs=1e-5)}


def test_what_a_bulk_refuses_is_named_and_the_rest_is_kept():
    """A6: 3 of 500."""
    index = empty_index()
    many = [record(f"{row:03}", axis(row % 8)) for row in range(497)]
    too_many_fields = [
        record(f"bad-{row}", extra={f"field {number}": "x" for number in range(1100)}) for row in range(3)
    ]
    with pytest.raises(NotStored) as refused:
        index.upsert([*too_many_fields[:2], *many, too_many_fields[2]])
    assert set(refused.value.reasons) == {"bad-0", "bad-1", "bad-2"}
    assert all(name in str(refused.value) for name in refused.value.reasons)
    assert index.count() == 497
    index.close()


def bulks(proxy):
    return [seen.body for seen in proxy.requests if "_bulk" in seen.path]


def test_a_throttled_bulk_waits_and_goes_on_with_smaller_chunks(proxy, patient):
    """A10."""
    busy = iter([True, True])
    proxy.fault = lambda seen: (429, {"status": 429}) if "_bulk" in seen.path and next(busy, False) else None
    index = reach(proxy)
    index.upsert([record(f"{row:02}") for row in range(16)])
    assert index.count() == 16
    assert [body.count(b'"index"') for body in bulks(proxy)] == [16, 8, 4, 4, 8]
    assert patient == [1, 2]


def test_single_products_that_are_throttled_are_sent_again(proxy, patient):
    """A10: the chunk is accepted, some of its items are not."""

    def some(seen):
        if "_bulk" not in seen.path or b'"index"' not in seen.body or len(bulks(proxy)) > 1:
            return None
        items = [{"index": {"_id": "x", "status": 429, "error": {"reason": "queue is full"}}}] * 4
        return 200, {"errors": True, "items": items}

    proxy.fault = some
    index = reach(proxy)
    index.upsert([record(f"{row}") for row in range(4)])
    assert index.count() == 4


def test_a_node_that_stays_busy_is_given_up_in_words(proxy, patient):
    """A2."""
    proxy.fault = lambda seen: (429, {"status": 429}) if "_bulk" in seen.path else None
    with pytest.raises(SearchError, match="too busy") as refused:
        reach(proxy).upsert([record("a")])
    assert refused.value.remedy
    assert len(patient) < 12


def test_requests_stay_under_five_megabytes(proxy):
    index = reach(proxy)
    index.upsert([record(f"{row}", description="word " * 100_000) for row in range(12)])
    sizes = [len(body) for body in bulks(proxy)]
    assert max(sizes) <= MOST_BYTES
    assert len(sizes) > 1
    assert index.count() == 12


def test_nothing_that_answers_is_said_in_words_and_without_a_password(monkeypatch, patient):
    monkeypatch.setenv("LOUPE_OPENSEARCH_USER", "shop")
    monkeypatch.setenv("LOUPE_OPENSEARCH_PASSWORD", "very secret")
    with pytest.raises(SearchError, match="cannot be reached") as refused:
        OpenSearchIndex("products", MODEL, DIMENSION, url="http://127.0.0.1:9")
    assert "very secret" not in str(refused.value)


def test_user_and_password_come_from_the_environment(proxy, monkeypatch):
    monkeypatch.setenv("LOUPE_OPENSEARCH_USER", "shop")
    monkeypatch.setenv("LOUPE_OPENSEARCH_PASSWORD", "very secret")
    reach(proxy)
    assert proxy.requests[0].headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("url", "words"),
    [("https://shop:secret@host", "holds a user"), ("host:9200", "no address"), ("ftp://host", "no address")],
)
def test_an_odd_address_is_refused_before_anything_is_sent(url, words):
    with pytest.raises(PipelineRefused, match=words) as refused:
        OpenSearchIndex("products", MODEL, DIMENSION, url=url)
    assert "secret" not in str(refused.value)


def test_a_password_does_not_travel_unencrypted(monkeypatch):
    monkeypatch.setenv("LOUPE_OPENSEARCH_USER", "shop")
    monkeypatch.setenv("LOUPE_OPENSEARCH_PASSWORD", "very secret")
    with pytest.raises(PipelineRefused, match="unencrypted"):
        OpenSearchIndex("products", MODEL, DIMENSION, url="http://search.example.com")


def test_an_unknown_profile_is_refused_with_the_known_ones():
    with pytest.raises(PipelineRefused, match="serverless-classic"):
        OpenSearchIndex("products", MODEL, DIMENSION, url="https://x", profile="serverless")


def test_recall_under_filters_equals_exact_search():
    """S6: at 2, 10 and 50 %."""
    size, dimension, k = 3000, 32, 12
    vectors = np.random.default_rng(3).standard_normal((size, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kinds = np.array(["fiftieth" if row % 50 == 0 else "tenth" if row % 10 == 1 else "half" if row % 2 else "rest"
                      for row in range(size)])  # fmt: skip
    index = empty_index(dimension=dimension)
    index.upsert([record(f"{row:04}", vectors[row], category=kind) for row, kind in enumerate(kinds)])
    for kind in (None, "fiftieth", "tenth", "half"):
        rows = np.flatnonzero(kinds == kind) if kind else np.arange(size)
        found, right = 0, 0
        for query in np.random.default_rng(4).standard_normal((20, dimension)):
            best = {f"{row:04}" for row in rows[np.argsort(-(vectors[rows] @ query))[:k]]}
            got = set(ids(index.search(query, k, Filters(category=kind) if kind else None)))
            found, right = found + len(got & best), right + len(best)
        assert found / right >= 0.98, kind
    index.close()


def test_counting_products_makes_no_index(monkeypatch, tmp_path):
    from opensearchpy import OpenSearch

    use_doubles(monkeypatch, tmp_path)
    parts = f'detector = "whole"\nembedder = "colour"\nindex = {{kind = "opensearch", url = "{node_url()}"}}\n'
    (tmp_path / "loupe.toml").write_text(f"[pipelines.os]\n{parts}", encoding="utf-8")
    settings = load_settings().on(fresh_name())
    assert count_products("os", settings) == 0
    assert not OpenSearch([node_url()]).indices.exists(index=index_name(settings.catalogue_dir, "os"))
    index = assemble("os", settings).index
    index.upsert([Record(Product("a", "A", "a.jpg"), np.eye(3, dtype=np.float32)[0])])
    assert index.count() == 1  # which makes it visible
    assert count_products("os", settings) == 1
    assert CliRunner().invoke(app, ["catalogue", "list", "-p", "os"]).exit_code == 0
    assert not OpenSearch([node_url()]).indices.exists(index="loupe-sample-os")
