"""A thin proxy in front of a node: it refuses what OpenSearch Serverless refuses, and keeps what it was asked.

It signs nothing and checks no signature, but refuses a request that Serverless could not have checked.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

UNSUPPORTED = ("_refresh", "_flush", "_forcemerge", "_cluster", "_nodes", "_tasks", "_stats", "_reindex",
               "_update_by_query", "_delete_by_query", "_scripts", "_snapshot", "_mget")  # fmt: skip


@dataclass
class Seen:
    """Hold one request as it arrived."""

    method: str
    path: str
    body: bytes
    headers: dict[str, str]


Answer = tuple[int, dict]
Fault = Callable[[Seen], "Answer | None"]


@dataclass
class Proxy:
    """Say what to refuse; `visible_after` seconds pass until a write can be searched, None leaves that to the node."""

    node: str
    own_ids: bool = True
    serverless: bool = True
    visible_after: float | None = None
    fault: Fault = lambda seen: None
    requests: list[Seen] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> Proxy:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                if self.headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, reply = proxy.answer(Seen(self.command, self.path, body, headers))
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(reply)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(reply)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_one  # noqa: N815

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, seen: Seen) -> tuple[int, bytes]:
        self.requests.append(seen)
        refused = self.fault(seen) or (self._refused(seen) if self.serverless else None)
        if refused:
            return refused[0], json.dumps(refused[1]).encode()
        bare = seen.path.partition("?")[0]
        if seen.method == "PUT" and bare.count("/") == 1:
            seen.body = self._engine_of_the_node(json.loads(seen.body))
        status, reply = self._forwarded(seen)
        if bare.endswith("_bulk") and self.visible_after is not None:
            threading.Timer(self.visible_after, self._refresh, (bare.split("/")[1],)).start()
        return status, reply

    def _refused(self, seen: Seen) -> Answer | None:
        bare = seen.path.partition("?")[0]
        signed = "/aoss/aws4_request" in seen.headers.get("authorization", "")
        if not signed or "x-amz-content-sha256" not in seen.headers:
            return 403, {"status": 403, "error": {"type": "security_exception", "reason": "Missing signature"}}
        if bare == "/" or any(each in bare.split("/") for each in UNSUPPORTED):
            return 404, {"status": 404, "error": {"type": "not_found", "reason": "not supported"}}
        if "refresh=" in seen.path:
            reason = "true refresh policy is not supported"
            return 400, {"status": 400, "error": {"type": "bad_request", "reason": reason}}
        if bare.endswith("_bulk") and not self.own_ids and b'{"index": {"_id"' in seen.body:
            reason = "Document ID is not supported in create/index operation request"
            return 400, {"status": 400, "error": {"type": "illegal_argument_exception", "reason": reason}}
        return None

    def _engine_of_the_node(self, definition: dict) -> bytes:
        """Make the index invisible until refreshed, and with the engine that a node without native libraries has."""
        vector = definition["mappings"]["properties"]["vector"]
        self.asked_for = json.loads(json.dumps(vector))
        space = vector.pop("space_type", None) or vector["method"]["space_type"]
        vector.pop("compression_level", None)
        vector["method"] = {"name": "hnsw", "engine": "lucene", "space_type": space}
        if self.visible_after is not None:
            definition["settings"]["index"]["refresh_interval"] = "-1"
        return json.dumps(definition).encode()

    def _forwarded(self, seen: Seen) -> tuple[int, bytes]:
        request = urllib.request.Request(
            self.node + seen.path, seen.body or None, {"content-type": "application/json"}, method=seen.method
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def _refresh(self, index: str) -> None:
        self._forwarded(Seen("POST", f"/{index}/_refresh", b"", {}))

    def sleep_until_visible(self) -> None:
        time.sleep((self.visible_after or 0) + 1)
