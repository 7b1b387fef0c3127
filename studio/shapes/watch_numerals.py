"""Write numerals on watch dials with round strokes. Faces look towards -y."""

from __future__ import annotations

import numpy as np

from studio.render.curves import spline
from studio.render.mesh import Array, Mesh, merge, move
from studio.render.primitives import tube

# Strokes in a box 0.56 wide and 1 tall about the origin; three points and more are run through smoothly.
DIGITS: dict[int, list[list[tuple[float, float]]]] = {
    0: [[(0, 0.5), (-0.25, 0.22), (-0.25, -0.22), (0, -0.5), (0.25, -0.22), (0.25, 0.22), (0, 0.5)]],
    1: [[(-0.16, 0.3), (0.05, 0.5)], [(0.05, 0.5), (0.05, -0.5)]],
    2: [
        [(-0.24, 0.26), (-0.05, 0.5), (0.22, 0.36), (0.16, 0.04), (-0.08, -0.26), (-0.26, -0.5)],
        [(-0.26, -0.5), (0.27, -0.5)],
    ],
    3: [[(-0.24, 0.36), (0, 0.5), (0.22, 0.28), (0, 0.05)], [(0, 0.05), (0.25, -0.2), (0.02, -0.5), (-0.26, -0.34)]],
    4: [[(0.12, -0.5), (0.12, 0.5)], [(0.12, 0.5), (-0.28, -0.18)], [(-0.28, -0.18), (0.28, -0.18)]],
    5: [
        [(0.22, 0.5), (-0.18, 0.5)],
        [(-0.18, 0.5), (-0.22, 0.06)],
        [(-0.22, 0.06), (0.1, 0.12), (0.25, -0.18), (0.02, -0.5), (-0.26, -0.38)],
    ],
    6: [[(0.18, 0.47), (-0.12, 0.24), (-0.25, -0.14), (0, -0.5), (0.24, -0.2), (0, 0.06), (-0.24, -0.14)]],
    7: [[(-0.25, 0.5), (0.26, 0.5)], [(0.26, 0.5), (-0.08, -0.5)]],
    8: [
        [(0, 0.03), (-0.2, 0.27), (0, 0.5), (0.2, 0.27), (0, 0.03)],
        [(0, 0.03), (-0.25, -0.23), (0, -0.5), (0.25, -0.23), (0, 0.03)],
    ],
    9: [[(-0.18, -0.47), (0.12, -0.24), (0.25, 0.14), (0, 0.5), (-0.24, 0.2), (0, -0.06), (0.24, 0.14)]],
}  # fmt: skip


def numeral(number: int, height: float, y: float, stroke: float = 0.09) -> Mesh:
    """Return a whole number, upright about the origin; `stroke` is the line's share of the height."""
    figures = [int(c) for c in str(number)]
    wide, made = 0.66 * height, []
    for k, figure in enumerate(figures):
        x = (k - (len(figures) - 1) / 2) * wide
        for line in DIGITS[figure]:
            flat = np.array(line) * height
            flat = spline(flat, 24) if len(flat) > 2 else flat
            path = np.column_stack([flat[:, 0] + x, np.full(len(flat), y), flat[:, 1]])
            made.append(tube(path, stroke * height / 2, 8))
    return merge(made)


def hours(reach: Array, height: float, y: float) -> Mesh:
    """Return the twelve hours; `reach` (12,) is how far from the middle each stands, from twelve clockwise."""
    made = []
    for k, far in enumerate(reach):
        a = np.radians(90 - 30 * k)
        made.append(move(numeral(k or 12, height, y), np.cos(a) * far, 0, np.sin(a) * far))
    return merge(made)
