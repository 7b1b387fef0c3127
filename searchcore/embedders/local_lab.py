"""Convert sRGB to CIE Lab (D65)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_VALUES = np.arange(256) / 255
_LINEAR = np.where(_VALUES <= 0.04045, _VALUES / 12.92, ((_VALUES + 0.055) / 1.055) ** 2.4).astype(np.float32)
_WHITE = np.array([0.95047, 1.0, 1.08883])
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_TO_RELATIVE = (_TO_XYZ / _WHITE[:, None]).T.astype(np.float32)


def lab(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return L (0..100), a and b (about -110..110) of 8-bit sRGB, shape (..., 3) in and out."""
    relative = _LINEAR[pixels] @ _TO_RELATIVE
    curve = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + np.float32(16 / 116))
    x, y, z = curve[..., 0], curve[..., 1], curve[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
