"""Emptying a bucket, old versions and all."""

from __future__ import annotations

from typing import Any

from searchcore.aws import LOADING, AwsOptions, Calls
from searchcore.aws_errors import NoBucket, redacted
from searchcore.errors import SearchError


class Bucket:
    """Count and remove what a bucket holds: CloudFormation does not delete a bucket that holds anything."""

    def __init__(self, name: str, options: AwsOptions) -> None:
        """Open a client, without calling; raises SearchError without credentials or region."""
        self._name = name
        self._calls = Calls("s3", options, LOADING, f"The resource is the bucket {name} and all that lies in it.")

    def holds(self) -> str:
        """Return in words how much is in it; raises SearchError."""
        page = self._page()
        count = len(_entries(page))
        return f"more than {count} objects" if page.get("IsTruncated") else f"{count} object{'s' * (count != 1)}"

    def empty(self) -> int:
        """Remove every version of every object and return how many there were; raises SearchError."""
        removed = 0
        while entries := _entries(self._page()):
            reply = self._calls("delete_objects", dict, Bucket=self._name, Delete={"Objects": entries, "Quiet": True})
            for error in reply.get("Errors", ()):
                raise SearchError(
                    f"S3 does not delete {error['Key'][:60]}: {redacted(error.get('Message', error['Code']))}",
                    "Allow s3:DeleteObject and s3:DeleteObjectVersion on the bucket, and type the same again.",
                )
            removed += len(entries)
        return removed

    def _page(self) -> dict[str, Any]:
        try:
            return self._calls("list_object_versions", dict, Bucket=self._name)
        except NoBucket:
            # Whoever deleted it by hand left nothing to empty.
            return {}


def _entries(page: dict[str, Any]) -> list[dict[str, str]]:
    found = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
    return [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in found]
