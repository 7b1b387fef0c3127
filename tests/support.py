"""Small doubles whose right answers are obvious, for tests of what is built upon the contracts."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from searchcore import Box, Detection, Picture, Product, SearchEngine, pipelines
from searchcore.detectors.base import Detector
from searchcore.embedders.base import Embedder, EmbedderSpec, Role
from searchcore.imagestores.folder import FolderStore
from searchcore.imagestores.thumbnails import Thumbnails
from searchcore.indexes.base import Record
from searchcore.indexes.sqlite import SqliteIndex
from searchcore.vectors import Vectors, unit_rows

Colour = tuple[int, int, int]
RED, GREEN, BLUE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)


def towards_green(share: float) -> Colour:
    """Return red at 0, green at 1: the larger the share, the less it looks like red."""
    return round(255 * (1 - share)), round(255 * share), 0


class ColourEmbedder(Embedder):
    """Embed a picture as its mean colour; black has no vector. `embedded` counts pictures."""

    def __init__(self, weak_below: float | None = None, price: float = 0.0) -> None:
        self.spec = EmbedderSpec("colour", 3, frozenset({"image"}), "colour-1@3", price, weak_below=weak_below)
        self.embedded = 0
        self.emphasis: float | None = None

    def embed_images(self, pictures: Sequence[Picture], role: Role = "index") -> Vectors:
        self.embedded += len(pictures)
        return unit_rows([picture.pixels().mean(axis=(0, 1)) for picture in pictures], 3)

    def embed_query(self, picture: Picture, emphasis: float | None = None) -> Vectors:
        self.emphasis = emphasis
        return super().embed_query(picture, emphasis)


class WholePhoto(Detector):
    """Find one object: the whole photo."""

    name = "whole"

    def __init__(self, price: float = 0.0, price_of_tags: float = 0.0) -> None:
        self.price, self.price_of_tags = float(price), float(price_of_tags)

    def detect(self, picture: Picture) -> list[Detection]:
        return [Detection("object", 0.9, Box.whole())]

    def price_of_describing(self, objects: bool = False) -> float:
        return self.price if objects else self.price_of_tags


@dataclass(frozen=True, slots=True)
class Thing:
    """Pair a product with the colour of its picture."""

    product: Product
    colour: Colour


def thing(product_id: str, colour: Colour = RED, **fields: Any) -> Thing:
    fields = {"title": product_id, "image": f"{product_id}.png"} | fields
    return Thing(Product(id=product_id, **fields), colour)


def striped(colour: Colour) -> Image.Image:
    """Draw a picture of that mean hue with some texture in it."""
    pixels = np.zeros((32, 32, 3), dtype=np.uint8)
    pixels[:, ::2] = colour
    pixels[:, 1::2] = np.array(colour) * 3 // 4
    return Image.fromarray(pixels)


def photo(colour: Colour) -> Picture:
    return Picture.from_image(striped(colour))


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def png(colour: Colour) -> bytes:
    return encoded(striped(colour), "PNG")


def grey(width: int, height: int) -> bytes:
    return encoded(Image.new("L", (width, height), 90), "PNG")


def engine_of(folder: Path, *things: Thing, embedder: Embedder | None = None) -> SearchEngine:
    """Open an engine over these things, on the real index and image store."""
    embedder = embedder or ColourEmbedder()
    index = SqliteIndex(folder / "test.sqlite", embedder.spec.model_key, embedder.spec.dimension)
    images = FolderStore(folder / "pictures")
    if things:
        vectors = embedder.embed_images([photo(each.colour) for each in things])
        index.upsert([Record(each.product, row, "0" * 64) for each, row in zip(things, vectors, strict=True)])
    return SearchEngine("test", WholePhoto(), embedder, index, images, Thumbnails(images, folder / "thumbnails"))


def write_catalogue(folder: Path, *things: Thing) -> Path:
    """Write `products.csv` and a picture for each thing."""
    columns = ("id", "title", "image", "category", "price", "group_id", "colour")
    folder.mkdir(parents=True, exist_ok=True)
    for each in things:
        (folder / each.product.image).write_bytes(png(each.colour))
    with (folder / "products.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([["" if (v := getattr(each.product, c)) is None else v for c in columns] for each in things])
    return folder


def sample_of(folder: Path, *things: Thing) -> Path:
    """Write things laid out as the bundled sample is: pictures in `images/`."""
    (folder / "images").mkdir(parents=True, exist_ok=True)
    pictured = [Thing(replace(each.product, image=f"images/{each.product.id}.png"), each.colour) for each in things]
    return write_catalogue(folder, *pictured)


def use_doubles(monkeypatch: pytest.MonkeyPatch, folder: Path, *sample: Thing) -> None:
    """Work in a folder of its own, where the pipeline `tiny` has the doubles and the sample is these things."""
    for name in [name for name in os.environ if name.startswith("LOUPE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: ColourEmbedder(**options))
    monkeypatch.setitem(pipelines.DETECTORS, "whole", lambda labeller, options: WholePhoto(**options))
    monkeypatch.setattr(pipelines, "SAMPLE", sample_of(folder / "sample", *sample))
    parts = 'default_pipeline = "tiny"\n[pipelines.tiny]\ndetector = "whole"\nembedder = "colour"\n'
    (folder / "loupe.toml").write_text(parts, encoding="utf-8")
