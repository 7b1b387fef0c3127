"""Read labelled training pictures."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image
from pyarrow import parquet

TRAIN = ("clothing_train.parquet", "grocery_train.parquet")
VALIDATION = ("clothing_validation.parquet", "grocery_val.parquet")


class Labelled(NamedTuple):
    """Pictures with the label of each."""

    images: list[Image.Image]
    labels: np.ndarray


def read(path: Path) -> Labelled:
    """Read a Parquet file with the columns `label` and `webp` (or any other encoding Pillow reads)."""
    table = parquet.read_table(path, columns=["label", "webp"])
    images = [Image.open(io.BytesIO(data)).convert("RGB") for data in table["webp"].to_pylist()]
    return Labelled(images, np.array(table["label"].to_pylist()))
