"""Pictures from the web, fetched so that nobody can make the server look into its own network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from time import monotonic
from typing import Final
from urllib.parse import urljoin, urlsplit

from searchcore.errors import SearchError
from searchcore.images import MAX_BYTES

_PORTS: Final = {"http": 80, "https": 443}
_MOVED: Final = (301, 302, 303, 307, 308)
_CHUNK: Final = 1 << 16
_REMEDY: Final = "Bring the picture as a file instead."


def public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet."""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        # Addresses that only wrap an IPv4 one lead wherever that one leads.
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if inner is not None or parsed in ipaddress.ip_network("64:ff9b::/96"):
            return inner is not None and public(str(inner))
    return parsed.is_global and not parsed.is_multicast


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host; raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetch pictures by http and https from public addresses alone; raises SearchError.

    The address that was checked is the one connected to, so that a second answer of the DNS changes nothing; every
    redirect is checked anew. `seconds` bounds the whole fetch, `most` its bytes.
    """

    seconds: float = 20.0
    most: int = MAX_BYTES
    redirects: int = 3
    allowed: Callable[[str], bool] = public
    resolve: Callable[[str, int], Sequence[str]] = resolved
    ports: Sequence[int] = (80, 443)

    def __call__(self, url: str) -> bytes:
        deadline = monotonic() + self.seconds
        for _ in range(self.redirects + 1):
            try:
                found = self._answer(url, deadline)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise _refused(url, "cannot be reached in time") from error
            if isinstance(found, bytes):
                return found
            url = urljoin(url, found)
        raise _refused(url, "is passed on too often")

    def _answer(self, url: str, deadline: float) -> bytes | str:
        """Return the body, or where it moved to."""
        scheme, host, port, path = self._parts(url)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = self._socket(url, scheme, host, port, deadline)
        with closing(connection), _ended_at(deadline, connection.sock):
            connection.request("GET", path, headers={"Accept": "image/*", "Accept-Encoding": "identity"})
            response = connection.getresponse()
            if monotonic() >= deadline:
                raise TimeoutError
            if response.status in _MOVED:
                return response.headers.get("Location") or ""
            kind = response.headers.get_content_type()
            if response.status != 200 or not kind.startswith("image/"):
                raise _refused(url, f"is no picture there: answer {response.status}, {kind}")
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise _refused(url, "comes compressed")
            return self._body(url, response, deadline)

    def _body(self, url: str, response: http.client.HTTPResponse, deadline: float) -> bytes:
        # What a server says of the length is no promise: counted is what comes.
        data = bytearray()
        while True:
            piece = response.read1(_CHUNK)
            # What was cut off at the deadline looks like an end.
            if monotonic() >= deadline:
                raise _refused(url, f"takes longer than {self.seconds:g} seconds")
            if not piece:
                return bytes(data)
            data += piece
            if len(data) > self.most:
                raise _refused(url, f"has more than {self.most / 1e6:.0f} MB")

    def _parts(self, url: str) -> tuple[str, str, int, str]:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
        wrong = (
            parts.scheme not in _PORTS or not host or port not in self.ports or "@" in parts.netloc
            or not url.isascii() or not url.isprintable() or " " in url or "\\" in url or "xn--" in host
        )  # fmt: skip
        if wrong:
            raise _refused(url, "is no plain web address")
        return parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def _socket(self, url: str, scheme: str, host: str, port: int, deadline: float) -> socket.socket:
        addresses = self.resolve(host, port)
        if not addresses or not all(self.allowed(address) for address in addresses):
            raise _refused(url, "leads into a private network")
        plain = socket.create_connection((addresses[0], port), timeout=max(deadline - monotonic(), 0.001))
        if scheme == "http":
            return plain
        try:
            # A handshake counts its timeout once, whatever comes in between.
            plain.settimeout(max(deadline - monotonic(), 0.001))
            return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise


@contextmanager
def _ended_at(deadline: float, opened: socket.socket) -> Iterator[None]:
    """Cut a connection off at a deadline: its own timeout begins anew with each piece that comes."""
    timer = Timer(max(deadline - monotonic(), 0), _cut, [opened])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(opened: socket.socket) -> None:
    with suppress(OSError):
        # Whoever waits for a socket that is merely closed goes on waiting; TLS would say goodbye first.
        socket.socket.shutdown(opened, socket.SHUT_RDWR)


def _refused(url: str, why: str) -> SearchError:
    shown = "".join(letter if letter.isprintable() else "�" for letter in url[:100])
    return SearchError(f"The address {shown} {why}.", _REMEDY)
