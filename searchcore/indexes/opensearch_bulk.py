"""Writing many documents: by size, patiently, and with every refused one named."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from opensearchpy.exceptions import OpenSearchException

from searchcore.errors import SearchError
from searchcore.indexes.opensearch_client import Client
from searchcore.indexes.opensearch_errors import BUSY, reason_of, status_of, translated, worth_repeating

MOST_BYTES: Final = 5_000_000
"""Of one request: small managed domains take 10 MiB."""
_WAITS: Final = 8
"""Times in a row that OpenSearch may be too busy before it is given up."""
_LOAD_SECONDS: Final = 60.0
_TOO_LARGE: Final = 413
_GONE: Final = 404


@dataclass(frozen=True, slots=True)
class Action:
    """Hold one action of a bulk request, as the lines it is sent as; `product_id` says whom it is about."""

    product_id: str
    lines: str

    @classmethod
    def index(cls, product_id: str, document: Mapping[str, Any], document_id: str | None) -> Action:
        """Store a document; without an id OpenSearch gives it one."""
        target = {"_id": document_id} if document_id else {}
        return cls(product_id, f"{json.dumps({'index': target})}\n{json.dumps(document)}\n")

    @classmethod
    def delete(cls, product_id: str, document_id: str) -> Action:
        """Remove a document."""
        return cls(product_id, f"{json.dumps({'delete': {'_id': document_id}})}\n")


@dataclass(slots=True)
class Outcome:
    """Collect (product id, document id) of what was done, in order, and product id -> reason of what was refused."""

    done: list[tuple[str, str]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def send(client: Client, actions: Sequence[Action], most_bytes: int = MOST_BYTES) -> Outcome:
    """Send actions in requests of so many bytes; raises SearchError where OpenSearch is lost or stays too busy."""
    outcome, queue, waits = Outcome(), deque(_chunks(actions, most_bytes)), 0
    while queue:
        chunk = queue.popleft()
        try:
            again = _sent(client, chunk, outcome)
        except OpenSearchException as error:
            if status_of(error) == _TOO_LARGE and len(chunk) > 1:
                queue.extendleft(reversed(_halves(chunk)))
                continue
            if not worth_repeating(error) or waits >= _WAITS:
                raise translated(error, "write", client.name, client.profile) from None
            again = chunk
        waits = waits + 1 if again else 0
        if waits > _WAITS:
            raise SearchError(
                f"OpenSearch is too busy: {len(again)} products are not stored.", "Wait a minute and run it again."
            )
        if again:
            client.pause(waits)
            queue.extendleft(reversed(_halves(again)))
    return outcome


def _sent(client: Client, chunk: Sequence[Action], outcome: Outcome) -> list[Action]:
    """Return what was turned away for now."""
    body = "".join(action.lines for action in chunk)
    reply = client.raw.bulk(body=body, index=client.name, request_timeout=_LOAD_SECONDS)
    again = []
    for action, item in zip(chunk, reply["items"], strict=True):
        ((operation, result),) = item.items()
        status = result["status"]
        if status < 300 or (operation == "delete" and status == _GONE):
            outcome.done.append((action.product_id, result["_id"]))
        elif status in BUSY:
            again.append(action)
        else:
            outcome.refused[action.product_id] = reason_of(result)
    return again


def _chunks(actions: Sequence[Action], most_bytes: int) -> Iterator[list[Action]]:
    chunk, size = list[Action](), 0
    for action in actions:
        # The lines are ASCII: a character is a byte.
        if chunk and size + len(action.lines) > most_bytes:
            yield chunk
            chunk, size = [], 0
        chunk.append(action)
        size += len(action.lines)
    if chunk:
        yield chunk


def _halves(chunk: list[Action]) -> list[list[Action]]:
    middle = (len(chunk) + 1) // 2
    return [half for half in (chunk[:middle], chunk[middle:]) if half]
