"""Text from a catalogue, for the widgets that would read it as Markdown."""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@])")
_LINKING: Final = re.compile(r"(\\[:@<-]|ww)")
JOINER: Final = "\u2060"
"""Takes no room and shows nothing."""


def plain(text: str) -> str:
    """Escape every mark that Streamlit's Markdown knows, so that the text is shown as it is written.

    Addresses, icons and arrows are looked for when the escapes are gone: a joiner within keeps them from being found.
    """
    return _LINKING.sub(rf"\1{JOINER}", _MARKS.sub(r"\\\1", " ".join(text.split())))
