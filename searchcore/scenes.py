"""The bundled scenes: photos of several catalogue products, with what is where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from searchcore.errors import NotFound
from searchcore.geometry import Box


@dataclass(frozen=True, slots=True)
class Placement:
    """Say where in a scene a product is seen, and which share of it is visible (0..1)."""

    product_id: str
    box: Box
    visible: float


@dataclass(frozen=True, slots=True)
class Scene:
    """Describe one bundled photo; `held_out` settings were kept from every fitting, `sample` ones greet visitors."""

    id: str
    title: str
    setting: str
    file: Path
    held_out: bool
    sample: bool
    placements: tuple[Placement, ...]


class Scenes:
    """Read `scenes.json` and the pictures beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def all(self) -> tuple[Scene, ...]:
        """Every scene, in the file's order."""
        file = self._folder / "scenes.json"
        rows = json.loads(file.read_text(encoding="utf-8"))["scenes"] if file.exists() else []
        return tuple(self._scene(row) for row in rows)

    def get(self, scene_id: str) -> Scene:
        """Return a scene; raises NotFound."""
        for scene in self.all:
            if scene.id == scene_id:
                return scene
        raise NotFound(f"There is no sample photo “{scene_id[:60]}”.", "Choose one of those shown.")

    def _scene(self, row: Mapping[str, Any]) -> Scene:
        placements = tuple(Placement(each["product_id"], Box(*each["box"]), each["visible"]) for each in row["objects"])
        file = self._folder / row["file"]
        return Scene(row["id"], row["title"], row["setting"], file, row["held_out"], row["sample"], placements)
