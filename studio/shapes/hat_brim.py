"""Shape hats with a brim all round: bucket hats, felt fedoras, straw hats and boaters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter1d

from studio.render.curves import fillet, pchip, resample
from studio.render.mesh import Array, Mesh, merge
from studio.render.part import Part
from studio.render.primitives import torus, tube
from studio.shapes import hat_crown, soft
from studio.shapes.laces import place


def waved(points: Array, waves: tuple[float, ...], start: float) -> Array:
    """Lift a brim's points (u, v, 3) towards its edge: waves are metres at front, sides and back, at radius `start`."""
    front, sides, back = waves
    a = hat_crown.angles(len(points))[:, None]
    radius = np.hypot(points[..., 0] / hat_crown.WIDE, points[..., 1] / hat_crown.LONG)
    share = np.clip((radius - start) / max(float(radius.max()) - start, 1e-6), 0, 1) ** 1.5
    toward = -np.sin(a)
    rise = sides * (1 - toward**2) + np.where(toward > 0, front, back) * toward**2
    out = points.copy()
    out[..., 2] += share * rise
    return out


def bucket(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a bucket hat: a flat crown, a straight wall, a stitched sloping brim."""
    skin = hat_crown.finishes(finish)
    top, high, reach, drop = shape.get("top", 0.074), shape["height"], shape["brim"], shape["drop"]
    head = 0.086
    edge = head + reach
    brim = np.linspace((edge, 0.0), (head, drop), 26)
    brim[:, 1] += 0.006 * np.sin(np.linspace(0, np.pi, 26))
    wall = fillet([(head, drop), (top + 0.003, high + drop - 0.004), (top, high + drop)], 0.012, 8)
    wall = resample(wall, 26)
    crown = pchip([(top, high + drop), (top * 0.5, high + drop + 0.007), (0.0008, high + drop + 0.009)], 22)
    sag = shape.get("sag", 0.0022)
    points = [_creased(hat_crown.turned(line), sag) for line in (wall, crown)]
    skirt = waved(hat_crown.turned(brim), shape.get("wave", (-0.004, 0.012, -0.002)), head)
    outside, under = hat_crown.shell(skirt, 0.0028)
    wall_out, wall_in = hat_crown.shell(points[0], 0.002)
    crown_out, crown_in = hat_crown.shell(points[1], 0.002)
    rows = shape.get("rows", 7)
    seams = [hat_crown.ring_stitches(skirt, k) for k in np.linspace(0.05, 0.94, rows)]
    seams += [hat_crown.ring_stitches(points[0], k) for k in (0.07, 0.9)] + [hat_crown.ring_stitches(points[1], 0.06)]
    piping = [tube(ring, 0.0014, 8, closed=True) for ring in (points[0][:, 0], points[1][:, 0])]
    return [
        Part(outside, skin["brim"]),
        Part(under, skin["lining"]),
        Part(wall_out, skin["body"]),
        Part(crown_out, skin["body"]),
        Part(merge([wall_in, crown_in]), skin["lining"]),
        Part(merge(piping), skin["trim"]),
        Part(merge(seams), skin["thread"]),
        Part(_vents(points[0]), skin["metal"]),
    ]


def _creased(points: Array, depth: float) -> Array:
    """Give cloth soft dents that differ from side to side."""
    a = hat_crown.angles(len(points))[:, None]
    z = points[..., 2]
    middle = np.clip(np.hypot(points[..., 0], points[..., 1]) / 0.07, 0, 1) ** 2
    dent = np.sin(3 * a + 40 * z) * np.sin(2 * a - 25 * z + 1) + 0.5 * np.sin(7 * a + 60 * z)
    return np.asarray(points + hat_crown.closed_normals(points) * (depth * dent * 0.6 * middle)[..., None])


def _vents(wall: Array) -> Mesh:
    """Return two small eyelets on either side of a wall."""
    normals, made = hat_crown.closed_normals(wall), []
    for share in (0.22, 0.28, 0.72, 0.78):
        k = int(share * len(wall))
        made.append(place(torus(0.0036, 0.0012, 8, 24), wall[k, 10] + normals[k, 10] * 0.0006, normals[k, 10]))
    return merge(made)


def _pinched(points: Array, foot: float, dent: float, pinch: float) -> Array:
    """Crease a round crown along its top and pinch it on both sides of the front."""
    out = points.copy()
    x, y, z = (out[..., k] for k in range(3))
    top = float(z.max())
    high = np.clip((z - foot - 0.35 * (top - foot)) / (0.65 * (top - foot)), 0, 1)
    along = np.clip((0.075 - y) / 0.05, 0, 1)
    z -= dent * high**1.5 * np.exp(-((x / 0.026) ** 2)) * (0.45 + 0.55 * along)
    z += dent * 0.25 * high * np.exp(-(((y - 0.05) / 0.05) ** 2))
    near = np.exp(-(((y + 0.062) / 0.034) ** 2)) * np.clip((z - foot) / (top - foot) * 1.3 - 0.25, 0, 1)
    x -= np.sign(x) * pinch * near * np.clip(np.abs(x) / 0.03, 0, 1)
    return out


def fedora(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a felt hat with a pinched crown, a snap brim and a ribbon."""
    skin = hat_crown.finishes(finish)
    head, high, reach = 0.09, shape["height"], shape["brim"]
    wall = [
        (head, 0.0),
        (0.9 * head, high * 0.55),
        (0.8 * head, high * 0.88),
        (0.6 * head, high),
        (0.0008, high + 0.002),
    ]
    crown = _pinched(hat_crown.turned(pchip(wall, 80), 240), 0.0, shape.get("dent", 0.028), shape.get("pinch", 0.017))
    brim = np.linspace((head + reach, 0.0), (head - 0.001, 0.0), 40)
    brim[:, 1] += 0.005 * np.linspace(0, 1, 40) ** 6
    skirt = waved(hat_crown.turned(brim, 240), shape.get("wave", (-0.014, 0.018, 0.02)), head)
    outside, under = hat_crown.shell(skirt, 0.003)
    crown_out, crown_in = hat_crown.shell(crown, 0.0028)
    rows = int(np.searchsorted(crown[:, :, 2].mean(axis=0), shape.get("ribbon", 0.034)))
    spot = int(0.76 * len(crown))
    normal = hat_crown.closed_normals(crown)[spot, rows // 2]
    tie = hat_crown.bow(crown[spot, rows // 2] + normal * 0.0016, normal, 0.026, shape.get("ribbon", 0.034) * 0.86)
    return [
        Part(crown_out, skin["body"]),
        Part(crown_in, skin["lining"]),
        Part(outside, skin["brim"]),
        Part(under, skin["brim"]),
        Part(merge([hat_crown.ribbon_band(crown, 1, rows, 0.0016), tie]), skin["band"]),
    ]


def _braided(points: Array, pitch: float, depth: float) -> Array:
    """Raise the rows of a straw braid that is sewn into a spiral."""
    run = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=1), axis=2).mean(axis=0))])
    turn = np.linspace(0, 1, len(points), endpoint=False)[:, None]
    row = np.abs(np.sin(np.pi * (run[None] / pitch + turn)))
    return np.asarray(points + hat_crown.closed_normals(points) * (depth * (row - 0.7))[..., None])


