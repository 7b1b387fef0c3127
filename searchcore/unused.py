"""Pictures that no product uses: whatever takes a product away leaves its picture, for the way back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from time import sleep, time
from typing import Final

from searchcore.errors import NotFound, SearchError
from searchcore.imagestores.base import Stored
from searchcore.indexes.base import VectorIndex
from searchcore.indexes.sqlite_files import live_file
from searchcore.ingest import no_writer
from searchcore.ingest.writer import shard_locks
from searchcore.pipelines import existing_index, has_own_pictures, make_images, visible_after
from searchcore.rebuild import old_index
from searchcore.settings import Settings
from searchcore.upkeep import records_of

WORKERS: Final = 8
"""Pictures that are removed at once."""
FRESH: Final = 3600.0
"""Seconds for which a picture in a shared place may belong to a product that another machine is about to store."""


@dataclass(frozen=True, slots=True)
class Unused:
    """Hold the pictures that no product uses; `fresh` counts others that may belong to a load on another machine."""

    pictures: tuple[Stored, ...] = ()
    fresh: int = 0

    def __str__(self) -> str:
        count, megabytes = len(self.pictures), sum(each.size for each in self.pictures) / 1e6
        words = f"{count:,} picture{'s' * (count != 1)} that no product uses"
        return f"{words}, {max(megabytes, 0.1):,.1f} MB" if count else words

    @property
    def note(self) -> str:
        """What is to be known of the fresh ones; empty where there are none."""
        why = "New pictures without a product are left alone for an hour, another machine may be loading"
        return f"{why}: {self.fresh:,}." if self.fresh else ""


def find_unused(name: str, settings: Settings) -> Unused:
    """Look through a pipeline's pictures of the chosen catalogue for those that no pipeline has a product for.

    Raises SearchError, also where it cannot be told for sure.
    """
    if not has_own_pictures(name, settings):
        raise SearchError(
            f"The pictures of the pipeline “{name}” lie in a place of your choice, where others may lie as well.",
            "Remove there by hand what is not needed.",
        )
    images = make_images(name, settings)
    # Listed before the products are read: what is loaded meanwhile is not among them.
    stored = list(images.scan())
    used = _in_use(_beside(name, settings), settings)
    unused = [each for each in stored if _folded(each.key) not in used]
    if not images.shared:
        return Unused(tuple(unused))
    if unused and not used:
        raise SearchError(
            f"No index here has a product of “{settings.catalogue}”; one of another machine may have.",
            "Look for unused pictures there.",
        )
    settled = tuple(each for each in unused if each.since < time() - FRESH)
    return Unused(settled, len(unused) - len(settled))


def remove_unused(
    found: Unused, name: str, settings: Settings, progress: Callable[[int, int], None] | None = None
) -> Unused:
    """Remove those of the pictures found that still no product uses, for good, and return them.

    Nothing is written to the catalogue meanwhile; `progress` hears (done, all). Raises IndexBusy, SearchError.
    """
    with no_writer(settings.catalogue_dir):
        # A product that was put back just now must show before it is looked for.
        sleep(max(visible_after(each, settings) for each in _beside(name, settings)))
        still = set(find_unused(name, settings).pictures)
        gone = tuple(each for each in found.pictures if each in still)
        images = make_images(name, settings)
        with ThreadPoolExecutor(WORKERS) as pool:
            for done, _ in enumerate(pool.map(images.delete, [each.key for each in gone]), 1):
                if progress:
                    progress(done, len(gone))
    return Unused(gone)


def _beside(name: str, settings: Settings) -> list[str]:
    """Return the pipelines that may keep their pictures where one does, that one among them."""
    kind = settings.pipeline(name).images.kind
    return [each for each in settings.pipeline_names if settings.pipeline(each).images.kind == kind]


def _in_use(pipelines: Sequence[str], settings: Settings) -> set[str]:
    """Return the pictures of all products of these pipelines, and of those that the settings name no longer."""
    used = set[str]()
    for index in _indexes(pipelines, settings):
        with closing(index):
            ids = sorted(index.hashes())
            keys = [_folded(record.product.image) for record in records_of(index, ids)]
            if len(keys) < len(ids):
                raise SearchError(f"{index.info().location} does not give all its products.", "Try again in a minute.")
            used.update(keys)
    return used


def _indexes(pipelines: Sequence[str], settings: Settings) -> Iterator[VectorIndex]:
    folder = settings.catalogue_dir
    unnamed = _unnamed(settings)
    for name in unnamed:
        if not live_file(folder, name).exists():
            raise SearchError(
                f"Which pictures are in use cannot be told: the pipeline “{name}” has filled “{settings.catalogue}” "
                "and the settings name it no more.",
                f"Name it there again, or remove {folder / f'{name}.lock'} if its index is gone.",
            )
    for name in (*pipelines, *unnamed):
        if live_file(folder, name).exists():
            yield old_index(name, settings)
    for name in pipelines:
        if settings.pipeline(name).index.kind == "sqlite":
            continue
        # One that was filled from here and is not found is lost, or looked for in the wrong place.
        with nullcontext() if (folder / f"{name}.lock").exists() else suppress(NotFound):
            index = existing_index(name, settings)
            # After a write, be it of nothing, an index shows what others have written before.
            index.delete([])
            yield index


def _unnamed(settings: Settings) -> list[str]:
    """Return the pipelines that have filled the chosen catalogue and that the settings name no more."""
    locks = set(settings.catalogue_dir.glob("*.lock"))
    whole = locks - {shard for lock in locks for shard in shard_locks(lock)}
    return sorted({lock.stem for lock in whole} - {*settings.pipeline_names})


def _folded(key: str) -> str:
    # Some file systems take names for one that differ in their letters' case or in how an accent is written.
    return unicodedata.normalize("NFC", key).casefold()
