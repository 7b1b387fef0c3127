"""Errors a person can act on."""

import math


class SearchError(Exception):
    """Say what happened (`message`) and what to do about it (`remedy`), each in one plain sentence."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class PictureRefused(SearchError):
    """The bytes are no picture that can be searched with."""


class BoxRefused(SearchError):
    """The box has no area inside the picture, or is no box at all."""


class VectorRefused(SearchError):
    """A vector is empty, not finite, or of another length than the index holds."""


class IndexRefused(SearchError):
    """The index was made by another model or another release."""


class ManifestRefused(SearchError):
    """The product list cannot be read at all."""


class TextNotSupported(SearchError):
    """This embedder has no text side."""


class TextRefused(SearchError):
    """The words cannot be embedded: too long, or none at all."""


class PipelineRefused(SearchError):
    """The settings name a part that does not exist or cannot be set up."""


class NotFound(SearchError):
    """There is no product or picture of that name."""


class StoreUnusable(SearchError):
    """Nothing can be stored at all: the disk is full or may not be written."""


class IndexBusy(SearchError):
    """Another process is writing to the index; `holder` says which, for whoever runs this machine."""

    def __init__(self, message: str, remedy: str = "", holder: str = "") -> None:
        super().__init__(message, remedy)
        self.holder = holder


class CostNotAgreed(SearchError):
    """It would cost money, `cost` in US dollars, and nobody agreed to that; `enough` is the least in whole cents."""

    def __init__(self, what: str, instead: str, cost: float) -> None:
        self.cost, self.enough = cost, f"{math.ceil(100 * cost) / 100:.2f}"
        super().__init__(
            f"{what} costs at most ${self.enough}.",
            f"Allow that (--spend {self.enough}, in a program spend={self.enough}), or {instead}.",
        )
