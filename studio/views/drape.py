"""Throw a cloth over part of a product."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter, maximum_filter

from studio.render.mesh import Array, grid
from studio.render.part import Finish, Part
from studio.views.snapshot import Thing

CELLS = 150


def drape(points: Array, cloth: Thing) -> list[Part]:
    """Let a square cloth fall over (n, 3) points; `at` is its middle, `size` its side in metres, `turn` its turn.

    The cloth lies on the highest point near each place, smoothed as stiff cloth is, with folds where it hangs.
    """
    angle = np.radians(cloth.turn)
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    step = cloth.size / (CELLS - 1)
    local = (points[:, :2] - np.array(cloth.at[:2])) @ axes.T
    cell = np.rint(local / step + (CELLS - 1) / 2).astype(int)
    inside = ((cell >= 0) & (cell < CELLS)).all(axis=1)
    height = np.zeros((CELLS, CELLS))
    np.maximum.at(height, tuple(cell[inside].T), points[inside, 2])
    body = maximum_filter(height, 7)
    smooth = gaussian_filter(maximum_filter(body, 9), 4.0)
    line = (np.arange(CELLS) - (CELLS - 1) / 2) * step
    u, v = np.meshgrid(line, line, indexing="ij")
    wave = np.sin(u / cloth.size * 31 + 3 * np.sin(v / cloth.size * 9)) + np.sin(v / cloth.size * 27 + 1.3)
    slope = np.linalg.norm(np.gradient(smooth, step), axis=0)
    fold = 0.0022 * (wave + 2) * (0.5 + np.minimum(slope, 1.5))
    z = np.maximum(smooth, body) + 0.004 + gaussian_filter(fold, 1.5)
    ragged = 1 + 0.02 * np.sin(3.1 * u / cloth.size + 2) + 0.015 * np.sin(7.0 * v / cloth.size)
    flat = np.stack([u * ragged, v * ragged], axis=-1) @ axes + np.array(cloth.at[:2])
    sheet = grid(np.concatenate([flat, z[..., None]], axis=-1))
    return [Part(sheet, Finish("knit", cloth.colours[0]), thickness=0.004)]
