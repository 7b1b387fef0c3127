"""The contract of an image store: pictures by key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator


class ImageStore(ABC):
    """Keep pictures under keys such as `shoes/red-1.jpg`; a key never leaves the store's own place."""

    name: str

    @abstractmethod
    def put(self, key: str, data: bytes, content_type: str = "image/jpeg") -> None:
        """Store a picture, replacing the one of that key whole or not at all."""

    @abstractmethod
    def open(self, key: str) -> bytes:
        """Return a picture's bytes; raises NotFound."""

    @abstractmethod
    def url(self, key: str) -> str | None:
        """Return an address that a browser can fetch for a short while, or None where the app must serve it."""

    @abstractmethod
    def list(self, prefix: str = "") -> Iterator[str]:
        """Iterate over the keys that begin with `prefix`, in order."""

    @abstractmethod
    def delete(self, key: str) -> None:
        """Remove a picture; an unknown key is no error."""
