"""The whole load by batch: write, begin, watch, collect, ingest; broken off anywhere, it is gone on with."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Final

from searchcore.batch.jobs import JobFailed, Jobs
from searchcore.batch.ledger import Chunk, Ledger
from searchcore.batch.place import Place
from searchcore.batch.vectors import Collected, FromBatch
from searchcore.batch.write import write_chunks
from searchcore.bedrock import BedrockEmbedder
from searchcore.catalogue_key import key_of
from searchcore.cloud.person import role_arn
from searchcore.engine import SearchEngine
from searchcore.errors import PipelineRefused, SearchError
from searchcore.imagestores.s3 import S3Store
from searchcore.ingest import IngestOptions, IngestReport, Source, price_loaded, sole_writer
from searchcore.settings import Settings

PAUSE: Final = 30.0
"""Seconds between two looks at the jobs."""

Progress = Callable[[str, int, int], None]
"""Hears what is done, and how much of how much."""


def bounds(source: Source, engine: SearchEngine) -> tuple[int, float]:
    """Return how many pictures a batch loads at most, and what they cost at most, at the price of single calls."""
    return source.count, source.count * price_loaded(engine.embedder, engine.detector)


def batch_ingest(
    engine: SearchEngine, settings: Settings, source: Source, options: IngestOptions, hear: Progress
) -> IngestReport:
    """Bring a catalogue in step with a source, its pictures embedded by batch jobs; raises SearchError.

    What was begun before is gone on with, whatever the source: a picture that is in no job is embedded by itself.
    """
    if options.objects:
        raise PipelineRefused(
            "Batch jobs embed whole pictures.", "Load with --batch alone first, and then again with --objects alone."
        )
    # Whatever the catalogue has already: what was sent is what is collected.
    options = replace(options, objects=False)
    embedder, store = _parts(engine)
    role = role_arn(embedder.options.batch_role or "", embedder.options)
    shard = f"-{options.shard.number}-of-{options.shard.of}" if options.shard else ""
    path = settings.catalogue_dir / f"{engine.name}{shard}.batch.json"
    place = Place(store.options, f"{key_of(settings.catalogue_dir)}.{engine.name}{shard}")
    with sole_writer(engine.lock, options.shard, make=False) if engine.lock else nullcontext():
        ledger = Ledger.read(path)
        if ledger is None or ledger.model_key != embedder.spec.model_key:
            ledger = _written(path, engine, embedder, place, source, options, hear)
        ledger = _watched(ledger, Jobs(embedder.model, role, embedder.options, place), hear)
    with closing(Collected(path.with_suffix(".sqlite"))) as collected:
        _collect(ledger, place, collected, embedder, hear)
        by_batch = replace(engine, embedder=FromBatch(embedder, collected))
        report = by_batch.ingest(source, lambda done, total: hear("Products stored", done, total), options)
    place.clear()
    path.with_suffix(".sqlite").unlink()
    path.unlink()
    return report


def _parts(engine: SearchEngine) -> tuple[BedrockEmbedder, S3Store]:
    embedder, store = engine.embedder, engine.images
    if not (isinstance(embedder, BedrockEmbedder) and embedder.spec.by_batch and isinstance(store, S3Store)):
        raise PipelineRefused(
            f"The pipeline “{engine.name}” cannot load by batch.",
            "It needs the embedder “titan” and pictures in S3; leave out --batch.",
        )
    if not embedder.options.batch_role:
        raise PipelineRefused(
            "Bedrock has no role to read and write the bucket with.",
            "Set `batch_role` of the embedder in loupe.toml; provision makes one.",
        )
    return embedder, store


def _written(
    path: Path, engine: SearchEngine, embedder: BedrockEmbedder, place: Place, source: Source,
    options: IngestOptions, hear: Progress,
) -> Ledger:  # fmt: skip
    """Write the pictures to S3 and return what is to be begun."""
    place.clear()
    chunks, written = [], 0
    for chunk in write_chunks(source, options.shard, engine.index, embedder, place):
        chunks.append(chunk)
        written += chunk.records
        hear("Pictures sent", written, max(source.count, written))
    ledger = Ledger(path, embedder.spec.model_key, tuple(chunks))
    ledger.write()
    return ledger


def _watched(ledger: Ledger, jobs: Jobs, hear: Progress) -> Ledger:
    """Begin what is not begun, as far as the account allows, and wait until all is done; raises JobFailed."""
    total = sum(chunk.records for chunk in ledger.chunks)
    while not all(chunk.done for chunk in ledger.chunks):
        refusal: SearchError | None = None
        for number, chunk in enumerate(ledger.chunks):
            if not chunk.job and refusal is None:
                try:
                    job = jobs.begin(chunk, _output(chunk.key))
                    ledger = ledger.with_chunk(number, replace(chunk, job=job))
                except SearchError as error:
                    refusal = error
            elif chunk.job and not chunk.done:
                ledger = ledger.with_chunk(number, _looked_at(chunk, number, ledger, jobs))
        running = any(chunk.job and not chunk.done for chunk in ledger.chunks)
        if refusal and not running:
            raise refusal
        hear("Pictures embedded", sum(chunk.processed for chunk in ledger.chunks), total)
        if running:
            time.sleep(PAUSE)
    return ledger


def _looked_at(chunk: Chunk, number: int, ledger: Ledger, jobs: Jobs) -> Chunk:
    try:
        processed, done = jobs.look(chunk)
    except JobFailed:
        ledger.with_chunk(number, replace(chunk, job="", processed=0))
        raise
    return replace(chunk, processed=chunk.records if done else processed, done=done)


def _collect(
    ledger: Ledger, place: Place, collected: Collected, embedder: BedrockEmbedder, hear: Progress
) -> None:  # fmt: skip
    for number, chunk in enumerate(ledger.chunks, 1):
        for key in place.keys(_output(chunk.key)):
            if key.endswith(".jsonl.out"):
                place.lines(key, lambda lines: collected.take(lines, embedder))
        hear("Vectors collected", number, len(ledger.chunks))


def _output(key: str) -> str:
    return key.removesuffix(".jsonl") + "/"
