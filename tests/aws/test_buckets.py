"""Sources in S3, by moto's server."""

from __future__ import annotations

import boto3
import pytest

from searchcore.errors import ManifestRefused
from searchcore.ingest import Addresses, open_source, source_in
from searchcore.ingest.files import MemoryFiles
from tests.support import RED, engine_of, png

LIST = b"id,title,image\na,A,pictures/a.png\ngone,Gone,pictures/gone.png\n"


def test_a_folder_of_a_bucket_is_ingested(bucket, tmp_path):
    client = boto3.client("s3")
    for key, data in {"shop/products.csv": LIST, "shop/pictures/a.png": png(RED), "other/b.png": b"x"}.items():
        client.put_object(Bucket=bucket, Key=key, Body=data)
    engine = engine_of(tmp_path)
    report = engine.ingest(open_source(f"s3://{bucket}/shop/"))
    assert (report.added, engine.picture("a")) == (1, png(RED))
    assert "pictures/gone.png is missing" in report.failed[0].reason


def test_a_bucket_of_pictures_alone_is_ingested(bucket, tmp_path):
    boto3.client("s3").put_object(Bucket=bucket, Key="bags/red-tote.png", Body=png(RED))
    engine = engine_of(tmp_path)
    engine.ingest(open_source(f"s3://{bucket}"))
    assert [engine.product(each).title for each in engine.index.hashes()] == ["Red tote"]


def test_a_list_may_name_pictures_of_any_bucket_where_that_is_allowed(bucket, tmp_path):
    boto3.client("s3").put_object(Bucket=bucket, Key="bags/red.png", Body=png(RED))
    rows = f"a,A,s3://{bucket}/bags/red.png\nb,B,s3://{bucket}/bags/gone.png\nc,C,s3://x/y.png\n"
    listed = MemoryFiles({"list.csv": f"id,title,image\n{rows}".encode()})
    refused = engine_of(tmp_path / "one").ingest(source_in(listed))
    assert ["not read here" in each.reason for each in refused.failed] == [True] * 3
    engine = engine_of(tmp_path / "two")
    report = engine.ingest(source_in(listed, fetch=Addresses(buckets=True)))
    assert (report.added, engine.picture("a")) == (1, png(RED))
    assert [each.product_id for each in report.failed] == ["b", "c"]
    assert "bags/gone.png is missing" in report.failed[0].reason
    assert engine.ingest(source_in(listed, fetch=Addresses(buckets=True))).unchanged == 1


@pytest.mark.parametrize("address", ["s3://", "s3:///shop", "s3://x"])
def test_an_address_without_a_bucket_is_refused(address):
    with pytest.raises(ManifestRefused, match=r"s3://bucket/folder"):
        open_source(address)
