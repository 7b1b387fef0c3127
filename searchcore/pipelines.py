"""From settings to named, ready search engines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from searchcore.catalogue_key import index_name, key_of
from searchcore.detectors.base import Detector, Labeller
from searchcore.embedders.base import Embedder, EmbedderSpec
from searchcore.engine import SearchEngine
from searchcore.errors import CostNotAgreed, NotFound, PipelineRefused
from searchcore.imagestores.base import ImageStore
from searchcore.imagestores.thumbnails import Thumbnails
from searchcore.indexes.base import VectorIndex
from searchcore.ingest import FolderSource, IngestOptions, Item, price_loaded
from searchcore.labelling import CatalogueLabeller
from searchcore.settings import CONFIG_FILE, Part, Settings, load_settings

SAMPLE: Final = Path(__file__).parent / "sample"
Options = Mapping[str, Any]
Made = TypeVar("Made")


# Each maker imports its implementation when it is called: a pipeline pays only for the parts it has.
def _local_detector(labeller: Labeller, options: Options) -> Detector:
    from searchcore.detectors.local import LocalDetector

    return LocalDetector(labeller, **options)


def _local_embedder(options: Options) -> Embedder:
    from searchcore.embedders.local import LocalEmbedder

    return LocalEmbedder(**options)


def _sqlite_index(spec: EmbedderSpec, folder: Path, pipeline: str, options: Options) -> VectorIndex:
    from searchcore.indexes.sqlite import SqliteIndex
    from searchcore.indexes.sqlite_files import live_file

    return SqliteIndex(live_file(folder, pipeline), spec.model_key, spec.dimension, **options)


def _opensearch_index(spec: EmbedderSpec, folder: Path, pipeline: str, options: Options) -> VectorIndex:
    from searchcore.indexes.opensearch import OpenSearchIndex

    named = {"name": index_name(folder, pipeline), **options}
    return OpenSearchIndex(model_key=spec.model_key, dimension=spec.dimension, **named)


def _folder_images(folder: Path, options: Options) -> ImageStore:
    from searchcore.imagestores.folder import FolderStore

    return FolderStore(**{"root": folder / "pictures", **options})


def _rekognition(labeller: Labeller, options: Options) -> Detector:
    from searchcore.detectors.rekognition import RekognitionDetector, RekognitionOptions

    return RekognitionDetector(RekognitionOptions(**options))


def _titan(options: Options) -> Embedder:
    from searchcore.embedders.titan import TitanEmbedder, TitanOptions

    return TitanEmbedder(TitanOptions(**options))


def _nova(options: Options) -> Embedder:
    from searchcore.embedders.nova import NovaEmbedder, NovaOptions

    return NovaEmbedder(NovaOptions(**options))


def _s3_images(folder: Path, options: Options) -> ImageStore:
    from searchcore.imagestores.s3 import S3Options, S3Store

    # Catalogues share a bucket, and two of them may name a picture alike.
    return S3Store(S3Options(**{"prefix": f"images/{key_of(folder)}/", **options}))


DETECTORS: Final[Mapping[str, Callable[[Labeller, Options], Detector]]] = {
    "local": _local_detector,
    "rekognition": _rekognition,
}
EMBEDDERS: Final[Mapping[str, Callable[[Options], Embedder]]] = {
    "local": _local_embedder,
    "titan": _titan,
    "nova": _nova,
}
INDEXES: Final[Mapping[str, Callable[[EmbedderSpec, Path, str, Options], VectorIndex]]] = {
    "sqlite": _sqlite_index,
    "opensearch": _opensearch_index,
}
IMAGESTORES: Final[Mapping[str, Callable[[Path, Options], ImageStore]]] = {"folder": _folder_images, "s3": _s3_images}


def open_engine(
    name: str = "",
    settings: Settings | None = None,
    progress: Callable[[int, int], None] | None = None,
    spend: float = 0.0,
) -> SearchEngine:
    """Open a pipeline by name (the default one without); the sample catalogue is filled in on first use.

    `progress` hears (done, all) products while it is filled, which may cost up to `spend` US dollars. Raises
    PipelineRefused, IndexRefused, CostNotAgreed.
    """
    settings = settings or load_settings()
    engine = assemble(name or settings.default_pipeline, settings)
    if needs_sample(engine, settings):
        fill_sample(engine, settings, progress, spend)
    return engine


def assemble(name: str, settings: Settings) -> SearchEngine:
    """Put a pipeline's parts together without filling anything in; raises PipelineRefused, IndexRefused."""
    embedder, images = make_embedder(name, settings), make_images(name, settings)
    index = make_index(name, settings, embedder.spec)
    detector = make_detector(name, settings, CatalogueLabeller(embedder, index))
    thumbnails = Thumbnails(images, settings.data_dir / "thumbnails")
    lock = settings.catalogue_dir / f"{name}.lock"
    return SearchEngine(name, detector, embedder, index, images, thumbnails, lock, settings.catalogue)


def make_embedder(name: str, settings: Settings) -> Embedder:
    """Set up a pipeline's embedder alone; raises PipelineRefused."""
    return _made("embedder", EMBEDDERS, settings.pipeline(name).embedder)


def make_detector(name: str, settings: Settings, labeller: Labeller) -> Detector:
    """Set up a pipeline's detector alone; raises PipelineRefused."""
    return _made("detector", DETECTORS, settings.pipeline(name).detector, labeller)


