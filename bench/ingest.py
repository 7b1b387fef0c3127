"""Measure ingest against decoding alone, and against a slow service."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image

from bench.row import Row
from bench.shop import shop
from searchcore import Picture, SearchEngine
from searchcore.embedders.titan import TitanEmbedder, TitanOptions
from searchcore.imagestores.folder import FolderStore
from searchcore.imagestores.thumbnails import Thumbnails
from searchcore.indexes.sqlite import SqliteIndex
from searchcore.ingest import FolderSource
from searchcore.pipelines import assemble
from searchcore.settings import Settings
from tests.aws.account import account
from tests.aws.stub import Fault
from tests.support import WholePhoto

SIDES: Final = (512, 1600)
PICTURES: Final = 160
SERVED: Final = 360
LATENCY: Final = 0.15
RATE: Final = 1800


def run() -> list[Row]:
    """Return what ingest costs over what it cannot do without."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [
            *(_against_decoding(folder / str(side), side) for side in SIDES),
            *_against_a_service(folder / "served"),
        ]


def _against_decoding(folder: Path, side: int) -> Row:
    """Compare the built-in pipeline with decoding and shrinking the same pictures."""
    source = shop(folder / "shop", PICTURES, side)
    engine = assemble("local", Settings(data_dir=folder / "data", catalogue="bench"))
    ours = _seconds(lambda: engine.ingest(FolderSource(source)))
    bare = _seconds(lambda: [_shrunk(file) for file in sorted((source / "images").iterdir())])
    return Row(f"ingest of {PICTURES} pictures of {side} px against decoding them", ours, bare, 2.0, "s")


def _against_a_service(folder: Path) -> list[Row]:
    """Compare with one call after the other, and with the rate that was allowed, where each answer takes 150 ms."""
    source = FolderSource(shop(folder / "shop", SERVED, 256))
    with account(folder) as stub:
        stub.always = Fault(delay=LATENCY)
        fast = _served(folder / "fast", 1_000_000)
        ours = _seconds(lambda: fast.ingest(source))
        one_by_one = _served(folder / "one", 1_000_000)
        few = [item.read() for item in source.rows()][: SERVED // 12]  # type: ignore[union-attr]
        loop = _seconds(lambda: [_embedded_alone(one_by_one, data) for data in few]) * SERVED / len(few)
        stub.always = None
        paced = _served(folder / "paced", RATE)
        took = _seconds(lambda: paced.ingest(source))
    return [
        Row(f"ingest of {SERVED} through a service of 150 ms against one by one", ours, loop, 1 / 15, "s"),
        Row(f"ingest of {SERVED} against the rate of {RATE} a minute", took, SERVED / RATE * 60, 1 / 0.95, "s"),
    ]


def _served(folder: Path, rate: float) -> SearchEngine:
    embedder = TitanEmbedder(TitanOptions(dimension=256, requests_per_minute=rate))
    index = SqliteIndex(folder / "index.sqlite", embedder.spec.model_key, 256)
    images = FolderStore(folder / "pictures")
    return SearchEngine("bench", WholePhoto(), embedder, index, images, Thumbnails(images, folder / "thumbnails"))


def _embedded_alone(engine: SearchEngine, data: bytes) -> object:
    return engine.embedder.embed_images([Picture.from_bytes(data)])


def _shrunk(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        image = picture.convert("RGB")
        image.thumbnail((256, 256), Image.Resampling.LANCZOS)
        return image


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
