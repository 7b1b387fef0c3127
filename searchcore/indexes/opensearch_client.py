"""Talking to OpenSearch: where, as whom, and how patiently."""

from __future__ import annotations

import os
import random
import re
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from opensearchpy import OpenSearch, Urllib3AWSV4SignerAuth, Urllib3HttpConnection
from opensearchpy.exceptions import OpenSearchException

from searchcore.aws import AwsOptions, open_session
from searchcore.errors import PipelineRefused
from searchcore.indexes.opensearch_errors import translated, worth_repeating
from searchcore.indexes.opensearch_profiles import Profile

USER: Final = "LOUPE_OPENSEARCH_USER"
PASSWORD: Final = "LOUPE_OPENSEARCH_PASSWORD"  # the name of a variable, not its value
READ: Final = 15.0
"""Seconds to wait for an answer."""
_ATTEMPTS: Final = 3
_POOL: Final = 16
_SECRETS: Final = Path(".streamlit/secrets.toml")
_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_HOST_OF_AWS: Final = re.compile(r"\.([a-z0-9-]+)\.(?:aoss|es)\.amazonaws\.com(?:\.cn)?$")


class Client:
    """Make calls to one index; failures come as SearchError."""

    def __init__(
        self,
        url: str,
        name: str,
        profile: Profile,
        aws: AwsOptions,
        ca_certs: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Open a connection, which calls nothing yet; raises PipelineRefused, SearchError."""
        self.name, self.profile, self._sleep = name, profile, sleep
        credentials = None if profile.serverless else _user_and_password()
        self._address = _checked(url, bool(credentials))
        self.raw = OpenSearch(
            [self._address],
            http_auth=credentials or (_signer(self._address, profile, aws) if profile.service else None),
            verify_certs=True,
            ca_certs=ca_certs,
            connection_class=Urllib3HttpConnection,
            # Far away bytes cost more than the work of packing them; near by it is the other way round.
            http_compress=bool(profile.service),
            timeout=READ,
            max_retries=0,
            pool_maxsize=_POOL,
        )

    @property
    def location(self) -> str:
        """Where the index is, fit to be shown."""
        return f"{self._address.rstrip('/')}/{self.name}"

    def call(self, doing: str, work: Callable[[OpenSearch], Any]) -> Any:
        """Return what `work` returns; repeats it a few times where that may help. Raises SearchError."""
        try:
            return self.attempt(work)
        except OpenSearchException as error:
            # `from None`: the request, and with it headers and addresses, hangs on the original.
            raise translated(error, doing, self.name, self.profile) from None

    def attempt(self, work: Callable[[OpenSearch], Any]) -> Any:
        """Do as `call` does, but raise the OpenSearchException itself."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return work(self.raw)
            except OpenSearchException as error:
                if attempt == _ATTEMPTS or not worth_repeating(error):
                    raise
                self.pause(attempt)
        raise AssertionError("unreachable")

    def pause(self, attempt: int) -> None:
        """Wait before another attempt, longer each time, about 30 seconds at most."""
        self._sleep(min(30.0, 0.25 * 2**attempt) * random.uniform(0.5, 1.0))

    def search(self, body: dict[str, Any]) -> Any:
        """Return the reply to a search; raises SearchError."""
        return self.call("search", lambda raw: raw.search(index=self.name, body=body))

    def version(self) -> tuple[int, int]:
        """Return the major and minor version; Serverless does not tell, and is 2.17."""
        if self.profile.serverless:
            return 2, 17
        major, minor, *_ = self.call("look", lambda raw: raw.info())["version"]["number"].split(".")
        return int(major), int(minor)


def secret(name: str) -> str:
    """Return a secret from the environment or `.streamlit/secrets.toml`, empty where there is none."""
    if name in os.environ or not _SECRETS.is_file():
        return os.environ.get(name, "")
    try:
        return str(tomllib.loads(_SECRETS.read_text(encoding="utf-8")).get(name, ""))
    except (OSError, ValueError):
        raise PipelineRefused(f"{_SECRETS} cannot be read.", "Correct it, or set the variable instead.") from None


def _user_and_password() -> tuple[str, str] | None:
    user, password = secret(USER), secret(PASSWORD)
    if bool(user) != bool(password):
        raise PipelineRefused(f"Only one of {USER} and {PASSWORD} is set.", "Set both, or neither.")
    return (user, password) if user else None


def _checked(url: str, with_password: bool) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PipelineRefused("The url of OpenSearch is no address.", "Write it as url = “https://...”.")
    if parts.username or parts.password:
        raise PipelineRefused("The url of OpenSearch holds a user or password.", f"Set {USER} and {PASSWORD} instead.")
    if with_password and parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise PipelineRefused("A password would travel unencrypted to OpenSearch.", "Use an https:// url.")
    return url


def _signer(url: str, profile: Profile, aws: AwsOptions) -> Urllib3AWSV4SignerAuth:
    session = open_session(aws)
    told = _HOST_OF_AWS.search(urlsplit(url).hostname or "")
    region = aws.region or (told.group(1) if told else session.region_name)
    if not region:
        raise PipelineRefused("No AWS region is set for OpenSearch.", "Set AWS_REGION, or `region` in loupe.toml.")
    # The credentials themselves, not the keys they hold now: they refresh themselves when a session ends.
    return Urllib3AWSV4SignerAuth(session.get_credentials(), region, profile.service)
