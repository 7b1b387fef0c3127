"""Find objects with the shipped network: class-agnostic boxes, named afterwards by a labeller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from searchcore.detectors.base import Description, Detection, Detector, Labeller
from searchcore.geometry import Box, Size
from searchcore.images import MIN_CROP, Picture

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL: Final = Path(__file__).with_name("local.onnx")
PASSES: Final = ((160, 0.5, 9.0), (224, 0.25, 0.7), (448, 0.0, 0.4))
"""Side in pixels that the picture is scaled to, and the box sizes kept, as long side over the picture's long side."""
THRESHOLD: Final = 0.4
MOST: Final = 10
SAME: Final = 0.5
PART: Final = 0.85
NEARLY: Final = 0.8
UNNAMED: Final = "object"

_STEP: Final = 32
_CELL: Final = 4
_PADDING: Final = 114
_PROMISING: Final = 100
_OUTWARD: Final = np.array([-1, -1, 1, 1])

Proposal = tuple[Box, float]


class LocalDetector(Detector):
    """Propose boxes in three sizes of the picture; `labeller` names them, else they are called "object".

    The confidence of a detection is the chance that the box holds one thing, times the labeller's confidence.
    """

    name = "local"

    def __init__(self, labeller: Labeller | None = None, model: Path = MODEL, threshold: float = THRESHOLD) -> None:
        self._labeller = labeller
        self._model = model
        self._threshold = threshold

    def detect(self, picture: Picture) -> list[Detection]:
        """Return at most ten objects, the surest first; none on an empty wall."""
        proposals = self.propose(picture)
        if self._labeller is None or not proposals:
            return _unnamed(proposals)
        labels = self._labeller([picture.crop(box) for box, _ in proposals])
        found = [
            Detection(label.name, score * label.confidence, box, label.tags)
            for (box, score), label in zip(proposals, labels, strict=True)
        ]
        return sorted(found, key=lambda detection: -detection.confidence)

    def describe(self, pictures: Sequence[Picture], objects: bool = False) -> list[Description]:
        """Return the objects without names: what a catalogue calls them is not known while it is loaded."""
        return [Description(objects=tuple(_unnamed(self.propose(each))) if objects else ()) for each in pictures]

    def propose(self, picture: Picture) -> list[Proposal]:
        """Return boxes with the chance that each holds one thing, best first."""
        found: list[Proposal] = []
        for side, smallest, largest in PASSES:
            seen = self._look(picture.image, side)
            found += [proposal for proposal in seen if smallest <= _extent(proposal[0], picture.size) < largest]
        return _distinct([each for each in found if _can_be_cut(each[0], picture.size)])[:MOST]

    @cached_property
    def _session(self) -> InferenceSession:
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415  a page without photos starts faster

        options = SessionOptions()
        # Two threads collapse when a page and an ingest share two cores; one is fast enough.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return InferenceSession(str(self._model), options, providers=["CPUExecutionProvider"])

    def _look(self, image: Image.Image, side: int) -> list[Proposal]:
        scale = side / max(image.size)
        size = max(8, round(image.width * scale)), max(8, round(image.height * scale))
        small = np.asarray(image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0))
        score, reach = self._session.run(None, {"picture": _padded(small)})
        return list(_decoded(score[0, 0], reach[0], size, self._threshold))


def _unnamed(proposals: Sequence[Proposal]) -> list[Detection]:
    return [Detection(UNNAMED, score, box) for box, score in proposals]


def _padded(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return (1, 3, h, w) with h and w rounded up to a multiple of 32."""
    height, width = pixels.shape[:2]
    room = ((0, -height % _STEP), (0, -width % _STEP), (0, 0))
    return np.pad(pixels, room, constant_values=_PADDING).transpose(2, 0, 1)[None].astype(np.float32)


def _decoded(
    score: NDArray[np.float32], reach: NDArray[np.float32], size: Size, threshold: float
) -> Iterable[Proposal]:
    """Turn peaks and distances (left, top, right, bottom in pixels) into boxes inside the picture."""
    rows, columns = np.nonzero(score >= threshold)
    best = np.argsort(-score[rows, columns], kind="stable")[:_PROMISING]
    for row, column in zip(rows[best], columns[best], strict=True):
        middle = (np.array([column, row, column, row]) + 0.5) * _CELL
        corners = np.clip(middle + _OUTWARD * reach[:, row, column], 0, (*size, *size))
        left, top, right, bottom = corners.tolist()
        if right - left >= 2 and bottom - top >= 2:
            yield Box.from_pixels(left, top, right, bottom, size), float(score[row, column])


def _can_be_cut(box: Box, size: Size) -> bool:
    left, top, right, bottom = box.to_pixels(size)
    return min(right - left, bottom - top) >= MIN_CROP


def _extent(box: Box, size: Size) -> float:
    """Return the box's long side over the picture's."""
    return max(box.width * size[0], box.height * size[1]) / max(size)


def _distinct(proposals: list[Proposal]) -> list[Proposal]:
    """Keep the best of boxes that overlap by half; a box inside a better one stays if it is nearly as sure."""
    kept: list[Proposal] = []
    for box, score in sorted(proposals, key=lambda proposal: -proposal[1]):
        if not any(_repeats(box, score, better, best) for better, best in kept):
            kept.append((box, score))
    return kept


def _repeats(box: Box, score: float, better: Box, best: float) -> bool:
    """Tell a second box of one thing, or a part of it, from a thing of its own such as a cushion on a sofa."""
    return box.iou(better) >= SAME or (box.inside(better) >= PART and score < NEARLY * best)
