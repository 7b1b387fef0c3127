"""Pictures from the web (R1-R4)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from time import sleep

import pytest

from searchcore.errors import SearchError
from searchcore.ingest.web import Fetcher, public
from tests.support import RED, png

PUBLIC = "93.184.216.34"
TLS_RECORD = b"\x16\x03\x03\x40\x00"
"""The head of one that announces 16 kB."""


@contextmanager
def served(answer) -> Iterator[int]:
    """Run a server on this machine, give its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self)

        def log_message(self, *_):
            pass

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        yield port


@contextmanager
def running(server) -> Iterator[int]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def at_home(port: int, **options) -> Fetcher:
    """Let a fetcher reach the server on this machine under the name of a public host."""
    options = {"resolve": lambda host, _: ["127.0.0.1" if host == "shop.example" else "10.0.0.1"]} | options
    return Fetcher(allowed=lambda address: address == "127.0.0.1", ports=(port,), **options)


def send(handler, data, **headers):
    handler.send_response(200)
    for name, value in {"Content-Type": "image/png", "Content-Length": len(data)}.items() | {
        (name.replace("_", "-"), value) for name, value in headers.items()
    }:
        handler.send_header(name, str(value))
    handler.end_headers()
    handler.wfile.write(data)


def test_a_picture_is_fetched():
    with served(lambda handler: send(handler, png(RED))) as port:
        assert at_home(port)(f"http://shop.example:{port}/a.png?size=2") == png(RED)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://0.0.0.0/", "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/", "http://10.1.2.3/", "http://localhost/",
        "file:///etc/passwd", "gopher://shop.example/", "ftp://shop.example/a.png", "http://user:pw@shop.example/",
        "http://shop.example@127.0.0.1/", "http://bücher.example/", "http://xn--bcher-kva.example/",
        "http://127.0.0.1:6379/", "http://", "http://shop.example\\@127.0.0.1/", "http://[broken/",
        "http://shop.example/a b", "http://shop.example:99999/",
    ],
)  # fmt: skip
def test_what_leads_inside_or_is_no_plain_web_address_is_refused(url, monkeypatch):
    """R1."""
    monkeypatch.setattr("socket.create_connection", lambda *_, **__: pytest.fail("connected"))
    with pytest.raises(SearchError):
        Fetcher()(url)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1"],
)  # fmt: skip
def test_private_addresses_are_told_from_public_ones(address):
    assert not public(address)
    assert public(PUBLIC)
    assert public("2606:2800:220:1:248:1893:25c8:1946")


def test_a_redirect_into_a_private_network_is_refused():
    """R2."""

    def move(handler):
        handler.send_response(302)
        handler.send_header("Location", f"http://inside.example:{handler.server.server_port}/")
        handler.end_headers()

    with served(move) as port, pytest.raises(SearchError, match="private network"):
        at_home(port)(f"http://shop.example:{port}/")


def test_redirects_end():
    """R2."""

    def move(handler):
        handler.send_response(301)
        handler.send_header("Location", "/again")
        handler.end_headers()

    with served(move) as port, pytest.raises(SearchError, match="too often"):
        at_home(port)(f"http://shop.example:{port}/")


def test_a_host_with_one_private_address_among_public_ones_is_refused():
    """R2: the answer is asked for once, and every address in it must be public."""
    asked = []

    def changing(host, port):
        asked.append(host)
        return [PUBLIC, "127.0.0.1"]

    with pytest.raises(SearchError, match="private network"):
        Fetcher(resolve=changing)("http://shop.example/")
    assert asked == ["shop.example"]


def test_an_endless_body_is_cut_whatever_length_it_claims():
    """R3."""

    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "image/png")
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(bytes(10_000))
        except OSError:
            return

    with served(endless) as port, pytest.raises(SearchError, match="more than"):
        at_home(port, most=100_000)(f"http://shop.example:{port}/")


def test_a_body_that_drips_is_cut():
    """R3."""
    enough = Event()

    def dripping(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "image/png")
        handler.end_headers()
        try:
            while not enough.wait(0.05):
                handler.wfile.write(b"x")
        except OSError:
            return

    with served(dripping) as port:
        with pytest.raises(SearchError, match=r"longer than|in time"):
            at_home(port, seconds=1.0)(f"http://shop.example:{port}/")
        enough.set()


@pytest.mark.parametrize(("scheme", "begin"), [("http", b""), ("https", TLS_RECORD)], ids=["headers", "handshake"])
def test_what_drips_before_the_body_is_cut(scheme, begin):
    """R3: each byte comes in time, all of them do not."""
    whole, tried = Event(), Event()

    class Dripping(BaseRequestHandler):
        def handle(self):
            try:
                self.request.sendall(begin)
                for _ in range(100):
                    self.request.sendall(b"x")
                    sleep(0.05)
                whole.set()
            except OSError:
                return
            finally:
                tried.set()

    with running(ThreadingTCPServer(("127.0.0.1", 0), Dripping)) as port:
        with pytest.raises(SearchError, match=r"longer than|in time"):
            at_home(port, seconds=0.5)(f"{scheme}://shop.example:{port}/")
        assert tried.wait(60)
    assert not whole.is_set()


def test_a_compressed_body_is_refused():
    """R3: a gzip bomb is not inflated."""
    bomb = gzip.compress(bytes(1_000_000))

    def packed(handler):
        send(handler, bomb, Content_Encoding="gzip")

    with served(packed) as port, pytest.raises(SearchError, match="compressed"):
        at_home(port)(f"http://shop.example:{port}/")


def test_a_page_is_no_picture():
    """R4."""

    def page(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()

    with served(page) as port, pytest.raises(SearchError, match="no picture there"):
        at_home(port)(f"http://shop.example:{port}/")
