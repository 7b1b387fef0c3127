"""One fixture for each contract: a test that asks for it runs over every implementation."""

from __future__ import annotations

import pytest

from tests.contracts.registry import DETECTORS, EMBEDDERS, IMAGESTORES, INDEXES


def _by_name(implementations):
    return {"params": implementations, "ids": [each.name for each in implementations]}


@pytest.fixture(**_by_name(INDEXES))
def index(request, tmp_path):
    opened = request.param.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(**_by_name(IMAGESTORES))
def store(request, tmp_path):
    return request.param.open(tmp_path)


@pytest.fixture(scope="module", **_by_name(EMBEDDERS))
def embedder(request, tmp_path_factory):
    return request.param.open(tmp_path_factory.mktemp("embedder"))


@pytest.fixture(scope="module", **_by_name(DETECTORS))
def detector(request, tmp_path_factory):
    return request.param.open(tmp_path_factory.mktemp("detector"))
