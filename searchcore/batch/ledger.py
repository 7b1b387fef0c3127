"""What was begun and how far it is: kept in a file, so that any later run can go on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from searchcore.errors import SearchError


@dataclass(frozen=True, slots=True)
class Chunk:
    """One file of pictures on S3; `job` is the job that embeds it, empty before one is begun; `processed` counts."""

    key: str
    records: int
    job: str = ""
    processed: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """All chunks of one load, written for one model."""

    path: Path
    model_key: str
    chunks: tuple[Chunk, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Ledger | None:
        """Return what was kept, None where nothing was begun; raises SearchError."""
        if not path.exists():
            return None
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, kept["model_key"], tuple(Chunk(**each) for each in kept["chunks"]))
        except (ValueError, KeyError, TypeError):
            raise SearchError(f"{path} cannot be read.", "Remove it: the load then begins anew.") from None

    def with_chunk(self, number: int, chunk: Chunk) -> Ledger:
        """Return the ledger with one chunk replaced, written down."""
        chunks = [*self.chunks]
        chunks[number] = chunk
        changed = replace(self, chunks=tuple(chunks))
        changed.write()
        return changed

    def write(self) -> None:
        """Write it down, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        kept = {"model_key": self.model_key, "chunks": [asdict(each) for each in self.chunks]}
        draft.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        draft.replace(self.path)
