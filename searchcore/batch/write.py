"""Write the pictures that are to be embedded to S3, in chunks that a job takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from searchcore.batch.ledger import Chunk
from searchcore.batch.place import Place, Upload
from searchcore.bedrock import BedrockEmbedder
from searchcore.errors import SearchError
from searchcore.indexes.base import VectorIndex
from searchcore.ingest.plan import look_over
from searchcore.ingest.rows import batches, row_id
from searchcore.ingest.sources import Source
from searchcore.ingest.writer import Shard

LEAST: Final = 100
"""Records that a job must have; fewer are left to be embedded one by one."""
MOST: Final = 50_000
MOST_BYTES: Final = 900_000_000
"""A file may have 1 GB."""


def write_chunks(
    source: Source, shard: Shard | None, index: VectorIndex, embedder: BedrockEmbedder, place: Place
) -> Iterator[Chunk]:
    """Write each new or changed picture once and give each chunk when it is there; raises SearchError."""
    upload: Upload | None = None
    written, records = 0, 0
    for key, request in _requests(source, shard, index, embedder):
        if upload is None:
            name = place.key(f"{written:05}.jsonl")
            upload, records = place.upload(name), 0
        upload.add(json.dumps({"recordId": key, "modelInput": request}).encode() + b"\n")
        records += 1
        if records >= MOST or upload.size >= MOST_BYTES:
            upload.finish()
            yield Chunk(name, records)
            upload, written = None, written + 1
    if upload is not None and records >= LEAST:
        upload.finish()
        yield Chunk(name, records)
    elif upload is not None:
        upload.drop()


def _requests(
    source: Source, shard: Shard | None, index: VectorIndex, embedder: BedrockEmbedder
) -> Iterator[tuple[str, dict[str, Any]]]:
    seen = set[str]()
    for rows in batches(source, shard):
        stored = {record.product.id: record for record in index.get([row_id(row) for row in rows])}
        for row in rows:
            try:
                loaded = look_over(row, stored)
                if not loaded.needs_embedding:
                    continue
                key, request = embedder.record(loaded.picture())
            except SearchError:
                # The ingest that collects will name it.
                continue
            if key not in seen:
                seen.add(key)
                yield key, dict(request)
