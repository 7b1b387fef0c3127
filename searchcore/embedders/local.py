"""The embedded embedder: shape, colour and patches, each whitened, weighted and joined into one vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from searchcore.blas import one_thread
from searchcore.embedders import local_colour, local_shape
from searchcore.embedders.base import Embedder, EmbedderSpec, Role
from searchcore.embedders.local_frame import Frame, Plane, frame
from searchcore.embedders.local_patches import Dictionary
from searchcore.embedders.local_trim import trimmed
from searchcore.errors import SearchError
from searchcore.images import Picture
from searchcore.vectors import Vectors, unit_rows

MATRICES: Final = Path(__file__).with_name("local.npz")
BLOCKS: Final = ("shape", "colour", "patches")
BLOCK_DIMENSION: Final = 128
WEIGHTS: Final = {"shape": 0.6, "colour": 0.4, "patches": 0.6}
EVEN: Final = 0.5
_REACH: Final = 4.0
"""How many times stronger a block gets, and its opposite weaker, at either end of the shape - colour control."""


@dataclass(frozen=True, slots=True)
class Whitening:
    """Turn one block's descriptor, shape (d,), into 128 numbers of equal worth and unit length."""

    mean: Plane
    matrix: Plane

    def __call__(self, descriptor: Plane) -> Plane:
        # An even picture has no shape at all: its zero descriptor still lands on one fixed point.
        length = max(float(np.linalg.norm(descriptor)), 1e-9)
        return _unit(np.asarray((descriptor / length - self.mean) @ self.matrix, dtype=np.float32))


class LocalEmbedder(Embedder):
    """Embed pictures with NumPy and Pillow alone; no account, no download, no text side."""

    spec = EmbedderSpec(
        name="local",
        dimension=len(BLOCKS) * BLOCK_DIMENSION,
        modalities=frozenset({"image"}),
        model_key="local-hand-1@384",
        weak_below=0.36,
        emphasis=True,
    )

    def __init__(self, emphasis: float = EVEN, matrices: Path = MATRICES) -> None:
        """Load the shipped matrices; `emphasis` is that of queries which name none, 0 (shape) to 1 (colour)."""
        self._emphasis = checked(emphasis)
        with np.load(matrices) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        self._dictionary = dictionary_of(arrays)
        self._whitenings = {block: Whitening(arrays[f"{block}_mean"], arrays[f"{block}_matrix"]) for block in BLOCKS}

    def embed_images(self, pictures: Sequence[Picture], role: Role = "index") -> Vectors:
        """Return float32 of shape (n, 384), rows of unit length; both roles are embedded alike, at an even emphasis."""
        if not pictures:
            return np.empty((0, self.spec.dimension), dtype=np.float32)
        with one_thread():
            return unit_rows([self._joined(picture.image, WEIGHTS) for picture in pictures], self.spec.dimension)

    def embed_query(self, picture: Picture, emphasis: float | None = None) -> Vectors:
        """Return the vector of the picture and, if it has an even margin, that without the margin: (1 or 2, 384)."""
        weights = emphasised(self._emphasis if emphasis is None else checked(emphasis))
        without_margin = trimmed(picture.image)
        images = [picture.image] if without_margin is None else [picture.image, without_margin]
        with one_thread():
            return unit_rows([self._joined(image, weights) for image in images], self.spec.dimension)

    def _joined(self, image: Image.Image, weights: Mapping[str, float]) -> Plane:
        descriptors = describe(frame(image), self._dictionary)
        return np.concatenate([weights[block] * self._whitenings[block](descriptors[block]) for block in BLOCKS])


def dictionary_of(arrays: Mapping[str, Plane]) -> Dictionary:
    """Pick the patch dictionary out of the shipped arrays."""
    return Dictionary(arrays["atoms"], arrays["patch_mean"], arrays["patch_matrix"])


def describe(pixels: Frame, dictionary: Dictionary) -> dict[str, Plane]:
    """Return the raw descriptor of each block."""
    return {
        "shape": local_shape.describe(pixels),
        "colour": local_colour.describe(pixels),
        "patches": dictionary.describe(pixels),
    }


def emphasised(emphasis: float) -> dict[str, float]:
    """Return the weights of a query's blocks.

    Blocks lie side by side, so the cosine with an indexed vector is the sum over blocks of query weight x index
    weight x the block's own cosine: weighting the query alone weights the score, and an index serves every setting.
    """
    tilt = _REACH ** (2 * emphasis - 1)
    return {**WEIGHTS, "shape": WEIGHTS["shape"] / tilt, "colour": WEIGHTS["colour"] * tilt}


def checked(emphasis: float) -> float:
    """Return the emphasis; raises SearchError outside 0..1."""
    if not 0 <= emphasis <= 1:
        raise SearchError(
            f"The emphasis {emphasis:g} is outside 0 to 1.", "Choose 0 for shape, 1 for colour, 0.5 for both."
        )
    return emphasis


def _unit(vector: Plane) -> Plane:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)
