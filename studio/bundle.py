"""Bring rendered pictures and their rows into the application: `python -m studio.bundle --renders .loupe/studio`.

Only products, scenes and second views whose pictures exist are taken; a picture that is there already is not copied
again.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.catalogue import select

SAMPLE = Path(__file__).resolve().parents[1] / "searchcore" / "sample"
COLUMNS = [
    "id",
    "title",
    "brand",
    "category",
    "subcategory",
    "price",
    "currency",
    "colour",
    "material",
    "pattern",
    "style_tags",
    "group_id",
    "description",
    "image",
]


def bundle(renders: Path, sample: Path) -> tuple[int, int, int]:
    """Copy products, scenes and views; return how many of each are bundled."""
    rows = [item.row for item in select(["all"])]
    rows = [row for row in rows if _copied(renders / "products" / f"{row['id']}.jpg", sample / row["image"])]
    with (sample / "products.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["id"]))
    ids = {row["id"] for row in rows}
    scenes = _photos(renders, sample, "scenes", lambda scene: {each["product_id"] for each in scene["objects"]} <= ids)
    return len(rows), scenes, _photos(renders, sample, "views", lambda view: view["product_id"] in ids)


def _photos(renders: Path, sample: Path, kind: str, wanted: Callable[[dict[str, Any]], bool]) -> int:
    """Copy the photos of one kind that show bundled products alone, and their index `<kind>.json`."""
    source = renders / f"{kind}.json"
    if not source.exists():
        return 0
    index = json.loads(source.read_text(encoding="utf-8"))
    kept = [one for one in index[kind] if wanted(one) and _copied(renders / one["file"], sample / one["file"])]
    text = json.dumps(index | {kind: kept}, indent=1, ensure_ascii=False)
    (sample / f"{kind}.json").write_text(text + "\n", encoding="utf-8")
    return len(kept)


def _copied(source: Path, target: Path) -> bool:
    if not target.exists() and source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return target.exists()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--renders", type=Path, required=True)
    parser.add_argument("--sample", type=Path, default=SAMPLE)
    arguments = parser.parse_args()
    products, scenes, views = bundle(arguments.renders, arguments.sample)
    print(f"{products} products, {scenes} scenes, {views} views")
