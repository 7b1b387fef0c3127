"""Bedrock, Rekognition, Service Quotas and CloudFormation as a small HTTP server: strict, and faulty on command.

An embedding is a fixed function of the picture's 8 x 8 colours, and a colour's name lies where a picture of that colour
does: a search has a right answer.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, unquote

import numpy as np
from PIL import Image, ImageColor

from tests.aws.batches import JOBS, Batches, Refusal
from tests.aws.stacks import QUERIES, Absent, Stacks, as_xml, error_xml

TITAN = "amazon.titan-embed-image-v1"
NOVA = "amazon.nova-2-multimodal-embeddings-v1:0"
DIMENSIONS = {TITAN: (256, 384, 1024), NOVA: (256, 384, 1024, 3072)}
MOST_TOKENS = {TITAN: 256, NOVA: 8172}


@dataclass(frozen=True)
class Fault:
    """Say what happens in place of the right answer: an error by `code`, a `raw` body, one `cut` in half.

    `short` breaks the connection off in the middle of the body, `drop` before the answer.
    """

    code: str = ""
    status: int = 0
    message: str = "scripted"
    raw: bytes | None = None
    cut: bool = False
    short: bool = False
    drop: bool = False
    delay: float = 0.0


@dataclass(frozen=True)
class Seen:
    """Hold one request: the operation, its body, and the key that signed it."""

    operation: str
    body: dict[str, Any]
    key: str


@dataclass
class Stub:
    """Script the faults, and see what was asked."""

    url: str = ""
    labels: list[dict[str, Any]] | None = None
    quota: float = 6000.0
    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | None = None
    seen: list[Seen] = field(default_factory=list)
    expired: set[str] = field(default_factory=set)
    stacks: Stacks = field(default_factory=Stacks)
    batches: Batches = field(default_factory=Batches)
    lock: Lock = field(default_factory=Lock)

    def reset(self) -> None:
        self.labels, self.always, self.quota = None, None, 6000.0
        for each in (self.faults, self.seen, self.expired):
            each.clear()

    def fail(self, *faults: Fault) -> None:
        """Let the next requests meet these faults, one each."""
        self.faults.extend(faults)

    def calls(self, operation: str = "") -> list[Seen]:
        return [each for each in self.seen if operation in each.operation]

    def answer(self, seen: Seen) -> dict[str, Any]:
        if seen.operation == "GetServiceQuota":
            return {"Quota": {"QuotaCode": seen.body["QuotaCode"], "Value": self.quota}}
        if seen.operation in QUERIES:
            return self.stacks.answer(seen.operation, seen.body)
        if seen.operation in JOBS:
            return self.batches.answer(seen.operation, seen.body, _titan)
        if seen.operation == "DetectLabels":
            return _detect(seen.body, self.labels)
        return _nova(seen.body) if seen.operation == NOVA else _titan(seen.body)

    def fault(self, seen: Seen) -> Fault | None:
        with self.lock:
            self.seen.append(seen)
            if seen.key in self.expired:
                return Fault("ExpiredTokenException", 403, "The security token included in the request is expired")
            if seen.operation == "GetServiceQuota":
                return None
            return self.faults.popleft() if self.faults else self.always


def _picture(data: str) -> Image.Image:
    image = Image.open(io.BytesIO(base64.b64decode(data, validate=True)), formats=("JPEG", "PNG"))
    image.load()
    return image


def _vector(thumbnail: np.ndarray, dimension: int) -> list[float]:
    features = np.append(thumbnail.reshape(-1) - 127.5, 30.0)
    return [float(each) for each in features @ _projection(dimension)]


@cache
def _projection(dimension: int) -> np.ndarray:
    return np.random.default_rng(7).normal(size=(193, dimension))


def _seen_as(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB").resize((8, 8), Image.Resampling.BOX), dtype=np.float64)


def _meant_by(text: str) -> np.ndarray:
    for word in text.lower().split():
        if word in ImageColor.colormap:
            return np.tile(np.array(ImageColor.getrgb(word), dtype=np.float64), (8, 8, 1))
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
    return np.random.default_rng(seed).uniform(0, 255, (8, 8, 3))


def _embedded(model: str, dimension: int, image: str | None, text: str | None) -> tuple[list[float], int]:
    if dimension not in DIMENSIONS[model]:
        raise Refusal("Malformed input request: dimension")
    if image is not None:
        pixels = _picture(image)
        if max(pixels.size) > 2048:
            raise Refusal("400 Bad Request: Image exceeds max pixels allowed.")
        return _vector(_seen_as(pixels), dimension), 0
    tokens = len((text or "").split())
    if not 0 < tokens <= MOST_TOKENS[model]:
        most = MOST_TOKENS[model]
        raise Refusal(
            f"400 Bad Request: Too many input tokens. Max input tokens: {most}, request input token count: {tokens}"
        )
    return _vector(_meant_by(text or ""), dimension), tokens


def _titan(body: dict[str, Any]) -> dict[str, Any]:
    if set(body) - {"inputText", "inputImage", "embeddingConfig"}:
        raise Refusal("Malformed input request")
    dimension = body["embeddingConfig"]["outputEmbeddingLength"]
    vector, tokens = _embedded(TITAN, dimension, body.get("inputImage"), body.get("inputText"))
    return {"embedding": vector, "inputTextTokenCount": tokens, "message": None}


def _nova(body: dict[str, Any]) -> dict[str, Any]:
    asked = body["singleEmbeddingParams"]
    if (body["schemaVersion"], body["taskType"]) != ("nova-multimodal-embed-v1", "SINGLE_EMBEDDING"):
        raise Refusal("Malformed input request")
    if (
        asked["embeddingPurpose"] not in ("GENERIC_INDEX", "IMAGE_RETRIEVAL")
        or len({"image", "text"} & set(asked)) != 1
    ):
        raise Refusal("Malformed input request")
    image = asked["image"]["source"]["bytes"] if "image" in asked else None
    vector, _ = _embedded(NOVA, asked["embeddingDimension"], image, asked.get("text", {}).get("value"))
    return {"embeddings": [{"embeddingType": "IMAGE" if image else "TEXT", "embedding": vector}]}


def _detect(body: dict[str, Any], labels: list[dict[str, Any]] | None) -> dict[str, Any]:
    data = body["Image"]["Bytes"]
    if len(base64.b64decode(data)) > 5_242_880:
        raise Refusal("ImageTooLargeException")
    image = _picture(data)
    if min(image.size) < 80 or max(image.size) > 10_000:
        raise Refusal("InvalidParameterException")
    found = _objects(image) if labels is None else labels
    return {"Labels": found, "LabelModelVersion": "3.0"}


def _objects(image: Image.Image) -> list[dict[str, Any]]:
    """Find what stands out from the wall's colour, column by column."""
    pixels = np.asarray(image.convert("RGB").resize((64, 64)), dtype=int)
    mask = np.abs(pixels - pixels[0, 0]).max(axis=2) > 40
    scene = {"Name": "Indoors", "Confidence": 99.0, "Instances": [], "Parents": [], "Aliases": [], "Categories": []}
    runs = list(re.finditer("1+", "".join("01"[each] for each in mask.any(axis=0).astype(int))))
    return [scene, *(_thing(mask, run.start(), run.end(), place) for place, run in enumerate(runs[:5]))]


