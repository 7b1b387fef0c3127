"""Judged queries as files."""

from __future__ import annotations

import pytest

from searchcore import Box, SearchError
from searchcore.quality import read_judged

HEADER = "query_id,image,left,top,width,height,kind,held_out\n"


def written(folder, queries, qrels="q1 0 a 3\n"):
    (folder / "queries.csv").write_text(HEADER + queries, encoding="utf-8")
    (folder / "qrels.txt").write_text(qrels, encoding="utf-8")
    return folder


def test_queries_and_judgments_are_joined(tmp_path):
    rows = "q1,views/a.jpg,0.1,0.2,0.3,0.4,view,\nq2,b.jpg,,,,,scene,true\n"
    first, second = read_judged(written(tmp_path, rows, "q1 0 a 3\n\nq1 0 b 0\n")).queries
    assert (first.picture, first.box, first.kind, first.held_out) == (
        tmp_path / "views/a.jpg", Box(0.1, 0.2, 0.3, 0.4), "view", False,
    )  # fmt: skip
    assert first.grades == {"a": 3, "b": 0}
    assert (second.box, second.held_out, second.grades) == (None, True, {})


def test_queries_are_chosen_by_kind_and_by_what_was_held_out(tmp_path):
    judged = read_judged(written(tmp_path, "q1,a.jpg,,,,,view,\nq2,b.jpg,,,,,scene,true\nq3,c.jpg,,,,,scene,\n"))
    assert [each.id for each in judged.of("scene").queries] == ["q2", "q3"]
    assert [each.id for each in judged.of(held_out=True).queries] == ["q2"]
    assert [each.id for each in judged.of("scene", held_out=False).queries] == ["q3"]


def test_judgments_of_products_that_are_gone_are_listed(tmp_path):
    judged = read_judged(written(tmp_path, "q1,a.jpg,,,,,,\n", "q1 0 a 3\nq1 0 lost 1\n"))
    assert judged.orphans(["a", "z"]) == [("q1", "lost")]


@pytest.mark.parametrize(
    ("queries", "qrels", "named"),
    [
        (",a.jpg,,,,,,\n", "", "Line 2 of queries.csv"),
        ("q1,,,,,,,\n", "", "Line 2 of queries.csv"),
        ("q1,../secret.jpg,,,,,,\n", "", "path inside its folder"),
        ("q1,/etc/passwd,,,,,,\n", "", "path inside its folder"),
        ("q1,a.jpg,0.1,0.2,0,0.4,,\n", "", "box that is none"),
        ("q1,a.jpg,0.1,nan,1,0.4,,\n", "", "box that is none"),
        ("q1,a.jpg,0.1,,,,,\n", "", "box that is none"),
        ("q1,a.jpg,,,,,,\n", "q1 0 a\n", "Line 1 of qrels.txt"),
        ("q1,a.jpg,,,,,,\n", "q1 0 a good\n", "Line 1 of qrels.txt"),
        ("q1,a.jpg,,,,,,\n", "q9 0 a 1\n", "q9"),
        (
            "q1,a.jpg,,,,,,\nq2,b.jpg,,,,,,\nq1,c.jpg,,,,,,\n",
            "q1 0 a 1\n",
            "Line 4 of queries.csv has the query “q1” again",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, queries, qrels, named):
    with pytest.raises(SearchError) as refused:
        read_judged(written(tmp_path, queries, qrels))
    assert named in str(refused.value)
    assert refused.value.remedy


def test_a_folder_without_judgments_says_what_is_missing(tmp_path):
    with pytest.raises(SearchError, match=r"qrels\.txt"):
        read_judged(tmp_path)
