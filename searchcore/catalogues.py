"""Catalogues by name: list, rename, delete with a way back, export."""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from searchcore.catalogue_key import keep_key
from searchcore.engine import SearchEngine
from searchcore.errors import NotFound, SearchError
from searchcore.ingest import no_writer
from searchcore.ingest.columns import NAMES
from searchcore.ingest.files import plain_name
from searchcore.products import Product
from searchcore.settings import Settings
from searchcore.spreadsheet import to_csv
from searchcore.upkeep import records_of

SAMPLE: Final = "sample"


@dataclass(frozen=True, slots=True)
class Deleted:
    """Name a deleted catalogue; `token` brings it back."""

    token: str
    name: str
    when: datetime


class Catalogues:
    """Manage the catalogues below a data folder; what a service holds of one stays with that service."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.data_dir / "catalogues"
        self._bin = settings.data_dir / "deleted"

    def names(self) -> list[str]:
        """Return the catalogues that were begun, and the sample, in order."""
        found = [each.name for each in self._folder.glob("*/") if not each.name.startswith(".")]
        return sorted({SAMPLE, *found})

    def existing(self, name: str = "") -> Settings:
        """Return the settings of a catalogue, the chosen one without a name; raises NotFound where there is none."""
        settings = self._settings.on(name) if name else self._settings
        if settings.catalogue not in self.names():
            raise NotFound(f"There is no catalogue “{settings.catalogue}”.", "See: python -m searchcore catalogue list")
        return settings

    def rename(self, old: str, new: str) -> None:
        """Give a catalogue another name; raises NotFound, IndexBusy, and SearchError where that name is taken."""
        folder, target = self._own(old), self._settings.on(new).catalogue_dir
        if new == SAMPLE or target.exists():
            raise SearchError(f"There is a catalogue “{new}” already.", "Choose another name.")
        self._move(folder, target)

    def delete(self, name: str) -> Deleted:
        """Move a catalogue to the deleted ones; raises NotFound, IndexBusy."""
        deleted = Deleted(f"{name}.{secrets.token_hex(4)}", name, datetime.now(UTC))
        folder = self._own(name)
        self._move(folder, self._bin / deleted.token)
        return deleted

    def deleted(self) -> list[Deleted]:
        """Return the deleted catalogues, the last one first."""
        found = [
            Deleted(each.name, each.name.rpartition(".")[0], datetime.fromtimestamp(each.stat().st_ctime, UTC))
            for each in self._bin.glob("*.*/")
        ]
        return sorted(found, key=lambda each: each.when, reverse=True)

    def restore(self, token: str) -> str:
        """Bring a deleted catalogue back, by its token or the name it had; return its name.

        Raises NotFound, and SearchError where another catalogue has its name now.
        """
        found = next((each for each in self.deleted() if token in (each.token, each.name)), None)
        if found is None:
            raise NotFound(f"There is no deleted catalogue “{token[:60]}”.", "Choose one of those listed.")
        target = self._settings.on(found.name).catalogue_dir
        if target.exists():
            raise SearchError(f"There is a catalogue “{found.name}” again.", "Rename that one first.")
        self._move(self._bin / found.token, target)
        return found.name

    def _own(self, name: str) -> Path:
        folder = self._settings.on(name).catalogue_dir
        if name == SAMPLE:
            raise SearchError("The sample catalogue stays: it fills itself in again.", "Choose one of your own.")
        if not folder.is_dir():
            raise NotFound(f"There is no catalogue “{name[:60]}”.", f"Choose one of: {', '.join(self.names())}.")
        return folder

    def _move(self, folder: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with no_writer(folder):
            keep_key(folder)
            folder.replace(target)


def products_of(engine: SearchEngine) -> Iterator[Product]:
    """Iterate over the products of an engine's catalogue, by id."""
    return (record.product for record in records_of(engine.index, sorted(engine.index.hashes())))


def export_csv(engine: SearchEngine) -> str:
    """Write the products as a list that can be ingested again; its cells are safe in a spreadsheet (W4)."""
    products = list(products_of(engine))
    extra = sorted({name for product in products for name in product.extra})
    return to_csv((*NAMES, *extra), (_cells(product, extra) for product in products))


def export_zip(engine: SearchEngine, file: str | Path | IO[bytes]) -> list[str]:
    """Write the product list and its pictures as a ZIP archive; return the ids whose picture is missing."""
    missing = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("products.csv", export_csv(engine))
        written = set[str]()
        for product in products_of(engine):
            if product.image in written:
                continue
            try:
                archive.writestr(plain_name(product.image), engine.images.open(product.image))
                written.add(product.image)
            except NotFound:
                missing.append(product.id)
    return missing


def _cells(product: Product, extra: Sequence[str]) -> list[object]:
    # What a detector saw is no word of the catalogue: a run over the list sees it again.
    plain = product.to_dict() | {"tags": "|".join(product.unlabelled.tags), "image": plain_name(product.image)}
    values = [plain[name] for name in NAMES] + [product.extra.get(name) for name in extra]
    return ["" if value is None else value for value in values]
