"""Products that look alike and are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from searchcore.errors import SearchError
from searchcore.kept import Kept


def groups(folder: Path) -> set[tuple[str, ...]]:
    return {tuple(sorted(group)) for group in Kept(folder).groups()}


def test_what_is_kept_is_known_to_everyone_until_it_is_released(tmp_path):
    Kept(tmp_path).keep(["b", "a"])
    Kept(tmp_path).keep(["a", "c", "é\u2028\n"])
    assert groups(tmp_path) == {("a", "b"), ("a", "c", "é\u2028\n")}
    Kept(tmp_path).release(["a", "b"])
    assert groups(tmp_path) == {("a", "c", "é\u2028\n")}
    Kept(tmp_path).keep(["a", "b"])
    assert ("a", "b") in groups(tmp_path)


def test_nothing_is_kept_at_first(tmp_path):
    assert groups(tmp_path) == set()


@pytest.mark.parametrize("torn", ['{"ids": ["x", "y"', "[]", '{"kept": true}', '{"ids": 5, "kept": true}', "\x00"])
def test_a_line_that_is_cut_off_or_strange_costs_no_other(tmp_path, torn):
    Kept(tmp_path).keep(["a", "b"])
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text() + torn)
    Kept(tmp_path).keep(["c", "d"])
    assert groups(tmp_path) == {("a", "b"), ("c", "d")}


def test_many_keep_at_once(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: Kept(tmp_path).keep([f"{number}", "x"]), range(200)))
    assert len(groups(tmp_path)) == 200


def test_nothing_is_kept_in_a_catalogue_that_is_gone(tmp_path):
    with pytest.raises(SearchError, match="cannot be remembered"):
        Kept(tmp_path / "gone").keep(["a", "b"])
    assert not (tmp_path / "gone").exists()
