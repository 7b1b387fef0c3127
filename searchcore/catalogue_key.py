"""What a catalogue is called on services: the same for good, whatever it is called here by now."""

from __future__ import annotations

from itertools import chain, count
from pathlib import Path
from typing import Final

_FILE: Final = "key"


def key_of(folder: Path) -> str:
    """Return the key of the catalogue in a folder: its name, numbered where another one was made under that name.

    Machines that share a service find a catalogue there by its name alone.
    """
    file = folder / _FILE
    if file.exists():
        return file.read_text(encoding="utf-8")
    kept = chain(folder.parent.glob(f"*/{_FILE}"), (folder.parents[1] / "deleted").glob(f"*/{_FILE}"))
    taken = {each.read_text(encoding="utf-8") for each in kept}
    possible = chain([folder.name], (f"{folder.name}.{number}" for number in count(2)))
    key = next(each for each in possible if each not in taken)
    if key != folder.name and folder.is_dir():
        file.write_text(key, encoding="utf-8")
    return key


def folder_with_key(key: str, catalogues: Path) -> Path | None:
    """Return the folder below `catalogues` of the catalogue with a key, None where it is gone."""
    return next((each for each in sorted(catalogues.glob("[!.]*/")) if key_of(each) == key), None)


def keep_key(folder: Path) -> None:
    """Write the key down, before the folder is called otherwise."""
    key = key_of(folder)
    (folder / _FILE).write_text(key, encoding="utf-8")


def index_name(folder: Path, pipeline: str) -> str:
    """Return what a pipeline's index is called on a service; no two pairs of catalogue and pipeline give one name."""
    key = key_of(folder)
    # Where a hyphen could stand for either part of the pair, a dot does not: it is in no name.
    mark = "." if "-" in pipeline or "." in key else "-"
    return f"loupe-{key}{mark}{pipeline}"
