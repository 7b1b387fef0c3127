"""Opening pipelines and filling in the sample catalogue."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from searchcore import Settings, open_engine, pipelines
from searchcore.errors import CostNotAgreed, PipelineRefused
from searchcore.pipelines import assemble, fill_sample, needs_sample
from searchcore.settings import load_settings
from tests.support import BLUE, GREEN, RED, png, sample_of, thing, use_doubles

SAMPLE = [thing(f"{n:02}", (200, n, 50)) for n in range(40)]


@pytest.fixture(autouse=True)
def _doubles(monkeypatch, tmp_path):
    use_doubles(monkeypatch, tmp_path, *SAMPLE)


def test_the_sample_is_filled_in_on_first_use_and_only_then():
    heard = []
    assert open_engine("tiny", progress=lambda done, total: heard.append((done, total))).index.count() == 40
    assert heard[-1] == (40, 40)
    again = open_engine(progress=lambda done, total: pytest.fail("filled twice"))
    assert (again.name, again.index.count(), again.embedder.embedded) == ("tiny", 40, 0)


def test_a_fill_that_was_killed_is_resumed():
    def kill(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_engine(progress=kill)
    half = assemble("tiny", load_settings())
    stored = half.index.count()
    assert 0 < stored < 40
    assert needs_sample(half, load_settings())
    engine = open_engine()
    assert (engine.index.count(), engine.embedder.embedded) == (40, 40 - stored)
    assert not needs_sample(engine, load_settings())


def test_two_fills_at_once_give_one_whole_catalogue():
    with ThreadPoolExecutor(2) as pool:
        engines = list(pool.map(lambda _: open_engine(), range(2)))
    assert [engine.index.count() for engine in engines] == [40, 40]
    assert not needs_sample(engines[0], load_settings())


def test_a_deleted_index_is_filled_in_again():
    open_engine().index.close()
    for file in Path(".loupe/catalogues/sample").glob("tiny.sqlite*"):
        file.unlink()
    assert open_engine().index.count() == 40


def test_a_new_edition_of_the_sample_replaces_the_old_one(tmp_path):
    open_engine()
    sample_of(tmp_path / "sample", *SAMPLE[:30], thing("new", BLUE))
    engine = open_engine()
    assert (engine.index.count(), engine.embedder.embedded) == (31, 1)


def test_a_new_picture_of_the_sample_is_noticed(tmp_path):
    open_engine()
    (tmp_path / "sample" / "images" / "00.png").unlink()
    (tmp_path / "sample" / "images" / "00.png").write_bytes(png(GREEN))
    assert open_engine().embedder.embedded == 1


def test_another_catalogue_stays_as_it_is():
    engine = open_engine(settings=Settings(catalogue="mine"))
    assert engine.index.count() == 0
    assert Path(".loupe/catalogues/mine/tiny.sqlite").exists()


def test_pipelines_over_one_catalogue_have_an_index_each(monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__OTHER__EMBEDDER__KIND", "colour")
    monkeypatch.setenv("LOUPE_PIPELINES__OTHER__DETECTOR__KIND", "whole")
    first, other = open_engine("tiny"), open_engine("other")
    other.index.delete(["00"])
    assert (first.index.count(), other.index.count()) == (40, 39)
    assert other.picture("01") == first.picture("01")


@pytest.mark.parametrize("what", ["detector", "embedder", "index", "images"])
def test_an_unknown_part_is_refused_with_the_known_ones(monkeypatch, what):
    monkeypatch.setenv(f"LOUPE_PIPELINES__TINY__{what.upper()}__KIND", "nonesuch")
    with pytest.raises(PipelineRefused) as refused:
        open_engine()
    assert "nonesuch" in refused.value.message
    assert refused.value.remedy.startswith("Choose one of: ")


@pytest.mark.parametrize(
    ("what", "kind"), [("detector", "whole"), ("embedder", "colour"), ("index", "sqlite"), ("images", "folder")]
)
def test_an_option_that_a_part_does_not_have_is_refused(monkeypatch, what, kind):
    monkeypatch.setenv(f"LOUPE_PIPELINES__TINY__{what.upper()}__KIND", kind)
    monkeypatch.setenv(f"LOUPE_PIPELINES__TINY__{what.upper()}__COLOR", "blue")
    with pytest.raises(PipelineRefused, match="color"):
        open_engine()


def test_the_options_of_a_part_reach_it(monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__EMBEDDER__KIND", "colour")
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__EMBEDDER__PRICE", "2")
    assert float(open_engine(spend=80).embedder.spec.price_per_picture) == 2


def test_a_new_edition_costs_what_its_new_pictures_cost(monkeypatch, tmp_path):
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__DETECTOR__KIND", "whole")
    monkeypatch.setenv("LOUPE_PIPELINES__TINY__DETECTOR__PRICE_OF_TAGS", "0.501")
    open_engine(spend=21)
    other = [thing(f"new {n}", BLUE) for n in range(3)]
    sample_of(tmp_path / "sample", *SAMPLE[:37], *other)
    with pytest.raises(CostNotAgreed, match=r"at most \$1\.51") as refused:
        open_engine(spend=1.5)
    assert (refused.value.cost, refused.value.enough) == (pytest.approx(1.503), "1.51")
    assert "--spend 1.51," in refused.value.remedy
    assert open_engine(spend=float(refused.value.enough)).index.count() == 40


def test_fill_sample_can_be_called_at_any_time():
    engine = open_engine()
    fill_sample(engine, load_settings())
    assert engine.index.count() == 40


def test_importing_the_package_loads_no_model_and_no_user_interface():
    heavy = "{'streamlit', 'onnxruntime', 'boto3', 'typer'} & set(sys.modules)"
    code = f"import searchcore, sys; sys.exit(str({heavy}) if {heavy} else 0)"
    root = Path(pipelines.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_red_is_found_in_the_sample_end_to_end(tmp_path):
    sample_of(tmp_path / "sample", thing("red", RED), thing("green", GREEN))
    assert open_engine().similar_to("red").hits[0].product.id == "green"
