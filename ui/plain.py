"""Text from a catalogue, for the widgets that would read it as Markdown."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def plain(text: str) -> str:
    """Escape every mark that Streamlit's Markdown knows, so that the text is shown as it is written."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
