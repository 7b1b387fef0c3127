"""Things to stand on and in front of: textures, rooms and plain grounds. All arrays are RGB uint8."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

Rng = np.random.Generator
SIDE = 256
MIN_STRIP = 26
EVEN = 16


def palette(rng: Rng, spread: float = 60) -> np.ndarray:
    """Return a colour a room could have: mostly greyish or wooden, now and then loud."""
    if rng.random() < 0.15:
        return rng.uniform(20, 245, 3)
    base = np.array([1.0, rng.uniform(0.72, 1.02), rng.uniform(0.5, 1.08)])
    return np.clip(base * rng.uniform(60, 245) + rng.normal(0, spread / 10, 3), 5, 250)


def fractal(rng: Rng, side: int = SIDE) -> np.ndarray:
    """Return float32 noise of several octaves, zero mean, about -1..1."""
    field = np.zeros((side, side), np.float32)
    for cells in (2, 5, 13, 40, 110):
        noise = rng.normal(0, 1, (cells, max(2, int(cells * rng.uniform(0.2, 1))))).astype(np.float32)
        field += cv2.resize(noise, (side, side), interpolation=cv2.INTER_CUBIC) * rng.uniform(0.1, 0.6)
    return field / max(float(np.abs(field).max()), 1e-3)


def tinted(field: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Map a field 0..1 onto the line between two colours."""
    return np.clip(a + field[..., None] * (b - a), 0, 255).astype(np.uint8)


def boards(rng: Rng) -> np.ndarray:
    """Draw planks, tiles or bricks with joints."""
    a = palette(rng)
    image = tinted(fractal(rng) * rng.uniform(0.05, 0.35) + 0.5, a * 0.8, np.minimum(a * 1.15, 255))
    row = int(rng.integers(10, 60))
    column = int(row * rng.choice([1, 2, 2.5, 5]))
    joint = tuple(float(v) for v in np.clip(a * rng.choice([0.5, 0.8, 1.2, 1.5]), 0, 255))
    width = int(rng.integers(1, 3))
    for k, top in enumerate(range(0, SIDE, row)):
        for left in range(-(k % 2) * column // 2, SIDE, column):
            tone = rng.uniform(0.86, 1.14)
            part = image[top : top + row, max(left, 0) : left + column]
            part[:] = np.clip(part * tone, 0, 255)
            cv2.rectangle(image, (left, top), (left + column, top + row), joint, width)
    return np.ascontiguousarray(image.transpose(1, 0, 2)) if rng.random() < 0.3 else image


def pattern(rng: Rng) -> np.ndarray:
    """Draw stripes, checks, zigzag, dots or a motif, as on a rug, a bed or wallpaper."""
    v, u = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    turn, period = rng.choice([0, np.pi / 2, np.pi / 4]), rng.uniform(8, 50)
    x, y = u * np.cos(turn) + v * np.sin(turn), v * np.cos(turn) - u * np.sin(turn)
    kind = rng.integers(5)
    wave = np.abs((x / period) % 2 - 1)
    field = [
        y / period % 1 < 0.5,
        (x / period % 1 < 0.5) ^ (y / period % 1 < 0.5),
        (y / period + 0.5 * wave) % 1 < 0.5,
        ((x / period % 1 - 0.5) ** 2 + (y / period % 1 - 0.5) ** 2) < 0.08,
        np.sin(x / period * 3) + np.sin(y / period * 3 + np.sin(x / period * 2)) > rng.uniform(-0.5, 1),
    ][kind].astype(np.float32)
    field = cv2.GaussianBlur(field, (3, 3), 0) + fractal(rng) * 0.12
    a = palette(rng)
    b = palette(rng) if rng.random() < 0.4 else np.clip(a + rng.normal(0, 45, 3), 0, 255)
    return tinted(field, a, b)


def cloth(rng: Rng) -> np.ndarray:
    """Draw a creased cloth, a plaster or a carpet."""
    a = palette(rng) if rng.random() < 0.6 else rng.uniform(20, 235, 3)
    field = fractal(rng) * rng.uniform(0.1, 0.6) + 0.5
    if rng.random() < 0.5:
        field = field + rng.normal(0, rng.uniform(0.02, 0.15), field.shape)
    return tinted(field, a * 0.7, np.minimum(a * 1.2, 255))


def plain(rng: Rng) -> np.ndarray:
    """Draw a soft gradient, light more often than not."""
    a = rng.uniform(200, 255) * np.array([1, rng.uniform(0.94, 1), rng.uniform(0.88, 1.02)])
    if rng.random() < 0.45:
        a = palette(rng)
    y, x = np.mgrid[-1:1:256j, -1:1:256j]
    light = x * rng.normal(0, 0.05) + y * rng.normal(0, 0.08) - (x**2 + y**2) * rng.uniform(0, 0.12)
    return np.clip(a * (1 + light[..., None]), 0, 255).astype(np.uint8)


def strips(folder: Path) -> list[np.ndarray]:
    """Return the parts beside the garment of each photo: real floors, beds and walls, at least 26 px wide."""
    found = []
    for row, (left, top, right, bottom) in json.loads((folder / "photos.json").read_text()).items():
        image = cv2.imread(str(folder / f"photo_{row}.jpg"))[..., ::-1]
        height, width = image.shape[:2]
        parts = [
            image[: top - 4],
            image[bottom + 4 :],
            image[:, : max(left - 4, 0)],
            image[:, right + 4 : width],
        ]
        rooms = top, height - bottom, left, width - right
        parts = [part for part, room in zip(parts, rooms, strict=True) if room > MIN_STRIP + 4]
        found += [part for part in parts if is_ground(part)]
    return found


def is_ground(part: np.ndarray) -> bool:
    """Tell a sharp, even surface from one with another thing on it."""
    if min(part.shape[:2]) < MIN_STRIP or cv2.Laplacian(part, cv2.CV_32F).std() < 3:
        return False
    coarse = cv2.resize(part, (5, 5), interpolation=cv2.INTER_AREA).astype(np.float32)
    return float(coarse.std((0, 1)).max()) < EVEN


def tiled(rng: Rng, strip: np.ndarray) -> np.ndarray:
    """Fill a square by mirroring a strip."""
    zoom = rng.uniform(0.9, 2.2)
    part = cv2.resize(strip, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.5:
        part = np.ascontiguousarray(part.transpose(1, 0, 2))
    height, width = part.shape[:2]
    oy, ox = int(rng.integers(height)), int(rng.integers(width))
    return cv2.copyMakeBorder(part, oy, SIDE, ox, SIDE, cv2.BORDER_REFLECT)[:SIDE, :SIDE]


def perspective(rng: Rng, texture: np.ndarray, height: int) -> np.ndarray:
    """Lay a texture down as a floor of SIDE x height pixels, far edge on top."""
    depth = (1 / (np.linspace(0, 1, height) + rng.uniform(0.2, 1.2))).astype(np.float32)[:, None]
    across = (np.arange(SIDE, dtype=np.float32)[None] - rng.uniform(0.2, 0.8) * SIDE) * rng.uniform(0.6, 1.6)
    u = across * depth + rng.uniform(0, SIDE)
    v = np.broadcast_to(depth * SIDE * rng.uniform(0.3, 0.9), u.shape)
    return cv2.remap(texture, u, np.ascontiguousarray(v), cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
