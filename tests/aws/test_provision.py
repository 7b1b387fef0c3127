"""Making what a pipeline needs on AWS, and removing it again."""

from __future__ import annotations

import re
import tomllib
import urllib.request
from pathlib import Path

import boto3
import pytest
from typer.testing import CliRunner

from searchcore.cli import app
from searchcore.cloud.stack import TEMPLATE
from searchcore.cloud.wanted import RESOURCES, Wanted
from tests.aws.account import account
from tests.aws.stacks import ACCOUNT, Kept
from tests.aws.stub import Fault

DENIED = f"User: arn:aws:iam::{ACCOUNT}:user/me is not authorized to perform: aoss:CreateCollection on resource: *"


@pytest.fixture
def cloud(tmp_path, _s3, monkeypatch):
    """An account without a stack, and an empty folder to work in."""
    monkeypatch.setattr("searchcore.cloud.stack.PAUSE", 0.0)
    monkeypatch.chdir(tmp_path)
    urllib.request.urlopen(urllib.request.Request(f"{_s3}/moto-api/reset", method="POST")).close()
    with account(tmp_path, _s3) as stub:
        yield stub


def run(*words, typed=""):
    return CliRunner().invoke(app, list(words), input=typed)


def pipelines():
    return tomllib.loads(Path("loupe.toml").read_text(encoding="utf-8"))["pipelines"]


def buckets():
    return [each["Name"] for each in boto3.client("s3").list_buckets()["Buckets"] if each["Name"].startswith("loupe-")]


def test_the_template_has_no_fault_and_its_resources_are_named():
    from cfnlint.api import lint_file
    from cfnlint.decode.cfn_yaml import load

    template = load(str(TEMPLATE))
    assert [str(each) for each in lint_file(TEMPLATE)] == []
    assert set(RESOURCES) == set(Wanted().resources) == set(template["Resources"])
    assert set(Wanted().parameters("")) == set(template["Parameters"])


def test_no_policy_allows_everything():
    text = TEMPLATE.read_text(encoding="utf-8")
    allowed = re.findall(r"Effect: Allow\n\s+Action: (.+)", text)
    assert allowed
    assert not [each for each in allowed if "*" in each]
    assert text.count('Resource: "*"') == 1  # DetectLabels
    assert not re.search(r"\d{12}", text)


@pytest.mark.parametrize(("generation", "cost"), [("nextgen", "at most $0.96"), ("classic", "$0.24 an hour")])
def test_a_dry_run_shows_all_and_calls_nobody(cloud, generation, cost):
    done = run("provision", "--dry-run", "--generation", generation)
    assert done.exit_code == 0
    assert cost in done.output
    assert done.output.count("Make ") == len(Wanted(generation=generation).resources)
    assert f"serverless-{generation}" in done.output
    assert cloud.seen == []
    assert not Path("loupe.toml").exists()


def test_what_is_wanted_is_made_after_asking_and_written_down(cloud):
    done = run("provision", typed="y\n")
    assert done.exit_code == 0, done.output
    stack = cloud.stacks.kept["loupe"]
    assert stack.status == "CREATE_COMPLETE"
    assert set(stack.made) == set(RESOURCES)
    assert stack.parameters["Person"] == f"arn:aws:iam::{ACCOUNT}:role/portal/Admin"
    aws = pipelines()["aws"]
    assert aws["images"] == {"kind": "s3", "bucket": buckets()[0], "region": "us-east-1"}
    assert aws["index"]["profile"] == "serverless-nextgen"
    assert "Made a collection of OpenSearch Serverless" in done.output
    assert "doctor --live --pipeline aws" in done.output


def test_what_is_written_is_a_pipeline_that_can_be_set_up(cloud, monkeypatch):
    from searchcore import load_settings
    from searchcore.catalogues import Catalogues
    from searchcore.pipelines import make_embedder, make_images

    assert run("provision", "--yes", "--generation", "classic", "--embedder", "nova").exit_code == 0
    monkeypatch.delenv("LOUPE_CONFIG", raising=False)
    settings = load_settings()
    assert make_embedder("aws", settings).spec.name == "nova"
    make_images("aws", settings.on("shop")).put("a.jpg", b"x")
    (stored,) = boto3.client("s3").list_objects_v2(Bucket=buckets()[0])["Contents"]
    assert stored["Key"] == "images/shop/a.jpg"
    settings.on("shop").catalogue_dir.mkdir(parents=True)
    Catalogues(settings).rename("shop", "store")
    assert make_images("aws", settings.on("store")).open("a.jpg") == b"x"
    assert list(make_images("aws", settings.on("shop")).list()) == []


