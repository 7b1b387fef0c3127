"""Small copies of a store's pictures, made when first asked for and kept in a folder."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from searchcore.images import Picture
from searchcore.imagestores.base import ImageStore


@dataclass(frozen=True, slots=True)
class Thumbnails:
    """Make and keep JPEG copies; a copy is named by its picture's hash, so a replaced picture gets a new one."""

    store: ImageStore
    folder: Path

    def get(self, key: str, content_hash: str, side: int) -> bytes:
        """Return the picture of that key as JPEG of at most `side` pixels; raises NotFound, PictureRefused."""
        path = self.folder / content_hash[:2] / f"{content_hash}-{side}.jpg"
        try:
            return path.read_bytes()
        except OSError:
            small = Picture.from_bytes(self.store.open(key)).to_jpeg(side, quality=86)
            _keep(path, small)
            return small

    def drop(self, content_hash: str) -> None:
        """Remove the copies of a picture; where it is still asked for they are made again."""
        for path in (self.folder / content_hash[:2]).glob(f"{content_hash}-*.jpg"):
            with suppress(OSError):
                path.unlink()


def _keep(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(draft).replace(path)
    except OSError:
        # A full or read-only disk costs speed, not the picture.
        return
