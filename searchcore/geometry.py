"""Boxes in a picture: the one place where coordinates are converted, clamped, padded and compared."""

from __future__ import annotations

import math
from dataclasses import dataclass

from searchcore.errors import BoxRefused

Size = tuple[int, int]
"""Width and height in pixels."""

REMEDY = "Draw a box inside the picture."


@dataclass(frozen=True, slots=True)
class Box:
    """Mark a rectangle by its left top corner and its size, as shares of the picture (0..1).

    Raises BoxRefused when a number is not finite or the area is not positive. A box may reach beyond the picture
    until `clamped`.
    """

    left: float
    top: float
    width: float
    height: float

    def __post_init__(self) -> None:
        numbers = (self.left, self.top, self.width, self.height)
        if not all(isinstance(number, (int, float)) and math.isfinite(number) for number in numbers):
            raise BoxRefused(f"A box needs four finite numbers, not {numbers}.", REMEDY)
        if self.width <= 0 or self.height <= 0:
            raise BoxRefused(f"The box has no area: {self.width:g} wide, {self.height:g} high.", REMEDY)

    @classmethod
    def whole(cls) -> Box:
        """Cover the whole picture."""
        return cls(0.0, 0.0, 1.0, 1.0)

    @classmethod
    def from_corners(cls, left: float, top: float, right: float, bottom: float) -> Box:
        """Make a box from two opposite corners, in shares of the picture."""
        return cls(left, top, right - left, bottom - top)

    @classmethod
    def from_pixels(cls, left: float, top: float, right: float, bottom: float, size: Size) -> Box:
        """Make a box from two opposite corners in pixels of a picture of that size."""
        width, height = size
        return cls.from_corners(left / width, top / height, right / width, bottom / height)

    @classmethod
    def parse(cls, text: str) -> Box:
        """Read `left,top,width,height`; raises BoxRefused when that is not four numbers with an area inside."""
        try:
            left, top, width, height = (float(part) for part in text.split(","))
        except ValueError as error:
            raise BoxRefused(
                f"“{text[:60]}” is no box.", "Write left,top,width,height as shares of the picture: 0.1,0.2,0.5,0.6"
            ) from error
        return cls(left, top, width, height).clamped()

    def __str__(self) -> str:
        return ",".join(f"{number:.4f}" for number in (self.left, self.top, self.width, self.height))

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def area(self) -> float:
        """The share of the picture that the box covers."""
        return self.width * self.height

    def clamped(self) -> Box:
        """Cut off what lies outside the picture; raises BoxRefused when nothing is left."""
        left, top = max(self.left, 0.0), max(self.top, 0.0)
        right, bottom = min(self.right, 1.0), min(self.bottom, 1.0)
        if right <= left or bottom <= top:
            raise BoxRefused("The box lies outside the picture.", REMEDY)
        return Box.from_corners(left, top, right, bottom)

    def padded(self, share: float) -> Box:
        """Widen the box by that share of its own size on each side, within the picture."""
        dx, dy = self.width * share, self.height * share
        return Box.from_corners(self.left - dx, self.top - dy, self.right + dx, self.bottom + dy).clamped()

    def within(self, outer: Box) -> Box:
        """Turn shares of `outer` into shares of the picture that `outer` lies in."""
        return Box(
            outer.left + self.left * outer.width,
            outer.top + self.top * outer.height,
            self.width * outer.width,
            self.height * outer.height,
        )

    def to_pixels(self, size: Size) -> tuple[int, int, int, int]:
        """Return left, top, right, bottom in whole pixels, rounded outward and kept inside the picture."""
        box, (width, height) = self.clamped(), size
        # A share that came from whole pixels must find its way back to them: 1e-6 of a pixel is no pixel.
        left, top = math.floor(box.left * width + 1e-6), math.floor(box.top * height + 1e-6)
        right, bottom = math.ceil(box.right * width - 1e-6), math.ceil(box.bottom * height - 1e-6)
        left, top = min(left, width - 1), min(top, height - 1)
        return left, top, max(min(right, width), left + 1), max(min(bottom, height), top + 1)

    def intersection(self, other: Box) -> float:
        """Return the area shared with another box."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def iou(self, other: Box) -> float:
        """Return intersection over union, 0..1."""
        shared = self.intersection(other)
        return shared / (self.area + other.area - shared)

    def inside(self, other: Box) -> float:
        """Return the share of this box that lies in the other one, 0..1."""
        return self.intersection(other) / self.area
