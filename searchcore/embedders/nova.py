"""Amazon Nova Multimodal Embeddings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from searchcore.aws import INTERACTIVE, LOADING, Patience
from searchcore.bedrock import BATCHES, PREPARATION, BedrockEmbedder, BedrockOptions
from searchcore.embedders.base import EmbedderSpec, Role
from searchcore.errors import TextRefused

MODEL: Final = "amazon.nova-2-multimodal-embeddings-v1:0"
PURPOSES: Final[Mapping[Role, str]] = {"index": "GENERIC_INDEX", "query": "IMAGE_RETRIEVAL"}
"""Nova embeds what is stored and what is searched with apart; an index of pictures alone is searched as such."""

Dimension = Annotated[Literal[256, 384, 1024, 3072], BeforeValidator(int)]


class NovaOptions(BedrockOptions):
    """Options of the embedder `nova`."""

    dimension: Annotated[Literal[256, 384, 1024, 3072], BeforeValidator(int)] = Field(
        1024, description="Numbers a vector: 256, 384, 1024 or 3072."
    )


class NovaEmbedder(BedrockEmbedder):
    """Embed pictures or texts, one modality a call."""

    def __init__(
        self,
        options: NovaOptions = NovaOptions(),  # noqa: B008  frozen
        interactive: Patience = INTERACTIVE,
        loading: Patience = LOADING,
    ) -> None:
        self._dimension = options.dimension
        spec = EmbedderSpec(
            name="nova",
            dimension=options.dimension,
            modalities=frozenset({"image", "text"}),
            model_key=f"{MODEL}@{options.dimension}@{PREPARATION}",
            price_per_picture=0.00006,
            workers=BATCHES,
            price_per_1000_tokens=0.000135,
        )
        super().__init__(spec, MODEL, options, interactive, loading)

    def _image_request(self, jpeg: str, role: Role) -> Mapping[str, Any]:
        image = {"format": "jpeg", "detailLevel": "STANDARD_IMAGE", "source": {"bytes": jpeg}}
        return self._request(role, image=image)

    def _text_request(self, text: str) -> Mapping[str, Any]:
        # NONE: a text that is too long is refused, not cut in silence.
        return self._request("query", text={"truncationMode": "NONE", "value": text})

    def _vector_in(self, reply: Mapping[str, Any]) -> object:
        first = reply["embeddings"][0] if isinstance(reply.get("embeddings"), list) and reply["embeddings"] else None
        if not isinstance(first, dict):
            return None
        if first.get("truncatedCharLength"):
            raise TextRefused("The text is too long for Nova.", "Use fewer words.")
        return first.get("embedding")

    def _request(self, role: Role, **modality: Mapping[str, Any]) -> Mapping[str, Any]:
        params = {"embeddingPurpose": PURPOSES[role], "embeddingDimension": self._dimension, **modality}
        return {
            "schemaVersion": "nova-multimodal-embed-v1",
            "taskType": "SINGLE_EMBEDDING",
            "singleEmbeddingParams": params,
        }
