"""Ingest: bring an index and an image store in step with a source of products."""

from searchcore.ingest.addresses import Addresses
from searchcore.ingest.columns import ColumnMap
from searchcore.ingest.control import Control
from searchcore.ingest.dropping import DroppedFiles
from searchcore.ingest.manifest import Problem, template
from searchcore.ingest.mending import rows_to_mend
from searchcore.ingest.pipeline import AS_USUAL, IngestOptions, ingest
from searchcore.ingest.plan import Plan, plan, price_loaded
from searchcore.ingest.report import Failure, IngestReport, failures_csv
from searchcore.ingest.sources import FolderSource, Item, Only, Place, Source, look, look_among, open_source, source_in
from searchcore.ingest.writer import Shard, accept_cut_off, cut_off, no_writer, sole_writer

__all__ = [
    "AS_USUAL",
    "Addresses",
    "ColumnMap",
    "Control",
    "DroppedFiles",
    "Failure",
    "FolderSource",
    "IngestOptions",
    "IngestReport",
    "Item",
    "Only",
    "Place",
    "Plan",
    "Problem",
    "Shard",
    "Source",
    "accept_cut_off",
    "cut_off",
    "failures_csv",
    "ingest",
    "look",
    "look_among",
    "no_writer",
    "open_source",
    "plan",
    "price_loaded",
    "rows_to_mend",
    "sole_writer",
    "source_in",
    "template",
]
