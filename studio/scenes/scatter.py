"""Invent scenes by chance, to train and to test a detector: any products, any camera, any light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from studio.catalogue import Item
from studio.scenes.placing import Placed, collide, place
from studio.scenes.setting import Daylight, Placement, Scene, Setting, Shot

PALE = ("#e6e0d4", "#d9d2c6", "#cfd6d2", "#c9d0d8", "#d8c6b6", "#bfc7b6", "#e3c9bd", "#9fb0b5", "#f0ece2", "#a7a29a")
DEEP = ("eucalyptus", "petrol", "slate", "forest", "terracotta", "ochre", "dusty pink", "ink", "sage", "mushroom")
WOODS = ("oak", "ash", "beech", "walnut", "honey", "cork", "chestnut")
CLOTHS = ("oat", "cream", "chalk", "dove", "sage", "blush", "denim", "mustard", "terracotta", "charcoal")
CHOICES: dict[str, Sequence[str]] = {
    "wall": PALE, "floor": WOODS, "wood": WOODS, "table": WOODS, "rug": CLOTHS, "zigzag": CLOTHS, "curtain": CLOTHS,
    "panel": DEEP, "cupboard": DEEP, "mat": CLOTHS, "tile": ("white", "chalk", "mint", "sky", "sage"), "cloth": CLOTHS,
    "stripe": DEEP, "blanket": CLOTHS, "check": DEEP, "bricks": ("brick", "rust", "chestnut", "stone"),
    "stone": ("#a8a49c", "#b9ab98", "#8f959a", "#c2b8a8"),
}  # fmt: skip
PAIRED = {"boot", "sneaker", "sandal"}


def scatter(random: np.random.Generator, name: str, module: Any, items: Sequence[Item]) -> Scene:
    """Return a scene of five to nine products in a setting."""
    options: dict[str, Any] = {key: str(random.choice(list(values))) for key, values in CHOICES.items()}
    options["floor"] = str(random.choice(list(PALE if name == "entrance" else WOODS)))
    if name == "bench" and random.random() < 0.4:
        options["wall"] = "bricks"
    options["blades"] = 30000
    setting: Setting = module.build(options)
    placed = _fill(random, setting, items, int(random.integers(5, 10)))
    return Scene(
        id="", setting=name, title=name, products=tuple(p.placement for p in placed), options=options,
        light=_light(random, setting.light), shot=_shot(random, setting.shot, placed),
    )  # fmt: skip


def _fill(random: np.random.Generator, setting: Setting, items: Sequence[Item], wanted: int) -> list[Placed]:
    placed: list[Placed] = []
    names = list(setting.surfaces)
    for _ in range(wanted * 8):
        surface = setting.surfaces[name := str(random.choice(names))]
        fitting = [item for item in items if item.category in surface.takes]
        if len(placed) == wanted or not fitting:
            continue
        kind = str(random.choice(sorted({item.category for item in fitting})))
        item = random.choice([item for item in fitting if item.category == kind])  # type: ignore[arg-type]
        at = (float(random.uniform(*surface.x)), float(random.uniform(*surface.y)))
        spot = Placement(item.id, at, name, surface.turn + float(random.normal(0, 28)), pair=kind in PAIRED)
        new = place(spot, setting)
        if not any(collide(new, other, 0.01) for other in placed):
            placed.append(new)
    return placed


def _light(random: np.random.Generator, usual: Daylight) -> Daylight:
    return replace(
        usual,
        turn=usual.turn + float(random.uniform(-20, 25)), height=usual.height + float(random.uniform(-6, 14)),
        sun=usual.sun * float(random.choice([0.15, 0.5, 1.0, 1.2])), sky=usual.sky * float(random.uniform(0.7, 1.5)),
        warmth=float(random.uniform(0, 0.9)), exposure=float(random.uniform(-0.5, 0.45)),
    )  # fmt: skip


def _shot(random: np.random.Generator, usual: Shot, placed: Sequence[Placed]) -> Shot:
    """Look at the products from about where one usually stands, now closer, now wider; the outermost may be cut."""
    points = np.concatenate([p.points[:: max(len(p.points) // 500, 1)] for p in placed])
    place = np.array(usual.place) + random.uniform([-0.8, -0.1, -0.3], [0.6, 0.5, 0.35])
    target = (points.min(axis=0) + points.max(axis=0)) / 2 + random.normal(0, 0.04, 3)
    ahead = (target - place) / np.linalg.norm(target - place)
    right = np.cross(ahead, [0, 0, 1])
    right /= np.linalg.norm(right)
    away = points - place
    depth = np.maximum(away @ ahead, 0.2)
    half = max(np.abs(away @ right / depth).max(), np.abs(away @ np.cross(right, ahead) / depth).max() * 4 / 3)
    lens = float(np.clip(18 / half * random.uniform(0.7, 1.12), 24, 85))
    return Shot(tuple(float(v) for v in place), tuple(float(v) for v in target), lens)  # type: ignore[arg-type]
