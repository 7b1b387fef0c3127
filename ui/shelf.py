"""Previews of visitors' photos, each behind an address that only its visitor knows."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock
from typing import Final

import streamlit as st

CAPACITY: Final = 128
"""Photos kept at once: about 30 MB. An older one comes back when its visitor's page runs again."""


class Shelf:
    """Keep the last pictures put on it; safe to use from several threads."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def put(self, token: str, picture: bytes) -> None:
        """Keep a picture under a token, dropping the one unused for longest when the shelf is full."""
        with self._lock:
            self._pictures[token] = picture
            self._pictures.move_to_end(token)
            while len(self._pictures) > CAPACITY:
                self._pictures.popitem(last=False)

    def get(self, token: str) -> bytes | None:
        """Return a picture, None when it is unknown."""
        with self._lock:
            if token in self._pictures:
                self._pictures.move_to_end(token)
            return self._pictures.get(token)

    def drop(self, token: str) -> None:
        """Forget a picture."""
        with self._lock:
            self._pictures.pop(token, None)


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """Return the shelf of this server process."""
    return Shelf()


def new_token() -> str:
    """Make an address that cannot be guessed."""
    return secrets.token_urlsafe(18)
