"""Amazon Titan Multimodal Embeddings G1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from searchcore.aws import INTERACTIVE, LOADING, Patience
from searchcore.bedrock import BATCHES, PREPARATION, BedrockEmbedder, BedrockOptions
from searchcore.embedders.base import EmbedderSpec, Role

MODEL: Final = "amazon.titan-embed-image-v1"

Dimension = Annotated[Literal[256, 384, 1024], BeforeValidator(int)]


class TitanOptions(BedrockOptions):
    """Options of the embedder `titan`."""

    dimension: Annotated[Literal[256, 384, 1024], BeforeValidator(int)] = Field(
        1024, description="Numbers a vector: 256, 384 or 1024."
    )


class TitanEmbedder(BedrockEmbedder):
    """Embed pictures, or English texts of at most 256 tokens; both roles are embedded alike."""

    quota_code = "L-DF0E34D4"

    def __init__(
        self,
        options: TitanOptions = TitanOptions(),  # noqa: B008  frozen
        interactive: Patience = INTERACTIVE,
        loading: Patience = LOADING,
    ) -> None:
        self._dimension = options.dimension
        spec = EmbedderSpec(
            name="titan",
            dimension=options.dimension,
            modalities=frozenset({"image", "text"}),
            model_key=f"{MODEL}@{options.dimension}@{PREPARATION}",
            price_per_picture=0.00006,
            workers=BATCHES,
            by_batch=True,
            price_per_1000_tokens=0.0008,
        )
        super().__init__(spec, MODEL, options, interactive, loading)

    def _image_request(self, jpeg: str, role: Role) -> Mapping[str, Any]:
        return {"inputImage": jpeg, **self._length()}

    def _text_request(self, text: str) -> Mapping[str, Any]:
        return {"inputText": text, **self._length()}

    def _vector_in(self, reply: Mapping[str, Any]) -> object:
        return reply.get("embedding")

    def _length(self) -> Mapping[str, Any]:
        return {"embeddingConfig": {"outputEmbeddingLength": self._dimension}}
