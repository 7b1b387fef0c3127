"""Ingest: bring an index and an image store in step with a source of products."""

from searchcore.ingest.pipeline import Failure, IngestReport, ingest
from searchcore.ingest.sources import FolderSource, Item, Source

__all__ = ["Failure", "FolderSource", "IngestReport", "Item", "Source", "ingest"]
