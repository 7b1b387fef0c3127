"""What went wrong at OpenSearch, in words a person can act on; nothing secret is in them."""

from __future__ import annotations

import re
from typing import Any, Final

from opensearchpy.exceptions import ConnectionError as Unconnected
from opensearchpy.exceptions import ConnectionTimeout, OpenSearchException, SSLError, TransportError

from searchcore.aws_errors import redacted
from searchcore.errors import SearchError
from searchcore.indexes.opensearch_profiles import Profile

BUSY: Final = frozenset({429, 502, 503, 504})
_PERMISSIONS: Final = {
    "aoss": {
        "search": "aoss:ReadDocument", "write": "aoss:WriteDocument", "look": "aoss:DescribeIndex",
        "create": "aoss:CreateIndex", "change": "aoss:UpdateIndex",
    },
    "es": {
        "search": "es:ESHttpPost", "write": "es:ESHttpPost", "look": "es:ESHttpGet",
        "create": "es:ESHttpPut", "change": "es:ESHttpPut",
    },
    "": {
        "search": "indices:data/read/search", "write": "indices:data/write/bulk",
        "look": "indices:admin/mappings/get", "create": "indices:admin/create", "change": "indices:admin/mapping/put",
    },
}  # fmt: skip


_LOST: Final = (
    (SSLError, "The certificate of OpenSearch cannot be trusted.",
     "Correct the url, or name the file of your own authority as `ca_certs`."),
    (ConnectionTimeout, "OpenSearch does not answer in time.", "Try again; if it stays so, look at its load."),
    (Unconnected, "OpenSearch cannot be reached.", "Check the url, the network and whether it runs."),
)  # fmt: skip


def status_of(error: OpenSearchException) -> int:
    """Return the HTTP status, 0 where there was no reply."""
    status = error.status_code if isinstance(error, TransportError) else 0
    return status if isinstance(status, int) else 0


def worth_repeating(error: OpenSearchException) -> bool:
    """Tell whether the same request may well succeed in a moment."""
    lost = isinstance(error, Unconnected) and not isinstance(error, SSLError)
    return lost or status_of(error) in BUSY


def reason_of(error: Any) -> str:
    """Return the engine's own words, from an exception or an item of a bulk reply."""
    info = error.info if isinstance(error, TransportError) else error
    details = info.get("error", info) if isinstance(info, dict) else info
    if not isinstance(details, dict):
        return _without_data(str(details))
    cause: dict[str, Any] = details.get("caused_by") or next(iter(details.get("root_cause", ())), {})
    reasons = dict.fromkeys(each["reason"] for each in (details, cause) if each.get("reason"))
    return _without_data(": ".join(reasons))


def translated(error: OpenSearchException, doing: str, name: str, profile: Profile) -> SearchError:
    """Return the sentence for a failed call; `doing` is what it was for: search, write, look, create or change."""
    for kind, message, remedy in _LOST:
        if isinstance(error, kind):
            return SearchError(message, remedy)
    status = status_of(error)
    if status in (401, 403):
        return _denied(status, doing, name, profile)
    if status == 404:
        return SearchError(f"OpenSearch has no index “{name}”.", "Check the url and the name; ingest makes the index.")
    if status in BUSY:
        return SearchError(
            f"OpenSearch is too busy (status {status}).", "Wait a minute and try again, or give it more capacity."
        )
    said = reason_of(error)
    return SearchError(f"OpenSearch refuses the request: {said or f'status {status}'}.", "Check the index's settings.")


def _denied(status: int, doing: str, name: str, profile: Profile) -> SearchError:
    if not profile.service and status == 401:
        return SearchError(
            "OpenSearch does not accept the user and password.",
            "Set LOUPE_OPENSEARCH_USER and LOUPE_OPENSEARCH_PASSWORD in the environment.",
        )
    permission = _PERMISSIONS[profile.service][doing]
    message = f"OpenSearch does not allow {permission} on the index “{name}” (status {status})."
    if profile.serverless:
        return SearchError(
            message,
            f"Give this user or role {permission} in the collection's data access policy, and aoss:APIAccessAll in its "
            "IAM policy; check the network policy and that the credentials are valid.",
        )
    if profile.service:
        return SearchError(message, f"Allow {permission} in the domain's access policy and in this role's IAM policy.")
    return SearchError(message, f"Give the user a role with {permission} on this index.")


def _without_data(text: str) -> str:
    """Leave out previews of field values, which may be long, and what AWS would not show."""
    return redacted(re.sub(r" Preview of field's value: .*", "", text))
