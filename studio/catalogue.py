"""Read the products to render: what they are called, what they cost, how they are shaped and finished."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.render.part import Part, View

FOLDER = Path(__file__).parent / "catalogue"
CURRENCY = "EUR"


@dataclass(frozen=True)
class Item:
    """One product: `row` holds its columns of the catalogue, `shape` and `finish` are what makes its pictures."""

    id: str
    category: str
    shape: dict[str, Any]
    finish: dict[str, Any]
    row: dict[str, str]

    def parts(self) -> list[Part]:
        """Build the product."""
        built: list[Part] = shape_module(self.category).build(self.shape, self.finish)
        return built

    def view(self) -> View:
        """Return the view of the main picture: the shape's own, else its category's."""
        default: View = getattr(shape_module(self.category), "VIEW", View())
        return View(**self.shape["view"]) if "view" in self.shape else default


def shape_module(category: str) -> Any:
    """Import the module that builds a category."""
    return importlib.import_module(f"studio.shapes.{category.replace(' ', '_').replace('-', '_')}")


def categories() -> list[str]:
    """Return the names of all categories."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def load(category: str) -> list[Item]:
    """Return a category's products in their order."""
    groups = json.loads((FOLDER / f"{category}.json").read_text(encoding="utf-8"))
    return [_item(category, group, variant) for group in groups for variant in group["variants"]]


def select(wanted: Iterable[str]) -> list[Item]:
    """Return the products of the named categories, groups or ids; "all" is everything."""
    names = set(wanted)
    items = [item for category in categories() for item in load(category)]
    chosen = [i for i in items if "all" in names or names & {i.id, i.category, i.row["group_id"]}]
    unknown = names - {"all"} - {n for i in items for n in (i.id, i.category, i.row["group_id"])}
    if unknown:
        raise SystemExit(f"No category, group or product {sorted(unknown)}. Categories: {', '.join(categories())}.")
    return chosen


def _item(category: str, group: dict[str, Any], variant: dict[str, Any]) -> Item:
    both = {**group, **variant}
    tags = both.get("style_tags", [])
    row = {
        "id": both["id"],
        "title": both["title"],
        "brand": both["brand"],
        "category": category.replace("-", " "),
        "subcategory": both["subcategory"],
        "price": f"{both['price']:.2f}",
        "currency": CURRENCY,
        "colour": both["colour"],
        "material": both["material"],
        "pattern": both.get("pattern", "plain"),
        "style_tags": "|".join(tags),
        "group_id": both["group_id"],
        "description": both["description"],
        "image": f"images/{both['id']}.jpg",
    }
    shape = {**group.get("shape", {}), **variant.get("shape", {})}
    finish = {**group.get("finish", {}), **variant.get("finish", {})}
    return Item(both["id"], category, shape, finish, row)
