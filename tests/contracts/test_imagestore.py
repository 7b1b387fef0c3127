"""What every image store does, whatever holds the pictures."""

from __future__ import annotations

from time import time
from urllib.request import urlopen

import pytest

from searchcore.errors import NotFound, SearchError


def test_a_picture_comes_back_byte_by_byte(store):
    data = bytes(range(256)) * 9
    store.put("shoes/red-1.jpg", data)
    assert store.open("shoes/red-1.jpg") == data


def test_a_second_put_replaces_the_first(store):
    store.put("a.jpg", b"a long first picture")
    store.put("a.jpg", b"second", content_type="image/png")
    assert store.open("a.jpg") == b"second"
    assert list(store.list()) == ["a.jpg"]


def test_an_unknown_picture_is_not_found(store):
    store.put("a.jpg", b"1")
    for key in ("b.jpg", "a.jpg/b", "a"):
        with pytest.raises(NotFound) as refused:
            store.open(key)
        assert refused.value.remedy


def test_keys_are_listed_in_order_and_by_prefix(store):
    keys = ["shoes/red.jpg", "shoes/blue.jpg", "shoes-old/a.jpg", "bags/a/b/c.jpg", "top.jpg"]
    for key in keys:
        store.put(key, b"x")
    assert list(store.list()) == sorted(keys)
    assert list(store.list("shoes/")) == ["shoes/blue.jpg", "shoes/red.jpg"]
    assert list(store.list("shoes")) == ["shoes-old/a.jpg", "shoes/blue.jpg", "shoes/red.jpg"]
    assert list(store.list("bags/a/b/c.j")) == ["bags/a/b/c.jpg"]
    assert list(store.list("nothing")) == []


def test_a_scan_tells_how_large_each_picture_is_and_since_when_it_is_there(store):
    before = time()
    for key, size in (("b/large.jpg", 3000), ("a.jpg", 7), ("b/small.jpg", 1)):
        store.put(key, bytes(size))
    assert [(each.key, each.size) for each in store.scan()] == [("a.jpg", 7), ("b/large.jpg", 3000), ("b/small.jpg", 1)]
    assert [each.key for each in store.scan("b/")] == ["b/large.jpg", "b/small.jpg"]
    assert all(before - 2 <= each.since <= time() + 2 for each in store.scan())
    first = next(store.scan("a"))
    store.put("a.jpg", bytes(8))
    assert next(store.scan("a")) != first


def test_an_empty_store_lists_nothing(store):
    assert list(store.list()) == []


def test_a_deleted_picture_is_gone_and_deleting_again_is_no_error(store):
    store.put("a/b.jpg", b"x")
    store.delete("a/b.jpg")
    store.delete("a/b.jpg")
    store.delete("never/there.jpg")
    assert list(store.list()) == []
    with pytest.raises(NotFound):
        store.open("a/b.jpg")


def test_an_address_is_one_that_a_browser_can_fetch_or_none(store):
    store.put("a.jpg", b"x")
    address = store.url("a.jpg")
    if address is not None:
        with urlopen(address) as response:
            assert response.read() == b"x"


ODD = [
    *("../up.jpg", "../../../etc/passwd", "a/../../b.jpg", "/etc/passwd", "//host/share", "a//b.jpg", "a/", "/"),
    *("C:/x.jpg", "C:\\x.jpg", "..\\x.jpg", "a\\b.jpg", "nul\x00byte.jpg", "line\nbreak.jpg", ".", "..", ".hidden"),
    *("CON", "con.png", "aux", "LPT1.jpg", "NUL .jpg", "dot.", "space ", "a:b.jpg", 'q"<>|?*.jpg', "100%.jpg", "%41"),
    *("käse.jpg", "ka\u0308se.jpg", "中文.jpg", "😀.jpg", "\u202egpj.exe", "a.jpg.php", "\ud800.jpg"),
    *("x" * 300, "x/" * 100 + "y", "中" * 300, "😀" * 300, "a%2Fb", "%", "a%/b"),
]


def refuses(store, key: str, data: bytes = b"odd") -> bool:
    try:
        store.put(key, data)
    except SearchError as error:
        return bool(error.remedy)
    return False


@pytest.mark.parametrize("key", ODD, ids=lambda key: ascii(key[:24]))
def test_an_odd_key_is_data_or_refused_and_touches_nothing_else(store, tmp_path, key):
    """U11."""
    (tmp_path / "up.jpg").write_bytes(b"precious")
    store.put("a/b.jpg", b"known")
    if refuses(store, key):
        assert list(store.list()) == ["a/b.jpg"]
    else:
        assert store.open(key) == b"odd"
        assert set(store.list()) == {"a/b.jpg", key}
        assert key in store.list(key)
        store.delete(key)
        assert list(store.list()) == ["a/b.jpg"]
    assert store.open("a/b.jpg") == b"known"
    assert (tmp_path / "up.jpg").read_bytes() == b"precious"


def test_different_keys_are_different_pictures(store):
    keys = [key for key in ODD if key not in (".", "..", "/") and "\ud800" not in key]
    stored = [key for key in keys if not refuses(store, key, key.encode())]
    assert all(store.open(key) == key.encode() for key in stored)
    assert list(store.list()) == sorted(stored)


def test_a_picture_without_a_name_is_refused(store):
    with pytest.raises(SearchError) as refused:
        store.put("", b"x")
    assert refused.value.remedy
