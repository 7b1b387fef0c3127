"""Draw the lines that primitives are made of: profiles, outlines and paths, as (n, 2) or (n, 3) points."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from studio.render.mesh import Array, arc_lengths


def spline(points: ArrayLike, samples: int = 64, closed: bool = False) -> Array:
    """Run a smooth cubic through points; a closed one ends just before its start."""
    at = np.asarray(points, dtype=float)
    if closed:
        at = np.concatenate([at, at[:1]])
    run = arc_lengths(at)
    through = CubicSpline(run, at, bc_type="periodic" if closed else "not-a-knot" if len(at) > 3 else "natural")
    return np.asarray(through(np.linspace(0, run[-1], samples, endpoint=not closed)))


def pchip(points: ArrayLike, samples: int = 64) -> Array:
    """Run a shape-preserving cubic through points: it never swings past them."""
    at = np.asarray(points, dtype=float)
    run = arc_lengths(at)
    return np.asarray(PchipInterpolator(run, at)(np.linspace(0, run[-1], samples)))


def soften(points: ArrayLike, width: float) -> Array:
    """Even out a line's curvature over `width` points; its ends stay. Highlights show every kink."""
    at = np.asarray(points, dtype=float)
    evened = np.asarray(gaussian_filter1d(at, width, axis=0, mode="nearest"))
    t = np.minimum(1, np.minimum(np.arange(len(at)), np.arange(len(at))[::-1]) / (2 * width))[:, None]
    return np.asarray(evened * t + at * (1 - t))


def fillet(points: ArrayLike, radius: float | ArrayLike, samples: int = 8, closed: bool = False) -> Array:
    """Round the corners of a polyline, each by its own radius or all by one.

    A radius too large for its legs is cut to what fits; the end points of an open line stay.
    """
    at = np.asarray(points, dtype=float)
    radii = np.broadcast_to(np.asarray(radius, dtype=float), len(at))
    out: list[Array] = []
    for k, corner in enumerate(at):
        if not closed and k in (0, len(at) - 1):
            out.append(corner[None])
            continue
        back, ahead = at[k - 1] - corner, at[(k + 1) % len(at)] - corner
        reach = min(np.linalg.norm(back), np.linalg.norm(ahead)) * 0.5
        back, ahead = back / np.linalg.norm(back), ahead / np.linalg.norm(ahead)
        half = np.arccos(np.clip(back @ ahead, -1, 1)) / 2
        if radii[k] <= 0 or half > 1.55:
            out.append(corner[None])
            continue
        leg = min(radii[k] / np.tan(half), reach)
        t = np.linspace(0, 1, samples)[:, None]
        # A conic with the circle's weight is the exact arc between both tangent points.
        weight = np.sin(half)
        blend = (1 - t) ** 2 + 2 * weight * t * (1 - t) + t**2
        start, end = corner + back * leg, corner + ahead * leg
        out.append(((1 - t) ** 2 * start + 2 * weight * t * (1 - t) * corner + t**2 * end) / blend)
    return np.concatenate(out)


def bezier(points: ArrayLike, samples: int = 32) -> Array:
    """Return the Bezier curve of three or four control points."""
    p = np.asarray(points, dtype=float)
    t = np.linspace(0, 1, samples)[:, None]
    while len(p) > 1 and p.ndim == 2:
        p = np.stack([p[k][None] * (1 - t) + p[k + 1][None] * t for k in range(len(p) - 1)])
    while len(p) > 1:
        p = np.stack([p[k] * (1 - t) + p[k + 1] * t for k in range(len(p) - 1)])
    return np.asarray(p[0])


def circle(radius: float, samples: int = 48) -> Array:
    """Return a closed circle in the plane, counter-clockwise."""
    return superellipse(2 * radius, 2 * radius, 2.0, samples)


def superellipse(width: float, depth: float, exponent: float = 4.0, samples: int = 96) -> Array:
    """Return a closed |x/a|^n + |y/b|^n = 1 outline, counter-clockwise; 2 is an ellipse, 4 and more a soft box."""
    t = np.linspace(0, 2 * np.pi, samples, endpoint=False)
    cos, sin = np.cos(t), np.sin(t)
    x, y = (np.sign(c) * np.abs(c) ** (2 / exponent) for c in (cos, sin))
    return np.stack([x * width / 2, y * depth / 2], axis=1)


def rounded_rectangle(width: float, depth: float, radius: float, samples: int = 8) -> Array:
    """Return a closed rectangle with round corners, counter-clockwise."""
    w, d = width / 2, depth / 2
    return fillet([(-w, -d), (w, -d), (w, d), (-w, d)], radius, samples, closed=True)


def resample(points: ArrayLike, samples: int, closed: bool = False) -> Array:
    """Space points evenly along their line."""
    at = np.asarray(points, dtype=float)
    if closed:
        at = np.concatenate([at, at[:1]])
    run = arc_lengths(at)
    wanted = np.linspace(0, run[-1], samples, endpoint=not closed)
    return np.stack([np.interp(wanted, run, axis) for axis in at.T], axis=1)


def offset(outline: ArrayLike, distance: float, closed: bool = True) -> Array:
    """Shift a plane line to its right: outwards for a counter-clockwise outline."""
    at = np.asarray(outline, dtype=float)
    along = np.roll(at, -1, axis=0) - np.roll(at, 1, axis=0) if closed else np.gradient(at, axis=0)
    along = along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-12)
    return at + distance * np.stack([along[:, 1], -along[:, 0]], axis=1)


def lift(outline: ArrayLike, z: float = 0.0) -> Array:
    """Put (n, 2) points into space at a height."""
    at = np.asarray(outline, dtype=float)
    return np.column_stack([at, np.full(len(at), z)])
