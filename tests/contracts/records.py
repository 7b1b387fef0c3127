"""Records whose right answers are obvious."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchcore import Product
from searchcore.indexes.base import Record
from tests.contracts.registry import DIMENSION

CLOSE = 1e-5


def axis(number: int) -> np.ndarray:
    return np.eye(DIMENSION, dtype=np.float32)[number]


def towards(cosine: float) -> np.ndarray:
    """Return a unit vector of that cosine with the first axis."""
    return cosine * axis(0) + np.sqrt(1 - cosine**2) * axis(1)


def record(product_id: str, vector: Sequence[float] | np.ndarray | None = None, **fields: object) -> Record:
    fields = {"title": product_id, "image": f"{product_id}.jpg"} | fields
    return Record(Product(id=product_id, **fields), axis(0) if vector is None else vector, f"hash of {product_id}")


def ids(hits) -> list[str]:
    return [hit.product.id for hit in hits]
