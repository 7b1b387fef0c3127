"""Paste a picture anywhere on the page: Ctrl+V takes what lies in the clipboard."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from ui.mount import component, mount

_RENDER = component("paste", "outbox")


def paste(on_paste: Callable[[bytes], None], *, key: str) -> None:
    """Listen on the whole page; `on_paste` gets a pasted picture as JPEG, shrunk by the browser to 2048 px."""

    def handle(event: Mapping[str, Any]) -> None:
        try:
            on_paste(base64.b64decode(str(event.get("jpeg")), validate=True))
        except binascii.Error:
            return

    mount(_RENDER, key, {}, handle)
