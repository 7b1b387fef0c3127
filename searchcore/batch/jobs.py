"""Begin batch jobs and look how far they are."""

from __future__ import annotations

import secrets
from typing import Any, Final

from searchcore.aws import LOADING, AwsOptions, Calls
from searchcore.aws_errors import redacted
from searchcore.batch.ledger import Chunk
from searchcore.batch.place import Place
from searchcore.errors import SearchError

HOURS: Final = 72
"""How long a job may take; AWS allows 24 to 168."""
_WELL: Final = ("Completed", "PartiallyCompleted")
_ENDED: Final = ("Failed", "Stopped", "Expired")


class JobFailed(SearchError):
    """A job ended without a result."""


class Jobs:
    """Bedrock's batch jobs of one model, run as `role`."""

    def __init__(self, model: str, role: str, options: AwsOptions, place: Place) -> None:
        """Open a client, without calling; raises SearchError without credentials or region."""
        self._model, self._role, self._place = model, role, place
        self._calls = Calls("bedrock", options, LOADING, "Allow iam:PassRole on the role `batch_role`, too.")

    def begin(self, chunk: Chunk, output: str) -> str:
        """Begin a job for a chunk and return its name on AWS; raises SearchError."""
        job: str = self._calls(
            "create_model_invocation_job", lambda reply: reply["jobArn"],
            jobName=f"loupe-{secrets.token_hex(8)}", roleArn=self._role, modelId=self._model,
            inputDataConfig={
                "s3InputDataConfig": {"s3Uri": self._place.address(chunk.key), "s3InputFormat": "JSONL"}
            },
            outputDataConfig={"s3OutputDataConfig": {"s3Uri": self._place.address(output)}},
            timeoutDurationInHours=HOURS,
        )  # fmt: skip
        return job

    def look(self, chunk: Chunk) -> tuple[int, bool]:
        """Return how many records are processed and whether the job is done; raises JobFailed, SearchError."""
        reply: dict[str, Any] = self._calls("get_model_invocation_job", dict, jobIdentifier=chunk.job)
        status = reply["status"]
        if status in _ENDED:
            reason = redacted(reply.get("message", "")).rstrip(".") or "no reason is given"
            raise JobFailed(f"A batch job ended as {status}: {reason}.", "Type the same again: it is begun anew.")
        return int(reply.get("processedRecordCount", 0)), status in _WELL
