"""Write the judged queries of the bundled catalogue: `python -m studio.qrels`.

The bundled views and scenes say which product is where; the catalogue says what is like it. Grades: 3 the same product,
2 another variant of it, 1 the same subcategory and alike in colour (main colours at most 20 apart in CIE76) or material.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from studio.bundle import SAMPLE
from studio.render.palettes import COLOURS, rgb

ALIKE = 20.0
# Words that a shop uses beside those of the palette.
PLAIN = {
    "green": "#4d7a3a", "brown": "#6b4a32", "natural": "#d3bd98", "beige": "#d8c7a8", "pink": "#dba2a8",
    "yellow": "#e3c04a", "blue": "#3f6ea5", "orange": "#df7a34", "purple": "#6a5295", "concrete": "#a9a69f",
    "clear": "#e6ecec", "smoke": "#6d6f70", "tortoise": "#6e4a2a", "multicolour": "",
}  # fmt: skip
Row = dict[str, str]


def main_colour(words: str) -> tuple[float, float, float] | None:
    """Return the first colour that the words name, as CIE Lab (D65); None where they name none."""
    left = words.lower()
    named = [(left.find(name), -len(name), code) for name, code in {**PLAIN, **COLOURS}.items() if name in left]
    code = min(named)[2] if named else ""
    return lab(code) if code else None


def lab(code: str) -> tuple[float, float, float]:
    """Return a "#rrggbb" colour as CIE Lab under D65."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(code))
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def grade(one: Row, other: Row) -> int:
    """Say how right `other` is for a query that shows `one`."""
    if one["id"] == other["id"]:
        return 3
    if one["group_id"] and one["group_id"] == other["group_id"]:
        return 2
    if one["subcategory"] != other["subcategory"]:
        return 0
    colours = main_colour(one["colour"]), main_colour(other["colour"])
    alike = colours[0] is not None and colours[1] is not None and math.dist(*colours) <= ALIKE
    return int(alike or one["material"].lower() == other["material"].lower())


def queries(sample: Path) -> Iterator[tuple[Row, str]]:
    """Yield (row of queries.csv, product id) for each view and each object of a scene."""
    views = _listed(sample / "views.json", "views")
    for view in views:
        yield _row(view["id"], view, view["box"], "view", False), view["product_id"]
    for scene in _listed(sample / "scenes.json", "scenes"):
        for number, each in enumerate(scene["objects"], 1):
            name = f"{scene['id']}-{number}"
            yield _row(name, scene, each["box"], "scene", scene["held_out"]), each["product_id"]


def write(sample: Path) -> int:
    """Write `queries.csv` and `qrels.txt`; return the number of queries."""
    with (sample / "products.csv").open(encoding="utf-8", newline="") as file:
        products = {row["id"]: row for row in csv.DictReader(file)}
    found = list(queries(sample))
    with (sample / "queries.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(found[0][0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row, _ in found)
    lines = []
    for row, product in found:
        graded = [(grade(products[product], other), name) for name, other in products.items()]
        best_first = sorted((each for each in graded if each[0]), key=lambda each: (-each[0], each[1]))
        lines += [f"{row['query_id']} 0 {name} {value}\n" for value, name in best_first]
    (sample / "qrels.txt").write_text("".join(lines), encoding="utf-8")
    return len(found)


def _row(name: str, picture: dict[str, Any], box: list[float], kind: str, held_out: bool) -> Row:
    sides = dict(zip(("left", "top", "width", "height"), map(str, box), strict=True))
    return {"query_id": name, "image": picture["file"], **sides, "kind": kind, "held_out": str(held_out).lower()}


def _listed(file: Path, what: str) -> list[dict[str, Any]]:
    return json.loads(file.read_text(encoding="utf-8"))[what] if file.exists() else []


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=Path, default=SAMPLE)
    print(f"{write(parser.parse_args().sample)} queries")
