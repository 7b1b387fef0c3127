"""Writing a pipeline into `loupe.toml` without touching what is there."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from searchcore.errors import SearchError

Parts = Mapping[str, Mapping[str, Any]]
"""The parts of a pipeline: kind and options of each."""


def pipelines_in(file: Path) -> Mapping[str, Any]:
    """Return the pipelines that a settings file has, none where there is no file; raises SearchError."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8")).get("pipelines", {}) if file.exists() else {}
    except (OSError, ValueError) as error:
        raise SearchError(f"{file} cannot be read: {error}.", "Correct it first.") from None
    return found if isinstance(found, Mapping) else {}


def table(pipeline: str, parts: Parts) -> str:
    """Return the lines that describe a pipeline."""
    lines = (f"{part} = {{ {_inline(options)} }}" for part, options in parts.items())
    return "\n".join((f"[pipelines.{pipeline}]", *lines, ""))


def add_pipeline(file: Path, pipeline: str, parts: Parts) -> bool:
    """Add a pipeline at the end of a settings file; False where the very same is there. Raises SearchError."""
    there = pipelines_in(file).get(pipeline)
    if there is not None:
        if there == parts:
            return False
        raise SearchError(
            f"{file} has another pipeline “{pipeline}”, which is left as it is.",
            "Choose another --pipeline, or put these lines in its place.",
        )
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    after = f"{before.rstrip()}\n\n{table(pipeline, parts)}".lstrip()
    try:
        tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        raise SearchError(f"The pipeline cannot be added at the end of {file}.", "Add these lines by hand.") from None
    draft = file.with_name(f".{file.name}.draft")
    draft.write_text(after, encoding="utf-8")
    draft.replace(file)
    return True


def _inline(options: Mapping[str, Any]) -> str:
    # JSON's strings and numbers are TOML's, too.
    return ", ".join(f"{name} = {json.dumps(value)}" for name, value in options.items())
