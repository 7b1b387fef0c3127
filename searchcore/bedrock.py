"""Embedding through Amazon Bedrock: what its models share."""

from __future__ import annotations

import base64
import hashlib
import json
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
from PIL import Image
from pydantic import Field

from searchcore.aws import INTERACTIVE, LOADING, AwsOptions, Calls, Patience, open_session
from searchcore.aws_errors import Unreadable, redacted
from searchcore.embedders.base import EmbeddedText, Embedder, EmbedderSpec, Role
from searchcore.errors import PictureRefused, SearchError, TextRefused, VectorRefused
from searchcore.images import Picture, encode
from searchcore.pace import TokenBucket
from searchcore.vectors import Vectors, unit_rows

PREPARATION: Final = "prep1"
"""The version of `prepared`: an index made with another one is refused."""
SIDE: Final = 1024
SHORTEST: Final = 128
ASPECT: Final = 4
WORKERS: Final = 8
"""Calls under way at once: a model takes one picture a call."""
BATCHES: Final = 3
"""Batches under way at once: while one waits for its slowest call, others go on."""
QUOTA_SHARE: Final = 0.8
DEFAULT_RATE: Final = 600
"""Requests a minute where the account's quota cannot be read."""

Given = TypeVar("Given")
Answered = tuple[Vectors, int]
"""A unit row, shape (dimension,), and the tokens that were billed."""


class BedrockOptions(AwsOptions):
    """Say how fast a catalogue is embedded."""

    requests_per_minute: float | None = Field(
        None, gt=0, description="The rate of loading; without it 80 % of the account's quota."
    )
    batch_role: str | None = Field(
        None, description="The IAM role, its name or ARN, with which batch jobs read and write the bucket."
    )


class BedrockEmbedder(Embedder):
    """Embed one picture or text a call: queries at once and with little patience, a catalogue at a bounded rate."""

    quota_code = ""
    """The code of the quota of requests a minute in Service Quotas, where it is known."""

    def __init__(
        self,
        spec: EmbedderSpec,
        model: str,
        options: BedrockOptions,
        interactive: Patience = INTERACTIVE,
        loading: Patience = LOADING,
    ) -> None:
        """Open the clients, without calling; raises SearchError without credentials or region."""
        self.spec = spec
        self._model, self._options = model, options
        advice = (
            f"Enable the model: AWS console, Amazon Bedrock, Model access, {model}; "
            "or choose a region that has it, such as AWS_REGION=us-east-1."
        )
        session = open_session(options)
        self._calls = {
            "query": Calls("bedrock-runtime", options, interactive, advice, session),
            "index": Calls("bedrock-runtime", options, loading, advice, session),
        }
        self._opening = Lock()
        self._bucket: TokenBucket | None = None

    @property
    def model(self) -> str:
        return self._model

    @property
    def options(self) -> BedrockOptions:
        return self._options

    def embed_images(self, pictures: Sequence[Picture], role: Role = "index") -> Vectors:
        """Return float32 of shape (n, dimension), rows of unit length; raises PictureRefused, VectorRefused."""
        if not pictures:
            return np.empty((0, self.spec.dimension), dtype=np.float32)
        with ThreadPoolExecutor(min(WORKERS, len(pictures))) as pool:
            answers = list(pool.map(lambda picture: self._embed_image(picture, role), pictures))
        return np.stack([row for row, _ in answers])

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (n, dimension), rows of unit length; raises TextRefused for one too long."""
        rows = [self.embed_text(text).vector for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.spec.dimension), dtype=np.float32)

    def embed_text(self, text: str) -> EmbeddedText:
        if not text.strip():
            raise TextRefused("There are no words to embed.", "Type some.")
        return EmbeddedText(*self._invoke(self._text_request(text), "query", TextRefused))

    def record(self, picture: Picture) -> tuple[str, Mapping[str, Any]]:
        """Return what names a picture in a batch, the same for the same picture, and the request that embeds it."""
        jpeg = prepared(picture)
        request = self._image_request(base64.b64encode(jpeg).decode("ascii"), "index")
        return hashlib.sha256(jpeg).hexdigest()[:32], request

    def vector(self, reply: Mapping[str, Any]) -> Vectors:
        """Return the unit row in a model's reply, shape (dimension,); raises VectorRefused."""
        if reply.get("message"):
            raise VectorRefused(
                f"{self._model} could not embed it: {redacted(str(reply['message']))}", "Try another one."
            )
        vector = self._vector_in(reply)
        if not isinstance(vector, list):
            raise VectorRefused(f"{self._model} sent no embedding.", "Try again, or try another one.")
        row: Vectors = unit_rows(vector, self.spec.dimension)[0]
        return row

    @abstractmethod
    def _image_request(self, jpeg: str, role: Role) -> Mapping[str, Any]:
        """Return the body of a request for a picture, given in base64."""

    @abstractmethod
    def _text_request(self, text: str) -> Mapping[str, Any]:
        """Return the body of a request for a text that is searched with."""

    @abstractmethod
    def _vector_in(self, reply: Mapping[str, Any]) -> object:
        """Find the vector in a reply; raises VectorRefused where the reply says that something is wrong."""

    def _embed_image(self, picture: Picture, role: Role) -> Answered:
        if role == "index":
            self._pace().take()
        jpeg = base64.b64encode(prepared(picture)).decode("ascii")
        return self._invoke(self._image_request(jpeg, role), role, PictureRefused)

    def _invoke(self, request: Mapping[str, Any], role: Role, refused: type[SearchError]) -> Answered:
        return self._calls[role](
            "invoke_model",
            self._read,
            refused,
            modelId=self._model,
            body=json.dumps(request),
            contentType="application/json",
            accept="application/json",
        )

    def _read(self, response: Mapping[str, Any]) -> Answered:
        try:
            reply = json.loads(response["body"].read())
        except ValueError as error:
            raise Unreadable from error
        if not isinstance(reply, dict):
            raise Unreadable
        return self.vector(reply), _tokens(reply, response)

    def _pace(self) -> TokenBucket:
        with self._opening:
            if self._bucket is None:
                self._bucket = TokenBucket(self._options.requests_per_minute or self._quota())
            return self._bucket

    def _quota(self) -> float:
        try:
            quotas = Calls("service-quotas", self._options, INTERACTIVE)
            read: Callable[[Any], float] = lambda reply: float(reply["Quota"]["Value"])  # noqa: E731
            quota = quotas("get_service_quota", read, ServiceCode="bedrock", QuotaCode=self.quota_code)
        except (SearchError, KeyError):
            return DEFAULT_RATE
        return quota * QUOTA_SHARE or DEFAULT_RATE


def prepared(picture: Picture) -> bytes:
    """Return the JPEG that is embedded, alike for catalogue and query.

    At most 1024 px a side; at least 128, and a quarter of the longer side, by enlarging and by white margins.
    """
    image = picture.shrunk(SIDE)
    if min(image.size) < SHORTEST:
        scale = min(SHORTEST / min(image.size), SIDE / max(image.size))
        image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    least = max(SHORTEST, -(-max(image.size) // ASPECT))
    size = max(image.width, least), max(image.height, least)
    if size != image.size:
        sheet = Image.new("RGB", size, "white")
        sheet.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
        image = sheet
    return encode(image, "JPEG", quality=90)


def _tokens(reply: Mapping[str, Any], response: Mapping[str, Any]) -> int:
    headers = response["ResponseMetadata"]["HTTPHeaders"]
    counted = reply.get("inputTextTokenCount") or headers.get("x-amzn-bedrock-input-token-count") or 0
    return int(counted) if str(counted).isdecimal() else 0
