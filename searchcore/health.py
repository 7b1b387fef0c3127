"""What state the parts of a pipeline are in, and what mends the ones that are not ready."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from searchcore.engine import SearchEngine
from searchcore.errors import CostNotAgreed, SearchError
from searchcore.pipelines import assemble, open_engine
from searchcore.settings import Settings

FILL: Final = "python -m searchcore ingest FOLDER"
ROOM: Final = 200_000_000
"""Bytes that should be free."""


@dataclass(frozen=True, slots=True)
class Check:
    """Say of one part whether it is ready, in what shape, and which command or step mends it if not.

    `brief` is the state without where things lie, which is no visitor's business; empty where the state names no place.
    """

    part: str
    ready: bool
    state: str
    remedy: str = ""
    brief: str = ""


def check_pipeline(name: str, settings: Settings, progress: Callable[[int, int], None] | None = None) -> list[Check]:
    """Open a pipeline, filling in the sample catalogue if that is due and free, and check its parts.

    Never raises SearchError.
    """
    try:
        try:
            return check_parts(open_engine(name, settings, progress))
        except CostNotAgreed as error:
            return [*check_parts(assemble(name, settings)), unfilled(error)]
    except SearchError as error:
        return [Check("pipeline", False, error.message, error.remedy)]


def unfilled(error: CostNotAgreed) -> Check:
    """Say that the sample catalogue waits for somebody to agree to its price."""
    return Check("sample catalogue", False, error.message, error.remedy)


def check_data_folder(folder: Path) -> Check:
    """Tell where run-time data lives and how much room is left there."""
    place = folder.absolute()
    existing = next(each for each in (place, *place.parents) if each.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        remedy = "Choose another one: LOUPE_DATA_DIR=FOLDER"
        return Check("data folder", False, f"{place} cannot be written.", remedy, "It cannot be written.")
    free = shutil.disk_usage(existing).free
    room = f"{free / 1e9:.1f} GB free"
    return Check("data folder", free > ROOM, f"{place}, {room}", "" if free > ROOM else "Free some disk space.", room)


def check_parts(engine: SearchEngine) -> list[Check]:
    """Describe the state of each part of an open pipeline."""
    return list(_parts(engine))


def _parts(engine: SearchEngine) -> Iterator[Check]:
    info, spec = engine.index.info(), engine.embedder.spec
    yield Check("detector", True, engine.detector.name)
    yield Check("embedder", True, f"{spec.model_key}, {spec.dimension} numbers a picture")
    size = f", {info.size_bytes / 1e6:.1f} MB" if info.size_bytes is not None else ""
    notes = "".join(f". {note.removesuffix('.')}" for note in info.notes)
    holds = f": {info.count} products{size}{notes}"
    state, remedy = f"{info.kind} at {info.location}{holds}", "" if info.count else FILL
    yield Check("index", info.count > 0, state, remedy, info.kind + holds)
    stored = next(engine.images.list(), None) is not None
    yield Check("pictures", stored, engine.images.name + ("" if stored else ": empty"), "" if stored else FILL)
