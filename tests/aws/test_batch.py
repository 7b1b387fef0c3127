"""Loading a catalogue by batch jobs."""

from __future__ import annotations

from pathlib import Path

import boto3
import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from searchcore import Picture, Query, load_settings
from searchcore.batch import batch_ingest
from searchcore.catalogues import Catalogues
from searchcore.cli import app
from searchcore.errors import PipelineRefused
from searchcore.ingest import FolderSource, IngestOptions
from searchcore.pipelines import assemble
from tests.aws.account import account, new_bucket
from tests.aws.stub import TITAN, Fault
from tests.support import RED, thing, use_doubles

PARTS = """
catalogue = "shop"
[pipelines.aws]
detector = "whole"
embedder = {{ kind = "titan", dimension = 256, requests_per_minute = 60000, batch_role = "loupe-batch" }}
images = {{ kind = "s3", bucket = "{bucket}" }}
"""
COUNT = 12


@pytest.fixture
def cloud(_s3, tmp_path, monkeypatch):
    """A shop of twelve products of as many colours, and jobs that take at least three."""
    monkeypatch.setattr("searchcore.batch.run.PAUSE", 0.0)
    monkeypatch.setattr("searchcore.batch.write.LEAST", 3)
    monkeypatch.setattr("searchcore.batch.write.MOST", 5)
    with account(tmp_path, _s3) as stub:
        stub.batches.least = 3
        use_doubles(monkeypatch, tmp_path, thing("red", RED))
        stub.bucket = new_bucket()
        toml = (tmp_path / "loupe.toml").read_text(encoding="utf-8")
        (tmp_path / "loupe.toml").write_text(PARTS.format(bucket=stub.bucket) + toml.partition("\n")[2])
        shop = tmp_path / "shop"
        shop.mkdir()
        (shop / "products.csv").write_text("id,title,image\n" + "".join(f"p{n},P{n},p{n}.png\n" for n in range(COUNT)))
        for number in range(COUNT):
            Image.new("RGB", (140, 140), colour(number)).save(shop / f"p{number}.png")
        yield stub


def colour(number):
    return (number * 20, 255 - number * 20, (number * 97) % 256)


def load(hear=lambda *told: None, catalogue="shop", **options):
    settings = load_settings().on(catalogue)
    engine = assemble("aws", settings)
    return batch_ingest(engine, settings, FolderSource("shop"), IngestOptions(**options), hear)


class Killed(Exception):
    pass


def killed_at(stage):
    def hear(doing, done, total):
        if doing == stage:
            raise Killed

    return hear


def nearest(number):
    picture = Picture.from_image(Image.new("RGB", (140, 140), colour(number)))
    return assemble("aws", load_settings()).search(Query(picture=picture)).hits[0].product.id


def left_in(cloud):
    listed = boto3.client("s3").list_objects_v2(Bucket=cloud.bucket, Prefix="batch/")
    return [each["Key"] for each in listed.get("Contents", ())]


def test_pictures_are_embedded_by_jobs_and_stored_like_any_others(cloud):
    told = []
    report = load(lambda *words: told.append(words))
    assert (report.added, report.failed) == (COUNT, ())
    assert [len(job.records) for job in cloud.batches.jobs.values()] == [5, 5]
    assert len(cloud.calls(TITAN)) == 2  # what was too little for a job
    assert [nearest(number) for number in (0, 4, 9, 11)] == ["p0", "p4", "p9", "p11"]
    assert {doing for doing, _, _ in told} == {
        "Pictures sent", "Pictures embedded", "Vectors collected", "Products stored"
    }  # fmt: skip
    assert left_in(cloud) == []
    assert not list(Path(".loupe").rglob("*batch*"))


def test_a_batch_gives_the_vectors_of_single_calls(cloud):
    load()
    engine = assemble("aws", load_settings())
    (record,) = engine.index.get(["p3"])
    picture = Picture.from_bytes(Path("shop/p3.png").read_bytes())
    single = engine.embedder.embed_images([picture])[0]
    assert np.allclose(record.vector, single, atol=1e-6)
    assert record.content_hash


def test_what_is_asked_is_in_the_shape_that_jobs_take(cloud):
    load()
    job = next(iter(cloud.batches.jobs.values()))
    assert job.asked["roleArn"] == "arn:aws:iam::123456789012:role/loupe-batch"
    assert job.asked["modelId"] == TITAN
    assert 24 <= job.asked["timeoutDurationInHours"] <= 168
    for record in job.records:
        assert record["recordId"].isalnum()
        assert set(record["modelInput"]) == {"inputImage", "embeddingConfig"}


def test_objects_are_not_embedded_by_batch(cloud):
    with pytest.raises(PipelineRefused, match="whole pictures"):
        load(objects=True)
    assert not cloud.batches.jobs


def test_a_second_batch_embeds_nothing(cloud):
    load()
    before = len(cloud.batches.jobs), len(cloud.calls(TITAN))
    report = load()
    assert (report.added, report.unchanged) == (0, COUNT)
    assert (len(cloud.batches.jobs), len(cloud.calls(TITAN))) == before


