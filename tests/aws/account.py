"""An AWS account on this machine: the stub, and S3 by moto."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import boto3
import pytest

from searchcore.aws import INTERACTIVE, LOADING
from tests.aws.stub import Stub, running

KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
QUICK = replace(INTERACTIVE, pause=0.0)
STEADY = replace(LOADING, pause=0.0)


@contextmanager
def account(folder: Path, s3: str = "") -> Iterator[Stub]:
    """Point AWS's own settings at the stub (and at an S3 address), and at nothing else."""
    with pytest.MonkeyPatch.context() as patch, running() as stub:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        settings = {
            "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true", "AWS_ENDPOINT_URL": stub.url,
            "AWS_CONFIG_FILE": str(folder / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"),
        }  # fmt: skip
        for name, value in settings.items():
            patch.setenv(name, value)
        if s3:
            patch.setenv("AWS_ENDPOINT_URL_S3", s3)
        yield stub


@contextmanager
def s3_server() -> Iterator[str]:
    """Run moto's S3."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def new_bucket() -> str:
    """Make an empty bucket of a name of its own."""
    name = f"pictures-{uuid.uuid4().hex}"
    boto3.client("s3").create_bucket(Bucket=name)
    return name
