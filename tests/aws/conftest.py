"""The account that these tests work in."""

from __future__ import annotations

import pytest

from tests.aws.account import account, new_bucket, s3_server


@pytest.fixture(scope="session")
def _s3():
    with s3_server() as address:
        yield address


@pytest.fixture
def stub(tmp_path):
    with account(tmp_path) as opened:
        yield opened


@pytest.fixture
def bucket(_s3, tmp_path):
    with account(tmp_path, _s3):
        yield new_bucket()
