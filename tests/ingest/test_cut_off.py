"""A load that ended with its process is told of until another load brought what it lacks."""

from __future__ import annotations

import subprocess
import sys

import pytest

from searchcore.ingest import FolderSource, Shard, cut_off, sole_writer
from searchcore.pipelines import assemble
from searchcore.settings import load_settings
from searchcore.upkeep import edit, remove
from tests.support import GREEN, RED, thing, use_doubles, write_catalogue

KILLED = """
import os, sys
from pathlib import Path
from searchcore.ingest import Shard, sole_writer
with sole_writer(Path(sys.argv[1]), Shard.parse(sys.argv[2]) if sys.argv[2:] else None):
    os._exit(9)
"""


@pytest.fixture
def engine(monkeypatch, tmp_path):
    use_doubles(monkeypatch, tmp_path, thing("sample", RED))
    write_catalogue(tmp_path / "source", thing("a", RED), thing("b", GREEN))
    opened = assemble("tiny", load_settings().on("shop"))
    opened.ingest(FolderSource("source"))
    return opened


@pytest.fixture
def killed(pytestconfig, engine):
    """Kill a load of the engine's index, or of a shard of it."""

    def kill(*shard: str) -> None:
        typed = [sys.executable, "-c", KILLED, str(engine.lock.absolute()), *shard]
        assert subprocess.run(typed, cwd=pytestconfig.rootpath, check=False).returncode == 9

    return kill


def test_what_is_done_by_hand_does_not_hide_a_load_that_was_cut_off(engine, killed):
    killed()
    edit(engine, "a", title="Crimson")
    remove(engine, ["b"])
    assert cut_off(engine.lock)
    engine.ingest(FolderSource("source"))
    assert cut_off(engine.lock) is None


def test_a_shard_that_was_cut_off_is_told_of_until_it_or_everything_was_loaded(engine, killed):
    for shard in (Shard(1, 2), None):
        killed("1/2")
        assert cut_off(engine.lock)
        with sole_writer(engine.lock, Shard(2, 2)):
            pass
        assert cut_off(engine.lock)
        assert cut_off(engine.lock.with_name("tin.lock")) is None
        with sole_writer(engine.lock, shard):
            assert cut_off(engine.lock) is None
        assert cut_off(engine.lock) is None
