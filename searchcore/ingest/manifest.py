"""A product list: a table read through a column map, row by row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from searchcore.errors import ManifestRefused
from searchcore.ingest.columns import NAMES, NEEDED, ColumnMap
from searchcore.ingest.prices import Style, read_price
from searchcore.ingest.report import Failure
from searchcore.ingest.tables import Table
from searchcore.products import Product
from searchcore.spreadsheet import restored, to_csv

NO_CORRECTIONS: Final[Mapping[str, str]] = MappingProxyType({})
_CODE: Final = re.compile(r"[+-]?0\d|.{17}")
"""Digits that are a name, not a number: a leading zero, or more of them than a number keeps."""
LONGEST: Final = {"id": 512, "title": 1000}
"""Characters; what is longer is no id or no title, but a cell that moved or a quote that was not closed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Pair a product with its row of the list (the header is row 1)."""

    row: int
    product: Product


@dataclass(frozen=True, slots=True)
class Problem:
    """Name a row of a product list (the header is row 1) that was left out, and why."""

    row: int
    reason: str
    product_id: str = field(default="", compare=False)

    @property
    def failure(self) -> Failure:
        """Say it as an ingest reports it."""
        return Failure(f"row {self.row}", self.reason, self.product_id, self.row)


class Manifest:
    """Read products from a table; `corrections` (field -> column) go over the guess. Raises ManifestRefused."""

    def __init__(self, table: Table, corrections: Mapping[str, str] = NO_CORRECTIONS) -> None:
        self._table = table
        self.header, self.separator = tuple(table.header), table.separator
        self.columns = ColumnMap.guess(self.header, first_of(table)).corrected(**corrections)
        self.columns.check(self.header)
        self._extra = self.columns.extra(self.header)
        self.count, self._numeric, self._style = self._surveyed()
        if not self.count:
            raise ManifestRefused("The product list has a header and no row below it.", "Add a row for each product.")

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the list has a column for, extra ones included."""
        return frozenset((*self.columns.columns, *self._extra.values()))

    def rows(self) -> Iterator[Listed | Problem]:
        """Iterate over the products and, in their place, the rows that are none; of equal ids the first counts."""
        seen: dict[str, int] = {}
        for row, cells in self._table.rows():
            product_id = restored(cells[self.columns.columns["id"]])
            try:
                product = self._product(cells)
                if product.id in seen:
                    raise ValueError(f"The id “{product.id[:60]}” is in row {seen[product.id]} already.")
            except ValueError as error:
                yield Problem(row, str(error), product_id)
            else:
                seen[product.id] = row
                yield Listed(row, product)

    def pictures(self) -> Iterator[str]:
        """Iterate over the names of pictures, as the list has them."""
        column = self.columns.columns.get("image")
        return (restored(cells[column]) for _, cells in self._table.rows()) if column else iter(())

    def unmistakable(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Iterate over (row number, column -> text), prices so that they mean the same without the rows around them."""
        column = self.columns.columns.get("price")
        for row, cells in self._table.rows():
            with suppress(ValueError):
                if column and (price := read_price(cells[column], self._style))[0] is not None:
                    yield row, {**cells, column: f"{price[0]:.2f} {price[1]}".strip()}
                    continue
            yield row, cells

    def _product(self, cells: Mapping[str, str]) -> Product:
        if surplus := cells.get(""):
            raise ValueError(f"The row goes on after the last column: “{surplus[:40]}”.")
        known: dict[str, Any] = {name: restored(cells[column]) for name, column in self.columns.columns.items()}
        for name in (*NEEDED, "title"):
            if name in known and not known[name]:
                raise ValueError(f"The column “{self.columns.columns[name]}” is empty.")
        known = {"title": "", "image": ""} | known
        known["title"] = " ".join(known["title"].split())
        for name, most in LONGEST.items():
            if len(known[name]) > most:
                raise ValueError(f"The {name} has {len(known[name]):,} characters; the limit is {most:,}.")
        known["price"], currency = read_price(known.get("price", ""), self._style)
        known["currency"] = known.get("currency", "").upper() or currency
        if currency not in ("", known["currency"]):
            raise ValueError(f"The price is in {currency}, the column of currencies says {known['currency'][:10]}.")
        known["tags"] = tuple(tag.strip() for tag in re.split(r"[|;,]", known.get("tags", "")) if tag.strip())
        extra = {
            name: float(cells[column]) if column in self._numeric else restored(cells[column])
            for column, name in self._extra.items()
            if cells[column]
        }
        return Product(**known, extra=extra)

    def _surveyed(self) -> tuple[int, frozenset[str], Style]:
        """Count the rows; find the extra columns that hold numbers alone, and how prices are written."""
        count, numeric, filled, style = 0, set(self._extra), set[str](), Style()
        price = self.columns.columns.get("price", "")
        for _, cells in self._table.rows():
            count += 1
            style = style.seen(cells[price]) if price else style
            given = {column for column in numeric if cells[column]}
            filled |= given
            numeric -= {column for column in given if not _is_number(cells[column])}
        return count, frozenset(numeric & filled), style


def first_of(table: Table) -> Mapping[str, str]:
    """Return the first row of a table, empty where there is none."""
    return next((cells for _, cells in table.rows()), {})


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
