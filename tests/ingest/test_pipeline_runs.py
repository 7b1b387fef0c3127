"""Ingest: runs that are shared, steered, paused, cancelled or killed."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

from searchcore.ingest import (
    Control,
    FolderSource,
    IngestOptions,
    IngestReport,
    Shard,
)
from searchcore.ingest.rows import BATCH
from tests.support import BLACK, GREEN, RED, ColourEmbedder, engine_of, thing, write_catalogue


def forty(**fields):
    return [thing(f"{n:02}", (200, n, 50), **fields) for n in range(40)]


def test_what_the_source_does_not_name_can_be_kept(tmp_path):
    engine = engine_of(tmp_path, thing("old", RED))
    folder = write_catalogue(tmp_path / "shop", thing("new", GREEN))
    assert engine.ingest(FolderSource(folder), options=IngestOptions(keep=True)).removed == 0
    assert set(engine.index.hashes()) == {"old", "new"}


def test_shards_together_do_the_whole_and_remove_nothing_of_one_another(tmp_path):
    engine, folder = engine_of(tmp_path, thing("old", RED)), write_catalogue(tmp_path / "shop", *forty())
    reports = [engine.ingest(FolderSource(folder), options=IngestOptions(shard=Shard(n, 3))) for n in (1, 2, 3)]
    assert sum(report.added for report in reports) == 40
    assert sum(report.removed for report in reports) == 1
    assert all(0 < report.added < 40 for report in reports)
    assert engine.index.count() == 40


def test_several_workers_do_the_same_as_one(tmp_path):
    one, many = engine_of(tmp_path / "one"), engine_of(tmp_path / "many")
    folder = write_catalogue(tmp_path / "shop", *forty(), thing("black", BLACK))
    first = one.ingest(FolderSource(folder))
    assert many.ingest(FolderSource(folder), options=IngestOptions(workers=4)) == first
    assert many.index.hashes() == one.index.hashes()


def test_workers_embed_at_the_same_time_and_never_run_far_ahead(tmp_path):
    met, lock = Barrier(3, timeout=60), Lock()
    begun, seen = [], []

    class Meeting(ColourEmbedder):
        def embed_images(self, pictures, role="index"):
            with lock:
                begun.append(len(pictures))
                seen.append(len(begun) - engine.index.count() // BATCH)
                first = len(begun) <= 3
            if first:
                met.wait()
            return super().embed_images(pictures, role)

    engine = engine_of(tmp_path, embedder=Meeting())
    folder = write_catalogue(tmp_path / "shop", *(thing(f"{n:03}", (200, n, 50)) for n in range(10 * BATCH)))
    assert engine.ingest(FolderSource(folder), options=IngestOptions(workers=3)).added == 10 * BATCH
    assert max(seen) <= 4


def test_a_run_can_be_cancelled_and_removes_nothing_then(tmp_path):
    engine, folder = engine_of(tmp_path, thing("old", RED)), write_catalogue(tmp_path / "shop", *forty())
    control = Control()
    report = engine.ingest(FolderSource(folder), lambda done, total: control.cancel(), control=control)
    assert (report.added, report.removed, report.cancelled) == (BATCH, 0, True)
    assert engine.product("old")


def test_a_paused_run_stores_nothing_until_it_is_resumed(tmp_path):
    engine, folder, control = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty()), Control()
    control.pause()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(engine.ingest, FolderSource(folder), None, IngestOptions(), control)
        assert control.reached_pause.wait(60)
        assert engine.index.count() == control.report.added == BATCH
        control.resume()
        assert running.result(60).added == 40


def test_a_control_tells_the_failures_of_the_run_that_it_steers_as_they_come(tmp_path):
    engine, folder, control = engine_of(tmp_path), write_catalogue(tmp_path / "shop", *forty()), Control()
    (folder / "03.png").unlink()
    (folder / "33.png").unlink()
    heard = []
    engine.ingest(FolderSource(folder), lambda *_: heard.append(control.report), control=control)
    assert [[each.product_id for each in report.failed] for report in heard] == [["03"], ["03"], ["03", "33"]]
    write_catalogue(tmp_path / "shop", *forty())
    assert engine.ingest(FolderSource(folder), control=control).failed == control.report.failed == ()


KILLED = """
import sys, time
from pathlib import Path
from searchcore.ingest import FolderSource
from tests.support import ColourEmbedder, engine_of

class Slow(ColourEmbedder):
    def embed_images(self, pictures, role="index"):
        time.sleep(0.05)
        return super().embed_images(pictures, role)

folder = Path(sys.argv[1])
engine_of(folder, embedder=Slow()).ingest(FolderSource(folder / "shop"), lambda done, total: print(done, flush=True))
"""


def test_runs_killed_at_any_moment_lose_nothing_and_double_nothing(tmp_path, pytestconfig):
    """I3."""
    write_catalogue(tmp_path / "shop", *(thing(f"{n:03}", (200, n, 50)) for n in range(10 * BATCH)))
    stored = 0
    for batches in (1, 2):
        run = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], cwd=pytestconfig.rootpath, stdout=subprocess.PIPE
        )
        for _ in range(batches):
            assert run.stdout.readline()
        run.kill()
        run.communicate()
        engine = engine_of(tmp_path)
        assert stored <= engine.index.count() < 10 * BATCH
        stored = engine.index.count()
        assert all(engine.picture(product_id) for product_id in engine.index.hashes())
    assert stored
    report = engine.ingest(FolderSource(tmp_path / "shop"))
    assert report == IngestReport(added=10 * BATCH - stored, unchanged=stored, embedded=10 * BATCH - stored)
    assert len(engine.index.hashes()) == 10 * BATCH
