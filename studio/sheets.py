"""Lay the bundled pictures on contact sheets: `python -m studio.sheets` writes `docs/images/catalogue-*.jpg`."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from studio.bundle import SAMPLE

OUT = Path(__file__).resolve().parents[1] / "docs" / "images"
LABEL = 118
GAP = 4


def sheet(rows: dict[str, list[Path]], size: tuple[int, int], columns: int) -> Image.Image:
    """Lay pictures in rows, each under its name on the left; a long row goes on below."""
    lines = [(name if not at else "", files[at : at + columns])
             for name, files in rows.items() for at in range(0, len(files), columns)]  # fmt: skip
    width, height = size[0] + GAP, size[1] + GAP
    paper = Image.new("RGB", (LABEL + columns * width, len(lines) * height + GAP), "white")
    draw, font = ImageDraw.Draw(paper), ImageFont.load_default(15)
    for line, (name, files) in enumerate(lines):
        top = GAP + line * height
        draw.text((10, top + size[1] / 2), name, fill="#333", font=font, anchor="lm")
        for column, file in enumerate(files):
            with Image.open(file) as picture:
                picture.thumbnail(size, Image.Resampling.LANCZOS)
                left = LABEL + column * width + (size[0] - picture.width) // 2
                paper.paste(picture, (left, top + (size[1] - picture.height) // 2))
    return paper


def main() -> None:
    """Write the three sheets."""
    with (SAMPLE / "products.csv").open(encoding="utf-8", newline="") as file:
        products = {row["id"]: row for row in csv.DictReader(file)}
    shop, views, scenes = (defaultdict[str, list[Path]](list) for _ in range(3))
    for row in products.values():
        shop[row["category"]].append(SAMPLE / row["image"])
    for view in json.loads((SAMPLE / "views.json").read_text(encoding="utf-8"))["views"]:
        views[products[view["product_id"]]["category"]].append(SAMPLE / view["file"])
    for scene in json.loads((SAMPLE / "scenes.json").read_text(encoding="utf-8"))["scenes"]:
        scenes[scene["setting"]].append(SAMPLE / scene["file"])
    for name, rows, size, columns in (
        ("products", shop, (72, 72), 28), ("views", views, (120, 120), 8), ("scenes", scenes, (320, 240), 3),
    ):  # fmt: skip
        ordered = dict(sorted(rows.items()))
        sheet(ordered, size, columns).save(OUT / f"catalogue-{name}.jpg", "JPEG", quality=80, optimize=True)


if __name__ == "__main__":
    main()