def fringe(edge: Array, middle: Array, length: float, count: int = 420) -> Mesh:
    """Return loose straws that stand out of a brim's edge."""
    at = resample(edge, count, closed=True)
    out = at - middle
    out[:, 2] = 0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    side = np.cross([0.0, 0.0, 1.0], out)
    made = []
    for k, (p, o, s) in enumerate(zip(at, out, side, strict=True)):
        lean, long = 0.45 * np.sin(k * 2.399), length * (0.75 + 0.35 * np.sin(k * 5.13))
        tip = p + (o + s * lean) * long - [0, 0, 0.12 * long * (1 + np.sin(k * 3.7))]
        made.append(tube([p - o * 0.002, (p + tip) / 2 + [0, 0, 0.001], tip], 0.00055, 5, cap="flat"))
    return merge(made)


def straw(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a straw hat: round-crowned with a broad waved brim, or a flat boater."""
    skin = hat_crown.finishes(finish)
    head, high, reach = 0.09, shape["height"], shape["brim"]
    if shape.get("crown") == "flat":
        wall = fillet([(head, 0.0), (head * 0.985, high), (0.0008, high)], 0.007, 8)
    else:
        wall = pchip([(head, 0), (head * 0.97, high * 0.5), (head * 0.72, high * 0.88), (0.0008, high)], 60)
    crown = _braided(hat_crown.turned(resample(wall, 150), 240), shape.get("braid", 0.0075), 0.0009)
    brim = resample(np.array([(head + reach, 0.0), (head - 0.001, 0.004)]), int(reach / 0.0011))
    flat = waved(hat_crown.turned(brim, 240), shape.get("wave", (-0.03, 0.012, -0.02)), head)
    a = hat_crown.angles(240)[:, None]
    flat[..., 2] += shape.get("ripple", 0.006) * np.sin(5 * a + 0.6) * np.linspace(1, 0, len(brim)) ** 2
    skirt = _braided(flat, shape.get("braid", 0.0075), 0.0009)
    outside, under = hat_crown.shell(skirt, 0.0026)
    crown_out, crown_in = hat_crown.shell(crown, 0.0024)
    band = shape.get("ribbon", 0.03)
    rows = int(np.searchsorted(crown[:, :, 2].mean(axis=0), band))
    spot = int(shape.get("bow_at", 0.7) * len(crown))
    normal = hat_crown.closed_normals(crown)[spot, rows // 2]
    tie = hat_crown.bow(crown[spot, rows // 2] + normal * 0.002, normal, shape.get("bow", 0.035), band * 0.95)
    parts = [
        Part(crown_out, skin["body"]),
        Part(crown_in, skin["lining"]),
        Part(outside, skin["brim"]),
        Part(under, skin["brim"]),
        Part(merge([hat_crown.ribbon_band(crown, 2, rows, 0.0022), tie]), skin["band"]),
    ]
    if "tails" in shape:
        parts.append(Part(merge([_tail(skirt, shape["tails"], spot, s) for s in (-1, 1)]), skin["band"]))
    if "fringe" in shape:
        parts.append(Part(fringe(skirt[:, 0], skirt.mean(axis=(0, 1)), shape["fringe"]), skin["brim"]))
    if shape.get("edge"):
        parts.append(Part(tube(skirt[:, 0], 0.0024, 10, closed=True), skin["trim"]))
    return parts


def _tail(skirt: Array, length: float, spot: int, side: int) -> Mesh:
    """Return a ribbon's end that lies on the brim, from the bow outwards."""
    reach = float(np.linalg.norm(skirt[spot, 0] - skirt[spot, -1]))
    rows = np.linspace(skirt.shape[1] - 2, (skirt.shape[1] - 1) * max(1 - length / reach, 0.04), 40)
    turn = spot + side * (3 + 10 * (1 - rows / skirt.shape[1]))
    low, share = turn.astype(int) % len(skirt), (turn % 1)[:, None]
    at = np.round(rows).astype(int)
    line = skirt[low, at] * (1 - share) + skirt[(low + 1) % len(skirt), at] * share
    path = gaussian_filter1d(line, 2.0, axis=0, mode="nearest") + np.array([0, 0, 0.0026])
    return soft.ribbon(path, np.cross(np.gradient(path, axis=0), [0.0, 0.0, 1.0]), 0.022, 0.0012)
