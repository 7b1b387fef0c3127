"""Write docs/settings.md from the code: `python docs/settings.py`; with --check, fail when it is out of date."""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from searchcore.detectors.rekognition import RekognitionOptions  # noqa: E402
from searchcore.embedders.nova import NovaOptions  # noqa: E402
from searchcore.embedders.titan import TitanOptions  # noqa: E402
from searchcore.imagestores.s3 import S3Options  # noqa: E402
from searchcore.settings import Part, PipelineSettings, Settings  # noqa: E402

OPTIONS = {
    "detector": {"rekognition": RekognitionOptions},
    "embedder": {"titan": TitanOptions, "nova": NovaOptions},
    "images": {"s3": S3Options},
}

HEAD = """# Settings

Built-in defaults, then `loupe.toml` (or the file that `LOUPE_CONFIG` names), then the environment: the later the
stronger.
This page is written by `python docs/settings.py`.

"""


def table(model: type[BaseModel], prefix: str) -> str:
    """Return a Markdown table of a model's fields."""
    rows = ["| setting | environment | default | what it does |", "|---|---|---|---|"]
    for name, field in model.model_fields.items():
        kind = "__KIND" if field.annotation is Part else ""
        rows.append(f"| `{name}` | `{prefix}{name.upper()}{kind}` | {_default(field)} | {field.description} |")
    return "\n".join(rows)


def page() -> str:
    """Return the whole page."""
    pipeline = table(PipelineSettings, "LOUPE_PIPELINES__<NAME>__")
    options = (
        f'\n## `{part} = {{ kind = "{kind}", ... }}`\n\n{table(model, f"LOUPE_PIPELINES__<NAME>__{part.upper()}__")}\n'
        for part, kinds in OPTIONS.items()
        for kind, model in kinds.items()
    )
    return f"{HEAD}{table(Settings, 'LOUPE_')}\n\n## `[pipelines.<name>]`\n\n{pipeline}\n{''.join(options)}"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    shown = getattr(value, "kind", value)
    return "none" if shown in ({}, (), None, "") else f"`{shown}`"


if __name__ == "__main__":
    target = ROOT / "docs" / "settings.md"
    if "--check" in sys.argv:
        sys.exit(
            target.read_text(encoding="utf-8") != page() and "docs/settings.md is out of date: python docs/settings.py"
        )
    target.write_text(page(), encoding="utf-8")
