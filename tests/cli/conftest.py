"""Every command works in a folder of its own, on the doubles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import MARKUP
from tests.support import GREEN, RED, png, thing, towards_green, use_doubles


@pytest.fixture(autouse=True)
def _doubles(monkeypatch, tmp_path):
    shades = [thing(f"shade-{n}", towards_green(n / 10), category="bag", price=float(n)) for n in range(1, 8)]
    use_doubles(monkeypatch, tmp_path, thing("red", RED, title=MARKUP), thing("green", GREEN, title="Green"), *shades)
    monkeypatch.setenv("COLUMNS", "200")
    Path("photo.png").write_bytes(png(RED))
