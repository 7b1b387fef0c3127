"""Measures against their definitions and against ir_measures, the field's own implementation (Q1, Q2, Q3)."""

from __future__ import annotations

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchcore import SearchError
from searchcore.quality import Measure

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("P@1", 0.0),
        ("P@2", 0.5),
        ("P@10", 0.2),
        ("R@2", 1 / 3),
        ("R@9", 2 / 3),
        ("MRR", 0.5),
        ("mAP", (1 / 2 + 2 / 4) / 3),
    ],
)
def test_a_value_is_what_the_definition_says(measure, value):
    assert Measure.parse(measure)(["d", "c", "unjudged", "a"], GRADES) == pytest.approx(value)


def test_the_threshold_decides_what_is_relevant():
    ranking = ["c", "b", "a"]
    assert [Measure.parse("P@1", threshold)(ranking, GRADES) for threshold in (1, 2, 3)] == [1.0, 0.0, 0.0]
    assert Measure.parse("R@2", 2)(ranking, GRADES) == 0.5


def test_a_perfect_order_has_all_the_gain_and_another_less():
    ndcg = Measure.parse("nDCG@3")
    assert ndcg(["a", "b", "c"], GRADES) == 1.0
    assert 0 < ndcg(["c", "b", "a"], GRADES) < 1


@pytest.mark.parametrize("measure", ["P@5", "R@5", "mAP", "MRR", "nDCG@5"])
def test_nothing_found_or_nothing_relevant_is_zero(measure):
    assert Measure.parse(measure)([], GRADES) == 0
    assert Measure.parse(measure)(["x"], {}) == 0


@pytest.mark.parametrize("text", ["", "P@0", "P@-1", "F1", "P@1@2", "nDCG@x"])
def test_a_measure_that_there_is_not_is_refused(text):
    with pytest.raises(SearchError, match="no measure"):
        Measure.parse(text)


def test_a_measure_is_written_as_it_was_read():
    assert [Measure.parse(text).name for text in ("p@1", "r@12", "MAP", "ndcg@10")] == ["P@1", "R@12", "mAP", "nDCG@10"]


IDS = [f"p{n}" for n in range(12)]
JUDGED = st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), max_size=10)
REFERENCE = {
    "P@1": "P(rel={0})@1", "P@5": "P(rel={0})@5", "R@5": "R(rel={0})@5", "mAP": "AP(rel={0})", "MRR": "RR(rel={0})",
    "nDCG@5": "nDCG@5", "nDCG": "nDCG",
}  # fmt: skip


@given(st.lists(st.sampled_from(IDS), unique=True), JUDGED, st.integers(1, 3))
def test_every_measure_equals_ir_measures(ranking, grades, threshold):
    run = [ir_measures.ScoredDoc("q", each, float(-place)) for place, each in enumerate(ranking)]
    qrels = [ir_measures.Qrel("q", each, grade) for each, grade in grades.items()]
    for ours, theirs in REFERENCE.items():
        measure = ir_measures.parse_measure(theirs.format(threshold))
        # A query without results counts as 0 in both.
        expected = ir_measures.calc_aggregate([measure], qrels, run)[measure] if qrels and run else 0.0
        assert Measure.parse(ours, threshold)(ranking, grades) == pytest.approx(expected, abs=1e-9), ours
