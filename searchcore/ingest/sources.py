"""Where products and their pictures come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from searchcore.errors import NotFound
from searchcore.products import Problem, Product, read_manifest


@dataclass(frozen=True, slots=True)
class Item:
    """Pair a product with the way to its picture's bytes; `read` raises SearchError."""

    product: Product
    read: Callable[[], bytes]


class Source(Protocol):
    """Give the items of a catalogue, and what could not become one."""

    def items(self) -> Sequence[Item]: ...

    def problems(self) -> Sequence[Problem]: ...


class FolderSource:
    """Read `products.csv` and the pictures it names, both below one folder."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder).resolve()
        self._manifest = read_manifest(self._folder / "products.csv")

    def items(self) -> Sequence[Item]:
        return [Item(product, lambda key=product.image: self._read(key)) for product in self._manifest.products]  # type: ignore[misc]

    def problems(self) -> Sequence[Problem]:
        return self._manifest.problems

    def _read(self, key: str) -> bytes:
        try:
            path = (self._folder / key).resolve()
            if path.is_relative_to(self._folder):
                return path.read_bytes()
        except (OSError, ValueError) as error:
            raise NotFound(
                f"The picture {key} is missing.", "Put it beside the product list or correct its name."
            ) from error
        raise NotFound(
            f"The picture {key} lies outside the folder.", "Name pictures below the folder of the product list."
        )