def test_a_record_that_fails_is_named_and_the_others_are_stored(cloud):
    embedder = assemble("aws", load_settings()).embedder
    key, _ = embedder.record(Picture.from_bytes(Path("shop/p7.png").read_bytes()))
    cloud.batches.bad = {key}
    report = load()
    assert report.added == COUNT - 1
    (failed,) = report.failed
    assert failed.product_id == "p7"
    assert "exceeds max pixels" in failed.reason


def test_a_load_that_is_broken_off_goes_on_without_embedding_anything_again(cloud):
    for stage in ("Pictures embedded", "Vectors collected", "Products stored"):
        with pytest.raises(Killed):
            load(killed_at(stage))
    load()
    assert assemble("aws", load_settings()).index.count() == COUNT
    assert len(cloud.batches.jobs) == 2
    assert len(cloud.calls(TITAN)) == 2


def test_a_renamed_catalogue_and_a_new_one_of_its_name_keep_out_of_each_other_s_batches(cloud):
    with pytest.raises(Killed):
        load(killed_at("Vectors collected"))
    Catalogues(load_settings()).rename("shop", "store")
    assert [load(catalogue=name).added for name in ("shop", "store")] == [COUNT, COUNT]
    # Each had two jobs, and two pictures that were too little for a job.
    assert (len(cloud.batches.jobs), len(cloud.calls(TITAN))) == (4, 4)
    assert left_in(cloud) == []


def test_a_job_that_fails_says_why_and_is_begun_anew_by_the_next_run(cloud):
    """A3, W8."""
    cloud.batches.ending = "Failed"
    done = CliRunner().invoke(app, ["ingest", "shop", "--pipeline", "aws", "--batch", "--yes"])
    assert done.exit_code == 2
    assert "ended as Failed: The role may not read" in done.output
    assert "123456789012" not in done.output
    assert assemble("aws", load_settings()).index.count() == 0
    cloud.batches.ending = ""
    assert load().added == COUNT


def test_more_jobs_than_the_account_may_run_wait_for_their_turn(cloud):
    cloud.batches.most_at_once = 1
    assert load().added == COUNT
    assert len(cloud.batches.jobs) == 2


def test_a_job_that_may_not_be_begun_names_the_action(cloud, monkeypatch):
    """A3."""
    monkeypatch.setenv("LOUPE_PIPELINES__AWS__EMBEDDER__BATCH_ROLE", "arn:aws:iam::123456789012:role/batch")
    cloud.always = Fault("AccessDeniedException", 403, "no")
    done = CliRunner().invoke(app, ["ingest", "shop", "--pipeline", "aws", "--batch", "--yes"])
    assert done.exit_code == 2
    assert "Allow bedrock:CreateModelInvocationJob" in done.output
    assert "iam:PassRole" in done.output


def test_the_cost_is_said_first_and_no_is_no(cloud):
    done = CliRunner().invoke(app, ["ingest", "shop", "--pipeline", "aws", "--batch"], input="n\n")
    assert done.exit_code == 0
    assert "At most 12 pictures" in done.output
    assert "$0.00" in done.output
    assert cloud.seen == []
    assert left_in(cloud) == []


def test_the_tags_of_the_detector_are_in_the_cost(cloud, monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__AWS__DETECTOR__KIND", "whole")
    monkeypatch.setenv("LOUPE_PIPELINES__AWS__DETECTOR__PRICE_OF_TAGS", "0.5")
    done = CliRunner().invoke(app, ["ingest", "shop", "--pipeline", "aws", "--batch"], input="n\n")
    assert "at most $6.00" in done.output


@pytest.mark.parametrize("pipeline", ["tiny", "local"])
def test_a_pipeline_that_cannot_is_refused(cloud, pipeline):
    done = CliRunner().invoke(app, ["ingest", "shop", "--pipeline", pipeline, "--batch", "--yes"])
    assert done.exit_code == 2
    assert "cannot load by batch" in done.output


def test_without_a_role_it_is_refused_before_anything_is_sent(cloud, monkeypatch):
    monkeypatch.setenv("LOUPE_PIPELINES__AWS__EMBEDDER__BATCH_ROLE", "")
    done = CliRunner().invoke(app, ["ingest", "shop", "--pipeline", "aws", "--batch", "--yes"])
    assert done.exit_code == 2
    assert "batch_role" in done.output
    assert cloud.seen == []


@pytest.mark.parametrize(("many", "offered"), [(11, True), (12, False)])
def test_a_large_catalogue_is_offered_a_batch(cloud, monkeypatch, many, offered):
    monkeypatch.setattr("searchcore.cli_ingest.MANY", many)
    done = CliRunner().invoke(app, ["ingest", "shop", "--pipeline", "aws"])
    assert done.exit_code == 0, done.output
    assert ("with --batch" in done.output) == offered
