"""A catalogue to load: bundled pictures, each a little other than the last."""

from __future__ import annotations

import csv
from pathlib import Path

from PIL import Image

from searchcore.pipelines import SAMPLE


def shop(folder: Path, count: int, side: int) -> Path:
    """Write `count` products with pictures of `side` pixels; return the folder."""
    (folder / "images").mkdir(parents=True)
    files = sorted((SAMPLE / "images").glob("*.jpg"))
    with (folder / "products.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "title", "image"))
        for number in range(count):
            name = f"images/{number:05}.jpg"
            with Image.open(files[number % len(files)]) as picture:
                scaled = picture.rotate(number // len(files), fillcolor="white").resize((side, side))
            scaled.save(folder / name, "JPEG", quality=88)
            writer.writerow((f"{number:05}", f"Product {number}", name))
    return folder
