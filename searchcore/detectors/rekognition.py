"""Find objects with Amazon Rekognition's DetectLabels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any, Final

from PIL import Image
from pydantic import BeforeValidator, Field

from searchcore.aws import INTERACTIVE, LOADING, AwsOptions, Calls, Patience, open_session
from searchcore.aws_errors import Unreadable
from searchcore.detectors.base import Description, Detection, Detector
from searchcore.detectors.rekognition_labels import Label, Taste, merged, read_labels
from searchcore.errors import PictureRefused
from searchcore.images import Picture, encode

MAX_BYTES: Final = 5_242_880
"""The SDK does not check it."""
LEAST_SIDE: Final = 80
MOST_SIDE: Final = 10_000
WORKERS: Final = 8
ATTEMPTS: Final = ((1600, 90), (1600, 75), (1024, 75), (640, 60))
"""Longer side in pixels and JPEG quality, until the picture is small enough: boxes are shares, so nothing is lost."""


def _names(value: object) -> object:
    """Take a list, or one text with commas as the environment gives it."""
    return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_names)]


class RekognitionOptions(AwsOptions):
    """Options of the detector `rekognition`. Names are Rekognition's own, compared whole, without regard to case."""

    min_confidence: float = Field(0.55, ge=0, le=1, description="Less sure labels are left out, 0 to 1.")
    max_labels: int = Field(100, ge=1, le=1000, description="At most so many labels a picture.")
    wanted: Names = Field((), description="Only labels of these names; parents and aliases count.")
    unwanted: Names = Field((), description="No labels of these names; parents and aliases count.")
    wanted_categories: Names = Field((), description="Only labels of these categories.")
    unwanted_categories: Names = Field((), description="No labels of these categories.")
    colours: int = Field(0, ge=0, le=20, description="So many dominant colours of an object become tags; billed extra.")
    tag_products: bool = Field(False, description="Labels become tags of products when they are loaded; billed each.")


class RekognitionDetector(Detector):
    """Find and name objects; one object under several names keeps the most special one, the others are its tags."""

    name = "rekognition"

    def __init__(
        self,
        options: RekognitionOptions = RekognitionOptions(),  # noqa: B008  frozen
        interactive: Patience = INTERACTIVE,
        loading: Patience = LOADING,
    ) -> None:
        """Open the client, without calling; raises SearchError without credentials or region."""
        self._options = options
        self._taste = Taste.of(options.wanted, options.unwanted, options.wanted_categories, options.unwanted_categories)
        session = open_session(options)
        advice = "DetectLabels takes no narrower resource than “*”."
        self._calls = Calls("rekognition", options, interactive, advice, session)
        self._loading = Calls("rekognition", options, loading, advice, session)
        self.price = 0.001 + (0.00075 if options.colours else 0.0)

    def detect(self, picture: Picture) -> list[Detection]:
        """Return the objects that have a box, the surest first; raises PictureRefused, SearchError."""
        return self._objects(self._labels(picture, self._calls))

    def describe(self, pictures: Sequence[Picture], objects: bool = False) -> list[Description]:
        """Return the names of all that is seen, with or without a box, where products are to be tagged."""
        if not pictures or not (objects or self._options.tag_products):
            return [Description() for _ in pictures]
        with ThreadPoolExecutor(min(WORKERS, len(pictures))) as pool:
            seen = list(pool.map(lambda picture: self._labels(picture, self._loading), pictures))
        return [
            Description(_names_of(labels) if self._options.tag_products else (), tuple(self._objects(labels)))
            for labels in seen
        ]

    def price_of_describing(self, objects: bool = False) -> float:
        return self.price if objects or self._options.tag_products else 0.0

    def _objects(self, labels: Sequence[Label]) -> list[Detection]:
        seen = [(label, each) for label in labels for each in label.instances]
        sure = [(label, each) for label, each in seen if each.confidence >= self._options.min_confidence]
        return merged(sure, self._options.colours)

    def _labels(self, picture: Picture, calls: Calls) -> list[Label]:
        request: dict[str, Any] = {
            "Image": {"Bytes": fitting(picture)},
            "MaxLabels": self._options.max_labels,
            "MinConfidence": self._options.min_confidence * 100,
            "Features": ["GENERAL_LABELS"],
        }
        if self._options.colours:
            request["Features"].append("IMAGE_PROPERTIES")
            request["Settings"] = {"ImageProperties": {"MaxDominantColors": self._options.colours}}
        labels = calls("detect_labels", _read, PictureRefused, **request)
        return [each for each in labels if each.confidence >= self._options.min_confidence and self._taste.likes(each)]


def fitting(picture: Picture) -> bytes:
    """Return a JPEG within the service's limits of bytes and pixels; raises PictureRefused for a strip."""
    for side, quality in ATTEMPTS:
        data = encode(_scaled(picture.image, side), "JPEG", quality=quality)
        if len(data) <= MAX_BYTES:
            return data
    raise PictureRefused("The picture cannot be made small enough for Rekognition.", "Use a smaller picture.")


def _names_of(labels: Sequence[Label]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for label in labels for name in label.names))


def _scaled(image: Image.Image, side: int) -> Image.Image:
    scale = max(min(1.0, side / max(image.size)), LEAST_SIDE / min(image.size))
    size = math.ceil(image.width * scale), math.ceil(image.height * scale)
    if max(size) > MOST_SIDE:
        raise PictureRefused("The picture is too narrow for Rekognition.", "Choose a wider part of the photo.")
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _read(reply: Mapping[str, Any]) -> list[Label]:
    # botocore turns a reply that was cut off into one without labels.
    if not isinstance(reply.get("Labels"), list):
        raise Unreadable
    return read_labels(reply["Labels"])
