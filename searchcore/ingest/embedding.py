"""The stage that embeds: pictures and, where they are wanted, the main objects in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from searchcore.detectors.base import Description, Detector
from searchcore.embedders.base import Embedder
from searchcore.errors import PictureRefused, VectorRefused
from searchcore.images import Picture
from searchcore.indexes.base import Record
from searchcore.ingest.main_object import main_object
from searchcore.ingest.report import Failure
from searchcore.ingest.rows import Loaded
from searchcore.products import Product
from searchcore.vectors import Vectors, unit_rows


@dataclass(frozen=True, slots=True)
class Decoded:
    """Pair what was read of a product with its decoded picture."""

    loaded: Loaded
    picture: Picture


@dataclass(frozen=True, slots=True)
class Embedding:
    """Make records of decoded pictures; without a detector nothing is tagged and no object is looked for."""

    embedder: Embedder
    detector: Detector | None
    objects: bool

    def records(self, fresh: Sequence[Decoded]) -> tuple[list[Record], list[Failure]]:
        """Return the records and what cannot be embedded; raises SearchError where the service fails."""
        if not fresh:
            return [], []
        seen = self._described([each.picture for each in fresh])
        crops = [
            main_object(each.loaded.product, each.picture, what.objects) if self.objects else None
            for each, what in zip(fresh, seen, strict=True)
        ]
        return self._embedded(fresh, seen, crops)

    def _described(self, pictures: Sequence[Picture]) -> Sequence[Description]:
        if self.detector is None:
            return [Description() for _ in pictures]
        try:
            return self.detector.describe(pictures, self.objects)
        except PictureRefused:
            # One picture spoils its batch; it can be found by its look all the same.
            alone = [self._described([each]) for each in pictures] if len(pictures) > 1 else [[Description()]]
            return [each for (each,) in alone]

    def _embedded(
        self, fresh: Sequence[Decoded], seen: Sequence[Description], crops: Sequence[Picture | None]
    ) -> tuple[list[Record], list[Failure]]:
        try:
            return self._joined(fresh, seen, crops), []
        except (PictureRefused, VectorRefused) as error:
            if len(fresh) == 1:
                if crops[0]:
                    # A part that cannot be embedded must not cost the product its place.
                    return self._embedded(fresh, seen, [None])
                return [], [fresh[0].loaded.item.failure(error)]
        # One picture spoils its batch: find out which, and keep the others.
        each_alone = [self._embedded([f], [s], [c]) for f, s, c in zip(fresh, seen, crops, strict=True)]
        return [r for records, _ in each_alone for r in records], [f for _, failed in each_alone for f in failed]

    def _joined(
        self, fresh: Sequence[Decoded], seen: Sequence[Description], crops: Sequence[Picture | None]
    ) -> list[Record]:
        """Embed pictures and crops together; the vector of a picture that is stored already is taken from there."""
        wanted = [each.picture for each in fresh if not each.loaded.same_picture] + [crop for crop in crops if crop]
        rows = iter(self._rows(wanted))
        pictures = [stored.vector if (stored := each.loaded.same_picture) else next(rows) for each in fresh]
        objects = [next(rows) if crop else picture for crop, picture in zip(crops, pictures, strict=True)]
        return [
            Record(_labelled(each.loaded, what), picture, each.loaded.content_hash, of_object if self.objects else None)
            for each, what, picture, of_object in zip(fresh, seen, pictures, objects, strict=True)
        ]

    def _rows(self, pictures: Sequence[Picture]) -> Sequence[Vectors]:
        if not pictures:
            return []
        return list(unit_rows(self.embedder.embed_images(pictures, role="index"), self.embedder.spec.dimension))


def _labelled(loaded: Loaded, what: Description) -> Product:
    stored = loaded.same_picture
    return loaded.product.labelled(what.tags or (stored.product.labels if stored else ()))
