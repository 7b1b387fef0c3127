"""What composites are made of, read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import grounds
import numpy as np
from canvas import MIN_VISIBLE, Composite
from grounds import Rng
from shapes import shape

SHOES = {"sneaker", "boot", "loafer", "pump", "sandal", "shoe", "slipper"}
RENDERED_SHARE, RENDERED_ENOUGH = 0.55, 240


@dataclass(frozen=True)
class Stock:
    """What composites are made of: RGBA cut-outs (rendered ones by category), whole photos with one box, grounds."""

    cuts: list[np.ndarray]
    rendered: dict[str, list[np.ndarray]]
    photos: list[tuple[np.ndarray, list[int]]]
    strips: list[np.ndarray]
    textures: list[np.ndarray]
    scenes: list[Composite]

    def ground(self, rng: Rng) -> np.ndarray:
        """Return a square ground, a real one four times in ten."""
        if rng.random() < 0.4:
            return grounds.tiled(rng, self.strips[int(rng.integers(len(self.strips)))])
        if rng.random() < 0.35:
            return grounds.plain(rng)
        return self.textures[int(rng.integers(len(self.textures)))].copy()

    def thing(self, rng: Rng) -> np.ndarray:
        """Return an RGBA cut-out: rendered, photographed or drawn."""
        draw = rng.random()
        if draw < RENDERED_SHARE * min(1.0, sum(map(len, self.rendered.values())) / RENDERED_ENOUGH):
            category = str(rng.choice(list(self.rendered)))
            group = self.rendered[category]
            cut = group[int(rng.integers(len(group)))]
            cut = pair(rng, cut) if category in SHOES and rng.random() < 0.6 else cut
        elif draw < 0.72:
            cut = self.cuts[int(rng.integers(len(self.cuts)))]
        else:
            cut = shape(rng)
        return cut[:, ::-1] if rng.random() < 0.5 else cut


def pair(rng: Rng, cut: np.ndarray) -> np.ndarray:
    """Set a shoe beside its twin: a pair is one thing."""
    height, width = cut.shape[:2]
    dx, dy = int(width * rng.uniform(0.15, 0.75)), int(height * rng.uniform(0, 0.35))
    both = np.zeros((height + dy, width + dx, 4), np.uint8)
    both[:height, dx:] = cut
    near = both[dy:, :width]
    weight = cut[..., 3:].astype(np.float32) / 255
    near[..., :3] = near[..., :3] * (1 - weight) + cut[..., :3] * weight
    near[..., 3] = np.maximum(near[..., 3], cut[..., 3])
    return both


def read_cuts(files: list[Path], side: int = 208) -> list[np.ndarray]:
    """Read RGBA files, cropped to what shows and at most `side` pixels long."""
    cuts = []
    for file in files:
        cut = cv2.imread(str(file), cv2.IMREAD_UNCHANGED)
        if cut is None or cut.ndim != 3 or cut.shape[2] != 4 or (cut[..., 3] > 127).sum() < 200:
            continue
        rows, columns = np.flatnonzero(cut[..., 3].max(1) > 127), np.flatnonzero(cut[..., 3].max(0) > 127)
        cut = cut[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        scale = min(1.0, side / max(cut.shape[:2]))
        cut = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        cuts.append(np.ascontiguousarray(cut[..., [2, 1, 0, 3]]))
    return cuts


def read_scenes(folder: Path) -> list[Composite]:
    """Read small rendered scenes, `train-<k>.json` beside its JPEG; what hardly shows is ignored."""
    scenes = []
    for file in sorted(folder.glob("train-*.json")):
        stored = json.loads(file.read_text())
        picture = cv2.imread(str(file.with_name(stored["file"])))[..., ::-1]
        height, width = picture.shape[:2]
        rows = [[*one["box"], one["visible"] < MIN_VISIBLE] for one in stored["objects"]]
        left, top, wide, high, ignored = np.array(rows, np.float32).reshape(-1, 5).T
        corners = [left * width, top * height, (left + wide) * width, (top + high) * height, ignored]
        scenes.append((picture, np.stack(corners, 1)))
    return scenes


def read_stock(clothing: Path, rendered: Path, scenes: Path, rng: Rng) -> Stock:
    """Read everything into memory."""
    photos = [
        (cv2.imread(str(clothing / f"photo_{row}.jpg"))[..., ::-1], box)
        for row, box in json.loads((clothing / "photos.json").read_text()).items()
    ]
    names = sorted({file.name.split("-")[0] for file in rendered.glob("*.png")})
    makers = (grounds.boards, grounds.boards, grounds.pattern, grounds.cloth)
    return Stock(
        cuts=read_cuts(sorted(clothing.glob("cut_*.png"))),
        rendered={name: read_cuts(sorted(rendered.glob(f"{name}-*.png"))) for name in names},
        photos=photos,
        strips=grounds.strips(clothing),
        textures=[makers[k % 4](rng) for k in range(600)],
        scenes=read_scenes(scenes),
    )
