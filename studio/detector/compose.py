"""Compose training pictures: things pasted on grounds, in rooms and on shelves, with exact boxes of what shows."""

from __future__ import annotations

import cv2
import grounds
import numpy as np
from canvas import MIN_VISIBLE, Canvas, Composite
from grounds import SIDE, Rng
from shapes import blob
from stock import Stock

PADDING = 114.0
ROOM_SCALE = (0.16, 0.62)


def turned(rng: Rng, cut: np.ndarray, most: float) -> np.ndarray:
    """Turn a cut-out by up to `most` degrees."""
    height, width = cut.shape[:2]
    angle = rng.uniform(-most, most)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = int(width * cos + height * sin) + 1, int(width * sin + height * cos) + 1
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    cut = cv2.warpAffine(cut, matrix, size)
    rows, columns = np.flatnonzero(cut[..., 3].max(1) > 127), np.flatnonzero(cut[..., 3].max(0) > 127)
    return cut[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def single(stock: Stock, rng: Rng) -> Canvas:
    """Show one thing, large, on a plain or a real ground; a studio shot half the time."""
    studio = rng.random() < 0.5
    canvas = Canvas(grounds.plain(rng) if studio else stock.ground(rng), rng)
    length = SIDE * rng.uniform(0.35, 0.97)
    cut = stock.thing(rng)
    cut = cut if studio else turned(rng, cut, 25)
    height = length * cut.shape[0] / max(cut.shape[:2])
    room_x, room_y = SIDE - length * cut.shape[1] / max(cut.shape[:2]), SIDE - height
    centre = SIDE / 2 + rng.uniform(-0.5, 0.5) * room_x
    canvas.paste(cut, centre, SIDE - room_y * rng.uniform(0.1, 0.9), length, "standing" if studio else "lying")
    return canvas


def scatter(stock: Stock, rng: Rng) -> Canvas:
    """Lay one to nine things about on a ground seen from above."""
    canvas = Canvas(stock.ground(rng), rng)
    count = int(rng.integers(1, 10))
    usual = SIDE * np.exp(rng.uniform(np.log(0.09), np.log(0.9 / np.sqrt(count))))
    for _ in range(count):
        cut = turned(rng, stock.thing(rng), rng.choice([8, 40, 180]))
        length = usual * np.exp(rng.normal(0, 0.3))
        place = rng.uniform(-0.02, 1.02, 2) * SIDE
        canvas.paste(cut, place[0], place[1] + length / 2, length, "lying")
    return canvas


def wall_things(picture: np.ndarray, stock: Stock, rng: Rng, horizon: int) -> None:
    """Hang pictures, draw a window, a door or a socket: seen often, never a product."""
    for _ in range(int(rng.integers(0, 4))):
        width, height = int(SIDE * rng.uniform(0.05, 0.3)), int(SIDE * rng.uniform(0.05, 0.36))
        left, top = int(rng.uniform(-0.1, 0.95) * SIDE), int(rng.uniform(-0.1, 0.8) * max(horizon - height, 4))
        frame = rng.uniform(10, 250, 3).tolist()
        cv2.rectangle(picture, (left, top), (left + width, top + height), frame, -1)
        edge = int(rng.integers(1, 5))
        mount = np.full(3, rng.uniform(190, 250)).tolist()
        cv2.rectangle(picture, (left + edge, top + edge), (left + width - edge, top + height - edge), mount, -1)
        edge += int(width * rng.uniform(0, 0.2))
        inner = (
            slice(max(top + edge, 0), max(top + height - edge, 0)),
            slice(max(left + edge, 0), max(left + width - edge, 0)),
        )
        hole = picture[inner]
        if hole.size:
            hole[:] = artwork(stock, rng)[: hole.shape[0], : hole.shape[1]]


def artwork(stock: Stock, rng: Rng) -> np.ndarray:
    """Return what a frame holds: a texture or a picture of things."""
    if rng.random() < 0.5:
        return stock.textures[int(rng.integers(len(stock.textures)))]
    canvas = Canvas(grounds.plain(rng), rng)
    for _ in range(int(rng.integers(2, 9))):
        canvas.paste(blob(rng), *rng.uniform(0, 90, 2), rng.uniform(5, 40))
    return canvas.picture.astype(np.uint8)


def room(stock: Stock, rng: Rng) -> Canvas:
    """Stand things on a floor and on furniture in front of a wall, larger the nearer they are."""
    horizon = int(SIDE * rng.uniform(0.12, 0.72))
    wall = stock.ground(rng) if rng.random() < 0.45 else grounds.plain(rng)
    picture = np.ascontiguousarray(wall)
    wall_things(picture, stock, rng, horizon)
    picture[horizon:] = grounds.perspective(rng, stock.ground(rng), SIDE - horizon)
    if rng.random() < 0.5:
        board = int(rng.integers(2, 9))
        picture[horizon - board : horizon] = grounds.palette(rng)
    if rng.random() < 0.4:
        rug(picture, stock, rng, horizon)
    canvas = Canvas(picture, rng)
    depth = sorted(rng.uniform(0.02, 1.12, int(rng.integers(1, 8))))
    near = SIDE * rng.uniform(*ROOM_SCALE)
    for d in depth:
        if rng.random() < 0.25:
            table(canvas, stock, rng, horizon + (SIDE - horizon) * d, near * (0.5 + 0.6 * d))
            continue
        length = near * (0.45 + 0.55 * d) * np.exp(rng.normal(0, 0.45))
        canvas.paste(
            stock.thing(rng), rng.uniform(-0.02, 1.02) * SIDE, horizon + (SIDE - horizon) * d, length, "standing"
        )
        if rng.random() < 0.15:
            perched(canvas, stock, rng)
    return canvas


def perched(canvas: Canvas, stock: Stock, rng: Rng) -> None:
    """Lean a smaller thing against the last one, as a cushion on a sofa."""
    rows, columns = np.nonzero(canvas.owner == len(canvas.areas))
    if len(rows) < 900:
        return
    width, height = np.ptp(columns), np.ptp(rows)
    length = min(width, height) * rng.uniform(0.25, 0.6)
    canvas.paste(
        stock.thing(rng),
        columns.min() + width * rng.uniform(0.2, 0.8),
        rows.min() + height * rng.uniform(0.5, 0.95),
        length,
    )


def rug(picture: np.ndarray, stock: Stock, rng: Rng, horizon: int) -> None:
    """Lay a rug on the floor."""
    near, far = np.sort(rng.uniform(horizon + 3, SIDE + 20, 2))[::-1]
    middle, half = rng.uniform(0.2, 0.8) * SIDE, rng.uniform(0.2, 0.6) * SIDE
    shrink = rng.uniform(0.6, 0.95)
    corners = np.array(
        [[middle - half * shrink, far], [middle + half * shrink, far], [middle + half, near], [middle - half, near]]
    )
    source = np.array([[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    texture = stock.textures[int(rng.integers(len(stock.textures)))]
    cv2.warpPerspective(texture, matrix, (SIDE, SIDE), dst=picture, borderMode=cv2.BORDER_TRANSPARENT)


def table(canvas: Canvas, stock: Stock, rng: Rng, foot: float, size: float) -> None:
    """Draw a bench, a table or a stool (no product) with up to four things on it."""
    width, height = size * rng.uniform(0.7, 2.4), size * rng.uniform(0.4, 1.1)
    middle, top = rng.uniform(0.1, 0.9) * SIDE, foot - height
    colour = grounds.palette(rng)
    deep, thick = height * rng.uniform(0.03, 0.3), max(2.0, height * rng.uniform(0.04, 0.14))
    legs = max(1, int(width * rng.uniform(0.01, 0.05)))
    for x in (-0.45, 0.45, -0.4, 0.4):
        a = int(middle + x * width), int(top)
        b = int(middle + x * width * rng.uniform(0.85, 1.1)), int(foot - (abs(x) < 0.42) * deep)
        cv2.line(canvas.picture, a, b, (colour * 0.45).tolist(), legs, cv2.LINE_AA)
        cv2.line(canvas.owner, a, b, 0, legs)
    plate = np.array([[-0.5, 0], [0.5, 0], [0.46, -deep / width], [-0.46, -deep / width]]) * width + [middle, top]
    edge = np.array([[-0.5, 0], [0.5, 0], [0.5, thick / width], [-0.5, thick / width]]) * width + [middle, top]
    for polygon, tone in ((edge, 0.7), (plate, 1.0)):
        cv2.fillPoly(canvas.picture, [polygon.astype(np.int32)], (colour * tone).tolist(), cv2.LINE_AA)
        cv2.fillPoly(canvas.owner, [polygon.astype(np.int32)], 0)
    row(
        canvas,
        stock,
        rng,
        (middle - width / 2, middle + width / 2),
        top - deep * 0.3,
        size * rng.uniform(0.3, 1.0),
        int(rng.integers(0, 5)),
    )


def row(
    canvas: Canvas, stock: Stock, rng: Rng, span: tuple[float, float], base: float, usual: float, count: int
) -> None:
    """Stand things side by side on one line, now and then overlapping."""
    places = np.linspace(*span, count + 2)[1:-1] + rng.normal(0, 0.12, count) * (span[1] - span[0]) / (count + 1)
    for x in rng.permutation(places):
        canvas.paste(
            stock.thing(rng), x, base + rng.uniform(-0.02, 0.03) * SIDE, usual * np.exp(rng.normal(0, 0.35)), "standing"
        )


def shelves(stock: Stock, rng: Rng) -> Canvas:
    """Draw boards on a wall, or one table top, with things in rows."""
    canvas = Canvas(stock.ground(rng) if rng.random() < 0.5 else grounds.plain(rng), rng)
    gap = SIDE * rng.uniform(0.2, 0.8)
    level = gap * rng.uniform(0.4, 1.0)
    while level < SIDE * 1.1:
        thick = int(rng.integers(2, 14))
        colour = grounds.palette(rng)
        cv2.rectangle(canvas.picture, (0, int(level)), (SIDE, int(level) + thick), colour.tolist(), -1)
        dark = slice(int(level) + thick, int(level) + thick + int(gap * 0.1))
        canvas.picture[dark] *= rng.uniform(0.6, 0.95)
        count = int(rng.integers(0, 7))
        usual = min(gap * rng.uniform(0.5, 0.95), SIDE * 1.4 / max(count, 1))
        row(canvas, stock, rng, (rng.uniform(-20, 20), SIDE + rng.uniform(-20, 20)), level, usual, count)
        level += gap
    return canvas


def scene(stock: Stock, rng: Rng) -> Canvas:
    """Cut a square out of a rendered scene; four times in ten, set up to three more things into it."""
    picture, boxes = stock.scenes[int(rng.integers(len(stock.scenes)))]
    height, width = picture.shape[:2]
    side = height * rng.uniform(0.6, 1.0)
    left, top = rng.uniform(0, width - side), rng.uniform(0, height - side)
    scale = SIDE / side
    matrix = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]], np.float32)
    square = cv2.warpAffine(picture, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
    corners = (boxes[:, :4] - [left, top, left, top]) * scale
    kept = np.clip(corners, 0, SIDE)
    share = np.prod(kept[:, 2:] - kept[:, :2], 1) / np.prod(corners[:, 2:] - corners[:, :2], 1)
    ignored = (boxes[:, 4] > 0) | (share < MIN_VISIBLE)
    canvas = Canvas(square, rng, np.column_stack([kept, ignored])[share > 0.02])
    if rng.random() < 0.4:
        for _ in range(int(rng.integers(1, 4))):
            length = SIDE * rng.uniform(0.08, 0.4)
            canvas.paste(stock.thing(rng), *(rng.uniform(0.05, 1.0, 2) * SIDE), length, "standing")
    return canvas


def empty(stock: Stock, rng: Rng) -> Canvas:
    """Show a wall, a floor or a room with nothing to sell."""
    picture = np.ascontiguousarray(stock.ground(rng))
    if rng.random() < 0.6:
        horizon = int(SIDE * rng.uniform(0.3, 0.8))
        wall_things(picture, stock, rng, horizon)
        picture[horizon:] = grounds.perspective(rng, stock.ground(rng), SIDE - horizon)
    return Canvas(picture, rng)


def photo(stock: Stock, rng: Rng) -> Composite:
    """Show a whole clothing photo with its box, zoomed a little."""
    image, box = stock.photos[int(rng.integers(len(stock.photos)))]
    height, width = image.shape[:2]
    scale = SIDE / max(height, width) * rng.uniform(0.55, 1.15)
    shift = rng.uniform(0, 1, 2) * (SIDE - scale * np.array([width, height]))
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]], np.float32)
    around = rng.uniform(0, 255, 3) if rng.random() < 0.25 else np.full(3, PADDING)
    picture = cv2.warpAffine(image, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderValue=around.tolist())
    corners = np.clip(np.array(box, np.float32) * scale + np.tile(shift, 2), 0, SIDE)
    return picture, np.array([[*corners, 0]], np.float32)


