"""Products, and the manifest (a CSV file) that they are read from."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from searchcore.errors import ManifestRefused

_NOTHING: Final[Mapping[str, str | float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Product:
    """Describe one product; `image` is the key of its picture, `extra` keeps the fields the catalogue brought along.

    `labels` are the last of the tags: those that a detector saw in the picture.
    """

    id: str
    title: str
    image: str
    category: str = ""
    subcategory: str = ""
    brand: str = ""
    price: float | None = None
    currency: str = ""
    colour: str = ""
    material: str = ""
    pattern: str = ""
    tags: tuple[str, ...] = ()
    group_id: str = ""
    description: str = ""
    extra: Mapping[str, str | float] = field(default_factory=lambda: _NOTHING, hash=False)
    labels: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The id under which variants are collapsed: the group's, or the product's own."""
        return self.group_id or self.id

    @property
    def unlabelled(self) -> Product:
        """The product as its catalogue describes it."""
        return replace(self, tags=self.tags[: len(self.tags) - len(self.labels)], labels=())

    def labelled(self, seen: Iterable[str]) -> Product:
        """Add what a detector saw to the tags."""
        labels = tuple(name for name in dict.fromkeys(seen) if name not in self.tags)
        return replace(self, tags=(*self.tags, *labels), labels=labels)

    def terms(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to filter by value: field name -> values, empty ones left out."""
        named = {name: getattr(self, name) for name in TERM_FIELDS}
        named |= {name: value for name, value in self.extra.items() if isinstance(value, str)}
        return {name: (value,) for name, value in named.items() if value} | ({"tags": self.tags} if self.tags else {})

    def numbers(self) -> dict[str, float]:
        """Return the fields to filter by range: field name -> number."""
        named = {"price": self.price, **self.extra}
        return {name: float(value) for name, value in named.items() if isinstance(value, (int, float))}

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, fit for JSON."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        return plain | {"tags": list(self.tags), "labels": list(self.labels), "extra": dict(self.extra)}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Product:
        """Read what `to_dict` wrote; unknown names are ignored."""
        known = {each.name: plain[each.name] for each in fields(cls) if each.name in plain}
        lists = {name: tuple(plain.get(name, ())) for name in ("tags", "labels")}
        return cls(**known | lists | {"extra": MappingProxyType(dict(plain.get("extra", {})))})


TERM_FIELDS: Final = ("category", "subcategory", "brand", "colour", "material", "pattern")
_COLUMNS: Final = {each.name for each in fields(Product)} - {"tags", "labels", "extra"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Name a row of a manifest (the first after the header is 2) that was left out, and why."""

    row: int
    reason: str
    product_id: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hold the good rows of a product list, and what was wrong with the others."""

    products: tuple[Product, ...]
    problems: tuple[Problem, ...] = ()


def read_manifest(path: str | Path) -> Manifest:
    """Read a UTF-8 CSV file with at least the columns id, title and image; raises ManifestRefused."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ManifestRefused(
            f"The product list {path} cannot be opened.", "Name a folder that holds one of that name."
        ) from error
    except UnicodeDecodeError as error:
        raise ManifestRefused(
            f"The product list {path} cannot be read as UTF-8 text.", "Save it as CSV UTF-8."
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = {"id", "title", "image"} - set(reader.fieldnames or ())
    if missing:
        raise ManifestRefused(
            f"The product list lacks the column {' and '.join(sorted(missing))}.", "Add it to the header row."
        )
    products: dict[str, Product] = {}
    problems: list[Problem] = []
    for row, cells in enumerate(_rows(reader), start=2):
        try:
            product = _product(cells)
            if product.id in products:
                raise ValueError(f"the id {product.id} stands twice")
            products[product.id] = product
        except ValueError as error:
            problems.append(Problem(row, str(error), (cells.get("id") or "").strip()))
    return Manifest(tuple(products.values()), tuple(problems))


def _rows(reader: csv.DictReader[str]) -> Iterator[dict[str | None, Any]]:
    try:
        yield from reader
    except csv.Error as error:
        raise ManifestRefused(
            f"The product list cannot be read on from line {reader.line_num}: {error}.", "Look for an unclosed quote."
        ) from error


def _product(cells: Mapping[str | None, Any]) -> Product:
    values = {
        str(name).strip(): (value or "").strip()
        for name, value in cells.items()
        if name and not isinstance(value, list)
    }
    for name in ("id", "title", "image"):
        if not values.get(name):
            raise ValueError(f"the {name} is empty")
    known: dict[str, Any] = {name: value for name, value in values.items() if name in _COLUMNS}
    known["price"] = _price(values.get("price", ""))
    tags = values.get("style_tags") or values.get("tags", "")
    extra = {name: value for name, value in values.items() if value and name not in _COLUMNS | {"tags", "style_tags"}}
    return Product(
        **known, tags=tuple(tag.strip() for tag in tags.split("|") if tag.strip()), extra=MappingProxyType(extra)
    )


def _price(text: str) -> float | None:
    if not text:
        return None
    try:
        price = float(text)
    except ValueError:
        raise ValueError(f"the price “{text[:40]}” is no number") from None
    if not math.isfinite(price) or price < 0:
        raise ValueError(f"the price {text[:40]} is no price")
    return price
