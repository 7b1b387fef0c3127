"""Writing where documents have no ids of their own and stay invisible for a minute: OpenSearch Serverless Classic."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from searchcore.indexes.opensearch_bulk import Action, send
from searchcore.indexes.opensearch_client import Client

STEP: Final = 15.0
"""Seconds of writing that one stamp covers."""
PAGE: Final = 500


class Settling:
    """Keep one document per product all the same.

    A writer stamps the mapping, which changes at once, with the time when all it wrote will be visible; whoever reads
    the whole index to compare with it waits for that time first. What this process wrote is remembered meanwhile.
    """

    def __init__(
        self, client: Client, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._client, self._clock, self._sleep = client, clock, sleep
        self._after = client.profile.visible_after
        self._stamped = 0.0
        self._recent: dict[str, tuple[float, list[str]]] = {}

    def wait(self, meta: Mapping[str, Any]) -> None:
        """Wait until everything that was written before is visible."""
        left = float(meta.get("settled_at", 0.0)) - self._clock()
        if left > 0:
            # A clock that runs ahead elsewhere must not hold anyone up for ever.
            self._sleep(min(left, self._after + STEP))

    def stamp(self, meta: Mapping[str, Any]) -> None:
        """Note in the mapping when what is written now will be visible."""
        if self._clock() < self._stamped + STEP:
            return
        self._stamped = self._clock()
        noted = {**meta, "settled_at": self._stamped + STEP + self._after}
        self._client.call("change", lambda raw: raw.indices.put_mapping(index=self._client.name, body={"_meta": noted}))

    def remember(self, written: Iterable[tuple[str, str]]) -> None:
        """Note (product id, document id) of what was written."""
        until = self._clock() + 2 * self._after
        self._recent = {each: kept for each, kept in self._recent.items() if kept[0] > self._clock()}
        for product_id, document_id in written:
            self._recent[product_id] = (until, [document_id])

    def documents(self, product_ids: Sequence[str]) -> dict[str, set[str]]:
        """Return product id -> ids of its documents: those that are visible, and those written lately."""
        found: dict[str, set[str]] = defaultdict(set)
        for start in range(0, len(product_ids), PAGE):
            part = list(product_ids[start : start + PAGE])
            body = {"size": 10_000, "_source": ["product_id"], "query": {"terms": {"product_id": part}}}
            for hit in self._client.search(body)["hits"]["hits"]:
                found[hit["_source"]["product_id"]].add(hit["_id"])
        for product_id in product_ids:
            found[product_id].update(self._recent.get(product_id, (0.0, []))[1])
        return found

    def remove(self, documents: Mapping[str, Iterable[str]]) -> None:
        """Remove documents by their ids, given by product id."""
        send(self._client, [Action.delete(name, each) for name, ids in documents.items() for each in ids])
