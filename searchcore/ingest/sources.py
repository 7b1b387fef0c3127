"""Where products and their pictures come from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from searchcore.errors import ManifestRefused, SearchError
from searchcore.ingest.archive import ZipFiles
from searchcore.ingest.files import Files, FolderFiles, is_picture
from searchcore.ingest.manifest import NO_CORRECTIONS, Manifest, Problem
from searchcore.ingest.tables import TABLES, open_table
from searchcore.products import Product

LIST: Final = "products.csv"
Fetch = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Item:
    """Pair a product with the way to its picture's bytes; `read` raises SearchError."""

    product: Product
    read: Callable[[], bytes]


class Source(Protocol):
    """Give the items of a catalogue, and in their place what could not become one; as often as asked."""

    def rows(self) -> Iterator[Item | Problem]: ...

    @property
    def count(self) -> int:
        """The number of rows."""
        ...


class ListSource:
    """Read a product list, and the pictures that it names from the files beside it.

    `columns` (field -> column) corrects the guess. `fetch` gets the pictures whose name is a web address; without it
    they are refused row by row.
    """

    def __init__(
        self, files: Files, name: str, columns: Mapping[str, str] = NO_CORRECTIONS, fetch: Fetch | None = None
    ) -> None:
        self._files, self._fetch = files, fetch
        self._folder = str(PurePosixPath(name).parent)
        try:
            data = files.read(name)
        except ManifestRefused:
            raise
        except SearchError as error:
            raise ManifestRefused(f"The product list {name} cannot be opened.", "Choose another one.") from error
        self.manifest = Manifest(open_table(name, data), columns)

    @property
    def count(self) -> int:
        return self.manifest.count

    def rows(self) -> Iterator[Item | Problem]:
        for row in self.manifest.rows():
            yield row if isinstance(row, Problem) else self._item(row)

    def _item(self, product: Product) -> Item:
        address = product.image
        if "://" in address:
            key = f"web/{hashlib.sha256(address.encode()).hexdigest()}"
            return Item(replace(product, image=key), lambda: self._fetched(address))
        path = address if self._folder == "." else f"{self._folder}/{address}"
        return Item(product, lambda: self._files.read(path))

    def _fetched(self, address: str) -> bytes:
        if self._fetch is None:
            raise SearchError(
                "Pictures are not fetched from the web.", "Allow it with LOUPE_WEB_PICTURES=true, or bring the files."
            )
        return self._fetch(address)


class PictureSource:
    """Make a product of every picture: its title from the file's name, its category from the folders above it."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._names = [name for name in files.names() if is_picture(name)]
        if not self._names:
            raise ManifestRefused(
                "There is neither a product list nor a picture.", f"Choose a folder with {LIST} or with pictures."
            )

    @property
    def count(self) -> int:
        return len(self._names)

    def rows(self) -> Iterator[Item | Problem]:
        for name in self._names:
            yield Item(_pictured(name), lambda name=name: self._files.read(name))  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Only:
    """Give some products of a source alone: those that failed, to try them again."""

    source: Source
    ids: Collection[str]

    @property
    def count(self) -> int:
        return len(self.ids)

    def rows(self) -> Iterator[Item | Problem]:
        for row in self.source.rows():
            if (row.product_id if isinstance(row, Problem) else row.product.id) in self.ids:
                yield row


class FolderSource(ListSource):
    """Read `products.csv` and the pictures it names, both below one folder."""

    def __init__(self, folder: str | Path) -> None:
        if not (Path(folder) / LIST).is_file():
            raise ManifestRefused(
                f"The product list {Path(folder) / LIST} cannot be opened.",
                "Name a folder that holds one of that name.",
            )
        super().__init__(FolderFiles(folder), LIST)


def open_source(
    place: str | Path, columns: Mapping[str, str] = NO_CORRECTIONS, fetch: Fetch | None = None
) -> ListSource | PictureSource:
    """Open a folder (`s3://bucket/folder` is one), a ZIP archive, or a CSV or Parquet file; raises ManifestRefused."""
    if str(place).startswith("s3://"):
        from searchcore.ingest.buckets import bucket_files  # noqa: PLC0415  only who has a bucket needs boto3

        return source_in(bucket_files(str(place)), columns, fetch)
    path = Path(place)
    if path.is_dir():
        return source_in(FolderFiles(path), columns, fetch)
    if not path.is_file():
        raise ManifestRefused(f"There is nothing at {path}.", "Name a folder, a ZIP archive, or a CSV or Parquet file.")
    if path.suffix.lower() == ".zip":
        return source_in(ZipFiles(path), columns, fetch)
    if path.suffix.lower() in TABLES:
        return ListSource(FolderFiles(path.parent), path.name, columns, fetch)
    raise ManifestRefused(f"{path} is no product list.", "Name a folder, a ZIP archive, or a CSV or Parquet file.")


def source_in(
    files: Files, columns: Mapping[str, str] = NO_CORRECTIONS, fetch: Fetch | None = None
) -> ListSource | PictureSource:
    """Take the product list among some files, the one nearest the top, or the pictures alone where there is none."""
    lists = [name for name in files.names() if name.lower().endswith(TABLES)]
    if not lists:
        return PictureSource(files)
    best = min(lists, key=lambda name: (name.count("/"), PurePosixPath(name).stem != "products", name))
    return ListSource(files, best, columns, fetch)


def _pictured(name: str) -> Product:
    path = PurePosixPath(name)
    words = path.stem.replace("_", " ").replace("-", " ").split()
    title = " ".join(words) or path.stem
    category, subcategory = [*path.parts[:-1][:2], "", ""][:2]
    # A slash would split the address of the product's picture.
    return Product(name.replace("/", ":"), title[:1].upper() + title[1:], name, category, subcategory)
