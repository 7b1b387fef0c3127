"""Measure what a run over many rows holds in memory, and what kills cost."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.row import Row
from bench.shop import shop
from tests.support import engine_of

ROWS: Final = (1_000, 50_000)
PRODUCTS: Final = 3_000
KILLS: Final = 50


def run() -> list[Row]:
    """Return the memory of a long run against a short one, and what 50 kills lost, doubled or cost."""
    with tempfile.TemporaryDirectory() as name:
        return [_memory(Path(name)), *_kills(Path(name) / "killed")]


def _memory(folder: Path) -> Row:
    few, many = (float(_child("rows", str(folder / str(rows)), str(rows))) for rows in ROWS)
    return Row(f"most memory of an ingest of {ROWS[1]:,} rows against {ROWS[0]:,}", many, few, 1.5, "MB")


def _kills(folder: Path) -> list[Row]:
    """Kill runs at random moments, then run once to the end, and read what was embedded."""
    source, log, draw = shop(folder / "shop", PRODUCTS, 64), folder / "embedded.txt", random.Random(7)
    logged = ("logged", str(folder), str(source), str(log))
    killed = 0
    while killed < KILLS:
        child = subprocess.Popen([sys.executable, "-m", "bench.ingest_child", *logged])
        _wait_for_work(child, log)
        time.sleep(draw.uniform(0, 0.25))
        killed += child.poll() is None
        child.kill()
        child.wait()
    _child(*logged)
    lines = [line.split() for line in log.read_text().splitlines()]
    stored = sum(what == "known" for what, _ in lines)
    cut_off = len(lines) - stored - len({picture for _, picture in lines})
    missing = PRODUCTS - engine_of(folder).index.count()
    return [
        Row(f"products lost or doubled by {killed} kills", abs(missing), None, unit="products"),
        Row("pictures embedded again though their vector was stored", stored, None, unit="pictures"),
        Row("pictures embedded again because a kill came before they were stored", cut_off, None, unit="pictures"),
    ]


def _wait_for_work(child: subprocess.Popen[bytes], log: Path) -> None:
    before = log.stat().st_size if log.exists() else 0
    while child.poll() is None and (not log.exists() or log.stat().st_size == before):
        time.sleep(0.005)


def _child(*arguments: str) -> str:
    command = [sys.executable, "-m", "bench.ingest_child", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
