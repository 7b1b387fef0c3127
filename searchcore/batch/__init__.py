"""Batch: embedding a large catalogue by Bedrock's batch inference, collected into the index by an ordinary ingest."""

from searchcore.batch.run import batch_ingest, bounds

__all__ = ["batch_ingest", "bounds"]
