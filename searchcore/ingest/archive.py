"""ZIP archives, read without unpacking: nothing is written, and nothing larger than the limits is inflated."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from searchcore.errors import ManifestRefused, SearchError
from searchcore.ingest.files import missing

_ARCHIVES: Final = (".zip", ".jar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst")
_CHUNK: Final = 1 << 20
_DRIVE: Final = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what an archive may hold; sizes are bytes after inflating, `ratio` is inflated to packed."""

    entries: int = 100_000
    entry: int = 200_000_000
    total: int = 20_000_000_000
    ratio: int = 200


class ZipFiles:
    """Read the files of a ZIP archive; raises ManifestRefused for one that breaks a limit."""

    def __init__(self, archive: str | Path | IO[bytes], limits: Limits = Limits()) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(archive)
        except (OSError, zipfile.BadZipFile, ValueError) as error:
            raise ManifestRefused("The archive cannot be opened.", "Choose a ZIP file that is whole.") from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._check(entries)
        self._entries = {_plain(entry.filename): entry for entry in entries}

    def names(self) -> Iterator[str]:
        return (name for name in sorted(self._entries) if not _hidden(name))

    def read(self, name: str) -> bytes:
        if name not in self._entries:
            raise missing(name)
        data = bytearray()
        try:
            with self._zip.open(self._entries[name]) as file:
                # In pieces: they end at the size that was checked, a whole read would first inflate all there is.
                while piece := file.read(_CHUNK):
                    data += piece
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise SearchError(f"{name[:200]} is damaged or locked in the archive.", "Pack it again.") from error
        return bytes(data)

    def alike(self, name: str) -> str | None:
        return name if name in self._entries else None

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        limits, packed = self._limits, sum(entry.compress_size for entry in entries)
        total = sum(entry.file_size for entry in entries)
        if len(entries) > limits.entries:
            raise _refused(f"holds {len(entries):,} files; the limit is {limits.entries:,}")
        if total > limits.total:
            raise _refused(f"inflates to {total / 1e9:.1f} GB; the limit is {limits.total / 1e9:.1f} GB")
        if total > limits.ratio * max(packed, _CHUNK):
            raise _refused(f"inflates to {total / max(packed, 1):.0f} times its size")
        for entry in entries:
            wrong = self._why_not(entry)
            if wrong:
                raise _refused(f"holds “{entry.filename[:100]}”, {wrong}")

    def _why_not(self, entry: zipfile.ZipInfo) -> str:
        name, limits = entry.filename, self._limits
        if _plain(name).startswith("/") or _DRIVE.match(name) or ".." in _plain(name).split("/"):
            return "a path that leads out of it"
        if stat.S_ISLNK(entry.external_attr >> 16):
            return "a link"
        if name.lower().endswith(_ARCHIVES) and not _hidden(name):
            return "another archive"
        if entry.file_size > limits.entry:
            return f"{entry.file_size / 1e6:.0f} MB large; the limit is {limits.entry // 1_000_000} MB"
        if entry.file_size > limits.ratio * max(entry.compress_size, _CHUNK // limits.ratio):
            return f"which inflates to {entry.file_size / max(entry.compress_size, 1):.0f} times its size"
        return ""


def _plain(name: str) -> str:
    """Return a name with the slashes of the format: some programs of Windows write their own."""
    return name.replace("\\", "/")


def _hidden(name: str) -> bool:
    """Tell whether it is what systems leave in archives unasked."""
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _refused(why: str) -> ManifestRefused:
    return ManifestRefused(f"The archive {why}.", "Pack the product list and its pictures alone.")
