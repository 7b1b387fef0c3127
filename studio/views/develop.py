"""Develop a rendered picture as a phone does: brightness, white balance, darker corners, grain."""

from __future__ import annotations

import zlib

import numpy as np
from PIL import Image

from studio.render.mesh import Array
from studio.views.snapshot import Tone

MIDDLE = 0.29  # mean linear light that a phone exposes for
GRAIN = 0.011


def develop(picture: Image.Image, tone: Tone, name: str) -> Image.Image:
    """Return the picture as the phone would store it; `name` fixes the grain."""
    light = _linear(np.asarray(picture.convert("RGB"), dtype=float) / 255)
    # Only part of the way to the middle: what is dark or bright is to stay so.
    gain = float(np.clip((MIDDLE / max(light.mean(), 1e-4)) ** 0.7, 0.75, 2.4)) * 2**tone.exposure
    light = _shoulder(light * gain * _balance(tone.warmth) * _corners(picture.size)[..., None])
    random = np.random.default_rng(zlib.crc32(name.encode()))
    coarse = random.normal(0, GRAIN, (*light.shape[:2], 1)) + random.normal(0, 0.5 * GRAIN, light.shape)
    values = _encoded(light)
    values += coarse * (1.1 - values)
    return Image.fromarray(np.uint8(np.clip(values, 0, 1) * 255 + 0.5))


def _balance(warmth: float) -> Array:
    gains = np.array([1 + 0.11 * warmth, 1.0, 1 - 0.17 * warmth])
    return np.asarray(gains / (gains @ [0.2126, 0.7152, 0.0722]))


def _corners(size: tuple[int, int]) -> Array:
    x, y = (np.linspace(-1, 1, side) for side in size)
    return 1 - 0.09 * (x[None] ** 2 + y[:, None] ** 2)


def _shoulder(light: Array, knee: float = 0.7) -> Array:
    """Bend what is brighter than the knee so that nothing burns out."""
    over = np.maximum(light - knee, 0)
    return np.minimum(light, knee) + (1 - knee) * (1 - np.exp(-over / (1 - knee)))


def _linear(values: Array) -> Array:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _encoded(light: Array) -> Array:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)
