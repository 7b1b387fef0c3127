"""The stream of augmented batches read from chunks of composites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from canvas import MIN_VISIBLE, Composite
from chunks import read_chunk
from compose import PADDING
from grounds import SIDE, Rng
from loss import targets
from net import STRIDE
from torch import Tensor
from torch.utils.data import IterableDataset

POOL = 3
VIEW = 192
SMALLEST = 5
Sample = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def moved(rng: Rng, picture: np.ndarray, boxes: np.ndarray) -> Composite:
    """Zoom, stretch, shift and mirror a composite into a view; a box that loses most of itself is ignored."""
    stretch = np.exp(rng.normal(0, 0.07))
    zoom = np.exp(rng.uniform(-0.5, 0.15)) * np.array([stretch, 1 / stretch])
    shift = rng.uniform(0, 1, 2) * (VIEW - zoom * SIDE)
    if rng.random() < 0.5:
        zoom[0], shift[0] = -zoom[0], VIEW - shift[0]
    matrix = np.array([[zoom[0], 0, shift[0]], [0, zoom[1], shift[1]]], np.float32)
    turned = rng.random() < 0.08
    picture = cv2.warpAffine(picture, matrix, (VIEW, VIEW), flags=cv2.INTER_LINEAR, borderValue=[PADDING] * 3)
    corners = boxes[:, :4].reshape(-1, 2, 2) * zoom + shift
    corners = np.concatenate([corners.min(1), corners.max(1)], 1)
    kept = np.clip(corners, 0, VIEW)
    share = np.prod(kept[:, 2:] - kept[:, :2], 1) / np.maximum(np.prod(corners[:, 2:] - corners[:, :2], 1), 1e-6)
    small = (kept[:, 2:] - kept[:, :2]).max(1, initial=0) < SMALLEST
    ignored = (boxes[:, 4] > 0) | (share < MIN_VISIBLE) | small
    boxes = np.column_stack([kept, ignored])[share > 0.05].astype(np.float32)
    if turned:
        picture, boxes = picture.transpose(1, 0, 2), boxes[:, [1, 0, 3, 2, 4]]
    return picture, boxes


def coloured(rng: Rng, picture: np.ndarray) -> np.ndarray:
    """Change brightness, contrast, saturation and, rarely, the order of the channels."""
    image = picture.astype(np.float32)
    grey = image.mean(2, keepdims=True)
    image = grey + (image - grey) * rng.uniform(0.4, 1.4)
    image = (image - 128) * rng.uniform(0.65, 1.3) + 128 + rng.normal(0, 14)
    if rng.random() < 0.15:
        image = image[..., rng.permutation(3)]
    if rng.random() < 0.15:
        coarse = int(VIEW * rng.uniform(0.4, 0.8))
        image = cv2.resize(cv2.resize(image, (coarse, coarse), interpolation=cv2.INTER_AREA), (VIEW, VIEW))
    return np.clip(image, 0, 255).astype(np.uint8)


class Stream(IterableDataset[Sample]):
    """An endless stream of augmented samples from a sliding pool of chunks; new files join as they appear."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed

    def __iter__(self) -> Iterator[Sample]:
        """Yield (picture (3, VIEW, VIEW), heat, weight, box map)."""
        rng = np.random.default_rng(self.seed)
        seen: dict[Path, int] = {}
        while True:
            files = sorted(self.folder.glob("chunk_?????.npz"))
            files.sort(key=lambda file: (seen.get(file, 0), rng.random()))
            pool = files[:POOL]
            blobs: list[np.ndarray] = []
            boxes: list[np.ndarray] = []
            for file in pool:
                seen[file] = seen.get(file, 0) + 1
                chunk = read_chunk(file)
                blobs += chunk[0]
                boxes += chunk[1]
            for k in rng.permutation(len(blobs)):
                picture = cv2.imdecode(blobs[k], cv2.IMREAD_COLOR)[..., ::-1]
                picture, found = moved(rng, picture, boxes[k])
                maps = targets(found, VIEW // STRIDE)
                yield np.ascontiguousarray(coloured(rng, picture).transpose(2, 0, 1)), *maps


def batch(samples: list[Sample]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Stack samples."""
    pictures, heat, weight, box_map = (torch.from_numpy(np.stack(part)) for part in zip(*samples, strict=True))
    return pictures, heat, weight, box_map
