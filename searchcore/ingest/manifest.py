"""A product list: a table read through a column map, row by row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from searchcore.ingest.columns import NAMES, NEEDED, ColumnMap
from searchcore.ingest.prices import read_price
from searchcore.ingest.tables import Table
from searchcore.products import Product
from searchcore.spreadsheet import restored, to_csv

NO_CORRECTIONS: Final[Mapping[str, str]] = MappingProxyType({})
_CODE: Final = re.compile(r"[+-]?0\d|.{17}")
"""Digits that are a name, not a number: a leading zero, or more of them than a number keeps."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Name a row of a product list (the header is row 1) that was left out, and why."""

    row: int
    reason: str
    product_id: str = field(default="", compare=False)


class Manifest:
    """Read products from a table; `corrections` (field -> column) go over the guess. Raises ManifestRefused."""

    def __init__(self, table: Table, corrections: Mapping[str, str] = NO_CORRECTIONS) -> None:
        self._table = table
        self.header = tuple(table.header)
        self.columns = ColumnMap.guess(self.header).corrected(**corrections)
        self.columns.check(self.header)
        self._extra = self.columns.extra(self.header)
        self.count, self._numeric = self._surveyed()

    def rows(self) -> Iterator[Product | Problem]:
        """Iterate over the products and, in their place, the rows that are none; of equal ids the first counts."""
        seen: set[str] = set()
        for row, cells in self._table.rows():
            product_id = cells[self.columns.columns["id"]]
            try:
                product = self._product(cells)
                if product.id in seen:
                    raise ValueError(f"the id {product.id[:60]} stands twice")
            except ValueError as error:
                yield Problem(row, str(error), product_id)
            else:
                seen.add(product.id)
                yield product

    def _product(self, cells: Mapping[str, str]) -> Product:
        known: dict[str, Any] = {name: restored(cells[column]) for name, column in self.columns.columns.items()}
        for name in NEEDED:
            if not known[name]:
                raise ValueError(f"the {name} is empty")
        known["price"], currency = read_price(known.get("price", ""))
        known["currency"] = known.get("currency") or currency
        known["tags"] = tuple(tag.strip() for tag in re.split(r"[|;,]", known.get("tags", "")) if tag.strip())
        extra = {
            name: float(cells[column]) if column in self._numeric else restored(cells[column])
            for column, name in self._extra.items()
            if cells[column]
        }
        return Product(**known, extra=extra)

    def _surveyed(self) -> tuple[int, frozenset[str]]:
        """Count the rows, and find the extra columns that hold numbers alone: those are filtered by range."""
        count, numeric, filled = 0, set(self._extra), set[str]()
        for _, cells in self._table.rows():
            count += 1
            given = {column for column in numeric if cells[column]}
            filled |= given
            numeric -= {column for column in given if not _is_number(cells[column])}
        return count, frozenset(numeric & filled)


def template() -> str:
    """Return a product list with every known column and one row that shows how to fill it."""
    row = {
        "id": "bag-1", "title": "Leather tote", "image": "pictures/bag-1.jpg", "category": "bag", "subcategory": "tote",
        "brand": "Acme", "price": 129.5, "currency": "EUR", "colour": "red", "material": "leather", "pattern": "plain",
        "tags": "work|classic", "group_id": "bag", "description": "Roomy, with one inner pocket.",
    }  # fmt: skip
    return to_csv(tuple(NAMES), [[row[name] for name in NAMES]])


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and not _CODE.match(text) and "_" not in text
    except ValueError:
        return False
