"""Products: what a catalogue is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final


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
    extra: Mapping[str, str | float] = field(default_factory=dict, hash=False)
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
        new = tuple(name for name in dict.fromkeys(seen) if name not in self.tags)
        return replace(self, tags=(*self.tags, *new), labels=(*self.labels, *new))

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
        return cls(**known | lists | {"extra": dict(plain.get("extra", {}))})


TERM_FIELDS: Final = ("category", "subcategory", "brand", "colour", "material", "pattern")
