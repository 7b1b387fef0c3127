"""Cut the garment out of each clothing photo, keeping only cut-outs that two GrabCut runs agree on.

    python cutouts.py clothing_train.parquet OUT

OUT receives `photo_<row>.jpg`, `photos.json` (row -> box in pixels) and, for the clean ones, `cut_<row>.png` (RGBA).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import pyarrow.parquet as pq

WORK_SIDE = 128
LOOSE_AGREEMENT, STRICT_AGREEMENT = 0.85, 0.94


def decode(data: bytes) -> np.ndarray:
    """Return an RGB uint8 array."""
    return cv2.cvtColor(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def grabcut(image: np.ndarray, inset: float) -> np.ndarray:
    """Segment what is not like the border; return a float32 mask 0/1 of the largest piece."""
    height, width = image.shape[:2]
    dx, dy = max(1, int(width * inset)), max(1, int(height * inset))
    mask = np.zeros((height, width), np.uint8)
    state = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(image, mask, (dx, dy, width - 2 * dx, height - 2 * dy), *state, 4, cv2.GC_INIT_WITH_RECT)
    found = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(found)
    if count < 2:
        return np.zeros((height, width), np.float32)
    largest = (pieces == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))).astype(np.uint8)
    outline, _ = cv2.findContours(largest, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return cv2.drawContours(largest, outline, -1, 1, cv2.FILLED).astype(np.float32)


def agreement(a: np.ndarray, b: np.ndarray) -> float:
    """Return the intersection over union of two masks."""
    return float(np.minimum(a, b).sum() / max(np.maximum(a, b).sum(), 1))


def touches_border(mask: np.ndarray) -> float:
    """Return the share of the border that the mask covers."""
    return float(np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]]).mean())


def solidity(mask: np.ndarray) -> float:
    """Return mask area over the area of its convex hull: ragged masks score low."""
    outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(np.concatenate(outlines))
    return float(mask.sum() / max(cv2.contourArea(hull), 1))


def segment(image: np.ndarray) -> tuple[np.ndarray, float] | None:
    """Return the mask at full size and the agreement of two runs, or None when the photo is no clean single thing."""
    scale = WORK_SIDE / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    masks = [grabcut(small, inset) for inset in (0.02, 0.06)]
    mask, agreed = masks[0], agreement(*masks)
    if agreed < LOOSE_AGREEMENT or not 0.08 < mask.mean() < 0.75 or touches_border(mask) > 0.08 or solidity(mask) < 0.6:
        return None
    full = cv2.resize(cv2.GaussianBlur(mask, (3, 3), 0), image.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip((full - 0.35) / 0.4, 0, 1), agreed


def box_of(mask: np.ndarray) -> list[int]:
    """Return [left, top, right, bottom] in pixels."""
    rows, columns = np.flatnonzero(mask.max(1) > 0.5), np.flatnonzero(mask.max(0) > 0.5)
    return [int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1]


def main() -> None:
    """Write the photos, their boxes and the cut-outs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parquet", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    boxes: dict[str, list[int]] = {}
    for row, data in enumerate(pq.read_table(arguments.parquet)["webp"].to_pylist()):
        image = decode(data)
        found = segment(image)
        if found is None:
            continue
        mask, agreed = found
        left, top, right, bottom = boxes[str(row)] = box_of(mask)
        bgr = image[..., ::-1]
        cv2.imwrite(str(arguments.out / f"photo_{row}.jpg"), bgr, [cv2.IMWRITE_JPEG_QUALITY, 92])
        if agreed >= STRICT_AGREEMENT and touches_border(mask) < 0.01:
            cut = np.dstack([bgr, np.uint8(mask * 255)])[top:bottom, left:right]
            cv2.imwrite(str(arguments.out / f"cut_{row}.png"), cut)
    (arguments.out / "photos.json").write_text(json.dumps(boxes))


if __name__ == "__main__":
    main()