def _thing(mask: np.ndarray, left: int, right: int, place: int) -> dict[str, Any]:
    rows = np.flatnonzero(mask[:, left:right].any(axis=1))
    box = {
        "Left": left / 64,
        "Top": rows[0] / 64,
        "Width": (right - left) / 64,
        "Height": (rows[-1] + 1 - rows[0]) / 64,
    }
    box = {side: float(value) for side, value in box.items()}
    instance = {"BoundingBox": box, "Confidence": 95.0 - place}
    return {"Name": f"Thing {place + 1}", "Confidence": 95.0 - place, "Instances": [instance]}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # head and body in one packet: the second of two would wait for the first one's receipt
    stub: Stub

    def do_POST(self) -> None:
        seen = self._seen()
        fault = self.stub.fault(seen) or Fault()
        time.sleep(fault.delay)
        if fault.drop:
            self.close_connection = True
        elif fault.code:
            self._error(seen.operation, fault.status or 400, fault.code, fault.message)
        elif fault.raw is not None:
            self._send(fault.status or 200, fault.raw, {}, fault)
        else:
            self._answer(seen, fault)

    # S3's requests get no answers from here, only faults.
    do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815

    def _seen(self) -> Seen:
        data = self.rfile.read(int(self.headers.get("content-length", 0)))
        model = re.fullmatch(r"/model/(.+)/invoke", unquote(self.path))
        job = re.fullmatch(r"/model-invocation-job(?:/(.+))?", unquote(self.path))
        if job:
            body = {"jobIdentifier": job[1]} if job[1] else json.loads(data)
            return Seen(JOBS[bool(job[1])], body, "")
        target = self.headers.get("x-amz-target", "").rpartition(".")[2]
        signer = re.search(r"Credential=([^/]+)/", self.headers.get("authorization", ""))
        query = dict(parse_qsl(data.decode())) if "urlencoded" in self.headers.get("content-type", "") else {}
        body = json.loads(data) if model or target else query
        operation = model[1] if model else target or query.get("Action", self.command)
        return Seen(operation, body, signer[1] if signer else "")

    def _answer(self, seen: Seen, fault: Fault) -> None:
        try:
            answer = self.stub.answer(seen)
        except Refusal as refusal:
            code = str(refusal) if str(refusal).endswith("Exception") else "ValidationException"
            self._error(seen.operation, 400, code, str(refusal))
        except Absent as absent:
            self._error(seen.operation, 400, "ValidationError", str(absent))
        else:
            if seen.operation in QUERIES:
                self._send(200, as_xml(seen.operation, answer), {"content-type": "text/xml"})
                return
            self._send(200, json.dumps(answer).encode(), {}, fault)

    def _error(self, operation: str, status: int, code: str, message: str) -> None:
        if operation in (TITAN, NOVA, *JOBS):
            self._send(
                status, json.dumps({"message": message}).encode(), {"x-amzn-ErrorType": f"{code}:http://internal/"}
            )
        elif operation in QUERIES:
            self._send(status, error_xml(code, message), {"content-type": "text/xml"})
        else:
            self._send(status, json.dumps({"__type": code, "Message": message}).encode(), {})

    def _send(self, status: int, body: bytes, headers: dict[str, str], fault: Fault = Fault()) -> None:
        sent = body[: len(body) // 2] if fault.cut or fault.short else body
        self.send_response(status)
        for name, value in {"x-amzn-RequestId": "0", "content-type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body if fault.short else sent)))
        self.end_headers()
        self.wfile.write(sent)
        self.close_connection = fault.short

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep silent."""


@contextmanager
def running() -> Iterator[Stub]:
    """Serve until the block ends."""
    stub = Stub()
    handler = type("Handler", (_Handler,), {"stub": stub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield stub
    server.shutdown()
    server.server_close()
