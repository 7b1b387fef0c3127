"""Which column of a product list holds which field: guessed from its name, shown, and corrected by a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from searchcore.errors import ManifestRefused
from searchcore.ingest.files import is_picture

NEEDED: Final = ("id",)
"""A list of ids and prices alone still tells something of products that are stored."""

WHY: Final = "why it was not loaded"
"""The column that a list of refused rows has beside its own; it is no field of a product."""

# The field's own name first, then what shops, feeds and data sets call it, then other languages; the earlier the surer.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "id", "sku", "variant sku", "product id", "item id", "article id", "article number", "article", "handle",
        "gtin", "ean", "code", "artikelnummer", "artikelnr", "art nr", "artikel", "nummer", "référence", "referencia",
        "codice",
    ),
    "title": (
        "title", "name", "product name", "product title", "product display name", "display name", "item name",
        "bezeichnung", "artikelbezeichnung", "produktname", "titel", "nom", "titre", "désignation", "nombre", "título",
        "nome", "titolo",
    ),
    "image": (
        "image", "image path", "picture", "photo", "img", "image file", "image src", "images", "file name", "file",
        "path", "image link", "image url", "picture url", "key", "bild", "bilder", "bilddatei", "foto", "photos",
        "fichier", "imagen", "immagine",
    ),
    "category": (
        "category", "master category", "product category", "categories", "department", "product type", "type", "class",
        "kategorie", "warengruppe", "catégorie", "categoría", "categoria",
    ),
    "subcategory": ("subcategory", "sub category", "article type", "unterkategorie", "sous catégorie", "subcategoría"),
    "brand": ("brand", "brand name", "vendor", "manufacturer", "marke", "hersteller", "marque", "marca"),
    "price": (
        "price", "sale price", "list price", "unit price", "variant price", "regular price", "preis", "verkaufspreis",
        "vk preis", "vk", "prix", "precio", "prezzo",
    ),
    "currency": ("currency", "currency code", "währung", "devise", "moneda", "valuta"),
    "colour": (
        "colour", "color", "base colour", "base color", "colour name", "color name", "farbe", "farbton",
        "couleur", "colore",
    ),
    "material": ("material", "fabric", "matière", "materiale"),
    "pattern": ("pattern", "print", "muster", "motif"),
    "tags": ("style tags", "tags", "keywords", "labels", "schlagworte", "mots clés", "etiquetas"),
    "group_id": ("group id", "item group id", "group", "parent id", "parent", "style id", "model", "modell"),
    "description": (
        "description", "details", "long description", "body", "body html", "short description", "text", "beschreibung",
        "descripción", "descrizione",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Map fields of a product to column names; a field that no column holds is left out."""

    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    @classmethod
    def guess(cls, header: Sequence[str], first: Mapping[str, str] = MappingProxyType({})) -> ColumnMap:
        """Take for each field the column whose name says so most surely, each column once.

        Where no name tells, the picture is the column whose cell in the `first` row ends like a picture's name.
        """
        free, found = {_plain(name): name for name in reversed(header)}, {}
        for wanted, names in NAMES.items():
            known = next((name for each in names if (name := _plain(each)) in free), None)
            if known is not None:
                found[wanted] = free.pop(known)
        pictures = [name for name in header if name in free.values() and is_picture(first.get(name, ""))]
        if "image" not in found and pictures:
            found["image"] = pictures[0]
        return cls(MappingProxyType(found))

    def corrected(self, **columns: str) -> ColumnMap:
        """Return a map with some fields read from other columns; an empty name takes a field out."""
        unknown = columns.keys() - NAMES.keys()
        if unknown:
            raise ManifestRefused(f"A product has no field {sorted(unknown)[0]}.", f"Choose of: {', '.join(NAMES)}.")
        # A column that a person gives to one field is no longer the guess for another.
        taken = set(columns.values())
        kept = {name: column for name, column in self.columns.items() if column not in taken}
        return ColumnMap(MappingProxyType({name: column for name, column in {**kept, **columns}.items() if column}))

    def check(self, header: Sequence[str]) -> None:
        """Raise ManifestRefused where a needed field has no column, or a column is not in the list."""
        missing = [name for name in NEEDED if name not in self.columns]
        if missing:
            raise ManifestRefused(
                f"The product list lacks the column {' and '.join(missing)}; "
                f"its columns are: {', '.join(header)[:300] or 'none'}.",
                "Add it to the header row, or say which column it is.",
            )
        absent = [column for column in self.columns.values() if column not in header]
        if absent:
            raise ManifestRefused(
                f"The product list has no column “{absent[0][:60]}”.", f"Choose of: {', '.join(header)[:300]}."
            )

    def extra(self, header: Sequence[str]) -> dict[str, str]:
        """Return column -> name of the field kept beside the known ones."""
        rest = [name for name in header if name and name != WHY and name not in self.columns.values()]
        # An extra field named like a known one would overwrite it in the filters.
        return {name: f"listed {name}" if name in NAMES else name for name in rest}


def _plain(name: str) -> str:
    """Return the letters and digits of a name, without case and accents."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^a-z0-9]", "", letters)
