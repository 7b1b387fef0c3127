"""A picture in the making, and which thing owns each of its pixels.

A composite is (RGB uint8 SIDE x SIDE, boxes float32 (n, 5): left, top, right, bottom in pixels, 1 = ignore).
"""

from __future__ import annotations

import cv2
import numpy as np
from grounds import Rng

MIN_VISIBLE = 0.42
MIN_SIDE = 7

Composite = tuple[np.ndarray, np.ndarray]


class Canvas:
    """A picture in the making, and which thing owns each of its pixels."""

    def __init__(self, picture: np.ndarray, rng: Rng, there: np.ndarray | None = None) -> None:
        self.picture = picture.astype(np.float32)
        self.there = np.zeros((0, 5), np.float32) if there is None else there
        self.owner = np.zeros(picture.shape[:2], np.int16)
        self.areas: list[float] = []
        self.rng = rng
        self.light = rng.uniform(-1, 1)
        self.dark = rng.uniform(0.1, 0.6)

    def paste(self, cut: np.ndarray, centre: float, base: float, length: float, shadow: str = "none") -> None:
        """Put a cut-out with its foot at (centre, base), its long side `length` pixels."""
        scale = length / max(cut.shape[:2])
        size = max(2, round(cut.shape[1] * scale)), max(2, round(cut.shape[0] * scale))
        cut = cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        left, top = round(centre - size[0] / 2), round(base - size[1])
        alpha = cut[..., 3].astype(np.float32) / 255
        if shadow != "none":
            self._shade(alpha, left, top, shadow)
        x0, y0 = max(left, 0), max(top, 0)
        x1, y1 = min(left + size[0], self.owner.shape[1]), min(top + size[1], self.owner.shape[0])
        self.areas.append(float((alpha > 0.5).sum()))
        if x0 >= x1 or y0 >= y1:
            return
        inside = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
        here = slice(y0, y1), slice(x0, x1)
        weight = alpha[inside][..., None]
        tone = self.rng.uniform(0.8, 1.1)
        self.picture[here] += weight * (cut[inside][..., :3] * tone - self.picture[here])
        self.owner[here][alpha[inside] > 0.5] = len(self.areas)

    def _shade(self, alpha: np.ndarray, left: int, top: int, kind: str) -> None:
        """Darken the ground: under a lying thing all round, under a standing one at its foot and to one side."""
        height, width = alpha.shape
        shade = np.zeros(self.owner.shape, np.float32)
        if kind == "lying":
            reach = max(1.0, 0.04 * max(height, width))
            move = np.array([[1, 0, left + self.light * reach], [0, 1, top + reach * 0.7]], np.float32)
            shade = cv2.warpAffine(alpha, move, self.owner.shape[::-1])
        else:
            flat = self.rng.uniform(0.08, 0.4)
            bottom = top + height
            lean = self.light * self.rng.uniform(0.2, 1.2)
            move = np.array([[1, -lean, left + lean * height], [0, flat, bottom - flat * height]], np.float32)
            shade = cv2.warpAffine(alpha, move, self.owner.shape[::-1]) * 0.6
            foot = alpha[int(height * 0.9) :].max(0)
            columns = np.flatnonzero(foot > 0.3)
            if len(columns):
                middle = (int(left + columns.mean()), int(bottom - 1))
                axes = (int(len(columns) * 0.52) + 1, max(1, int(len(columns) * 0.07)))
                cv2.ellipse(shade, middle, axes, 0, 0, 360, 1.0, -1)
            reach = max(1.0, 0.03 * max(height, width))
        shade = cv2.GaussianBlur(shade, (0, 0), reach * self.rng.uniform(0.4, 1.3))
        self.picture *= 1 - self.dark * shade[..., None]

    def _hidden(self, corners: list[float]) -> bool:
        """Tell whether pasted things cover most of a box that was there before."""
        left, top, right, bottom = (int(c) for c in corners)
        covered = self.owner[top : bottom + 1, left : right + 1] > 0
        return bool(covered.mean() > 1 - MIN_VISIBLE)

    def boxes(self) -> np.ndarray:
        """Return the boxes of what shows; too little of a thing is an ignored box."""
        found = [[*corners, float(ignored or self._hidden(corners))] for *corners, ignored in self.there]
        for number, area in enumerate(self.areas, 1):
            mask = self.owner == number
            shown = int(mask.sum())
            if shown < 12:
                continue
            rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
            box = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
            small = max(box[2] - box[0], box[3] - box[1]) < MIN_SIDE
            found.append([*box, float(small or shown < MIN_VISIBLE * area)])
        return np.array(found, np.float32).reshape(-1, 5)
