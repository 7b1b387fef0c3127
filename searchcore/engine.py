"""The search itself: detect objects, embed what was chosen, find its neighbours, and say how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from searchcore.confidence import judge
from searchcore.detectors.base import Detection, Detector
from searchcore.embedders.base import Embedder
from searchcore.errors import NotFound
from searchcore.fusion import best_of, collapse, fuse
from searchcore.images import Picture
from searchcore.imagestores.base import ImageStore
from searchcore.imagestores.thumbnails import Thumbnails
from searchcore.indexes.base import Record, VectorIndex
from searchcore.ingest import AS_USUAL, Control, IngestOptions, IngestReport, Shard, Source, ingest, sole_writer
from searchcore.products import Product
from searchcore.query import MAX_TEXT, Filters, Query
from searchcore.results import Hit, SearchResult
from searchcore.stopwatch import Stopwatch
from searchcore.vectors import Vectors, blend, cosine, mix, unit_rows

MAX_K: Final = 200
WORD_DEPTH: Final = 1000
"""So many products with the words are compared by look, where a picture stands beside the words."""
_NO_FILTERS: Final = Filters()


@dataclass(frozen=True, slots=True)
class SearchEngine:
    """Search one catalogue with one pipeline's parts, `name` being the pipeline's.

    `lock` is the file that keeps a second writer out.
    """

    name: str
    detector: Detector
    embedder: Embedder
    index: VectorIndex
    images: ImageStore
    thumbnails: Thumbnails
    lock: Path | None = None
    catalogue: str = ""

    def __post_init__(self) -> None:
        # Also a catalogue that lies with services has a folder from its opening on: where it lacks, it is gone.
        if self.lock:
            with suppress(OSError):
                self.lock.parent.mkdir(parents=True, exist_ok=True)

    def detect(self, picture: Picture) -> list[Detection]:
        """Find the objects, the surest first; an empty list means: search the whole photo."""
        return self.detector.detect(picture)

    def search(
        self, query: Query, k: int = 12, filters: Filters = _NO_FILTERS, *, collapsed: bool = True
    ) -> SearchResult:
        """Return the k best products, best first: one of each group of variants, or each by itself (not `collapsed`).

        A picture beside words: the words choose, picture and words rank together; where the embedder understands words,
        both are mixed into one vector. Raises SearchError.
        """
        watch, warnings, spec = Stopwatch(), list[str](), self.embedder.spec
        text = _words(query.text, warnings)
        k = _bounded(k, warnings)
        with watch.stage("embed"):
            meant = self.embedder.embed_text(text) if text and "text" in spec.modalities else None
            vectors, crop = self._vectors(query, meant.vector if meant else None)
        with watch.stage("search"):
            words = "" if meant else text
            group = collapse if collapsed else list[Hit]
            hits = self._candidates(vectors, words, k, filters, query.product_id, warnings, group)[:k] if k else []
            if vectors is not None and collapsed:
                hits = self._with_variants(hits, vectors, filters, query.product_id)
        if k and not hits:
            warnings.append(_why_none(self.index.count(), self.index.count(filters), text, vectors is not None))
        tokens = meant.tokens if meant else 0
        cost = (crop is not None) * spec.price_per_picture + tokens * spec.price_per_1000_tokens / 1000
        # The figure was measured at an even emphasis: any other lowers every cosine.
        confidence = judge(hits, spec.weak_below if query.emphasis is None else None, crop)
        said = tuple(dict.fromkeys(warnings))
        return SearchResult(tuple(_ranked(hits)), watch.timings(), cost, said, confidence, tokens)

    def similar_to(self, product: Product | str, k: int = 12, filters: Filters = _NO_FILTERS) -> SearchResult:
        """Return the products that look most like one of the catalogue, without that one; raises NotFound."""
        return self.search(Query(product_id=product if isinstance(product, str) else product.id), k, filters)

    def product(self, product_id: str) -> Product:
        """Return a product of the catalogue; raises NotFound."""
        return self.record(product_id).product

    def picture(self, product_id: str) -> bytes:
        """Return a product's stored picture; raises NotFound."""
        return self.images.open(self.record(product_id).product.image)

    def thumbnail(self, product_id: str, side: int = 480) -> bytes:
        """Return a product's picture as JPEG of at most `side` pixels; raises NotFound."""
        record = self.record(product_id)
        return self.thumbnails.get(record.product.image, record.content_hash, side)

    def ingest(
        self,
        source: Source,
        progress: Callable[[int, int], None] | None = None,
        options: IngestOptions = AS_USUAL,
        control: Control | None = None,
    ) -> IngestReport:
        """Bring the catalogue in step with a source; a second run costs no embedding.

        Raises NotFound where the catalogue is gone, IndexBusy, SearchError.
        """
        with self.writing(options.shard, options.wait, load=True):
            return ingest(source, self.embedder, self.index, self.images, progress, options, control, self.detector)

    def writing(
        self, shard: Shard | None = None, wait: bool = False, load: bool = False
    ) -> AbstractContextManager[None]:
        """Keep every other writer out of the index, or of one shard of it; raises IndexBusy unless told to wait.

        A `load` that is killed is told of. Raises NotFound where the catalogue is gone.
        """
        return sole_writer(self.lock, shard, wait, make=False, load=load) if self.lock else nullcontext()

    def record(self, product_id: str) -> Record:
        """Return all that is stored of a product; raises NotFound."""
        found = self.index.get([product_id])
        if not found:
            raise NotFound(
                f"There is no product “{product_id[:60]}” in this catalogue.", "Search again and choose another one."
            )
        return found[0]

    def _vectors(self, query: Query, meant: Vectors | None) -> tuple[Vectors | None, Picture | None]:
        """Return the vectors to search with, `meant` (the meaning of the words) mixed in, and the chosen crop."""
        crop = query.crop
        likes, dislikes = ([record.vector for record in self.index.get(ids)] for ids in (query.like, query.dislike))
        if crop is not None:
            base = self.embedder.embed_query(crop, query.emphasis)
        elif query.product_id:
            base = self.record(query.product_id).vectors
        elif likes:
            base, likes = unit_rows(np.mean(likes, axis=0), self.embedder.spec.dimension), []
        elif meant is not None:
            base, meant = meant[None, :], None
        else:
            return None, None
        if meant is not None:
            base = blend(base, meant, query.text_weight)
        return (mix(base, likes, dislikes) if likes or dislikes else base), crop

    def _candidates(
        self,
        vectors: Vectors | None,
        text: str,
        k: int,
        filters: Filters,
        unwanted: str,
        warnings: list[str],
        group: Callable[[Sequence[Hit]], list[Hit]],
    ) -> list[Hit]:
        """Fetch more than k until k groups are there, or there is no more."""
        fetch = 4 * k
        while True:
            hits, exhausted = self._fetch(vectors, text, fetch, filters, warnings)
            groups = group([hit for hit in hits if hit.product.id != unwanted])
            if len(groups) >= k or exhausted:
                return groups
            fetch *= 2

    def _fetch(
        self, vectors: Vectors | None, text: str, fetch: int, filters: Filters, warnings: list[str]
    ) -> tuple[list[Hit], bool]:
        """Return the best hits, and whether there are no others."""
        if vectors is None:
            words = self.index.search_text(text, fetch, filters) if text else []
            return [replace(hit, ranks={"words": rank}) for rank, hit in enumerate(words, 1)], len(words) < fetch
        depth = max(fetch, WORD_DEPTH)
        words = self._with_words(text, depth, filters, warnings) if text else []
        if words:
            return fuse(self._looked_at(words, vectors)), len(words) < depth
        # Beyond the first `fetch` the merged list is not exact: a run may hold a better one that it did not give.
        looks = best_of([self.index.search(vector, fetch, filters) for vector in vectors])[:fetch]
        return looks, len(looks) < fetch

    def _with_words(self, text: str, depth: int, filters: Filters, warnings: list[str]) -> list[Hit]:
        words = self.index.search_text(text, depth, filters, "all")
        if words or not self.index.count(filters):
            return words
        words = self.index.search_text(text, depth, filters, "any")
        instead = "showing those with some" if words else "showing matches by look alone"
        warnings.append(f"No product has all of the words “{text}”; {instead}.")
        return words

    def _looked_at(self, hits: Sequence[Hit], vectors: Vectors) -> list[Hit]:
        """Give each hit its cosine."""
        records = self.index.get([hit.product.id for hit in hits])
        known = {record.product.id: cosine(vectors, record.vectors) for record in records}
        return [replace(hit, similarity=known.get(hit.product.id)) for hit in hits]

    def _with_variants(self, hits: Sequence[Hit], vectors: Vectors, filters: Filters, unwanted: str) -> list[Hit]:
        """Complete the variants of each hit: some may lie beyond what was fetched."""
        groups = [hit.product.group_id for hit in hits if hit.product.group_id]
        if not groups:
            return list(hits)
        by_group = {hit.product.group: {each.id: each for each in hit.variants} for hit in hits}
        for member in self.index.search(vectors[0], 20 * len(groups), filters.narrowed(group_id=groups)):
            by_group[member.product.group][member.product.id] = member.product
        return [
            replace(hit, variants=tuple(p for p in by_group[hit.product.group].values()
                                        if p.id not in (hit.product.id, unwanted)))
            for hit in hits
        ]  # fmt: skip


def _ranked(hits: Sequence[Hit]) -> list[Hit]:
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits, 1)]


def _words(text: str, warnings: list[str]) -> str:
    words = " ".join(text.split())
    if len(words) > MAX_TEXT:
        warnings.append(f"The words were cut after {MAX_TEXT} characters.")
    return words[:MAX_TEXT]


def _bounded(k: int, warnings: list[str]) -> int:
    if k < 1:
        warnings.append("No results were asked for: k must be at least 1.")
    if k > MAX_K:
        warnings.append(f"At most {MAX_K} results are given at once.")
    return max(0, min(k, MAX_K))


def _why_none(total: int, passing: int, text: str, looked: bool) -> str:
    if not total:
        return "The catalogue is empty."
    if not passing:
        return "No product matches the filters."
    if looked:
        return "No other product matches the filters." if passing < total else "There is no other product."
    return f"No product has the words “{text}”." if text else "Nothing was asked for: choose a photo or type words."
