"""What only a folder of pictures does."""

from __future__ import annotations

import os

import pytest

from searchcore.errors import SearchError
from searchcore.imagestores.folder import FolderStore


def files(folder):
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def test_plain_keys_are_plain_files(tmp_path):
    FolderStore(tmp_path).put("shoes/red-1.jpg", b"x")
    assert files(tmp_path) == ["shoes/red-1.jpg"]


def test_pictures_that_lie_there_already_are_found(tmp_path):
    (tmp_path / "bags").mkdir()
    (tmp_path / "bags" / "tote 1.jpg").write_bytes(b"x")
    store = FolderStore(tmp_path)
    assert list(store.list()) == ["bags/tote 1.jpg"]
    assert store.open("bags/tote 1.jpg") == b"x"


@pytest.mark.parametrize("key", ["../up.jpg", "/etc/passwd", "a/../../b", "..", "C:\\x", "😀" * 300, "x" * 300])
def test_every_file_lies_below_the_folder_under_a_name_that_file_systems_allow(tmp_path, key):
    """U11."""
    root = tmp_path / "deep" / "pictures"
    FolderStore(root).put(key, b"x")
    (path,) = files(tmp_path)
    assert path.startswith("deep/pictures/")
    for name in path.split("/"):
        assert len(name.encode()) <= 255
        assert not set(name) & set('<>:"\\|?*\x00')
        assert name.upper() not in ("CON", "NUL", ".", "..")


def test_a_put_that_fails_leaves_the_old_picture_and_no_draft(tmp_path, monkeypatch):
    store = FolderStore(tmp_path)
    store.put("a.jpg", b"old")

    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(SearchError, match="No space left") as refused:
        store.put("a.jpg", b"new")
    assert refused.value.remedy
    assert store.open("a.jpg") == b"old"
    assert files(tmp_path) == ["a.jpg"]


def test_an_unfinished_draft_is_no_picture(tmp_path):
    (tmp_path / ".draft-killed").write_bytes(b"half a pict")
    assert list(FolderStore(tmp_path).list()) == []


def test_a_folder_that_cannot_be_written_is_told_and_still_read(unprivileged):
    """I8."""
    store = FolderStore(unprivileged)
    store.put("a.jpg", b"old")
    unprivileged.chmod(0o500)
    with pytest.raises(SearchError, match="cannot be stored") as refused:
        store.put("b.jpg", b"new")
    assert str(unprivileged) in refused.value.remedy
    assert store.open("a.jpg") == b"old"
    assert list(store.list()) == ["a.jpg"]


def test_a_picture_that_cannot_be_removed_is_told_and_stays(unprivileged):
    """I8."""
    store = FolderStore(unprivileged)
    store.put("a.jpg", b"kept")
    unprivileged.chmod(0o500)
    with pytest.raises(SearchError, match="cannot be removed") as refused:
        store.delete("a.jpg")
    assert str(unprivileged) in refused.value.remedy
    assert store.open("a.jpg") == b"kept"


def test_a_picture_that_goes_while_it_is_scanned_is_left_out(tmp_path):
    store = FolderStore(tmp_path)
    for key in ("a.jpg", "b.jpg", "c.jpg"):
        store.put(key, b"x")
    scanned = store.scan()
    assert next(scanned).key == "a.jpg"
    store.delete("b.jpg")
    assert [each.key for each in scanned] == ["c.jpg"]


def test_a_key_cannot_be_both_a_picture_and_a_folder(tmp_path):
    store = FolderStore(tmp_path)
    store.put("a", b"picture")
    with pytest.raises(SearchError):
        store.put("a/b", b"below it")
    assert store.open("a") == b"picture"


def test_the_app_serves_the_pictures_itself(tmp_path):
    store = FolderStore(tmp_path)
    store.put("a.jpg", b"x")
    assert store.url("a.jpg") is None
