"""The vectors that came back, by picture, and an embedder that takes them from there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from searchcore.aws_errors import redacted
from searchcore.bedrock import BedrockEmbedder
from searchcore.embedders.base import Embedder, Role
from searchcore.errors import PictureRefused, SearchError
from searchcore.images import Picture
from searchcore.vectors import Vectors


class Collected:
    """Keep vectors, and why there is none, in a file: those of a hundred thousand pictures need no memory."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, vector BLOB, reason TEXT)")

    def take(self, lines: Iterator[bytes], embedder: BedrockEmbedder) -> None:
        """Read what a job wrote: one reply, or one error, a line, in any order."""
        self._db.execute("BEGIN")
        try:
            for line in lines:
                if line.strip():
                    self._db.execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", _read(line, embedder))
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def get(self, key: str) -> tuple[Vectors | None, str] | None:
        """Return the vector of a picture, or why there is none; None where no job had it."""
        with self._lock:
            row = self._db.execute("SELECT vector, reason FROM found WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        return (np.frombuffer(row[0], "<f4") if row[0] else None), row[1]

    def close(self) -> None:
        self._db.close()


class FromBatch(Embedder):
    """Give the vectors that a batch made; a picture that was in none is embedded now."""

    def __init__(self, embedder: BedrockEmbedder, collected: Collected) -> None:
        self.spec, self._embedder, self._collected = embedder.spec, embedder, collected

    def embed_images(self, pictures: Sequence[Picture], role: Role = "index") -> Vectors:
        """Return float32 of shape (n, dimension), rows of unit length; raises PictureRefused with the job's reason."""
        found = [self._row(picture, role) for picture in pictures]
        return np.stack(found) if found else np.empty((0, self.spec.dimension), dtype=np.float32)

    def _row(self, picture: Picture, role: Role) -> Vectors:
        key, _ = self._embedder.record(picture)
        known = self._collected.get(key)
        if known is None:
            one: Vectors = self._embedder.embed_images([picture], role)[0]
            return one
        vector, reason = known
        if vector is None:
            raise PictureRefused(f"The batch could not embed it: {reason}", "Choose another picture.")
        return vector


def _read(line: bytes, embedder: BedrockEmbedder) -> tuple[str, bytes, str]:
    try:
        record = json.loads(line)
        key = str(record["recordId"])
    except (ValueError, KeyError, TypeError):
        raise SearchError("A batch job wrote a line that cannot be read.", "Type the same again.") from None
    if "modelOutput" not in record:
        error = record.get("error", {})
        return key, b"", redacted(str(error.get("errorMessage", "no reason is given")))
    try:
        return key, embedder.vector(record["modelOutput"]).astype("<f4").tobytes(), ""
    except SearchError as error:
        return key, b"", error.message
