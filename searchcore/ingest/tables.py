"""Tables as people send them: CSV of any usual encoding and separator, and Parquet; every cell as text."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final, Protocol

from searchcore.errors import ManifestRefused
from searchcore.spreadsheet import restored

TABLES: Final = (".csv", ".tsv", ".parquet")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ROWS_AT_ONCE: Final = 1000


class Table(Protocol):
    """Give the column names, and the rows as often as they are asked for; `separator` is what stands between cells."""

    separator: str

    @property
    def header(self) -> Sequence[str]:
        """The column names."""
        ...

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Iterate over (row number, column -> text); the header is row 1. Rows without any text are left out.

        What a row has beyond the header comes under the empty name.
        """
        ...


def open_table(name: str, data: bytes) -> Table:
    """Open a table by the ending of its name; raises ManifestRefused."""
    return ParquetTable(data) if name.lower().endswith(".parquet") else CsvTable(data)


class CsvTable:
    """Read CSV in UTF-8, UTF-16 with its mark, or Windows-1252, separated by comma, semicolon, tab or bar."""

    def __init__(self, data: bytes) -> None:
        self._data, self._encoding = data, encoding_of(data)
        first = io.StringIO(next(iter(self._text()), ""))
        lines = first.getvalue().splitlines()[:1]
        self.separator = max(",;\t|", key=lambda each: len(next(csv.reader(lines, delimiter=each), [])))
        self.header = _named(next(self._records(), []))

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Iterate over the rows; raises ManifestRefused where the file breaks off inside a quote."""
        records = self._records()
        next(records, None)
        for row, cells in enumerate(records, start=2):
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(self.header) - len(cells))]
                found = {name: cell.strip() for name, cell in zip(self.header, padded, strict=False) if name}
                yield row, found | {"": " ".join(cells[len(self.header) :]).strip()}

    def _records(self) -> Iterator[list[str]]:
        # Strict: else an unclosed quote would quietly swallow all rows behind it.
        reader, line = csv.reader(self._text(), delimiter=self.separator, strict=True), 1
        try:
            for record in reader:
                yield record
                line = reader.line_num + 1
        except csv.Error as error:
            raise ManifestRefused(
                f"The product list cannot be read on from line {line}: {error}.",
                "Look there for a quotation mark that is not closed, or that stands inside a text and is not doubled.",
            ) from error

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self._data), self._encoding, newline="")


class ParquetTable:
    """Read a Parquet file some rows at a time."""

    separator = ","

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.header = tuple(str(name) for name in self._file().schema_arrow.names)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Iterate over the rows; raises ManifestRefused for a damaged file."""
        row = 1
        try:
            for batch in self._file().iter_batches(_ROWS_AT_ONCE):
                for values in batch.to_pylist():
                    row += 1
                    cells = {name: _cell(value) for name, value in values.items()}
                    if any(cells.values()):
                        yield row, cells
        except (OSError, ValueError) as error:
            raise ManifestRefused(f"The Parquet file is damaged after row {row}.", "Write it again.") from error

    def _file(self) -> Any:
        # Late: it costs a third of a second and most lists are CSV.
        import pyarrow.parquet  # noqa: PLC0415

        try:
            return pyarrow.parquet.ParquetFile(io.BytesIO(self._data))
        except (OSError, ValueError) as error:
            raise ManifestRefused("The product list is no Parquet file that can be read.", "Write it again.") from error


def encoding_of(data: bytes) -> str:
    """Tell how a text is encoded: by its mark, else UTF-8 if it is valid, else Windows-1252; raises ManifestRefused."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for name in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        if name != "cp1252" or b"\x00" not in data:
            return name
    raise ManifestRefused("The product list cannot be read as text.", "Save it as CSV UTF-8.")


def _named(header: Sequence[str]) -> tuple[str, ...]:
    """Tell columns of the same name apart by a number."""
    named: list[str] = []
    for name in (restored(each.strip()) for each in header):
        times = header[: len(named)].count(header[len(named)])
        named.append(f"{name} ({times + 1})" if name and times else name)
    return tuple(named)


def _cell(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124  NaN
        return ""
    if isinstance(value, (list, tuple)):
        return "|".join(map(_cell, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
