"""One fixture for each contract: a test that asks for it runs over every implementation."""

from __future__ import annotations

import pytest

from tests.aws.account import account, s3_server
from tests.contracts.records import record, towards
from tests.contracts.registry import DETECTORS, EMBEDDERS, IMAGESTORES, INDEXES


def _by_name(implementations):
    return {"params": implementations, "ids": [each.name for each in implementations]}


@pytest.fixture(scope="module")
def aws(tmp_path_factory):
    with s3_server() as s3, account(tmp_path_factory.mktemp("aws"), s3):
        yield


def _opened(request, folder):
    if request.param.aws:
        request.getfixturevalue("aws")
    return request.param.open(folder)


@pytest.fixture(**_by_name(INDEXES))
def index(request, tmp_path):
    opened = _opened(request, tmp_path)
    yield opened
    opened.close()


@pytest.fixture(**_by_name(IMAGESTORES))
def store(request, tmp_path):
    return _opened(request, tmp_path)


@pytest.fixture(scope="module", **_by_name(EMBEDDERS))
def embedder(request, tmp_path_factory):
    return _opened(request, tmp_path_factory.mktemp("embedder"))


@pytest.fixture(scope="module", **_by_name(DETECTORS))
def detector(request, tmp_path_factory):
    return _opened(request, tmp_path_factory.mktemp("detector"))


@pytest.fixture
def shop(index):
    """Six products; the later the letter, the less it looks like the first axis."""
    index.upsert([
        record("a", towards(0.9), title="Red leather tote", category="bag", subcategory="tote", colour="red",
               price=80.0, tags=("leather", "work"), group_id="totes", extra={"fit": "slim", "height": 30}),
        record("b", towards(0.8), title="Blue leather tote", category="bag", subcategory="tote", colour="blue",
               price=90.0, tags=("leather",), group_id="totes", extra={"fit": "wide", "height": 40}),
        record("c", towards(0.7), title="Canvas bag", category="bag", colour="blue", price=20.0, tags=("work",)),
        record("d", towards(0.6), title="Mug", category="cup", colour="red", price=10.0,
               description="A mug for tea and for coffee"),
        record("e", towards(0.5), title="Café cup", category="cup", colour="blue", description="For phở too"),
        record("f", towards(-0.4), title="O'Brien's running chair", category="chair", price=200.0),
    ])  # fmt: skip
    return index
