"""Pictures that a list names by their address: on the web, or in Amazon S3, each only where that is allowed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from searchcore.errors import SearchError

if TYPE_CHECKING:
    from searchcore.ingest.files import StoreFiles

Fetch = Callable[[str], bytes]
_BUCKETS = "s3://"


class Addresses:
    """Read a picture by its address; raises NotFound, and SearchError where its kind is not allowed.

    `web` allows http and https, to public addresses alone; `buckets` allows all that this machine may read in S3.
    """

    def __init__(self, web: bool = False, buckets: bool = False) -> None:
        self._web = _fetcher() if web else None
        self._bucket = cache(_opened) if buckets else None

    def __call__(self, address: str) -> bytes:
        if address.startswith(_BUCKETS):
            if self._bucket is None:
                raise SearchError(
                    "Pictures in Amazon S3 are not read here.",
                    "Allow it with LOUPE_SERVER_SOURCES=true, or bring the files.",
                )
            bucket, _, key = address.removeprefix(_BUCKETS).partition("/")
            return self._bucket(bucket).read(key)
        if self._web is None:
            raise SearchError(
                "Pictures are not fetched from the web.", "Allow it with LOUPE_WEB_PICTURES=true, or bring the files."
            )
        return self._web(address)


def _fetcher() -> Fetch:
    from searchcore.ingest.web import Fetcher  # noqa: PLC0415  only lists that name web addresses need it

    return Fetcher()


def _opened(bucket: str) -> StoreFiles:
    from searchcore.ingest.buckets import bucket_files  # noqa: PLC0415  only who has a bucket needs boto3

    return bucket_files(f"{_BUCKETS}{bucket}")
