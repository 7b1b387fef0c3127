"""One fixture for each contract: a test that asks for it runs over every implementation."""

from __future__ import annotations

import pytest

from tests.aws.account import account, s3_server
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
