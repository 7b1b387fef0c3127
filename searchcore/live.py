"""Call each part of a pipeline once, for real: what settings and policies promise is seen to hold, or not."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from searchcore.detectors.base import Detector, Label
from searchcore.errors import SearchError
from searchcore.images import Picture, encode
from searchcore.imagestores.base import ImageStore
from searchcore.labelling import UNNAMED
from searchcore.pipelines import make_detector, make_embedder, make_images, make_index
from searchcore.settings import Settings

WORDS: Final = "red"
Call = Callable[[], str]
"""Makes the call that is tried, and says what came of it; raises SearchError."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Say what came of one call, how long it took in milliseconds, and what mends it where it failed."""

    part: str
    doing: str
    worked: bool
    said: str
    remedy: str = ""
    milliseconds: float = 0.0


def price(name: str, settings: Settings) -> float:
    """Return what `trials` costs in US dollars, about: a picture found, a picture embedded, a word embedded."""
    cost = 0.0
    with suppress(SearchError):
        cost += _detector(name, settings).price
    with suppress(SearchError):
        spec = make_embedder(name, settings).spec
        cost += spec.price_per_picture + spec.price_per_1000_tokens / 1000
    return cost


def trials(name: str, settings: Settings) -> Iterator[Trial]:
    """Try the parts one after the other; one that fails keeps none of the others from being tried.

    Leaves nothing behind but an empty index where there was none.
    """
    yield _tried("detector", "find objects", lambda: _detect(name, settings))
    yield _tried("embedder", "embed a picture", lambda: _embed_picture(name, settings))
    if _reads_words(name, settings):
        yield _tried("embedder", "embed a word", lambda: _embed_word(name, settings))
    yield _tried("index", "search", lambda: _search(name, settings))
    yield from _pictures(name, settings)


def probe() -> Image.Image:
    """Draw the picture that is tried with: a red disc on white, 160 x 120."""
    image = Image.new("RGB", (160, 120), "white")
    ImageDraw.Draw(image).ellipse((50, 30, 110, 90), fill="red")
    return image


def _tried(part: str, doing: str, prepared: Callable[[], Call]) -> Trial:
    began = perf_counter()
    try:
        call = prepared()
        began = perf_counter()
        said = call()
    except SearchError as error:
        return Trial(part, doing, False, error.message, error.remedy, _since(began))
    return Trial(part, doing, True, said, milliseconds=_since(began))


def _since(began: float) -> float:
    return (perf_counter() - began) * 1000


def _nameless(crops: Sequence[Picture]) -> list[Label]:
    # The names that a catalogue gives are no call of the detector.
    return [UNNAMED for _ in crops]


def _detector(name: str, settings: Settings) -> Detector:
    return make_detector(name, settings, _nameless)


def _detect(name: str, settings: Settings) -> Call:
    detector, picture = _detector(name, settings), Picture.from_image(probe())
    return lambda: f"{len(detector.detect(picture))} found in a picture of a disc"


def _embed_picture(name: str, settings: Settings) -> Call:
    embedder, picture = make_embedder(name, settings), Picture.from_image(probe())
    return lambda: f"{embedder.embed_images([picture], role='query').shape[1]} numbers"


def _embed_word(name: str, settings: Settings) -> Call:
    embedder = make_embedder(name, settings)
    return lambda: f"{len(embedder.embed_text(WORDS).vector)} numbers for “{WORDS}”"


def _reads_words(name: str, settings: Settings) -> bool:
    try:
        return "text" in make_embedder(name, settings).spec.modalities
    except SearchError:
        return False


def _search(name: str, settings: Settings) -> Call:
    spec = make_embedder(name, settings).spec
    index = make_index(name, settings, spec)
    somewhere = np.full(spec.dimension, spec.dimension**-0.5, dtype=np.float32)

    def search() -> str:
        try:
            return f"{len(index.search(somewhere, 3))} of {index.count()} products"
        finally:
            index.close()

    return search


def _pictures(name: str, settings: Settings) -> Iterator[Trial]:
    try:
        store = make_images(name, settings)
    except SearchError as error:
        yield Trial("pictures", "set up", False, error.message, error.remedy)
        return
    key, data = f"loupe-probe-{secrets.token_hex(8)}.png", encode(probe(), "PNG")
    for doing, call in (
        ("put", lambda: _put(store, key, data)),
        ("get", lambda: _get(store, key, data)),
        ("list", lambda: _list(store, key)),
        ("delete", lambda: _delete(store, key)),
    ):
        yield _tried("pictures", doing, lambda call=call: call)  # type: ignore[misc]


def _put(store: ImageStore, key: str, data: bytes) -> str:
    store.put(key, data, "image/png")
    return f"{len(data)} bytes"


def _get(store: ImageStore, key: str, data: bytes) -> str:
    if store.open(key) != data:
        raise SearchError("The store gave back other bytes than it was given.", "Look at what stands before it.")
    return "the same bytes"


def _list(store: ImageStore, key: str) -> str:
    if key not in store.list(key):
        raise SearchError("The store does not list what it holds.", "Allow listing (s3:ListBucket) below the prefix.")
    return "listed"


def _delete(store: ImageStore, key: str) -> str:
    store.delete(key)
    return "nothing is left of it"
