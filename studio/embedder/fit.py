"""Fit the embedded embedder's matrices: python -m studio.embedder.fit --training FOLDER."""

from __future__ import annotations

import argparse
import logging
import random
from pathlib import Path

import numpy as np
from PIL import Image

from searchcore.embedders.local import BLOCK_DIMENSION, BLOCKS, MATRICES, describe
from searchcore.embedders.local_frame import Frame, Plane, frame
from searchcore.embedders.local_patches import Dictionary
from studio.embedder import dictionary, whitening
from studio.embedder.distort import some
from studio.embedder.pictures import TRAIN, read

RIDGE = {"shape": 2.0, "colour": 2.0, "patches": 0.3}
SEED = 7
_log = logging.getLogger(__name__)


def fit(images: list[Image.Image]) -> dict[str, Plane]:
    """Return every array the embedder ships, by name."""
    rng = random.Random(SEED)
    frames = [frame(image) for image in images]
    copies = [frame(some(image, rng)) for image in images]
    _log.info("%d pictures read; learning the patch dictionary", len(images))
    patterns = dictionary.learn(frames, np.random.default_rng(SEED))
    _log.info("describing the pictures and their distorted copies")
    described, distorted = _described(frames, patterns), _described(copies, patterns)
    arrays = {"atoms": patterns.atoms, "patch_mean": patterns.mean, "patch_matrix": patterns.matrix}
    for block in BLOCKS:
        _log.info("whitening %s", block)
        mean, matrix = whitening.learn(described[block], distorted[block], BLOCK_DIMENSION, RIDGE[block])
        arrays |= {f"{block}_mean": mean, f"{block}_matrix": matrix}
    return arrays


def _described(frames: list[Frame], patterns: Dictionary) -> dict[str, Plane]:
    rows = [describe(pixels, patterns) for pixels in frames]
    blocks = {block: np.array([row[block] for row in rows], dtype=np.float32) for block in BLOCKS}
    return {block: x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9) for block, x in blocks.items()}


def main() -> None:
    """Read the train pictures, fit, and write the matrices beside the embedder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--training", type=Path, required=True, help="folder with " + " and ".join(TRAIN))
    parser.add_argument("--out", type=Path, default=MATRICES)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    images = [image for name in TRAIN for image in read(options.training / name).images]
    arrays = {name: array.astype(np.float16) for name, array in fit(images).items()}
    np.savez_compressed(options.out, **arrays)
    _log.info("wrote %s: %.2f MB", options.out, options.out.stat().st_size / 1e6)


if __name__ == "__main__":
    main()
