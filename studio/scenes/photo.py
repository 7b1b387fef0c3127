# SPDX-License-Identifier: GPL-3.0-or-later
# This file uses bpy through `stage`, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Turn a stored scene into a photo and the boxes of its products."""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from PIL import Image

from studio.scenes.placing import Placed, collide, place
from studio.scenes.setting import Daylight, Placement, Scene, Setting, Shot
from studio.scenes.stage import Found, Stage

LAYOUTS = Path(__file__).parent / "layouts"
SETTINGS = Path(__file__).parent / "settings"
SMALLEST = 40


@dataclass(frozen=True)
class Photo:
    """A picture and what is seen in it."""

    scene: Scene
    picture: Image.Image
    found: list[tuple[str, Found]]


def setting_names() -> list[str]:
    """Return the names of all settings."""
    return sorted(path.stem for path in SETTINGS.glob("*.py") if path.stem != "__init__")


def setting_module(name: str) -> Any:
    """Import the module of a setting."""
    return importlib.import_module(f"studio.scenes.settings.{name}")


def load(path: Path) -> Scene:
    """Read a stored scene."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    products = tuple(Placement(**{**spot, "at": tuple(spot["at"])}) for spot in stored.pop("products"))
    light, shot = stored.pop("light", None), stored.pop("shot", None)
    return Scene(
        id=path.stem,
        products=products,
        light=Daylight(**light) if light else None,
        shot=Shot(**shot) if shot else None,
        **stored,
    )


def touching(placed: list[Placed]) -> list[str]:
    """Name the pairs of products that overlap by more than a centimetre, unless one rests on the other."""
    free = [item for item in placed if item.placement.on]
    return [f"{a.placement.id} and {b.placement.id}" for a, b in combinations(free, 2) if collide(a, b, -0.01)]


def take(stage: Stage, scene: Scene, size: tuple[int, int], samples: int, smallest: int = SMALLEST) -> Photo:
    """Build, light and photograph a scene, then find its boxes; those under `smallest` pixels are left out."""
    setting: Setting = setting_module(scene.setting).build(scene.options)
    placed = [place(spot, setting) for spot in scene.products]
    stage.set_up(setting.parts, scene.light or setting.light, scene.shot or setting.shot)
    things = [stage.stand(product.parts, product.turn, product.place) for product in placed]
    picture = stage.photo(size, samples)
    seen = zip(scene.products, stage.find(things, size), strict=True)
    found = [(spot.id, box) for spot, box in seen if box and box.pixels >= smallest and box.visible > 0.15]
    return Photo(scene, picture, found)
