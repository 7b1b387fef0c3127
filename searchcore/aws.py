"""Calling an AWS service: where, how patiently, and how fast."""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ConfigDict, Field

from searchcore.aws_errors import Called, Unreadable, has_expired, most_attempts, not_set_up, translated
from searchcore.errors import SearchError

CONNECT: Final = 3.0
"""Seconds until a connection must stand."""
POOL: Final = 24
"""Connections a client keeps open."""
_LONGEST_PAUSE: Final = 20.0

Answer = TypeVar("Answer")


class AwsOptions(BaseModel):
    """Say which account and region a part works in; what is left out is taken from AWS's own settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str | None = Field(None, description="The AWS region; without it AWS_REGION or the profile's.")
    profile: str | None = Field(None, description="A profile of ~/.aws/config; without it AWS_PROFILE or the default.")


@dataclass(frozen=True, slots=True)
class Patience:
    """Bound a call: how many attempts, the first pause between them (it doubles), and times, in seconds.

    No attempt is begun that could end after the `deadline`.
    """

    attempts: int
    pause: float
    read: float
    deadline: float


INTERACTIVE: Final = Patience(attempts=3, pause=0.3, read=8.0, deadline=20.0)
"""Somebody is waiting."""
LOADING: Final = Patience(attempts=8, pause=1.0, read=60.0, deadline=300.0)
"""A catalogue is loaded: better late than incomplete."""


def open_session(options: AwsOptions) -> Any:
    """Return a boto3 session that has credentials and a region; raises SearchError saying what to type.

    The credentials refresh themselves where their source can (SSO, roles, containers, instances).
    """
    # At DEBUG botocore writes signed requests, tokens included, to the log.
    logging.getLogger("botocore").setLevel(logging.INFO)
    try:
        # botocore reads AWS_DEFAULT_REGION alone; the other SDKs, and AWS's own machines, name AWS_REGION.
        region = options.region or os.environ.get("AWS_REGION")
        session = boto3.Session(profile_name=options.profile, region_name=region)
        credentials = session.get_credentials()
    except BotoCoreError as error:
        raise not_set_up(error) from None
    if credentials is None:
        raise not_set_up()
    return session


class Calls:
    """Make the calls to one service. botocore's own retries are off.

    They know no overall deadline, and repeat neither a model's time-out nor a reply that was cut off.
    """

    def __init__(
        self, service: str, options: AwsOptions, patience: Patience, advice: str = "", session: Any = None
    ) -> None:
        """Open a client, in a session of its own without one; `advice` is added where access is denied.

        Raises SearchError without credentials or region.
        """
        self._service, self._options, self._patience, self._advice = service, options, patience, advice
        self._lock = Lock()
        self._client = self._opened(session or open_session(options))

    @property
    def client(self) -> Any:
        """The boto3 client, for what makes no call: addresses."""
        return self._client

    def __call__(
        self,
        operation: str,
        read: Callable[[Any], Answer],
        refused: type[SearchError] | None = None,
        /,
        **arguments: Any,
    ) -> Answer:
        """Call an operation until it answers and `read` has made sense of the reply.

        `refused` is raised in place of SearchError where the input is at fault. Raises SearchError.
        """
        called = Called(self._service, operation, self._client.meta.region_name, self._advice, refused)
        began, renewed, attempt = time.monotonic(), False, 0
        while True:
            client, attempt = self._client, attempt + 1
            try:
                return read(getattr(client, operation)(**arguments))
            except (BotoCoreError, ClientError, Unreadable) as error:
                if has_expired(error) and not renewed:
                    renewed = self._renew(client)
                    continue
                pause = self._pause(attempt)
                late = time.monotonic() - began + pause + CONNECT + self._patience.read > self._patience.deadline
                if late or attempt >= most_attempts(error, self._patience.attempts):
                    # `from None`: the service's own words may name accounts.
                    raise translated(error, called, attempt) from None
                time.sleep(pause)

    def _pause(self, attempt: int) -> float:
        longest: float = min(self._patience.pause * 2.0 ** (attempt - 1), _LONGEST_PAUSE)
        return longest * random.uniform(0.5, 1.0)

    def _renew(self, stale: Any) -> bool:
        """Read the credentials anew: whoever made them may have put fresh ones in the same place."""
        with self._lock:
            if self._client is stale:
                self._client = self._opened(open_session(self._options))
        return True

    def _opened(self, session: Any) -> Any:
        config = Config(
            connect_timeout=CONNECT,
            read_timeout=self._patience.read,
            retries={"mode": "standard", "total_max_attempts": 1},
            max_pool_connections=POOL,
            signature_version="s3v4" if self._service == "s3" else None,
        )
        try:
            return session.client(self._service, config=config)
        except (BotoCoreError, ValueError) as error:
            raise not_set_up(error) from None
