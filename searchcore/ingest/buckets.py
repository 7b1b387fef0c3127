"""Sources in Amazon S3."""

from __future__ import annotations

from typing import Final

from searchcore.errors import ManifestRefused
from searchcore.imagestores.s3 import S3Options, S3Store
from searchcore.ingest.files import StoreFiles

_SHORTEST: Final = 3


def bucket_files(address: str) -> StoreFiles:
    """Open `s3://bucket/folder`, without calling; raises ManifestRefused, and SearchError without credentials."""
    bucket, _, folder = address.removeprefix("s3://").rstrip("/").partition("/")
    if len(bucket) < _SHORTEST:
        raise ManifestRefused(f"“{address[:80]}” names no bucket.", "Write it as s3://bucket/folder.")
    return StoreFiles(S3Store(S3Options(bucket=bucket, prefix=f"{folder}/" if folder else "")))