def test_who_says_no_leaves_nothing_behind(cloud):
    done = run("provision", typed="n\n")
    assert done.exit_code == 0
    assert cloud.stacks.kept == {}
    assert not Path("loupe.toml").exists()


def test_a_second_time_changes_nothing(cloud):
    run("provision", "--yes")
    before = Path("loupe.toml").read_text(encoding="utf-8")
    again = run("provision", "--yes")
    assert again.exit_code == 0, again.output
    assert "all there already" in again.output
    assert Path("loupe.toml").read_text(encoding="utf-8") == before


def test_other_settings_stay_as_they_are(cloud):
    mine = '# mine\ncatalogue = "shop"\n\n[pipelines.other]\nimages = "folder"\n'
    Path("loupe.toml").write_text(mine, encoding="utf-8")
    assert run("provision", "--yes").exit_code == 0
    assert Path("loupe.toml").read_text(encoding="utf-8").startswith(mine)
    assert set(pipelines()) == {"other", "aws"}


def test_a_pipeline_of_that_name_is_not_overwritten_and_nothing_is_made(cloud):
    Path("loupe.toml").write_text('[pipelines.aws]\nimages = "folder"\n', encoding="utf-8")
    done = run("provision", "--yes")
    assert done.exit_code == 2
    assert "--pipeline NAME" in done.output
    assert cloud.stacks.kept == {}


def test_a_pipeline_that_was_changed_since_is_left_and_the_lines_are_shown(cloud):
    run("provision", "--yes")
    Path("loupe.toml").write_text('[pipelines.aws]\nimages = "folder"\n', encoding="utf-8")
    done = run("provision", "--yes")
    assert done.exit_code == 2
    assert 'kind = "opensearch"' in done.output
    assert pipelines()["aws"] == {"images": "folder"}


def test_a_resource_that_may_not_be_made_names_the_missing_action(cloud):
    """A3."""
    cloud.stacks.reasons["Collection"] = DENIED
    done = run("provision", "--yes")
    assert done.exit_code == 2
    assert "Allow aoss:CreateCollection" in done.output
    assert ACCOUNT not in done.output
    assert buckets() == []
    assert not Path("loupe.toml").exists()
    del cloud.stacks.reasons["Collection"]
    assert run("provision", "--yes").exit_code == 0
    assert cloud.stacks.kept["loupe"].status == "CREATE_COMPLETE"


def test_a_call_that_is_denied_names_the_missing_action(cloud):
    """A3."""
    cloud.fail(Fault("AccessDenied", 403, DENIED))
    done = run("provision", "--yes")
    assert done.exit_code == 2
    assert "Allow cloudformation:DescribeStacks" in done.output
    assert ACCOUNT not in done.output


