"""Embed a catalogue again after its model changed: under a new index file, which takes over when it is complete."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from searchcore.detectors.base import Detector
from searchcore.embedders.base import EmbedderSpec
from searchcore.errors import SearchError
from searchcore.indexes.base import VectorIndex
from searchcore.indexes.sqlite import SqliteIndex
from searchcore.indexes.sqlite_files import live_file, made_by, new_file, switch_to
from searchcore.ingest import (
    Control,
    Failure,
    IngestOptions,
    IngestReport,
    Only,
    Plan,
    Source,
    ingest,
    plan,
    price_loaded,
    sole_writer,
)
from searchcore.ingest.pipeline import Progress
from searchcore.ingest.plan import TRIED
from searchcore.labelling import nameless
from searchcore.pipelines import make_detector, make_embedder, make_images
from searchcore.settings import Settings
from searchcore.stored_source import StoredSource, bring

_NAMED = 5
"""Products that a sentence names."""


class NotRebuilt(SearchError):
    """Products cannot be embedded anew, most often for want of a whole picture; `failed` says which, and why."""

    def __init__(self, failed: Sequence[Failure]) -> None:
        named = " ".join(map(str, failed[:_NAMED])) + (" …" if len(failed) > _NAMED else "")
        what = "1 product" if len(failed) == 1 else f"{len(failed):,} products"
        super().__init__(
            f"The old index stays in use: {what} cannot be embedded anew. {named}",
            "Load their pictures again, or delete these products: then it goes on.",
        )
        self.failed = tuple(failed)


def is_outdated(name: str, settings: Settings) -> bool:
    """Tell whether a pipeline's index of the chosen catalogue was made by another model than the pipeline has now."""
    if settings.pipeline(name).index.kind != "sqlite":
        return False
    made = made_by(live_file(settings.catalogue_dir, name))
    return made is not None and made != _key(make_embedder(name, settings).spec)


def plan_rebuild(name: str, settings: Settings) -> Plan:
    """Say what a rebuild takes at most: one that was killed goes on. An empty plan where none is due."""
    if not is_outdated(name, settings):
        return Plan()
    embedder, index = make_embedder(name, settings), old_index(name, settings)
    try:
        count = index.count()
        options, detector = _as_before(index, name, settings)
        source = StoredSource(index, make_images(name, settings), TRIED)
        tried = plan(source, embedder, None, options, detector=detector)
    finally:
        index.close()
    seconds = tried.seconds * count / max(tried.to_embed, 1)
    price = price_loaded(embedder, detector, bool(options.objects))
    return Plan(changed=count, cost=count * price, seconds=seconds)


def old_index(name: str, settings: Settings) -> SqliteIndex:
    """Open the index in use as the model that made it left it; raises SearchError."""
    path = live_file(settings.catalogue_dir, name)
    made = made_by(path)
    if made is None:
        raise SearchError(f"The index at {path} is gone.", "Ingest the catalogue again.")
    return SqliteIndex(path, *made)


def rebuild(
    name: str,
    settings: Settings,
    progress: Progress | None = None,
    control: Control | None = None,
    source: Source | None = None,
    leave_out: Collection[str] = (),
) -> IngestReport:
    """Embed the stored pictures anew where the model changed; a killed rebuild goes on where it stopped.

    Until it is complete the old index serves whoever has it open. Stored pictures that are lost are taken from a
    `source`; ids to `leave_out` may lack in the new index. Raises NotRebuilt, IndexBusy, SearchError.
    """
    if not is_outdated(name, settings):
        return IngestReport()
    folder, embedder, images = settings.catalogue_dir, make_embedder(name, settings), make_images(name, settings)
    spec = embedder.spec
    new = new_file(folder, name, spec.model_key)
    with sole_writer(folder / f"{name}.lock", make=False):
        before, after = old_index(name, settings), SqliteIndex(new, spec.model_key, spec.dimension)
        try:
            stored, (options, detector) = StoredSource(before, images), _as_before(before, name, settings)
            report = ingest(stored, embedder, after, images, progress, options, control, detector)
            if source and (brought := bring(source, report.failed, stored)):
                some, options = Only(stored, brought), replace(options, keep=True)
                again = ingest(some, embedder, after, images, progress, options, control, detector)
                report = _joined(report, again, brought)
        finally:
            before.close()
            after.close()
        if report.cancelled:
            return report
        if lost := [each for each in report.failed if each.product_id not in leave_out]:
            raise NotRebuilt(lost)
        switch_to(folder, name, new)
    return report


def _joined(first: IngestReport, again: IngestReport, brought: Collection[str]) -> IngestReport:
    failed = [each for each in first.failed if each.product_id not in brought]
    return replace(
        first, added=first.added + again.added, embedded=first.embedded + again.embedded,
        failed=(*failed, *again.failed), cancelled=again.cancelled,
    )  # fmt: skip


def _as_before(index: VectorIndex, name: str, settings: Settings) -> tuple[IngestOptions, Detector | None]:
    """Return the options that bring back what an index has, and the detector that it takes: tags are there already."""
    objects = index.info().objects > 0
    return IngestOptions(objects=objects), make_detector(name, settings, nameless) if objects else None


def _key(spec: EmbedderSpec) -> tuple[str, int]:
    return spec.model_key, spec.dimension
