"""What only the index in one SQLite file does: lasts, is shared, refuses, and says so."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from searchcore import Filters, Product, SearchError
from searchcore.errors import IndexRefused
from searchcore.indexes import sqlite_schema
from searchcore.indexes.base import Record
from searchcore.indexes.sqlite import SqliteIndex

DIMENSION = 4
OPEN_FILES = Path("/proc/self/fd")


def open_index(folder, model="model-a@4", dimension=DIMENSION) -> SqliteIndex:
    return SqliteIndex(folder / "shop.sqlite", model, dimension)


def axis(number):
    return np.eye(DIMENSION, dtype=np.float32)[number]


def record(product_id, vector=None, **fields) -> Record:
    return Record(Product(product_id, f"Title {product_id}", f"{product_id}.jpg", **fields),
                  axis(0) if vector is None else vector)  # fmt: skip


def ids(hits):
    return [hit.product.id for hit in hits]


def user_version(folder) -> int:
    with sqlite3.connect(folder / "shop.sqlite") as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


def test_what_was_stored_is_there_when_the_file_is_opened_again(tmp_path):
    first = open_index(tmp_path)
    first.upsert([record("a", axis(1), category="bag")])
    first.close()
    again = open_index(tmp_path)
    assert ids(again.search(axis(1), 3, Filters(category="bag"))) == ["a"]
    assert ids(again.search_text("title", 3)) == ["a"]


def test_folders_on_the_way_to_the_file_are_made(tmp_path):
    open_index(tmp_path / "not" / "there" / "yet")
    assert (tmp_path / "not" / "there" / "yet" / "shop.sqlite").is_file()


def test_an_index_that_was_closed_opens_again_when_asked(tmp_path):
    index = open_index(tmp_path)
    index.upsert([record("a")])
    index.close()
    assert index.count() == 1


def test_info_tells_the_place_and_the_size(tmp_path):
    info = open_index(tmp_path).info()
    assert (info.kind, info.location) == ("sqlite", str(tmp_path / "shop.sqlite"))
    assert info.size_bytes > 4096


def test_another_model_is_refused_and_both_are_named(tmp_path):
    """I5."""
    open_index(tmp_path, "model-a@4")
    with pytest.raises(IndexRefused, match=r"model-a@4.*model-b@4") as refused:
        open_index(tmp_path, "model-b@4")
    assert refused.value.remedy


def test_another_dimension_is_refused_and_both_are_named(tmp_path):
    """I5."""
    open_index(tmp_path, dimension=4)
    with pytest.raises(IndexRefused, match=r"dimension 4.* 16"):
        open_index(tmp_path, dimension=16)


def test_a_refused_index_keeps_its_products(tmp_path):
    open_index(tmp_path).upsert([record("a")])
    with pytest.raises(IndexRefused):
        open_index(tmp_path, "model-b@4")
    assert open_index(tmp_path).count() == 1


def test_an_older_file_is_brought_up_to_date_step_by_step(tmp_path, monkeypatch):
    old = open_index(tmp_path)
    old.upsert([record("a", axis(2))])
    old.close()
    version = user_version(tmp_path)
    steps = (
        ("CREATE TABLE notes (text TEXT)", "INSERT INTO notes VALUES ('one')"),
        ("UPDATE notes SET text = text || ' two'",),
    )
    monkeypatch.setattr(sqlite_schema, "MIGRATIONS", (*sqlite_schema.MIGRATIONS, *steps))
    assert ids(open_index(tmp_path).search(axis(2), 1)) == ["a"]
    open_index(tmp_path)
    assert user_version(tmp_path) == version + 2
    with sqlite3.connect(tmp_path / "shop.sqlite") as db:
        assert db.execute("SELECT text FROM notes").fetchall() == [("one two",)]


def test_a_step_that_fails_leaves_the_older_file_as_it_was(tmp_path, monkeypatch):
    open_index(tmp_path).upsert([record("a")])
    version = user_version(tmp_path)
    steps = (("CREATE TABLE notes (text TEXT)",), ("this is no SQL",))
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_schema, "MIGRATIONS", (*sqlite_schema.MIGRATIONS, *steps))
        with pytest.raises(SearchError):
            open_index(tmp_path)
    assert user_version(tmp_path) == version
    assert open_index(tmp_path).count() == 1


def test_a_file_never_has_a_revision_of_the_one_that_had_its_name_before(tmp_path):
    revisions = set()
    for _ in range(2):
        index = open_index(tmp_path)
        revisions.add(index.info().revision)
        index.upsert([record("a")])
        revisions.add(index.info().revision)
        index.close()
        (tmp_path / "shop.sqlite").unlink()
    assert len(revisions) == 4


def test_a_file_of_a_newer_release_is_refused_and_left_alone(tmp_path, monkeypatch):
    newest = len(sqlite_schema.MIGRATIONS)
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_schema, "MIGRATIONS", (*sqlite_schema.MIGRATIONS, ("CREATE TABLE later (x)",)))
        open_index(tmp_path)
    with pytest.raises(IndexRefused, match=rf"version {newest + 1}.*up to {newest}"):
        open_index(tmp_path)
    assert user_version(tmp_path) == newest + 1


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "shop.sqlite").write_bytes(b"a picture, perhaps" * 500)
    with pytest.raises(SearchError, match="damaged or no index") as refused:
        open_index(tmp_path)
    assert refused.value.remedy
    assert (tmp_path / "shop.sqlite").read_bytes().startswith(b"a picture")


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "shop.sqlite") as db:
        db.execute("CREATE TABLE invoices (x)")
    with pytest.raises(IndexRefused, match="other data"):
        open_index(tmp_path)
    with sqlite3.connect(tmp_path / "shop.sqlite") as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("invoices",)]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SearchError, match="cannot be made"):
        open_index(tmp_path / "file" / "below")


def test_an_index_in_a_folder_that_cannot_be_written_is_still_read(unprivileged):
    """I8."""
    index = open_index(unprivileged)
    index.upsert([record("a", axis(1), category="bag")])
    index.close()
    (unprivileged / "shop.sqlite").chmod(0o400)
    unprivileged.chmod(0o500)
    reader = open_index(unprivileged)
    assert ids(reader.search(axis(1), 3, Filters(category="bag"))) == ["a"]
    with pytest.raises(SearchError, match="cannot be written") as refused:
        reader.upsert([record("b")])
    assert refused.value.remedy
    assert reader.count() == 1


def test_a_file_that_becomes_unwritable_is_told_and_still_read(unprivileged):
    """I8."""
    open_index(unprivileged).upsert([record("a")])
    (unprivileged / "shop.sqlite").chmod(0o400)
    reader = open_index(unprivileged)
    with pytest.raises(SearchError, match="cannot be written"):
        reader.delete(["a"])
    assert ids(reader.search(axis(0), 3)) == ["a"]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.indexes.test_sqlite import open_index, record, axis
from searchcore import SearchError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
index = open_index(Path({folder!r}))
index.upsert([record("a")])
index.close()
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    index.upsert([record(f"{{n}}", description="long " * 2000) for n in range(100)])
except SearchError as error:
    print("told:", error)
print(index.count(), [hit.product.id for hit in index.search(axis(0), 3)])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="this system cannot limit the size of a file")
def test_a_write_that_finds_no_room_is_told_and_changes_nothing(tmp_path, pytestconfig):
    """I8; a limit on the size of a file stands in for a full disk."""
    code = FULL_DISK.format(root=str(pytestconfig.rootpath), folder=str(tmp_path))
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    told, state = ran.stdout.strip().splitlines()
    assert told.startswith("told: The disk is full")
    assert state == "1 ['a']"
    assert open_index(tmp_path).count() == 1


def test_two_openings_of_one_file_see_each_others_changes(tmp_path):
    here, there = open_index(tmp_path), open_index(tmp_path)
    here.upsert([record("a", axis(0)), record("b", axis(1))])
    assert ids(there.search(axis(0), 5)) == ["a", "b"]
    there.delete(["a"])
    assert ids(here.search(axis(0), 5)) == ["b"]
    here.upsert([record("b", axis(2)), record("c", axis(3))])
    assert there.search(axis(2), 1)[0].similarity == pytest.approx(1.0)
    assert here.count() == there.count() == 2


def test_filters_that_were_used_before_see_new_products(tmp_path):
    index, bags = open_index(tmp_path), Filters(category="bag")
    index.upsert([record("a", category="bag")])
    assert ids(index.search(axis(0), 5, bags)) == ["a"]
    index.upsert([record("a", category="cup"), record("b", category="bag")])
    assert ids(index.search(axis(0), 5, bags)) == ["b"]


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.indexes.test_sqlite import open_index, record
index = open_index(Path({folder!r}))
for batch in range(10_000):
    index.upsert([record(f"{{batch}}-{{n}}") for n in range(5)])
    print(batch, flush=True)
"""


