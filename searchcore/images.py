"""Turn bytes into a checked, upright, RGB picture, and a picture back into clean bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from searchcore.errors import PictureRefused
from searchcore.geometry import Box, Size

FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP")
"""What is decoded. Everything else is refused before a decoder sees it."""

MAX_BYTES: Final = 25_000_000
MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 2048
"""Longer pictures are shrunk to this side: enough for a crop, and what the services accept."""
MIN_SIDE: Final = 16
MIN_CROP: Final = 8
MAX_ASPECT: Final = 20

Taken = TypeVar("Taken")
_USE_THESE: Final = "Use a JPEG, PNG, WebP, AVIF, GIF or BMP picture."

# Image.open(formats=...) fails on a format whose plugin is not loaded yet; WebP and AVIF load late. MPO opens as JPEG.
Image.init()


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Hold one upright RGB picture of at most 2048 px a side; `id` is the sha256 of the bytes it came from."""

    id: str
    image: Image.Image = field(repr=False)

    @classmethod
    def from_bytes(cls, data: bytes) -> Picture:
        """Decode a picture file; raises PictureRefused with the reason."""
        return cls(hashlib.sha256(data).hexdigest(), _decode(data))

    @classmethod
    def from_file(cls, path: str | Path) -> Picture:
        """Read and decode a picture file; raises PictureRefused with the reason."""
        try:
            return cls.from_bytes(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            raise PictureRefused(
                f"The file {path} cannot be read.", "Check the name and whether you may read it."
            ) from error

    @classmethod
    def from_image(cls, image: Image.Image) -> Picture:
        """Take a decoded Pillow image of any mode; raises PictureRefused for its size or shape."""
        _check_shape(image.size)
        upright = _upright_rgb(image.copy())
        return cls(hashlib.sha256(upright.tobytes() + repr(upright.size).encode()).hexdigest(), upright)

    @property
    def size(self) -> Size:
        return self.image.size

    def crop(self, box: Box) -> Picture:
        """Cut out a box, widened where it is a mere line; raises PictureRefused when it is smaller than 8 px."""
        corners = self.widened(box).to_pixels(self.size)
        if min(corners[2] - corners[0], corners[3] - corners[1]) < MIN_CROP:
            raise PictureRefused(f"The chosen part is under {MIN_CROP} pixels.", "Choose a larger part of the photo.")
        if corners == (0, 0, *self.size):
            return self
        return Picture(hashlib.sha256(f"{self.id}{corners}".encode()).hexdigest(), self.image.crop(corners))

    def widened(self, box: Box) -> Box:
        """Return the box itself or, where it is too thin to show anything, one a twentieth as wide as it is long."""
        width, height = box.clamped().width * self.size[0], box.clamped().height * self.size[1]
        if max(width, height) <= MAX_ASPECT * min(width, height):
            return box.clamped()
        least = max(width, height) / MAX_ASPECT
        extra_x, extra_y = (max(least - width, 0) / self.size[0], max(least - height, 0) / self.size[1])
        left = min(max(box.left - extra_x / 2, 0), 1 - box.width - extra_x) if extra_x else box.left
        top = min(max(box.top - extra_y / 2, 0), 1 - box.height - extra_y) if extra_y else box.top
        return Box(left, top, box.width + extra_x, box.height + extra_y).clamped()

    def shrunk(self, side: int) -> Image.Image:
        """Return a copy whose longer side is at most `side` pixels; never enlarged."""
        copy = self.image.copy()
        copy.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return copy

    def pixels(self) -> NDArray[np.uint8]:
        """Return the pixels, shape (height, width, 3)."""
        return np.asarray(self.image)

    def to_jpeg(self, side: int = MAX_SIDE, quality: int = 90) -> bytes:
        """Encode as JPEG without any metadata, the longer side at most `side` pixels."""
        return encode(self.shrunk(side), "JPEG", quality=quality, optimize=True)

    def to_png(self) -> bytes:
        """Encode as PNG without any metadata."""
        return encode(self.image, "PNG")


def check_header(data: bytes) -> None:
    """Raise PictureRefused where a file's header says already that it is no picture that can be taken."""
    _opened(data, lambda image: None)


def media_type(data: bytes) -> str:
    """Return the MIME type of a picture file that can be decoded."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        return Image.MIME["JPEG" if image.format in (None, "MPO") else image.format]


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    """Encode pixels alone: nothing that the source file carried beside them comes along."""
    buffer = io.BytesIO()
    clean = Image.fromarray(np.asarray(image))
    clean.save(buffer, kind, **options)
    return buffer.getvalue()


def _decode(data: bytes) -> Image.Image:
    def decoded(image: Image.Image) -> Image.Image:
        # Lets a JPEG decode at a half, a quarter or an eighth: a phone photo costs a tenth of the memory.
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        image.load()
        return _upright_rgb(image)

    return _opened(data, decoded)


def _opened(data: bytes, take: Callable[[Image.Image], Taken]) -> Taken:
    """Return what `take` gives for the picture in `data`, once its header is found to be in order."""
    if not data:
        raise PictureRefused("The file is empty.", "Choose another file.")
    if len(data) > MAX_BYTES:
        raise PictureRefused(
            f"The file has {len(data) / 1e6:.0f} MB; the limit is {MAX_BYTES // 1_000_000} MB.",
            "Save it smaller and try again.",
        )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_shape(image.size)
            return take(image)
    except PictureRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PictureRefused(
            f"The picture claims more than {MAX_PIXELS / 1e6:.0f} megapixels.", "Save it smaller."
        ) from error
    except Exception as error:
        # Decoders raise nearly anything on hostile bytes (OSError, SyntaxError, struct.error, EOFError ...).
        raise PictureRefused(_why_not(data), _USE_THESE) from error


def _why_not(data: bytes) -> str:
    brand = data[4:12]
    if brand.startswith(b"ftyp") and brand[4:] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        return "This is a HEIC photo, as iPhones keep them."
    if data[:2] in (b"\xff\xd8", b"\x89P") or data[:4] in (b"RIFF", b"GIF8"):
        return "The picture is damaged or cut off."
    return "This file is no picture that can be read here."


def _check_shape(size: Size) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise PictureRefused(
            f"The picture has {width} × {height} pixels ({width * height / 1e6:.0f} megapixels); "
            f"the limit is {MAX_PIXELS // 1_000_000} megapixels.",
            "Save it smaller and try again.",
        )
    if min(size) < MIN_SIDE:
        raise PictureRefused(
            f"The picture is only {width} × {height} pixels.", f"Use one of at least {MIN_SIDE} pixels a side."
        )
    if max(size) > MAX_ASPECT * min(size):
        raise PictureRefused(
            f"The picture is {width} × {height} pixels: a strip.",
            f"Use one at most {MAX_ASPECT} times as long as it is wide.",
        )


def _upright_rgb(own: Image.Image) -> Image.Image:
    # Changes the image it is given: a further copy takes nearly as long as decoding.
    ImageOps.exif_transpose(own, in_place=True)
    if own.mode.startswith("I") or own.mode == "F":
        own = _eight_bits(own)
    if own.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in own.info:
        layer = own.convert("RGBA")
        own = Image.new("RGBA", layer.size, "white")
        own.alpha_composite(layer)
    rgb = own if own.mode == "RGB" else own.convert("RGB")
    if max(rgb.size) > MAX_SIDE:
        rgb.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    # A plain copy: no EXIF, no profile, no tie to the file's buffer.
    plain = Image.new("RGB", rgb.size)
    plain.paste(rgb)
    return plain


def _eight_bits(image: Image.Image) -> Image.Image:
    values = np.asarray(image, dtype=np.float64)
    scale = 257.0 if values.max(initial=0) > 255 else 1.0
    return Image.fromarray(np.clip(values / scale, 0, 255).astype(np.uint8))