@pytest.mark.parametrize("command", ["provision", "teardown"])
def test_without_credentials_both_say_what_to_type(cloud, monkeypatch, command):
    """A9."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    done = run(command, "--yes")
    assert done.exit_code == 2
    assert "aws configure" in done.output


def test_a_stack_that_somebody_else_made_is_left_alone(cloud):
    cloud.stacks.kept["loupe"] = Kept("loupe", "CREATE_COMPLETE", made={"Database": "db"})
    for command in ("provision", "teardown"):
        done = run(command, "--yes")
        assert done.exit_code == 2
        assert "did not make" in done.output
    assert cloud.stacks.kept["loupe"].made == {"Database": "db"}


@pytest.mark.parametrize("name", ["9x", "Loupe", "a", "x" * 27, "a_b"])
def test_a_name_that_a_collection_cannot_have_is_refused(cloud, name):
    assert run("provision", "--yes", "--name", name).exit_code == 2
    assert cloud.seen == []


def test_teardown_shows_asks_and_removes_all_versions_and_nothing_else(cloud):
    run("provision", "--yes")
    (ours,) = buckets()
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="loupe-of-somebody-else")
    s3.put_bucket_versioning(Bucket=ours, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"one", b"two", b"three"):
        s3.put_object(Bucket=ours, Key="images/a.jpg", Body=body)
    s3.delete_object(Bucket=ours, Key="images/a.jpg")
    shown = run("teardown", "--dry-run")
    assert "with 4 objects" in shown.output
    assert run("teardown", typed="n\n").exit_code == 0
    assert cloud.stacks.kept["loupe"].status == "CREATE_COMPLETE"
    done = run("teardown", typed="y\n")
    assert done.exit_code == 0, done.output
    assert cloud.stacks.kept == {}
    assert buckets() == ["loupe-of-somebody-else"]
    assert "nothing of it bills" in done.output


def test_teardown_of_nothing_says_so(cloud):
    done = run("teardown", "--yes")
    assert done.exit_code == 2
    assert "no stack in us-east-1" in done.output


def test_a_resource_that_cannot_be_removed_is_named_and_not_called_gone(cloud):
    run("provision", "--yes")
    cloud.stacks.reasons["AppRole"] = "Cannot delete entity, must detach all policies first."
    done = run("teardown", "--yes")
    assert done.exit_code == 2
    assert "an IAM role for the app" in done.output
    assert "must detach" in done.output
    assert "Nothing of it is left" not in done.output
    made = dict(cloud.stacks.kept["loupe"].made)
    again = run("provision", "--yes", "--pipeline", "other")
    assert again.exit_code == 2
    assert "half removed" in again.output
    assert "searchcore teardown --name loupe --region us-east-1" in " ".join(again.output.split())
    assert cloud.stacks.kept["loupe"].made == made
    cloud.stacks.reasons.clear()
    assert run("teardown", "--yes").exit_code == 0
    assert cloud.stacks.kept == {}


def test_an_interrupted_run_is_gone_on_with(cloud):
    run("provision", "--yes")
    stack = cloud.stacks.kept["loupe"]
    for each in ("AppRole", "LoaderRole"):
        del stack.made[each]
    stack.status, stack.to_come = "CREATE_IN_PROGRESS", ["AppRole", "LoaderRole"]
    done = run("provision", "--yes")
    assert done.exit_code == 0, done.output
    assert set(stack.made) == set(RESOURCES)


def test_what_is_told_late_is_not_taken_for_the_end(cloud):
    cloud.stacks.lag = 4
    assert run("provision", "--yes").exit_code == 0
    assert set(cloud.stacks.kept["loupe"].made) == set(RESOURCES)
    done = run("teardown", "--yes")
    assert done.exit_code == 0, done.output
    assert cloud.stacks.kept == {}


def test_a_second_change_that_is_told_late_is_waited_for(cloud):
    run("provision", "--yes")
    stack = cloud.stacks.kept["loupe"]
    stack.status = "UPDATE_COMPLETE"
    del stack.made["AppRole"]
    cloud.stacks.lag = 4
    assert run("provision", "--yes").exit_code == 0
    assert "AppRole" in stack.made


def test_teardown_goes_on_where_the_bucket_is_gone_already(cloud):
    run("provision", "--yes")
    boto3.client("s3").delete_bucket(Bucket=buckets()[0])
    done = run("teardown", "--yes")
    assert done.exit_code == 0, done.output
    assert cloud.stacks.kept == {}


def test_a_collection_is_made_anew_only_where_that_was_said_by_itself(cloud):
    run("provision", "--yes")
    stack = cloud.stacks.kept["loupe"]
    made = dict(stack.made)
    refused = run("provision", "--yes", "--standby")
    assert refused.exit_code == 2
    assert "Replace a collection of OpenSearch Serverless" in refused.output
    assert "--replace" in refused.output
    assert run("provision", "--standby", typed="y\nn\n").exit_code == 0
    assert (stack.status, stack.made, stack.parameters["Standby"]) == ("CREATE_COMPLETE", made, "DISABLED")
    assert run("provision", "--yes", "--standby", "--replace").exit_code == 0
    assert stack.made["Collection"] != made["Collection"]
    assert stack.parameters["Standby"] == "ENABLED"
