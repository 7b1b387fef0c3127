"""Where products and their pictures come from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from searchcore.errors import ManifestRefused, NotFound, SearchError
from searchcore.ingest.addresses import Addresses, Fetch
from searchcore.ingest.alike import AlikeFiles, Named
from searchcore.ingest.archive import ZipFiles
from searchcore.ingest.files import Files, FolderFiles, is_picture, plain_name
from searchcore.ingest.manifest import NO_CORRECTIONS, Listed, Manifest, Problem, first_of
from searchcore.ingest.report import Failure
from searchcore.ingest.tables import TABLES, Table, open_table
from searchcore.products import Product

LIST: Final = "products.csv"
_SHEETS: Final = (".xlsx", ".xls", ".ods", ".numbers")
_WEB: Final = "web/"
"""What the keys of pictures begin with that are fetched from the web."""
_NOTHING_FROM_AFAR: Final = Addresses()


@dataclass(frozen=True, slots=True)
class Item:
    """Pair a product with the way to its picture's bytes; `read` raises NotFound where it is not there, SearchError.

    `row` is its row in a list, `fields` are those that the list tells of; None where all are told.
    """

    product: Product
    read: Callable[[], bytes]
    row: int = 0
    fields: Collection[str] | None = None

    @property
    def name(self) -> str:
        """What a person finds it by: its row in the list, or the product's id."""
        return f"row {self.row}" if self.row else self.product.id

    @property
    def fetched(self) -> bool:
        """Whether its picture comes from an address, on the web or in S3."""
        return self.product.image.startswith(_WEB)

    def failure(self, error: SearchError, transient: bool = False) -> Failure:
        """Say why it is not stored, and whether that may pass."""
        return self.refused(str(error), transient)

    def refused(self, reason: str, transient: bool = False) -> Failure:
        """Say in words why it is not stored, and whether that may pass."""
        return Failure(self.name, reason, self.product.id, self.row, transient)


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
        self, files: Files, name: str, columns: Mapping[str, str] = NO_CORRECTIONS, fetch: Fetch = _NOTHING_FROM_AFAR
    ) -> None:
        self._fetch = fetch
        self._folder = str(PurePosixPath(name).parent)
        self.manifest = Manifest(_table(files, name), columns)
        self._files = Named(files, lambda: map(self._path, map(_slashed, self.manifest.pictures())))

    @property
    def count(self) -> int:
        return self.manifest.count

    def rows(self) -> Iterator[Item | Problem]:
        for row in self.manifest.rows():
            yield row if isinstance(row, Problem) else self._item(row)

    def _item(self, listed: Listed) -> Item:
        address = _slashed(listed.product.image)
        if not address:
            key, read = "", _no_picture
        elif "://" in address:
            key, read = f"{_WEB}{hashlib.sha256(address.encode()).hexdigest()}", lambda: self._fetch(address)
        else:
            key, read = plain_name(address), lambda: self._files.read(self._path(address))
        return Item(replace(listed.product, image=key), read, listed.row, self.manifest.fields)

    def _path(self, address: str) -> str:
        return address if self._folder == "." else f"{self._folder}/{address}"


def _slashed(address: str) -> str:
    # Lists made on Windows separate folders by backslashes.
    return address.replace("\\", "/")


def _no_picture() -> bytes:
    raise NotFound("The row names no picture.", "Name one; products that are stored keep theirs.")


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
            # A name tells how to call what is new, and nothing of a product that somebody has described since.
            yield Item(_pictured(name), lambda name=name: self._files.read(name), fields=())  # type: ignore[misc]


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


@dataclass(frozen=True, slots=True)
class Place:
    """Name what was found at a place: its files, and the product list among them; empty where pictures are alone."""

    files: Files
    list_name: str = ""

    def header(self) -> tuple[str, ...]:
        """Return the column names of the product list; raises ManifestRefused."""
        return tuple(self._table().header) if self.list_name else ()

    def first_row(self) -> dict[str, str]:
        """Return the first row of the product list as column -> text, empty without one; raises ManifestRefused."""
        cells = first_of(self._table()) if self.list_name else {}
        return {name: cell for name, cell in cells.items() if name}

    def source(
        self, columns: Mapping[str, str] = NO_CORRECTIONS, fetch: Fetch = _NOTHING_FROM_AFAR
    ) -> ListSource | PictureSource:
        """Read it through a column map, whose `columns` (field -> column) correct the guess; raises ManifestRefused."""
        return ListSource(self.files, self.list_name, columns, fetch) if self.list_name else PictureSource(self.files)

    def _table(self) -> Table:
        return _table(self.files, self.list_name)


def look(place: str | Path) -> Place:
    """Look into a folder (`s3://bucket/folder` is one), a ZIP archive, or at a CSV or Parquet file.

    Raises ManifestRefused where none of them is there.
    """
    if str(place).startswith("s3://"):
        from searchcore.ingest.buckets import bucket_files  # noqa: PLC0415  only who has a bucket needs boto3

        return look_among(bucket_files(str(place)))
    path = Path(place).expanduser()
    if path.is_dir():
        return look_among(AlikeFiles(FolderFiles(path)))
    if not path.is_file():
        raise ManifestRefused(f"There is nothing at {path}.", "Name a folder, a ZIP archive, or a CSV or Parquet file.")
    if path.suffix.lower() == ".zip":
        return look_among(AlikeFiles(ZipFiles(path)))
    if path.suffix.lower() in TABLES:
        return Place(FolderFiles(path.parent), path.name)
    if path.suffix.lower() in _SHEETS:
        raise ManifestRefused(f"{path} is a spreadsheet.", "Save it as CSV.")
    raise ManifestRefused(f"{path} is no product list.", "Name a folder, a ZIP archive, or a CSV or Parquet file.")


def look_among(files: Files) -> Place:
    """Choose the product list among some files: the one nearest the top."""
    lists = [name for name in files.names() if name.lower().endswith(TABLES)]
    best = min(lists, key=lambda name: (name.count("/"), PurePosixPath(name).stem != "products", name), default="")
    return Place(files, best)


def open_source(
    place: str | Path, columns: Mapping[str, str] = NO_CORRECTIONS, fetch: Fetch = _NOTHING_FROM_AFAR
) -> ListSource | PictureSource:
    """Open a folder (`s3://bucket/folder` is one), a ZIP archive, or a CSV or Parquet file; raises ManifestRefused."""
    return look(place).source(columns, fetch)


def source_in(
    files: Files, columns: Mapping[str, str] = NO_CORRECTIONS, fetch: Fetch = _NOTHING_FROM_AFAR
) -> ListSource | PictureSource:
    """Take the product list among some files, the one nearest the top, or the pictures alone where there is none."""
    return look_among(files).source(columns, fetch)


def _table(files: Files, name: str) -> Table:
    try:
        data = files.read(name)
    except ManifestRefused:
        raise
    except SearchError as error:
        raise ManifestRefused(f"The product list {name} cannot be opened.", "Choose another one.") from error
    return open_table(name, data)


def _pictured(name: str) -> Product:
    path = PurePosixPath(name)
    words = path.stem.replace("_", " ").replace("-", " ").split()
    title = " ".join(words) or path.stem
    category, subcategory = [*path.parts[:-1][:2], "", ""][:2]
    # A slash would split the address of the product's picture.
    return Product(name.replace("/", ":"), title[:1].upper() + title[1:], name, category, subcategory)
