"""One writer for each index."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from searchcore.errors import IndexBusy, NotFound, SearchError
from searchcore.ingest import Shard, cut_off, no_writer, sole_writer

HOLD = """
import sys
from pathlib import Path
from searchcore.ingest import sole_writer
with sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_holds_the_index_and_a_killed_one_holds_nothing(tmp_path, pytestconfig):
    lock = tmp_path / "tiny.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], cwd=pytestconfig.rootpath,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout.readline()
    with pytest.raises(IndexBusy, match="since") as refused, sole_writer(lock):
        pass
    assert refused.value.holder.startswith(f"process {holder.pid} on")
    assert str(holder.pid) not in str(refused.value)
    assert cut_off(lock) is None
    holder.kill()
    holder.communicate()
    assert cut_off(lock) <= datetime.now(UTC)
    with sole_writer(lock):
        assert cut_off(lock) is None
    assert cut_off(lock) is None


def test_threads_of_one_process_exclude_each_other_too(tmp_path):
    lock = tmp_path / "a.lock"
    with sole_writer(lock), pytest.raises(IndexBusy), sole_writer(lock):
        pass


def test_shards_write_side_by_side_but_each_once_and_never_beside_a_whole_run(tmp_path):
    lock = tmp_path / "a.lock"
    with sole_writer(lock, Shard(1, 2)), sole_writer(lock, Shard(2, 2)):
        with pytest.raises(IndexBusy), sole_writer(lock, Shard(1, 2)):
            pass
        with pytest.raises(IndexBusy), sole_writer(lock):
            pass
    with sole_writer(lock), pytest.raises(IndexBusy), sole_writer(lock, Shard(1, 2)):
        pass


def test_the_pipelines_of_a_catalogue_are_filled_side_by_side_but_not_while_it_is_held_as_a_whole(tmp_path):
    one, other = sole_writer(tmp_path / "a.lock"), sole_writer(tmp_path / "b.lock", Shard(1, 2))
    with one, other, pytest.raises(IndexBusy, match="Another load"), no_writer(tmp_path):
        pass
    with no_writer(tmp_path):
        for shard in (None, Shard(1, 2)):
            with pytest.raises(IndexBusy, match="Another load"), sole_writer(tmp_path / "new.lock", shard):
                pass
        assert not (tmp_path / "new.lock").exists()
    with sole_writer(tmp_path / "new.lock"):
        pass
    with pytest.raises(NotFound, match="gone"), no_writer(tmp_path / "shop"):
        pass


def test_a_note_that_was_left_behind_names_nobody(tmp_path):
    left = tmp_path / "writers.holder"
    left.write_text('{"process": 1, "machine": "gone", "since": "2020-01-01 00:00"}', encoding="utf-8")
    os.utime(left, (0, 0))
    with sole_writer(tmp_path / "a.lock"), pytest.raises(IndexBusy) as refused, no_writer(tmp_path):
        pass
    assert refused.value.holder.startswith(f"process {os.getpid()} on")


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(SearchError, match="taken"), sole_writer(tmp_path / "taken" / "a.lock"):
        pass


def test_where_nothing_new_is_made_a_folder_that_is_gone_stays_gone(tmp_path):
    with pytest.raises(NotFound, match="gone"), sole_writer(tmp_path / "shop" / "a.lock", make=False):
        pass
    assert not (tmp_path / "shop").exists()
    lock = tmp_path / "shop" / "a.lock"
    with sole_writer(lock), pytest.raises(IndexBusy), sole_writer(lock, make=False):
        pass


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "a/b", "1/0", "-1/3"])
def test_what_is_no_shard_is_refused(text):
    with pytest.raises(SearchError):
        Shard.parse(text)
