"""What `provision` and `teardown` do, step by step, and say meanwhile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import typer
from pydantic import TypeAdapter, ValidationError

from searchcore.aws import AwsOptions
from searchcore.cli_output import err, out, text
from searchcore.cloud.bucket import Bucket
from searchcore.cloud.config import Parts, add_pipeline, pipelines_in, table
from searchcore.cloud.person import name_of, person
from searchcore.cloud.stack import Change, Found, Stack
from searchcore.cloud.wanted import RESOURCES, Wanted
from searchcore.errors import SearchError
from searchcore.settings import Name, config_file


def make(wanted: Wanted, pipeline: str, options: AwsOptions, yes: bool, dry_run: bool, replace: bool) -> None:
    """Make the stack and add the pipeline to loupe.toml; raises SearchError."""
    _check_name(wanted.name)
    _check_pipeline(pipeline)
    if dry_run:
        _show([Change("Add", each) for each in wanted.resources], wanted)
        outputs = {"Bucket": "BUCKET", "Endpoint": "https://COLLECTION", "BatchRole": "ROLE"}
        parts = _parts(wanted, options.region or "REGION", options.profile, outputs)
        _print_table(pipeline, parts)
        return
    stack = Stack(wanted.name, options)
    _check_free(pipeline, stack.found())
    if doubt := wanted.doubt(stack.region):
        err.print(text(doubt, "yellow"), soft_wrap=True)
    if found := _deployed(stack, wanted, person(options), yes, replace):
        _write(found, wanted, pipeline, stack.region, options.profile)


def unmake(name: str, options: AwsOptions, yes: bool, dry_run: bool) -> None:
    """Empty the bucket and remove the stack; raises SearchError."""
    _check_name(name)
    stack = Stack(name, options)
    found = stack.found()
    if found is None or not found.ours:
        what = "a stack that Loupe did not make" if found else "no stack"
        raise SearchError(f"“{name}” is {what} in {stack.region}.", "Name the right one: --name, --region.")
    resources = stack.resources()
    bucket = next((Bucket(place, options) for each, place in resources if each == "Bucket" and place), None)
    for each, _ in resources:
        held = f", with {bucket.holds()}" if each == "Bucket" and bucket else ""
        out.print(text(f"Remove {RESOURCES.get(each, each)}{held}"), soft_wrap=True)
    if dry_run or not (yes or typer.confirm("Remove all this for good?")):
        return
    if bucket:
        err.print(text(f"{bucket.empty()} objects removed"))
    stack.remove(_say)
    out.print("Nothing of it is left, and nothing of it bills any more.")
    out.print("Not looked at: what Loupe did not make, such as logs and other collections, and this month's requests.")
    out.print(text(f"If {config_file()} still names the pipeline, take it out there."), soft_wrap=True)


def _say(words: str) -> None:
    err.print(text(words), soft_wrap=True)


def _deployed(stack: Stack, wanted: Wanted, arn: str, yes: bool, replace: bool) -> Found | None:
    """Return the stack as it stands in the end, None where it is not wanted after all."""
    changes = stack.propose(wanted.parameters(arn), _say)
    if not changes:
        out.print("It is all there already.")
        return stack.found()
    _show(changes, wanted)
    if arn:
        out.print(text(f"You ({name_of(arn)}) may load and search as well."))
    loses = any(each.loses for each in changes) and not replace
    if loses and yes:
        stack.withdraw()
        raise SearchError(
            "What was loaded would be lost, and --yes alone does not agree to that.",
            "Type the same with --replace, or leave out what makes it anew (--generation, --standby).",
        )
    agreed = yes or typer.confirm(f"Do this in {stack.region}?")
    if not (agreed and (not loses or typer.confirm("What was loaded is lost and must be loaded again. Go on?"))):
        stack.withdraw()
        return None
    err.print("This takes some minutes; if it is broken off, type the same again.")
    return stack.carry_out(_say)


def _show(changes: list[Change], wanted: Wanted) -> None:
    for each in changes:
        out.print(text(each.words), soft_wrap=True)
    out.print(text(f"{wanted.cost} Pictures and searches are billed by use (docs/aws.md)."), soft_wrap=True)


def _write(found: Found, wanted: Wanted, pipeline: str, region: str, profile: str | None) -> None:
    parts = _parts(wanted, region, profile, found.outputs)
    try:
        added = add_pipeline(config_file(), pipeline, parts)
    except SearchError:
        _print_table(pipeline, parts)
        raise
    what = "is in" if added else "was already in"
    out.print(text(f"The pipeline “{pipeline}” {what} {config_file()}. Now:"), soft_wrap=True)
    out.print(text(f"  python -m searchcore doctor --live --pipeline {pipeline}"), soft_wrap=True)
    out.print(text(f"  python -m searchcore ingest FOLDER --catalogue mine --pipeline {pipeline}"), soft_wrap=True)


def _print_table(pipeline: str, parts: Parts) -> None:
    for line in table(pipeline, parts).splitlines():
        out.print(text(line), soft_wrap=True)


def _parts(wanted: Wanted, region: str, profile: str | None, outputs: Mapping[str, str]) -> Parts:
    place: dict[str, Any] = {"region": region} | ({"profile": profile} if profile else {})
    who = {"aws_profile": profile} if profile else {}
    kind, url = f"serverless-{wanted.generation}", outputs["Endpoint"]
    batch = {"batch_role": outputs["BatchRole"]} if wanted.model == "titan" else {}
    return {
        "detector": {"kind": "rekognition", **place},
        "embedder": {"kind": wanted.model, "dimension": 1024, **place, **batch},
        "index": {"kind": "opensearch", "profile": kind, "url": url, "region": region, **who},
        "images": {"kind": "s3", "bucket": outputs["Bucket"], **place},
    }


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9-]{2,25}", name):
        raise SearchError(f"A stack cannot be called “{name[:60]}”.", "Use 3 to 26 of a-z, 0-9 and -, a letter first.")


def _check_pipeline(pipeline: str) -> None:
    try:
        TypeAdapter(Name).validate_python(pipeline)
    except ValidationError:
        raise SearchError(
            f"A pipeline cannot be called “{pipeline[:60]}”.", "Use small letters, digits, - and _."
        ) from None


def _check_free(pipeline: str, found: Found | None) -> None:
    """Refuse a name that is taken before anything is made under it."""
    if found is None and (pipeline == "local" or pipeline in pipelines_in(config_file())):
        raise SearchError(f"There is a pipeline “{pipeline}” already.", "Choose another name: --pipeline NAME")