def make_index(name: str, settings: Settings, spec: EmbedderSpec) -> VectorIndex:
    """Open a pipeline's index for what an embedder of that kind gives; raises PipelineRefused, IndexRefused."""
    return _made("index", INDEXES, settings.pipeline(name).index, spec, settings.catalogue_dir, name)


def existing_index(name: str, settings: Settings) -> VectorIndex:
    """Open a pipeline's index, and make none on a service by looking.

    Raises NotFound where a service has none, PipelineRefused, IndexRefused, SearchError.
    """
    part, spec = settings.pipeline(name).index, make_embedder(name, settings).spec
    options = part.options | ({"make": False} if part.kind == "opensearch" else {})
    return _made("index", INDEXES, Part(kind=part.kind, **options), spec, settings.catalogue_dir, name)


def index_if_any(name: str, settings: Settings) -> VectorIndex | None:
    """Open a pipeline's index where there is one, and leave nothing behind where there is none.

    Raises PipelineRefused, IndexRefused, SearchError.
    """
    from searchcore.indexes.sqlite_files import live_file

    if settings.pipeline(name).index.kind == "sqlite" and not live_file(settings.catalogue_dir, name).exists():
        return None
    try:
        return existing_index(name, settings)
    except NotFound:
        return None


def count_products(name: str, settings: Settings) -> int:
    """Count a pipeline's products of the chosen catalogue; raises PipelineRefused, IndexRefused, SearchError."""
    index = index_if_any(name, settings)
    return index.count() if index else 0


def visible_after(name: str, settings: Settings) -> float:
    """Return how many seconds what was written to a pipeline's index may stay invisible; raises PipelineRefused."""
    from searchcore.indexes.opensearch_profiles import profile_named

    part = settings.pipeline(name).index
    return (
        profile_named(part.options.get("profile", "self-managed")).visible_after if part.kind == "opensearch" else 0.0
    )


def make_images(name: str, settings: Settings) -> ImageStore:
    """Set up a pipeline's image store alone; raises PipelineRefused."""
    return _made("image store", IMAGESTORES, settings.pipeline(name).images, settings.catalogue_dir)


def has_own_pictures(name: str, settings: Settings) -> bool:
    """Tell whether a pipeline keeps its pictures where nothing else lies: not where its `root` or `prefix` says."""
    return not {"root", "prefix"} & settings.pipeline(name).images.options.keys()


def needs_sample(engine: SearchEngine, settings: Settings) -> bool:
    """Tell whether the sample catalogue was chosen and this edition of it is not wholly in the index yet."""
    if settings.catalogue != "sample":
        return False
    mark = _mark(engine, settings)
    return not mark.exists() or mark.read_text() != _edition(engine) or not engine.index.count()


def fill_sample(
    engine: SearchEngine,
    settings: Settings,
    progress: Callable[[int, int], None] | None = None,
    spend: float = 0.0,
) -> None:
    """Ingest the bundled catalogue; goes on where a killed run stopped. Raises CostNotAgreed beyond `spend` dollars."""
    source = FolderSource(SAMPLE)
    price = price_loaded(engine.embedder, engine.detector)
    cost = price * _to_load(source, engine.index.hashes()) if price else 0.0
    if cost > spend:
        what = f"The sample catalogue is not in “{engine.name}” yet; loading it"
        raise CostNotAgreed(what, "search a catalogue of your own", cost)
    engine.ingest(source, progress, IngestOptions(wait=True))
    mark = _mark(engine, settings)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(_edition(engine))


def _to_load(source: FolderSource, stored: Mapping[str, str]) -> int:
    """Count the pictures that are not stored as they are."""
    items = (row for row in source.rows() if isinstance(row, Item))
    return sum(stored.get(item.product.id) != hashlib.sha256(item.read()).hexdigest() for item in items)


def _mark(engine: SearchEngine, settings: Settings) -> Path:
    return settings.catalogue_dir / f"{engine.name}.filled"


def _edition(engine: SearchEngine) -> str:
    # Each page asks: the time of the pictures' folder stands for them, since whatever brings new ones replaces files.
    listed = hashlib.sha256((SAMPLE / "products.csv").read_bytes()).hexdigest()
    return f"{listed} {(SAMPLE / 'images').stat().st_mtime_ns} {engine.embedder.spec.model_key}"


def _made(what: str, makers: Mapping[str, Callable[..., Made]], part: Part, *others: Any) -> Made:
    if part.kind not in makers:
        raise PipelineRefused(f"There is no {what} “{part.kind}”.", f"Choose one of: {', '.join(makers)}.")
    try:
        return makers[part.kind](*others, part.options)
    except ValidationError as error:
        first = error.errors()[0]
        wrong = ".".join(str(step) for step in first["loc"])
        raise PipelineRefused(
            f"The {what} “{part.kind}” cannot be set up: the option {wrong} is wrong: {first['msg']}.",
            f"Correct [pipelines] in {CONFIG_FILE}.",
        ) from None
    except TypeError as error:
        options = ", ".join(part.options) or "none"
        raise PipelineRefused(
            f"The {what} “{part.kind}” cannot be set up with the options {options}: {error}.",
            f"Correct [pipelines] in {CONFIG_FILE}.",
        ) from error
