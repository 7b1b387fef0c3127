"""The contract of an image store: pictures by key."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stored:
    """Describe a stored picture: its `size` in bytes, and `since` when it lies there, in seconds of Unix time."""

    key: str
    size: int
    since: float


class ImageStore(ABC):
    """Keep pictures under keys such as `shoes/red-1.jpg`; a key never leaves the store's own place."""

    name: str
    shared: bool = False
    """Whether other machines may store pictures in the same place."""

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
    def scan(self, prefix: str = "") -> Iterator[Stored]:
        """Iterate over the pictures whose keys begin with `prefix`, in order of their keys."""

    def list(self, prefix: str = "") -> Iterator[str]:
        """Iterate over the keys that begin with `prefix`, in order."""
        return (each.key for each in self.scan(prefix))

    @abstractmethod
    def delete(self, key: str) -> None:
        """Remove a picture; an unknown key is no error."""
