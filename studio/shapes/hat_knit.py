"""Shape soft hats without a brim: ribbed beanies with a cuff and pompom, wool berets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from studio.render.curves import pchip, resample, spline
from studio.render.mesh import Array, Mesh, merge, move
from studio.render.part import Part
from studio.render.primitives import revolve, tube
from studio.shapes import hat_crown, soft


def ribbed(points: Array, ribs: int, depth: Array | float) -> Array:
    """Press a closed grid's wall into upright ribs `depth` metres deep, one value or one a row."""
    a = hat_crown.angles(len(points))[:, None]
    wave = np.abs(np.cos(ribs / 2 * a)) ** 0.8 - 1
    return np.asarray(points + hat_crown.closed_normals(points) * (wave * depth)[..., None])


def pompom(radius: float, strands: int = 3600) -> Mesh:
    """Return a ball of yarn ends about the origin."""
    k = np.arange(strands) + 0.5
    z, a = 1 - 2 * k / strands, np.pi * (1 + 5**0.5) * k
    flat = np.sqrt(1 - z**2)
    ways = np.column_stack([flat * np.cos(a), flat * np.sin(a), z])
    core = revolve(np.column_stack([np.sin(t := np.linspace(np.pi, 0, 24)), np.cos(t)]) * radius * 0.8, 32)
    made = [core]
    for i, way in enumerate(ways):
        long = radius * (0.97 + 0.09 * np.sin(i * 7.31))
        side = np.cross(way, [np.sin(i * 1.7), np.cos(i * 2.3), 0.5])
        bend = side / max(float(np.linalg.norm(side)), 1e-9) * radius * 0.09
        path = np.array([way * radius * 0.7, way * (long * 0.88) + bend * 0.4, way * long + bend])
        made.append(tube(path, np.array([0.0015, 0.0013, 0.0007]), 5, cap="flat"))
    return merge(made)


def beanie(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a beanie: ribs gathered at the crown, a turned-up cuff, a pompom where it has one."""
    skin = hat_crown.finishes(finish)
    high, cuff, ribs = shape["height"], shape["cuff"], shape.get("ribs", 64)
    r = 0.088
    wall = [(r, 0.004), (r * 1.02, high * 0.45), (r * 0.93, high * 0.72), (r * 0.6, high * 0.94), (0.004, high)]
    body = hat_crown.turned(pchip(wall, 90), ribs * 8)
    share = np.hypot(body[0, :, 0], body[0, :, 1]) / r
    body = _slack(body, high, shape.get("slack", 0.004))
    depth = shape.get("rib", 0.0024) * np.clip(share * 1.4, 0, 1)
    outside, inside = hat_crown.shell(ribbed(body, ribs, depth[None]), 0.003)
    roll = [
        (r + 0.0035, 0.001),
        (r + 0.0085, 0.0),
        (r + 0.0105, 0.006),
        (r + 0.011, cuff * 0.6),
        (r + 0.0095, cuff - 0.003),
    ]
    roll += [(r + 0.0065, cuff), (r + 0.002, cuff - 0.006)]
    turn = ribbed(
        _slack(hat_crown.turned(pchip(roll, 44), ribs * 8), high, shape.get("slack", 0.004)),
        ribs,
        shape.get("rib", 0.0024),
    )
    edge, behind = hat_crown.shell(turn, 0.002, "both")
    parts = [Part(outside, skin["body"]), Part(inside, skin["lining"]), Part(merge([edge, behind]), skin["brim"])]
    if "pompom" in shape:
        parts.append(Part(move(pompom(shape["pompom"]), z=high + shape["pompom"] * 0.72), skin["trim"]))
    if "label" in shape:
        parts.append(Part(_label(turn, *shape["label"]), skin["band"]))
    return parts


def _slack(points: Array, high: float, depth: float) -> Array:
    """Let knitted cloth sag a little: broad dents that differ round the head."""
    a = hat_crown.angles(len(points))[:, None]
    share = np.clip(points[..., 2] / high, 0, 1)
    dent = np.sin(2 * a + 1.0 + 4 * share) * np.sin(np.pi * share) + 0.4 * np.sin(5 * a + 7 * share)
    out = points.copy()
    out[..., :2] *= (1 + depth / 0.09 * dent * np.clip(share * 2, 0.2, 1))[..., None]
    return out


def _label(turn: Array, width: float, height: float) -> Mesh:
    """Return a sewn label on the cuff's front, a little to the right."""
    middle = int(len(turn) * 0.545)
    row = turn.shape[1] // 2
    p = turn[middle, row]
    out = np.array([p[0], p[1], 0.0]) / np.hypot(p[0], p[1])
    along = np.cross([0, 0, 1.0], out)
    x, z = np.linspace(-0.5, 0.5, 15) * width, np.linspace(-0.5, 0.5, 9) * height
    sheet = p + out * 0.0022 + along * x[:, None, None] + np.array([0, 0, 1.0]) * z[None, :, None]
    sheet = sheet - out * (x[:, None, None] ** 2 / 0.19)
    return soft.slab(sheet, 0.0014)


def beret(shape: Mapping[str, Any], finish: Mapping[str, Any]) -> list[Part]:
    """Build a beret: a felted disc that slouches to one side over a narrow band."""
    skin = hat_crown.finishes(finish)
    reach, high = shape["radius"], shape["height"]
    band = 0.083
    line = [
        (band, 0.0), (band + 0.001, 0.012), (band + 0.012, 0.02), (reach * 0.93, high * 0.42),
        (reach, high * 0.62), (reach * 0.9, high * 0.86), (reach * 0.5, high * 1.0), (0.001, high * 1.01),
    ]  # fmt: skip
    profile = resample(spline(line, 200), 110)
    points = hat_crown.turned(profile, 240)
    a = hat_crown.angles(240)[:, None]
    z = points[..., 2] / high
    gather = np.exp(-(((z - 0.33) / 0.16) ** 2)) * (np.arange(110)[None] < 60)
    folds = shape.get("gather", 0.012) * gather * (np.cos(26 * a) + 0.5 * np.cos(17 * a + 1))
    points[..., :2] *= 1 + folds[..., None]
    loose = np.clip((z - 0.25) / 0.75, 0, 1)
    points[..., 2] += (
        loose * 0.0045 * (np.sin(3 * a + 0.6) + 0.5 * np.sin(5 * a)) * (points[..., :1] ** 2 / reach**2)[..., 0]
    )
    slouch = shape.get("slouch", 0.03)
    points[..., 0] += slouch * loose
    points[..., 2] -= loose * slouch * 0.5 * points[..., 0] / reach
    outside, inside = hat_crown.shell(points, 0.0025)
    hem = hat_crown.ribbon_band(
        hat_crown.turned(np.linspace((band, -0.001), (band, 0.0125), 8), 240), 0, 7, 0.0014, 0.0012
    )
    top = points[:, -1].mean(axis=0)
    lean = np.array([[0, 0, -0.002], [0.0005, 0, 0.007], [0.002, 0, 0.015]])
    stalk = tube(top + lean, np.array([0.0022, 0.0019, 0.0017]), 10)
    return [
        Part(outside, skin["body"]),
        Part(inside, skin["lining"]),
        Part(hem, skin["band"]),
        Part(stalk, skin["trim"]),
    ]
