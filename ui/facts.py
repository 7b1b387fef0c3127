"""Names and values as a list, shown as the plain text they are."""

from __future__ import annotations

from collections.abc import Mapping

from searchcore import Product
from ui import format
from ui.mount import component, mount

_RENDER = component("facts", "outbox")


def facts(values: Mapping[str, str], *, key: str) -> None:
    """Draw a description list; empty values are left out."""
    rows = [[name, value] for name, value in values.items() if value]
    mount(_RENDER, key, {"rows": rows}, lambda event: None)


def of_product(product: Product) -> dict[str, str]:
    """Return every field of a product that a shopper would read."""
    named = {
        "Brand": product.brand,
        "Price": format.price(product.price, product.currency),
        "Category": " · ".join(dict.fromkeys(each for each in (product.category, product.subcategory) if each)),
        "Colour": product.colour,
        "Material": product.material,
        "Pattern": product.pattern,
        "Style": ", ".join(product.tags),
        "Description": product.description,
    }
    extra = {name.replace("_", " ").capitalize(): f"{value}" for name, value in product.extra.items()}
    return named | extra | {"Id": product.id}
