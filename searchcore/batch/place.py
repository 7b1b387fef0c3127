"""The part of a bucket where Bedrock reads pictures from and writes vectors to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from searchcore.aws import LOADING, Calls
from searchcore.imagestores.s3 import S3Options

PART: Final = 32_000_000
"""Bytes sent at once: what a load keeps in memory."""


class Place:
    """Write and read files below `batch/` of the bucket that holds the pictures."""

    def __init__(self, options: S3Options, name: str) -> None:
        """Open a client, without calling; raises SearchError without credentials or region."""
        self._bucket, self._prefix = options.bucket, f"batch/{name}/"
        advice = f"The resource is the bucket {options.bucket} and what lies below {self._prefix}."
        self._calls = Calls("s3", options, LOADING, advice)

    def key(self, name: str) -> str:
        return self._prefix + name

    def address(self, key: str) -> str:
        return f"s3://{self._bucket}/{key}"

    def upload(self, key: str) -> Upload:
        """Begin a file."""
        return Upload(self._calls, {"Bucket": self._bucket, "Key": key})

    def lines(self, key: str, take: Callable[[Iterator[bytes]], None]) -> None:
        """Hand a file's lines over; all of them again where the reply broke off."""
        read: Callable[[Any], None] = lambda reply: take(reply["Body"].iter_lines(1 << 20))  # noqa: E731
        self._calls("get_object", read, Bucket=self._bucket, Key=key)

    def keys(self, prefix: str) -> list[str]:
        found, more = list[str](), dict[str, str]()
        while True:
            page = self._calls("list_objects_v2", dict, Bucket=self._bucket, Prefix=prefix, **more)
            found += [each["Key"] for each in page.get("Contents", ())]
            if not page.get("IsTruncated"):
                return found
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def clear(self) -> None:
        """Remove all that was written here."""
        for key in self.keys(self._prefix):
            self._calls("delete_object", bool, Bucket=self._bucket, Key=key)


class Upload:
    """Send a file in parts while it grows: it may be larger than memory, and a part can be sent again."""

    def __init__(self, calls: Calls, where: dict[str, str]) -> None:
        self._calls, self._where = calls, where
        self._id: str = calls("create_multipart_upload", lambda reply: reply["UploadId"], **where)
        self._parts: list[dict[str, Any]] = []
        self._waiting = bytearray()
        self.size = 0

    def add(self, line: bytes) -> None:
        """Add a line, its end included."""
        self._waiting += line
        self.size += len(line)
        if len(self._waiting) >= PART:
            self._send()

    def finish(self) -> None:
        """Make the file be there."""
        if self._waiting:
            self._send()
        parts = {"Parts": self._parts}
        self._calls("complete_multipart_upload", bool, **self._where, UploadId=self._id, MultipartUpload=parts)

    def drop(self) -> None:
        """Forget the file."""
        self._calls("abort_multipart_upload", bool, **self._where, UploadId=self._id)

    def _send(self) -> None:
        number = len(self._parts) + 1
        tag = self._calls("upload_part", lambda reply: reply["ETag"], **self._where, UploadId=self._id,
                          PartNumber=number, Body=bytes(self._waiting))  # fmt: skip
        self._parts.append({"ETag": tag, "PartNumber": number})
        self._waiting.clear()
