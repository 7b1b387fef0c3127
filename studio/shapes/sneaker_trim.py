"""Shape what some sneakers add: hook-and-loop straps, lattices, bumpers, ankle bands, heel clips, cleats."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.render.curves import spline
from studio.render.mesh import Array, Mesh, merge
from studio.render.primitives import tube
from studio.shapes import shoe, soft


def strap_sheet(last: shoe.Last, t: float, width: float, reach: float) -> Array:
    """Return the sheet (41, 10, 3) of a strap over the vamp at t, `reach` metres down either side."""
    across = np.linspace(-reach, reach, 41)[:, None]
    rows = t + np.linspace(-width, width, 10)[None]
    flat, raised = (last.across(np.broadcast_to(rows, (41, 10)), np.broadcast_to(across, (41, 10)), k) for k in (0, 1))
    lift = 0.0034 + 0.0028 * np.exp(-((across / 0.026) ** 2))
    return np.asarray(flat + (raised - flat) * lift[..., None])


def straps(last: shoe.Last, at: Sequence[float], width: float = 0.05, reach: float = 0.058) -> tuple[Mesh, Mesh]:
    """Return straps over the vamp at each t, and the stitches near their loose ends."""
    sheets = [strap_sheet(last, t, width, reach - 0.004 * k) for k, t in enumerate(at)]
    seams = []
    for sheet in sheets:
        for k in (3, 12, 37):
            seams.append(soft.stitches(sheet[k, 1:-1] + (sheet[k, 1:-1] - last.points.mean(axis=(0, 1))) * 0.008))
    made = [soft.slab(s if soft.normals(s)[20, 5, 2] > 0 else s[::-1], 0.0026) for s in sheets]
    return merge(made), merge(seams)


def lattice(last: shoe.Last, side: float) -> Mesh:
    """Return crossing welded lines on the side between ball and heel."""
    made = []
    for k in range(6):
        x = 0.062 + 0.022 * k
        for lean in (-0.02, 0.024):
            line = [(x, 0.006), (x + lean * 0.5, 0.02), (x + lean, 0.036)]
            flat = np.array([(a, z + float(last.base(a))) for a, z in line])
            made.append(tube(last.on_side(spline(flat, 16), side, 0.0004), 0.00105, 6))
    return merge(made)


def bumper(last: shoe.Last, reach: float = 0.2, high: float = 0.2) -> Mesh:
    """Return a low rubber bumper round the toe."""
    s = np.linspace(-reach, reach, 70)
    return last.patch(s, 0.0, high * (1 - 0.55 * np.abs(s / reach) ** 3), 0.0026)


def heel_clip(last: shoe.Last, reach: float = 0.15) -> Mesh:
    """Return a moulded clip low round the heel."""
    s = 0.5 + np.linspace(-reach, reach, 60)
    fall = np.abs((s - 0.5) / reach)
    return last.patch(s, 0.0, 0.1 + 0.2 * (1 - fall**1.6), 0.0034)


def ankle_band(last: shoe.Last, low: float = 0.8, high: float = 0.91, gap: float = 0.1) -> Mesh:
    """Return a band round the ankle, open at the laces."""
    return last.patch(np.linspace(gap, 1 - gap, 120), low, high, 0.0018)


def cleats(last: shoe.Last, count: int = 34) -> Mesh:
    """Return the lugs that show along a trail sole's edge."""
    ring = last.sole_ring(0.0042, 0.0)
    at = np.linspace(0, len(ring), count, endpoint=False).astype(int)
    return merge([tube([ring[k] + np.array([0, 0, h]) for h in (0.0012, 0.0075)], 0.0036, 6, cap="flat") for k in at])
