"""Names for new catalogues, made from what a person types and from what a source is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Final

from searchcore.catalogues import SAMPLE

_LONGEST: Final = 63


def name_from(text: str) -> str:
    """Make a name that a catalogue can have, empty where nothing of a text can stay: `Mein Shop` -> `mein-shop`."""
    latin = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", latin).strip("-_")[:_LONGEST].rstrip("-_")


def suggested_name(label: str) -> str:
    """Make the name of a catalogue from that of its source."""
    name = name_from(PurePosixPath(label.rstrip("/")).stem)[:40].rstrip("-_")
    return name if name not in ("", SAMPLE, "products") else "my-catalogue"


def free_name(label: str, taken: Collection[str]) -> str:
    """Make a name that no catalogue has yet: `shop`, or `shop-2` where there is one of that name."""
    name = suggested_name(label)
    return next(each for each in (name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)
