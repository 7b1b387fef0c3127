"""Evaluation of an engine on judged queries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from searchcore import Box, Detection
from searchcore.detectors.base import Detector
from searchcore.quality import JudgedQuery, JudgedSet, Measure, evaluate, price_evaluated
from searchcore.quality.interval import bootstrap
from tests.support import GREEN, RED, ColourEmbedder, engine_of, png, thing, towards_green

P1, MAP = Measure.parse("P@1"), Measure.parse("mAP")


@pytest.fixture
def engine(tmp_path):
    things = [thing("red", RED, group_id="reds"), thing("reddish", towards_green(0.1), group_id="reds")]
    return engine_of(tmp_path, *things, thing("green", GREEN))


def query(folder, name, colour, grades, box=None):
    (folder / f"{name}.png").write_bytes(png(colour))
    return JudgedQuery(name, folder / f"{name}.png", box, grades)


def test_variants_of_one_group_are_ranked_apart(engine, tmp_path):
    judged = JudgedSet("test", (query(tmp_path, "q", RED, {"red": 3, "reddish": 2}),))
    done = evaluate(engine, judged, [P1, MAP])
    assert done.scores[0].ranking == ("red", "reddish", "green")
    assert [(mean.measure, mean.value, mean.n) for mean in done.means] == [("P@1", 1.0, 1), ("mAP", 1.0, 1)]


def test_a_query_that_fails_counts_as_nothing_found(engine, tmp_path):
    lost = JudgedQuery("lost", tmp_path / "nowhere.png", None, {"red": 3})
    done = evaluate(engine, JudgedSet("test", (query(tmp_path, "q", RED, {"red": 3}), lost)), [P1])
    assert (done.means[0].value, done.means[0].n) == (0.5, 2)
    assert "nowhere.png" in done.scores[1].error
    assert [each.query.id for each in done.worst("P@1", 1)] == ["lost"]


class Halves(Detector):
    """Find the left half, and count how often it was asked."""

    name, price = "halves", 0.5

    def __init__(self):
        self.asked = 0

    def detect(self, picture):
        self.asked += 1
        return [Detection("object", 0.9, Box(0, 0, 0.5, 1))]


def test_the_object_found_that_fits_the_judged_box_best_is_searched_with(engine, tmp_path):
    halves = Halves()
    left = query(tmp_path, "q", RED, {"red": 3}, Box(0.02, 0.02, 0.46, 0.96))
    right = replace(left, id="right", box=Box(0.5, 0, 0.5, 1))
    done = evaluate(replace(engine, detector=halves), JudgedSet("test", (left, right)), [P1], "detected")
    assert [each.found for each in done.scores] == [True, False]
    assert halves.asked == 1


@pytest.mark.parametrize("boxes", ["given", "whole"])
def test_no_object_is_looked_for_where_none_is_needed(engine, tmp_path, boxes):
    halves = Halves()
    judged = JudgedSet("test", (query(tmp_path, "q", RED, {"red": 3}, Box(0, 0, 0.5, 1)),))
    assert evaluate(replace(engine, detector=halves), judged, [P1], boxes).scores[0].found
    assert halves.asked == 0


def test_an_evaluation_is_priced_by_what_it_embeds_and_the_pictures_it_looks_at(tmp_path):
    halves = Halves()
    engine = replace(engine_of(tmp_path, thing("red", RED), embedder=ColourEmbedder(price=0.125)), detector=halves)
    left = query(tmp_path, "left", RED, {"red": 3}, Box(0, 0, 0.5, 1))
    whole = query(tmp_path, "whole", RED, {"red": 3})
    judged = JudgedSet("test", (left, replace(left, id="right", box=Box(0.5, 0, 0.5, 1)), whole))
    prices = {boxes: price_evaluated(engine, judged, boxes) for boxes in ("given", "detected", "whole")}
    assert prices == {"given": 0.375, "detected": 0.875, "whole": 0.375}
    embedded = engine.embedder.embedded
    evaluate(engine, judged, [P1], "detected")
    assert prices["detected"] == 0.125 * (engine.embedder.embedded - embedded) + 0.5 * halves.asked


def test_progress_is_told_by_query(engine, tmp_path):
    heard = []
    judged = JudgedSet("test", tuple(query(tmp_path, f"q{n}", RED, {}) for n in range(3)))
    evaluate(engine, judged, [P1], progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_an_interval_holds_the_mean_and_narrows_with_more_queries():
    few, many = [0.0, 1.0] * 5, [0.0, 1.0] * 200
    (low, high), (lower, higher) = bootstrap(few), bootstrap(many)
    assert low < lower < 0.5 < higher < high
    assert bootstrap(few) == (low, high)
    assert bootstrap([1.0]) == (0.0, 1.0)
