"""Indexes in OpenSearch that others made: searched by the names of their fields, and never written."""

from __future__ import annotations

import numpy as np
import pytest
from opensearchpy import OpenSearch

from searchcore import Filters, SearchError
from searchcore.errors import IndexRefused
from searchcore.indexes.opensearch import OpenSearchIndex
from tests.indexes.records import axis, record
from tests.opensearch_node import DIMENSION, MODEL, fresh_name, node_url


def others(space="cosinesimil", length=1.0) -> str:
    """Make an index as the published AWS notebook does, and return its name."""

    raw, name = OpenSearch([node_url()]), fresh_name()
    method = {"name": "hnsw", "engine": "lucene", "space_type": space}
    properties = {"vectors": {"type": "knn_vector", "dimension": DIMENSION, "method": method},
                  "image_file": {"type": "keyword"}, "name": {"type": "text"}, "kind": {"type": "keyword"},
                  "cost": {"type": "double"}}  # fmt: skip
    raw.indices.create(index=name, body={"settings": {"index": {"knn": True}}, "mappings": {"properties": properties}})
    for row, (kind, towards) in enumerate([("bag", axis(0)), ("cup", axis(0) + axis(1)), ("bag", axis(1))]):
        vector = (towards / np.linalg.norm(towards) * length).tolist()
        stored = {"vectors": vector, "image_file": f"images/{row}.jpg", "name": f"Thing {row}", "kind": kind}
        raw.index(index=name, body=stored | {"cost": 10.0 * row}, refresh=True)
    return name


NAMES = {"vector": "vectors", "image": "image_file", "title": "name", "category": "kind", "price": "cost"}


def test_an_index_made_elsewhere_is_searched_by_the_names_of_its_fields():
    index = OpenSearchIndex(others(), MODEL, DIMENSION, url=node_url(), fields=NAMES)
    hits = index.search(axis(0), 3)
    assert [hit.product.image for hit in hits] == ["images/0.jpg", "images/1.jpg", "images/2.jpg"]
    assert [hit.similarity for hit in hits] == pytest.approx([1.0, 0.5**0.5, 0.0], abs=1e-5)
    assert (hits[1].product.title, hits[1].product.category, hits[1].product.price) == ("Thing 1", "cup", 10.0)
    assert [h.product.title for h in index.search(axis(0), 3, Filters(category="bag"))] == ["Thing 0", "Thing 2"]
    assert [h.product.title for h in index.search(axis(0), 3, Filters(price=(15, None)))] == ["Thing 2"]
    assert len(index.search_text("thing", 5)) == 3
    assert {facet.name: facet.values for facet in index.facets()}["category"] == (("bag", 2), ("cup", 1))
    assert index.get([hits[0].product.id])[0].product == hits[0].product
    assert index.with_id(hits[0].product.id, 5) == [hits[0].product]
    assert (index.with_id(hits[0].product.id[:5], 5), index.with_id("nobody", 5)) == ([], [])


def test_ids_of_an_index_made_elsewhere_begin_where_they_are_keywords_and_are_whole_where_numbers():
    name = others()
    named = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url(), fields=NAMES | {"id": "image_file"})
    assert [product.id for product in named.with_id("IMAGES/", 2)] == ["images/0.jpg", "images/1.jpg"]
    numbered = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url(), fields=NAMES | {"id": "cost"})
    assert [product.id for product in numbered.with_id("20", 5)] == ["20.0"]
    assert numbered.with_id("twenty", 5) == []


def test_an_index_made_elsewhere_is_never_written():
    name = others()
    index = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url(), fields=NAMES)
    for change in (lambda: index.upsert([record("a")]), lambda: index.delete(["a"])):
        with pytest.raises(SearchError, match="made elsewhere"):
            change()
    assert index.count() == 3


@pytest.mark.parametrize(
    ("space", "length", "calibrated"), [("l2", 1.0, True), ("l2", 3.0, False), ("cosinesimil", 3.0, True)]
)
def test_scores_that_are_no_cosine_are_said_to_be_uncalibrated(space, length, calibrated):
    index = OpenSearchIndex(others(space, length), MODEL, DIMENSION, url=node_url(), fields=NAMES)
    hits = index.search(axis(0) * length, 3)
    assert all((hit.similarity is not None) == calibrated for hit in hits)
    assert ("not calibrated" in " ".join(index.info().notes)) != calibrated


def test_a_field_that_is_missing_or_holds_no_vectors_is_named():
    """Defect 6 of the notebook: an index that OpenSearch guessed has plain numbers."""
    with pytest.raises(IndexRefused, match="nothing_like_it"):
        OpenSearchIndex(others(), MODEL, DIMENSION, url=node_url(), fields=NAMES | {"brand": "nothing_like_it"})
    with pytest.raises(IndexRefused, match="double, not knn_vector"):
        OpenSearchIndex(others(), MODEL, DIMENSION, url=node_url(), fields=NAMES | {"vector": "cost"})
    with pytest.raises(IndexRefused, match="not made by Loupe"):
        OpenSearchIndex(others(), MODEL, DIMENSION, url=node_url())


def test_a_page_of_an_index_made_elsewhere_begins_with_the_first_ids():

    name = others()
    OpenSearch([node_url()]).index(index=name, id="!first", body={"name": "First", "kind": "bag"}, refresh=True)
    index = OpenSearchIndex(name, MODEL, DIMENSION, url=node_url(), fields=NAMES)
    assert [each.id for each in index.browse(1)] == ["!first"]
    assert [each.title for each in index.browse(1, Filters(category="bag"))] == ["First"]
    assert [each.id for each in index.browse(9)] == sorted(each.id for each in index.browse(9))
    assert (len(index.browse(9)), index.browse(0)) == (4, [])
