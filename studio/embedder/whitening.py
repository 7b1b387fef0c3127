"""Learn a whitening that forgets what a distortion changes and keeps what tells pictures apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from searchcore.embedders.local_frame import Plane

Matrix = NDArray[np.float64]


def learn(originals: Plane, copies: Plane, dimension: int, ridge: float) -> tuple[Plane, Plane]:
    """Return mean (d,) and matrix (d, dimension) from unit rows and those of their distorted copies, each (n, d).

    Discriminative projection as in Mikolajczyk and Matas 2007: whiten by the scatter of (original - copy),
    then keep the main axes of the originals. `ridge` is added to the scatter, in units of its mean eigenvalue.
    """
    apart = (originals - copies).astype(np.float64)
    values, axes = _eigen(apart)
    forget = axes / np.sqrt(np.maximum(values, 0) + ridge * values.mean())
    mean = originals.mean(axis=0)
    _, main = _eigen((originals - mean) @ forget)
    matrix = forget @ main[:, ::-1][:, :dimension]
    # Only directions matter, as the result is scaled to unit length: this keeps the numbers in float16's best range.
    return mean, (matrix / np.abs(matrix).max()).astype(np.float32)


def _eigen(rows: Matrix) -> tuple[Matrix, Matrix]:
    values, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    return values, axes