def camera(rng: Rng, picture: np.ndarray) -> np.ndarray:
    """Add what a camera adds: uneven light, a cast, blur, noise."""
    y, x = np.mgrid[-1:1:256j, -1:1:256j].astype(np.float32)
    light = 1 + x * rng.normal(0, 0.08) + y * rng.normal(0, 0.08) - (x**2 + y**2) * rng.uniform(0, 0.1)
    picture = picture.astype(np.float32) * light[..., None] * rng.normal(1, 0.05, 3).astype(np.float32)
    if rng.random() < 0.6:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 1.1))
    if rng.random() < 0.5:
        picture += rng.normal(0, rng.uniform(1, 8), picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


LAYOUTS = (room, scatter, shelves, single, empty)
SHARES = (0.42, 0.2, 0.17, 0.15, 0.06)
PHOTO_SHARE, SCENE_SHARE, SCENES_ENOUGH = 0.09, 0.36, 40


def compose(stock: Stock, rng: Rng) -> Composite:
    """Make one composite of a random kind; rendered scenes count fully once there are enough of them."""
    draw = rng.random()
    if draw < PHOTO_SHARE:
        picture, boxes = photo(stock, rng)
    else:
        scenes = draw < PHOTO_SHARE + SCENE_SHARE * min(1.0, len(stock.scenes) / SCENES_ENOUGH)
        layout = scene if scenes else LAYOUTS[int(rng.choice(len(LAYOUTS), p=SHARES))]
        canvas = layout(stock, rng)
        picture, boxes = canvas.picture, canvas.boxes()
    return camera(rng, picture), boxes
