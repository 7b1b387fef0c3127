"""Every implementation of every contract: a new one is one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.opensearch_node import VERSIONS

DIMENSION = 8
MODEL = "test-model@8"


@dataclass(frozen=True)
class Implementation:
    """Name a class by its import path, and what it is opened with in an empty folder; `aws` ones need an account."""

    name: str
    path: str
    arguments: Callable[[Path], tuple[Any, ...]] = lambda folder: ()
    aws: bool = False

    def open(self, folder: Path) -> Any:
        module, _, name = self.path.partition(":")
        return getattr(import_module(module), name)(*self.arguments(folder))


def _s3(folder: Path) -> tuple[Any, ...]:
    from searchcore.imagestores.s3 import S3Options
    from tests.aws.account import new_bucket

    return (S3Options(bucket=new_bucket(), prefix="images/"),)


INDEXES = (
    Implementation("sqlite", "searchcore.indexes.sqlite:SqliteIndex", lambda f: (f / "i.sqlite", MODEL, DIMENSION)),
    *(Implementation(f"opensearch-{v}", "tests.opensearch_node:empty_index", lambda f, v=v: (v,)) for v in VERSIONS),
)
IMAGESTORES = (
    Implementation("folder", "searchcore.imagestores.folder:FolderStore", lambda f: (f / "pictures",)),
    Implementation("s3", "searchcore.imagestores.s3:S3Store", _s3, aws=True),
)
EMBEDDERS = (
    Implementation("local", "searchcore.embedders.local:LocalEmbedder"),
    Implementation("titan", "searchcore.embedders.titan:TitanEmbedder", aws=True),
    Implementation("nova", "searchcore.embedders.nova:NovaEmbedder", aws=True),
)
DETECTORS = (
    Implementation("local", "searchcore.detectors.local:LocalDetector"),
    Implementation("rekognition", "searchcore.detectors.rekognition:RekognitionDetector", aws=True),
)