def test_a_writer_that_is_killed_leaves_whole_batches(tmp_path, pytestconfig):
    """I3."""
    code = WRITER.format(root=str(pytestconfig.rootpath), folder=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as writer:
        for line in writer.stdout:
            if int(line) == 20:
                break
        writer.kill()
    index = open_index(tmp_path)
    assert index.count() >= 21 * 5
    assert index.count() % 5 == 0
    assert len(index.search(axis(0), 10_000)) == index.count() == len(index.search_text("title", 10_000))


def test_many_threads_read_and_write_at_once(tmp_path):
    index = open_index(tmp_path)
    index.upsert([record("first")])

    def write(worker):
        for number in range(10):
            index.upsert([record(f"{worker}-{number}-{n}", category=f"w{worker}") for n in range(3)])
            index.delete([f"{worker}-{number}-0"])

    def read(worker):
        for _ in range(40):
            hits = index.search(axis(0), 500)
            assert len(hits) == len({hit.product.id for hit in hits}) >= 1
            index.search(axis(0), 5, Filters(category="w1"))
            index.search_text("title", 5)
            index.facets()

    with ThreadPoolExecutor(24) as pool:
        for done in [*(pool.submit(write, w) for w in range(4)), *(pool.submit(read, w) for w in range(20))]:
            done.result()
    assert index.count() == 1 + 4 * 10 * 2
    assert len(index.search(axis(0), 500)) == 81
    assert index.count(Filters(category="w1")) == 20


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="this system does not list open files")
def test_open_files_stay_few_however_many_threads_wait(tmp_path):
    index, path = open_index(tmp_path), tmp_path / "shop.sqlite"
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(30) as pool:
        waiting = [pool.submit(index.upsert, [record(str(number))]) for number in range(30)]
        time.sleep(1)
        held = [file for file in OPEN_FILES.iterdir() if file.resolve() == path]
        blocker.execute("COMMIT")
        blocker.close()
        for each in waiting:
            each.result()
    assert 2 <= len(held) <= 8 + 1
    assert index.count() == 30


def test_a_failing_upsert_changes_nothing(tmp_path):
    index = open_index(tmp_path)
    index.upsert([record("a", category="bag")])
    with sqlite3.connect(tmp_path / "shop.sqlite") as db:
        db.execute(
            "CREATE TRIGGER stop BEFORE INSERT ON numbers WHEN NEW.value = 13 BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(SearchError):
        index.upsert([record("a", category="cup"), record("b", price=13.0)])
    assert index.count() == index.count(Filters(category="bag")) == 1
    assert ids(index.search(axis(0), 5)) == ["a"]


def test_numbers_that_are_none_do_not_stop_a_product(tmp_path):
    index = open_index(tmp_path)
    index.upsert([record("a", price=float("nan"), extra={"height": float("inf"), "depth": 2})])
    assert [(facet.name, facet.low) for facet in index.facets()] == [("depth", 2.0)]
