"""Measure what indexing main objects is worth to a catalogue whose pictures show products where they are used."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.row import Row
from searchcore import Picture, Query
from searchcore.ingest import FolderSource, IngestOptions
from searchcore.pipelines import SAMPLE, assemble
from searchcore.settings import Settings
from searchcore.spreadsheet import to_csv

GOAL: Final = 0.85


def run() -> list[Row]:
    """Return the share of products not found first by their plain picture, and what loading them takes."""
    views = json.loads((SAMPLE / "views.json").read_text(encoding="utf-8"))["views"]
    with tempfile.TemporaryDirectory() as name:
        source = _shop(Path(name) / "shop", views)
        (ours, ours_took), (whole, whole_took) = (_missed(source, Path(name), objects) for objects in (True, False))
    return [
        Row(f"Missed of {len(views)} products in use, with their objects against whole pictures", ours, whole, GOAL,
            "share"),
        Row(f"CPU to load {len(views)} pictures, with their objects against whole", ours_took, whole_took, None, "s"),
    ]  # fmt: skip


def _shop(folder: Path, views: list[dict[str, str]]) -> FolderSource:
    """Make a catalogue of the second views."""
    (folder / "views").mkdir(parents=True)
    for view in views:
        shutil.copy(SAMPLE / view["file"], folder / view["file"])
    rows = [(view["product_id"], view["product_id"], view["file"]) for view in views]
    (folder / "products.csv").write_text(to_csv(("id", "title", "image"), rows), encoding="utf-8")
    return FolderSource(folder)


def _missed(source: FolderSource, folder: Path, objects: bool) -> tuple[float, float]:
    engine = assemble("local", Settings(data_dir=folder / f"data-{objects}", catalogue="views"))
    began = time.process_time()
    engine.ingest(source, options=IngestOptions(objects=objects))
    took = time.process_time() - began
    ids = sorted(engine.index.hashes())
    first = [engine.search(Query(picture=_plain_picture(each)), 1, collapsed=False).hits[0].product.id for each in ids]
    return sum(found != wanted for found, wanted in zip(first, ids, strict=True)) / len(ids), took


def _plain_picture(product_id: str) -> Picture:
    return Picture.from_file(next((SAMPLE / "images").glob(f"{product_id}.*")))
