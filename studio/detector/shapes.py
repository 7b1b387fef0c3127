"""Draw things that are no photo: blobs, vessels, cartons, bags, chairs, headphones, glasses, plants. RGBA uint8."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from grounds import Rng, cloth, pattern, plain

SIDE = 192


def skin(rng: Rng) -> np.ndarray:
    """Return the surface of a thing: mostly one colour, else a print."""
    if rng.random() < 0.6:
        colour = rng.uniform(10, 245, 3) if rng.random() < 0.6 else np.full(3, rng.uniform(10, 245))
        image = np.clip(colour + rng.normal(0, 2, (SIDE, SIDE, 3)), 0, 255).astype(np.uint8)
    else:
        image = cv2.resize(rng.choice([cloth, pattern, pattern, plain])(rng), (SIDE, SIDE))
    return image


def finish(image: np.ndarray, mask: np.ndarray, shade: np.ndarray) -> np.ndarray:
    """Light a surface and crop it to its mask."""
    lit = np.clip(image * np.clip(shade, 0.15, 1.6)[..., None], 0, 255).astype(np.uint8)
    alpha = cv2.GaussianBlur(mask, (3, 3), 0)
    rows, columns = np.flatnonzero(mask.max(1) > 127), np.flatnonzero(mask.max(0) > 127)
    window = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return np.dstack([lit, alpha])[window]


def canvas() -> np.ndarray:
    """Return an empty mask."""
    return np.zeros((SIDE, SIDE), np.uint8)


def relief(rng: Rng, mask: np.ndarray) -> np.ndarray:
    """Return a shade that rounds a mask off towards its edge, lit from one side."""
    inside = cv2.GaussianBlur(cv2.distanceTransform(mask, cv2.DIST_L2, 3), (0, 0), 2)
    gy, gx = np.gradient(np.sqrt(inside + 1))
    angle = rng.uniform(0, 2 * np.pi)
    return 1 + (gx * np.cos(angle) + gy * np.sin(angle)) * rng.uniform(0.3, 1.4) + rng.normal(0, 0.05)


def blob(rng: Rng) -> np.ndarray:
    """Draw a smooth closed outline."""
    t = np.linspace(0, 2 * np.pi, 90)
    radius = 1 + sum(rng.normal(0, 0.22 / k) * np.cos(k * t + rng.uniform(0, 6.3)) for k in (2, 3, 4, 5))
    points = np.stack([np.cos(t) * radius * rng.uniform(0.35, 1), np.sin(t) * radius], 1)
    points = (points / np.abs(points).max() * 0.45 + 0.5) * SIDE
    mask = cv2.fillPoly(canvas(), [points.astype(np.int32)], 255, cv2.LINE_AA)
    return finish(skin(rng), mask, relief(rng, mask))


def vessel(rng: Rng) -> np.ndarray:
    """Draw a turned profile: vase, bottle, mug, lamp; with a handle now and then."""
    knots = rng.uniform(0.12, 1, int(rng.integers(3, 7)))
    if rng.random() < 0.35:
        knots = np.repeat(rng.uniform(0.2, 1), 4) * rng.uniform(0.9, 1.1, 4)
    half = np.interp(np.linspace(0, len(knots) - 1, SIDE - 20), np.arange(len(knots)), knots).astype(np.float32)
    half = cv2.GaussianBlur(half[:, None], (1, 31), 0)[:, 0] if rng.random() < 0.8 else half
    half = half / half.max() * rng.uniform(0.14, 0.42) * SIDE
    x = np.arange(SIDE)[None] - SIDE / 2
    mask = canvas()
    mask[10:-10] = (np.abs(x) < half[:, None]) * 255
    tilt = int(half[0] * rng.uniform(0, 0.4))
    cv2.ellipse(mask, (SIDE // 2, 10), (int(half[0]), tilt), 0, 0, 360, 255, -1)
    cv2.ellipse(mask, (SIDE // 2, SIDE - 11), (int(half[-1]), tilt), 0, 0, 360, 255, -1)
    across = np.zeros((SIDE, SIDE), np.float32)
    across[10:-10] = x / np.maximum(half[:, None], 1)
    shade = 1.05 - 0.45 * (np.clip(across, -1, 1) - rng.uniform(-0.6, 0.6)) ** 2
    image = skin(rng)
    if rng.random() < 0.35:
        cut = int(rng.uniform(0.15, 0.8) * SIDE)
        image[cut:] = skin(rng)[cut:]
    if rng.random() < 0.5:
        cv2.ellipse(
            image,
            (SIDE // 2, 10),
            (int(half[0] * 0.9), int(tilt * 0.8)),
            0,
            0,
            360,
            rng.uniform(5, 110, 3).tolist(),
            -1,
        )
    if rng.random() < 0.35:
        side = rng.choice([-1, 1])
        middle = (int(SIDE / 2 + side * half.mean()), int(SIDE * rng.uniform(0.35, 0.6)))
        axes = (int(SIDE * rng.uniform(0.1, 0.2)), int(SIDE * rng.uniform(0.12, 0.3)))
        cv2.ellipse(mask, middle, axes, 0, 0, 360, 255, int(rng.integers(4, 14)))
    return finish(image, mask, shade)


def carton(rng: Rng) -> np.ndarray:
    """Draw a printed cuboid with two or three faces in view."""
    image, mask, shade = canvas()[..., None].repeat(3, 2), canvas(), np.ones((SIDE, SIDE))
    w, h, d = rng.uniform(0.25, 0.6), rng.uniform(0.2, 0.75), rng.uniform(0.04, 0.28)
    rise = d * rng.uniform(0, 0.8)
    a = np.array([0.5 - (w + d) / 2, 0.5 + (h + rise) / 2])
    front = [a, a + [w, 0], a + [w, -h], a + [0, -h]]
    side = [a + [w, 0], a + [w + d, -rise], a + [w + d, -rise - h], a + [w, -h]]
    top = [a + [0, -h], a + [w, -h], a + [w + d, -rise - h], a + [d, -rise - h]]
    surface = skin(rng)
    for _ in range(int(rng.integers(0, 7))):
        left, up = rng.integers(0, SIDE, 2)
        size = int(rng.uniform(4, 60)), int(rng.uniform(3, 40))
        cv2.rectangle(
            surface, (int(left), int(up)), (int(left) + size[0], int(up) + size[1]), rng.uniform(0, 255, 3).tolist(), -1
        )
    source = np.array([[0, SIDE], [SIDE, SIDE], [SIDE, 0], [0, 0]], np.float32)
    for face, tone in zip((front, side, top), (1, rng.uniform(0.55, 0.9), rng.uniform(0.9, 1.25)), strict=True):
        corners = (np.array(face) * SIDE).astype(np.float32)
        if cv2.contourArea(corners) < 20:
            continue
        part = cv2.fillConvexPoly(canvas(), corners.astype(np.int32), 255)
        warped = cv2.warpPerspective(
            surface, cv2.getPerspectiveTransform(source, corners), (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT
        )
        image[part > 0], shade[part > 0] = warped[part > 0], tone
        mask |= part
    picture = finish(image, mask, shade)
    return picture[:, ::-1] if rng.random() < 0.5 else picture


def bag(rng: Rng) -> np.ndarray:
    """Draw a body with one or two arched handles, a flap and a buckle."""
    mask, half, top = canvas(), rng.uniform(0.22, 0.42) * SIDE, rng.uniform(0.3, 0.6) * SIDE
    lean = rng.uniform(0.8, 1.1)
    body = np.array([[-half * lean, top], [half * lean, top], [half, SIDE - 14], [-half, SIDE - 14]]) + [SIDE / 2, 0]
    cv2.fillPoly(mask, [body.astype(np.int32)], 255, cv2.LINE_AA)
    mask = np.uint8(cv2.GaussianBlur(mask, (0, 0), rng.uniform(2, 7)) > 127) * 255
    shade, image = relief(rng, mask), skin(rng)
    if rng.random() < 0.5:
        image[: int((top + SIDE) / 2)] = image[: int((top + SIDE) / 2)] * rng.uniform(0.7, 1.0)
        cv2.rectangle(
            image,
            (SIDE // 2 - 8, int((top + SIDE) / 2) - 5),
            (SIDE // 2 + 8, int((top + SIDE) / 2) + 6),
            rng.uniform(90, 250, 3).tolist(),
            -1,
        )
    handle = canvas()
    axes = (int(half * rng.uniform(0.35, 0.95)), int((top - 6) * rng.uniform(0.6, 0.95)))
    cv2.ellipse(handle, (SIDE // 2, int(top) + 2), axes, 0, 180, 360, 255, int(rng.integers(2, 10)), cv2.LINE_AA)
    image[(handle > 0) & (mask == 0)] = rng.uniform(5, 230, 3)
    return finish(image, mask | handle, shade)


def furniture(rng: Rng) -> np.ndarray:
    """Draw a seat, a back and thin legs; or a shade on a stem."""
    mask, image = canvas(), skin(rng)
    seat, width = int(rng.uniform(0.45, 0.62) * SIDE), int(rng.uniform(0.26, 0.42) * SIDE)
    thick, middle = int(rng.uniform(6, 34)), SIDE // 2
    cv2.rectangle(mask, (middle - width, seat), (middle + width, seat + thick), 255, -1)
    back = int(width * rng.uniform(0.7, 1.0))
    cv2.rectangle(mask, (middle - back, int(rng.uniform(0.04, 0.3) * SIDE)), (middle + back, seat), 255, -1)
    mask = np.uint8(cv2.GaussianBlur(mask, (0, 0), rng.uniform(1, 6)) > 127) * 255
    shade = relief(rng, mask)
    shade[seat : seat + thick] *= rng.uniform(0.7, 1.2)
    legs, colour = canvas(), rng.uniform(10, 200, 3)
    for x, drop in ((-0.9, 1.0), (0.9, 1.0), (-0.55, 0.9), (0.6, 0.9)):
        foot = (int(middle + x * width * rng.uniform(0.95, 1.15)), int(seat + (SIDE - 10 - seat) * drop))
        cv2.line(
            legs, (int(middle + x * width * 0.85), seat + thick // 2), foot, 255, int(rng.integers(3, 9)), cv2.LINE_AA
        )
    image[(legs > 0) & (mask == 0)] = colour
    return finish(image, mask | legs, shade)


def rings(rng: Rng) -> np.ndarray:
    """Draw two cups on an arch (headphones) or two lenses on a bridge (glasses)."""
    mask, image, gap = canvas(), skin(rng), int(rng.uniform(0.26, 0.36) * SIDE)
    middle, level = SIDE // 2, int(rng.uniform(0.5, 0.68) * SIDE)
    width = int(rng.integers(2, 12))
    if rng.random() < 0.5:
        cv2.ellipse(mask, (middle, level), (gap, int(level * 0.85)), 0, 180, 360, 255, width, cv2.LINE_AA)
        axes = (int(rng.uniform(10, 30)), int(rng.uniform(22, 42)))
    else:
        cv2.ellipse(mask, (middle, level), (gap // 2, int(rng.uniform(4, 16))), 0, 180, 360, 255, width, cv2.LINE_AA)
        axes = (int(gap * rng.uniform(0.6, 0.85)), int(gap * rng.uniform(0.4, 0.8)))
    colour = rng.uniform(5, 160, 3)
    for x in (middle - gap, middle + gap):
        cv2.ellipse(mask, (x, level), axes, 0, 0, 360, 255, -1, cv2.LINE_AA)
        inner = (max(axes[0] - width, 2), max(axes[1] - width, 2))
        cv2.ellipse(image, (x, level), inner, 0, 0, 360, colour.tolist(), -1, cv2.LINE_AA)
    return finish(image, mask, relief(rng, mask))


def plant(rng: Rng) -> np.ndarray:
    """Draw leaves above a pot."""
    mask, image = canvas(), skin(rng)
    half, rim = rng.uniform(0.12, 0.24) * SIDE, int(rng.uniform(0.55, 0.75) * SIDE)
    taper = rng.uniform(0.6, 1.0)
    pot = np.array([[-half, rim], [half, rim], [half * taper, SIDE - 10], [-half * taper, SIDE - 10]]) + [SIDE / 2, 0]
    green = np.array([rng.uniform(30, 110), rng.uniform(70, 160), rng.uniform(30, 90)])
    for _ in range(int(rng.integers(6, 22))):
        reach, lean = rng.uniform(0.5, 0.95) * rim, rng.normal(0, 0.6)
        t = np.linspace(0, 1, 12)
        x = SIDE / 2 + lean * reach * t**1.5 * 0.8
        y = rim - reach * (t - 0.35 * abs(lean) * t**3)
        leaf = rng.uniform(2, 11) * np.sin(np.pi * t**0.8)
        outline = np.concatenate([np.stack([x - leaf, y], 1), np.stack([x + leaf, y], 1)[::-1]]).astype(np.int32)
        part = cv2.fillPoly(canvas(), [outline], 255, cv2.LINE_AA)
        image[part > 90] = np.clip(green * rng.uniform(0.6, 1.25), 0, 255)
        mask |= part
    base = cv2.fillPoly(canvas(), [pot.astype(np.int32)], 255, cv2.LINE_AA)
    image[base > 0] = skin(rng)[base > 0]
    shade = 1 + (np.abs(np.arange(SIDE) - SIDE * rng.uniform(0.4, 0.6)) / SIDE * -0.9)[None].repeat(SIDE, 0)
    return finish(image, mask | base, shade)


KINDS: tuple[Callable[[Rng], np.ndarray], ...] = (
    blob,
    vessel,
    vessel,
    carton,
    carton,
    bag,
    bag,
    furniture,
    rings,
    plant,
)


def shape(rng: Rng) -> np.ndarray:
    """Draw one thing of a random kind."""
    return KINDS[int(rng.integers(len(KINDS)))](rng)
