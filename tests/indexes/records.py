"""Records in the dimension of the OpenSearch node's tests."""

from __future__ import annotations

import numpy as np

from searchcore import Product
from searchcore.indexes.base import Record
from tests.opensearch_node import DIMENSION


def axis(number):
    return np.eye(DIMENSION, dtype=np.float32)[number]


def record(product_id, vector=None, **fields) -> Record:
    return Record(Product(product_id, f"Title {product_id}", f"{product_id}.jpg", **fields),
                  axis(0) if vector is None else vector)  # fmt: skip


def ids(hits):
    return [hit.product.id for hit in hits]
