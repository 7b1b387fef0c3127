"""Every implementation of every contract: a new one is one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

DIMENSION = 8
MODEL = "test-model@8"


@dataclass(frozen=True)
class Implementation:
    """Name a class by its import path, and what it is opened with in an empty folder."""

    name: str
    path: str
    arguments: Callable[[Path], tuple[Any, ...]] = lambda folder: ()

    def open(self, folder: Path) -> Any:
        module, _, name = self.path.partition(":")
        return getattr(import_module(module), name)(*self.arguments(folder))


INDEXES = (
    Implementation("sqlite", "searchcore.indexes.sqlite:SqliteIndex", lambda f: (f / "i.sqlite", MODEL, DIMENSION)),
)
IMAGESTORES = (Implementation("folder", "searchcore.imagestores.folder:FolderStore", lambda f: (f / "pictures",)),)
EMBEDDERS = (Implementation("local", "searchcore.embedders.local:LocalEmbedder"),)
DETECTORS = (Implementation("local", "searchcore.detectors.local:LocalDetector"),)
