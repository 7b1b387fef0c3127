"""Ingests in a process of their own: `python -m bench.ingest_child rows FOLDER N` or `logged FOLDER SHOP LOG`."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import IO, Final

from searchcore import Picture
from searchcore.embedders.base import Role
from searchcore.ingest import FolderSource
from searchcore.vectors import Vectors
from tests.support import RED, ColourEmbedder, engine_of, png

PAUSE: Final = 0.03
"""Seconds for a batch: without it a run would be over before the next kill."""


def rows(folder: Path, count: int) -> None:
    """Ingest so many rows of one picture; print the most memory that it took, in megabytes."""
    shop = folder / "shop"
    shop.mkdir(parents=True)
    (shop / "red.png").write_bytes(png(RED))
    with (shop / "products.csv").open("w", encoding="utf-8") as file:
        file.write("id,title,image\n")
        file.writelines(f"{row:06},Product {row},red.png\n" for row in range(count))
    engine_of(folder).ingest(FolderSource(shop))
    # getrusage would tell the most that this process or the one it was forked from ever held.
    print(int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1000)


class Logged(ColourEmbedder):
    """Write down each picture that is embedded, and whether its vector was stored when the run began."""

    def __init__(self, log: IO[str], stored: set[str]) -> None:
        super().__init__()
        self._log, self._stored = log, stored

    def embed_images(self, pictures: list[Picture], role: Role = "index") -> Vectors:  # type: ignore[override]
        time.sleep(PAUSE)
        vectors = super().embed_images(pictures, role)
        for picture in pictures:
            print("known" if picture.id in self._stored else "new", picture.id, file=self._log)
        return vectors


def logged(folder: Path, shop: Path, file: Path) -> None:
    """Ingest a shop into the folder, appending to the log."""
    index = engine_of(folder).index
    stored = set(index.hashes().values())
    with file.open("a", buffering=1) as log:
        engine_of(folder, embedder=Logged(log, stored)).ingest(FolderSource(shop))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["rows", name, number]:
            rows(Path(name), int(number))
        case ["logged", name, source, log_file]:
            logged(Path(name), Path(source), Path(log_file))
