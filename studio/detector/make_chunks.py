"""Compose training pictures and write them in chunks.

    python make_chunks.py CLOTHING RENDERED SCENES CHUNKS --first 0 --count 20

CLOTHING is what cutouts.py wrote; RENDERED holds `<category>-<...>.png` (RGBA), as studio.render cutouts writes them;
SCENES holds what studio.scenes cheap writes. Either may still be empty.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
from chunks import write_chunk
from compose import compose
from grounds import Rng
from stock import read_stock

CHUNK = 2000


def encoded(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """Return a JPEG, mostly of good quality."""
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(100 - 60 * rng.random() ** 2)]
    return np.asarray(cv2.imencode(".jpg", picture[..., ::-1], quality)[1])


def main() -> None:
    """Write the chunks; a chunk depends on its number and the cut-outs alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clothing", type=Path)
    parser.add_argument("rendered", type=Path)
    parser.add_argument("scenes", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    stock = read_stock(arguments.clothing, arguments.rendered, arguments.scenes, np.random.default_rng(0))
    for number in range(arguments.first, arguments.first + arguments.count):
        rng = np.random.default_rng([number, 1])
        made = [compose(stock, rng) for _ in range(CHUNK)]
        pictures, boxes = [encoded(picture, rng) for picture, _ in made], [found for _, found in made]
        write_chunk(arguments.out / f"chunk_{number:05}.npz", pictures, boxes)


if __name__ == "__main__":
    main()
