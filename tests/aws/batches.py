"""Bedrock's batch jobs for the stub: they read records from S3 and write what came of them there, in another order."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import boto3

JOBS = ("CreateModelInvocationJob", "GetModelInvocationJob")
Embed = Callable[[dict[str, Any]], dict[str, Any]]


class Refusal(Exception):
    """The request is not what the service takes."""


@dataclass
class Job:
    """One job; `looks` counts how often it was asked for."""

    asked: dict[str, Any]
    records: list[dict[str, Any]]
    looks: int = 0
    ended: str = ""


@dataclass
class Batches:
    """Run jobs: at the second look at one it is done. `bad` records and whole jobs of an `ending` fail."""

    least: int = 100
    most_at_once: int = 20
    ending: str = ""
    bad: set[str] = field(default_factory=set)
    jobs: dict[str, Job] = field(default_factory=dict)

    @cached_property
    def _s3(self) -> Any:
        return boto3.client("s3")

    def answer(self, operation: str, body: dict[str, Any], embed: Embed) -> dict[str, Any]:
        return self._begin(body) if operation == JOBS[0] else self._look(body["jobIdentifier"], embed)

    def _begin(self, body: dict[str, Any]) -> dict[str, Any]:
        source = body["inputDataConfig"]["s3InputDataConfig"]
        if source["s3InputFormat"] != "JSONL" or ":role/" not in body["roleArn"]:
            raise Refusal("Malformed request")
        if sum(job.looks < 2 for job in self.jobs.values()) >= self.most_at_once:
            raise Refusal("ServiceQuotaExceededException")
        bucket, _, key = source["s3Uri"].removeprefix("s3://").partition("/")
        lines = self._s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode().splitlines()
        records = [json.loads(line) for line in lines]
        if len(records) < self.least or any(set(each) != {"recordId", "modelInput"} for each in records):
            raise Refusal("Batch job contains fewer records than the required minimum of 100, or malformed ones.")
        arn = f"arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/{len(self.jobs):012}"
        self.jobs[arn] = Job(body, records)
        return {"jobArn": arn}

    def _look(self, arn: str, embed: Embed) -> dict[str, Any]:
        job = self.jobs[arn]
        job.looks += 1
        common = {"jobArn": arn, "modelId": job.asked["modelId"], "roleArn": job.asked["roleArn"],
                  "submitTime": "2026-01-01T00:00:00Z", "inputDataConfig": job.asked["inputDataConfig"],
                  "outputDataConfig": job.asked["outputDataConfig"], "totalRecordCount": len(job.records)}  # fmt: skip
        if job.looks < 2:
            return common | {"status": "InProgress", "processedRecordCount": len(job.records) // 2}
        job.ended = job.ended or self.ending
        if job.ended:
            return common | {"status": job.ended, "message": "The role may not read s3://x in 123456789012."}
        self._write(arn, job, embed)
        return common | {"status": "Completed", "processedRecordCount": len(job.records)}

    def _write(self, arn: str, job: Job, embed: Embed) -> None:
        place = job.asked["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
        bucket, _, prefix = place.removeprefix("s3://").partition("/")
        name = job.asked["inputDataConfig"]["s3InputDataConfig"]["s3Uri"].rpartition("/")[2]
        lines = [json.dumps(self._done(each, embed)) for each in reversed(job.records)]
        folder = f"{prefix}{arn.rpartition('/')[2]}/"
        self._s3.put_object(Bucket=bucket, Key=f"{folder}{name}.out", Body="\n".join(lines).encode())
        self._s3.put_object(Bucket=bucket, Key=f"{folder}manifest.json.out", Body=b"{}")

    def _done(self, record: dict[str, Any], embed: Embed) -> dict[str, Any]:
        if record["recordId"] in self.bad:
            return record | {"error": {"errorCode": 400, "errorMessage": "Image exceeds max pixels allowed."}}
        return record | {"modelOutput": embed(record["modelInput"])}
