"""Arrows go down: the engine runs without the app, and starts without the services it may use."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

KINDS = ("detectors", "embedders", "indexes", "imagestores")
LATE = ("boto3", "botocore", "opensearchpy", "onnxruntime", "pandas")

IMPORT = """
import sys
sys.modules["streamlit"] = None
import searchcore
for name in searchcore.__all__:
    getattr(searchcore, name)
print(*sorted(set(sys.modules) & set(sys.argv[1:])))
"""


def test_searchcore_imports_without_streamlit_and_without_the_services(pytestconfig):
    ran = subprocess.run(
        [sys.executable, "-c", IMPORT, *LATE], cwd=pytestconfig.rootpath, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []


START = """
import sys
import searchcore.cli
from searchcore import Query, open_engine
open_engine().search(Query(text="mug"))
print(*sorted(set(sys.modules) & set(sys.argv[1:])))
"""


def test_the_default_pipeline_starts_and_searches_without_what_calls_services(pytestconfig, tmp_path):
    aws = ("boto3", "botocore", "opensearchpy")
    env = {**os.environ, "LOUPE_CATALOGUE": "empty", "LOUPE_DATA_DIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", START, *aws],
        cwd=pytestconfig.rootpath, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []


def imports(path):
    """Return the modules that a file names in its imports, wherever in the file they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    ("folder", "above"),
    [
        ("searchcore", ("streamlit", "ui", "pages", "app", "bench", "studio", "tests")),
        ("ui", ("pages", "app", "bench", "studio", "tests")),
        ("pages", ("app", "bench", "studio", "tests")),
    ],
)
def test_no_file_imports_what_lies_above_it(pytestconfig, folder, above):
    files = list((pytestconfig.rootpath / folder).rglob("*.py"))
    assert files
    upward = [f"{file}: {module}" for file in files for module in imports(file) if module.split(".")[0] in above]
    assert upward == []


def family(module: str) -> str:
    """Return the implementation that a file belongs to: `sqlite` for `sqlite.py` and for `sqlite_matrix.py`."""
    return module.partition("_")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_no_implementation_imports_another_one(pytestconfig, kind):
    crossing = []
    for file in (pytestconfig.rootpath / "searchcore" / kind).glob("*.py"):
        parts = [module.split(".") for module in imports(file) if module.startswith("searchcore.")]
        named = {path[2] for path in parts if len(path) > 2 and path[1] in KINDS}
        crossing += [f"{file}: {name}" for name in named if family(name) not in ("base", family(file.stem))]
    assert crossing == []
