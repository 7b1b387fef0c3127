"""Which file holds a pipeline's index: its own at first, then the one that the last rebuild made."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path


def live_file(folder: Path, pipeline: str) -> Path:
    """Return the file in use."""
    try:
        return folder / _pointer(folder, pipeline).read_text(encoding="utf-8").strip()
    except OSError:
        return folder / f"{pipeline}.sqlite"


def new_file(folder: Path, pipeline: str, model_key: str) -> Path:
    """Return the file that an index by this model is built in; the same one after a kill."""
    digest = hashlib.sha256(model_key.encode()).hexdigest()[:8]
    path = folder / f"{pipeline}-{digest}.sqlite"
    # A model that was in use before has that name already, and programs may still have the file open.
    return path if path != live_file(folder, pipeline) else folder / f"{pipeline}-{digest}-2.sqlite"


def switch_to(folder: Path, pipeline: str, file: Path) -> None:
    """Put a complete file in use, whole or not at all; the old one stays for whoever has it open."""
    draft = folder / f"{pipeline}.current.draft"
    draft.write_text(file.name, encoding="utf-8")
    draft.replace(_pointer(folder, pipeline))


def made_by(path: Path) -> tuple[str, int] | None:
    """Return model key and dimension of an index file; None where there is none."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(path)) as db:
            meta = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('model_key', 'dimension')"))
    except sqlite3.Error:
        return None
    return (meta["model_key"], int(meta["dimension"])) if len(meta) == 2 else None


def _pointer(folder: Path, pipeline: str) -> Path:
    return folder / f"{pipeline}.current"
