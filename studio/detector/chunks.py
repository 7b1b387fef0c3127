"""Composites on disk: an .npz holds `jpeg` (bytes of all pictures), `ends` (n,), `boxes` (m, 6).

A row of `boxes` is picture number, left, top, right, bottom in pixels, 1 = ignore.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np


def write_chunk(file: Path, jpegs: Sequence[np.ndarray], boxes: Sequence[np.ndarray]) -> None:
    """Write encoded pictures (bytes as uint8) and the boxes (n, 5) of each; the file appears when it is whole."""
    part = file.with_suffix(".part.npz")
    rows = [np.insert(found, 0, number, axis=1) for number, found in enumerate(boxes)]
    np.savez(part, jpeg=np.concatenate(jpegs), ends=np.cumsum([len(j) for j in jpegs]), boxes=np.concatenate(rows))
    part.rename(file)


def read_chunk(file: Path) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return the encoded pictures and their boxes (n, 5)."""
    with np.load(file) as stored:
        jpegs = np.split(stored["jpeg"], stored["ends"][:-1])
        boxes = stored["boxes"].astype(np.float32)
    return jpegs, [boxes[boxes[:, 0] == number, 1:] for number in range(len(jpegs))]
