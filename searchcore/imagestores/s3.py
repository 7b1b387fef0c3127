"""Pictures in Amazon S3."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pydantic import Field

from searchcore.aws import INTERACTIVE, LOADING, Answer, AwsOptions, Calls, Patience, open_session
from searchcore.errors import SearchError, StoreUnusable
from searchcore.imagestores.base import ImageStore, Stored

MOST_BYTES: Final = 1024
"""Bytes of a key, the prefix included."""


class S3Options(AwsOptions):
    """Options of the image store `s3`."""

    bucket: str = Field(min_length=3, description="The bucket; it stays private.")
    prefix: str = Field("", description="What every key begins with; in a pipeline, without it, images/CATALOGUE/.")
    url_seconds: int = Field(300, ge=1, le=3600, description="How long an address that the browser gets is good for.")


class S3Store(ImageStore):
    """Keep pictures below a prefix of a private bucket; a browser gets addresses that are signed and short-lived."""

    name, shared = "s3", True

    def __init__(self, options: S3Options, interactive: Patience = INTERACTIVE, loading: Patience = LOADING) -> None:
        """Open the clients, without calling; raises SearchError without credentials or region."""
        self._options = options
        advice = f"The resource is the bucket {options.bucket} and what lies below {options.prefix or 'it'}."
        session = open_session(options)
        self._showing = Calls("s3", options, interactive, advice, session)
        self._loading = Calls("s3", options, loading, advice, session)

    @property
    def options(self) -> S3Options:
        return self._options

    def put(self, key: str, data: bytes, content_type: str = "image/jpeg") -> None:
        place = {"Bucket": self._options.bucket, "Key": self._key(key)}
        try:
            self._loading("put_object", bool, **place, Body=data, ContentType=content_type)
        except SearchError as error:
            # Its name is all that one picture differs in: what S3 refuses of it, it refuses of every other.
            raise StoreUnusable(error.message, error.remedy) from error

    def open(self, key: str) -> bytes:
        return self._at(self._showing, "get_object", _body, key)

    def url(self, key: str) -> str | None:
        place = {"Bucket": self._options.bucket, "Key": self._key(key)}
        signed: str = self._showing.client.generate_presigned_url("get_object", place, self._options.url_seconds)
        return signed

    def scan(self, prefix: str = "") -> Iterator[Stored]:
        start = {"Prefix": self._options.prefix + prefix}
        while True:
            page = self._loading("list_objects_v2", dict, Bucket=self._options.bucket, **start)
            for each in page.get("Contents", ()):
                # The console marks a folder by an object without content.
                if each["Size"] or not each["Key"].endswith("/"):
                    key = each["Key"].removeprefix(self._options.prefix)
                    yield Stored(key, each["Size"], each["LastModified"].timestamp())
            if not page.get("IsTruncated"):
                return
            start["ContinuationToken"] = page["NextContinuationToken"]

    def delete(self, key: str) -> None:
        self._at(self._loading, "delete_object", bool, key)

    def _at(self, calls: Calls, operation: str, read: Callable[[Any], Answer], key: str, **more: Any) -> Answer:
        return calls(operation, read, Bucket=self._options.bucket, Key=self._key(key), **more)

    def _key(self, key: str) -> str:
        whole = self._options.prefix + key
        # On the way to S3 a step “..” would be followed, in another bucket at worst.
        if not key or {".", ".."} & set(whole.split("/")):
            raise SearchError(
                f"A picture cannot be named “{key[:60]}”.", "Give it another name, without “.” as a step."
            )
        try:
            length = len(whole.encode())
        except UnicodeEncodeError:
            raise SearchError("A picture's name is no valid text.", "Give it another name.") from None
        if length > MOST_BYTES:
            raise SearchError(f"The name “{key[:60]}…” is too long for S3.", f"Use at most {MOST_BYTES} bytes.")
        return whole


def _body(reply: Mapping[str, Any]) -> bytes:
    data: bytes = reply["Body"].read()
    return data
