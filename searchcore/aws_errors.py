"""What went wrong at AWS, in words a person can act on; nothing secret is in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from botocore.exceptions import (
    ClientError,
    ConnectionError,  # noqa: A004
    ConnectTimeoutError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    NoRegionError,
    ProfileNotFound,
    ReadTimeoutError,
    ResponseStreamingError,
    SSOError,
    TokenRetrievalError,
)

from searchcore.errors import NotFound, SearchError, VectorRefused


class Unreadable(Exception):
    """A reply of status 200 that is cut off or no JSON at all: botocore lets it pass."""


class NoBucket(SearchError):
    """There is no bucket of that name."""


@dataclass(frozen=True, slots=True)
class Called:
    """Say which call failed, and which error to raise when its input is at fault."""

    service: str
    operation: str
    region: str
    advice: str = ""
    refused: type[SearchError] | None = None

    @property
    def title(self) -> str:
        return _TITLES.get(self.service, self.service)

    @property
    def action(self) -> str:
        """The IAM action that allows the call."""
        name = "".join(part.capitalize() for part in self.operation.split("_"))
        return f"{self.service.removesuffix('-runtime').replace('-', '')}:{_ACTIONS.get(name, name)}"


_TITLES: Final = {
    "bedrock": "Amazon Bedrock", "bedrock-runtime": "Amazon Bedrock", "rekognition": "Amazon Rekognition",
    "s3": "Amazon S3", "cloudformation": "AWS CloudFormation",
}  # fmt: skip
_ACTIONS: Final = {
    "ListObjectsV2": "ListBucket", "ListObjectVersions": "ListBucketVersions", "DeleteObjects": "DeleteObject",
    **dict.fromkeys(("CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"), "PutObject"),
}  # fmt: skip

_THROTTLED: Final = frozenset(
    {"ThrottlingException", "Throttling", "ThrottledException", "TooManyRequestsException", "RequestLimitExceeded",
     "ProvisionedThroughputExceededException", "SlowDown", "ServiceQuotaExceededException"}
)  # fmt: skip
_DENIED: Final = frozenset(
    {"AccessDeniedException", "AccessDenied", "AllAccessDisabled", "UnauthorizedOperation", "403"}
)
_EXPIRED: Final = frozenset({"ExpiredTokenException", "ExpiredToken", "RequestExpired", "TokenRefreshRequired"})
_KEYS: Final = frozenset(
    {"UnrecognizedClientException", "InvalidClientTokenId", "InvalidAccessKeyId", "InvalidSignatureException",
     "SignatureDoesNotMatch", "InvalidToken", "IncompleteSignature", "MissingAuthenticationToken"}
)  # fmt: skip
_SKEWED: Final = frozenset({"RequestTimeTooSkewed", "RequestInTheFuture"})
_INPUT: Final = frozenset(
    {"ValidationException", "InvalidParameterException", "InvalidImageFormatException", "ImageTooLargeException",
     "InvalidParameterValue", "InvalidArgument", "EntityTooLarge", "KeyTooLongError"}
)  # fmt: skip
_BROKEN_OFF: Final = (IncompleteReadError, ResponseStreamingError)
_UNREACHED: Final = (HTTPClientError, ConnectionError)
_ONCE_MORE: Final = frozenset({"ModelTimeoutException", "ModelErrorException"})
_AGAIN: Final = _THROTTLED - {"ServiceQuotaExceededException"} | {"ModelNotReadyException", "RequestTimeout"}

_SECRETS: Final = (
    (re.compile(r"arn:[\w-]*:[\w-]*:[\w-]*:\d*:\S+"), "(a resource)"),
    (re.compile(r"https?://\S+"), "(an address)"),
    (re.compile(r"\b(?:A3T|AKIA|ASIA|AROA|AIDA|AGPA)[A-Z0-9]{12,}\b"), "(a key)"),
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), "(an account)"),
)


def redacted(text: str) -> str:
    """Return at most 200 characters of a service's own words without keys, accounts, addresses and resources."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return " ".join(text.split())[:200]


def has_expired(error: Exception) -> bool:
    """Tell whether the credentials were good once."""
    return isinstance(error, ClientError) and _code(error) in _EXPIRED


def most_attempts(error: Exception, allowed: int) -> int:
    """Return how many attempts such a failure is worth."""
    if isinstance(error, ClientError):
        code = _code(error)
        if code in _ONCE_MORE:
            return min(2, allowed)
        return allowed if code in _AGAIN or _status(error) >= 500 else 1
    return (
        allowed if isinstance(error, (HTTPClientError, IncompleteReadError, ResponseStreamingError, Unreadable)) else 1
    )


def not_set_up(error: Exception | None = None) -> SearchError:
    """Say what of AWS's own settings is missing, and what to type."""
    if isinstance(error, NoRegionError):
        return SearchError("No AWS region is set.", "Type: export AWS_REGION=us-east-1 (or set region in loupe.toml).")
    if isinstance(error, ProfileNotFound):
        return SearchError("There is no such AWS profile.", "Type: aws configure list-profiles, and choose one.")
    if error is None or isinstance(error, NoCredentialsError):
        return SearchError("No AWS credentials were found.", "Type: aws configure (or: aws sso login).")
    if isinstance(error, (SSOError, TokenRetrievalError)):
        return _signed_out()
    return SearchError(
        f"AWS cannot be set up: {redacted(str(error))}", "Type: aws configure list, and correct what is wrong there."
    )


def translated(error: Exception, called: Called, attempts: int) -> SearchError:
    """Turn a failed call into an error that says what happened and what to do."""
    if isinstance(error, Unreadable):
        return SearchError(f"{called.title} sent a reply that cannot be read.", _tried(attempts, "Try again later."))
    if isinstance(error, ClientError):
        return _refusal(error, called, attempts)
    if isinstance(error, _UNREACHED):
        slow = isinstance(error, (ReadTimeoutError, ConnectTimeoutError))
        happened = "did not answer in time" if slow else "cannot be reached"
        return SearchError(
            f"{called.title} {happened} (region {called.region}).",
            _tried(attempts, "Check the network and the region, or use the pipeline “local”."),
        )
    if isinstance(error, _BROKEN_OFF):
        return SearchError(f"{called.title} broke off its reply.", _tried(attempts, "Try again later."))
    return not_set_up(error)


def _refusal(error: ClientError, called: Called, attempts: int) -> SearchError:
    code, said = _code(error), redacted(str(error.response.get("Error", {}).get("Message", "")))
    for codes, sentence in _SENTENCES:
        if code in codes:
            return sentence(called, said, attempts)
    return SearchError(
        f"{called.title} failed ({redacted(code)}).",
        _tried(attempts, "Try again later, or use the pipeline “local”."),
    )


def _throttled(called: Called, said: str, attempts: int) -> SearchError:
    return SearchError(
        f"{called.title} turns requests away: the account's quota is used up.",
        _tried(
            attempts,
            "Wait a minute, ask for a higher quota (AWS console, Service Quotas), or use the pipeline “local”.",
        ),
    )


def _denied(called: Called, said: str, attempts: int) -> SearchError:
    return SearchError(
        f"AWS does not allow {called.action}.",
        f"Allow {called.action} in the IAM policy of this user or role. {called.advice}".strip(),
    )


def _expired(called: Called, said: str, attempts: int) -> SearchError:
    return _signed_out()


def _signed_out() -> SearchError:
    return SearchError("The AWS session has expired.", "Type: aws sso login (or renew the temporary keys).")


def _unknown_keys(called: Called, said: str, attempts: int) -> SearchError:
    return SearchError("AWS does not accept the credentials.", "Type: aws configure, and enter valid keys.")


def _skewed(called: Called, said: str, attempts: int) -> SearchError:
    return SearchError("AWS refuses requests because this computer's clock is wrong.", "Set the clock.")


def _bad_input(called: Called, said: str, attempts: int) -> SearchError:
    if called.refused is None or "model" in said.lower():
        return SearchError(f"{called.title} refuses the request: {said}", called.advice or "Correct loupe.toml.")
    return called.refused(f"{called.title} refuses it: {said}", "Choose another one.")


def _missing(called: Called, said: str, attempts: int) -> SearchError:
    return SearchError(
        f"{called.title} does not have that in the region {called.region}.",
        called.advice or "Correct the name or the region in loupe.toml.",
    )


def _bad_stack(called: Called, said: str, attempts: int) -> SearchError:
    if "does not exist" in said:
        return NotFound("There is no such stack.", "Type: python -m searchcore provision")
    return SearchError(f"{called.title} refuses the request: {said}", "Correct that and try again.")


def _no_bucket(called: Called, said: str, attempts: int) -> SearchError:
    return NoBucket("There is no such bucket.", "Type: aws s3 mb s3://NAME, or correct bucket in loupe.toml.")


def _no_picture(called: Called, said: str, attempts: int) -> SearchError:
    return NotFound("There is no picture of that name.", "Ingest the catalogue again.")


def _model_failed(called: Called, said: str, attempts: int) -> SearchError:
    return VectorRefused(f"The model failed: {said}", _tried(attempts, "Choose another picture or try again later."))


_SENTENCES: Final[tuple[tuple[frozenset[str], Callable[[Called, str, int], SearchError]], ...]] = (
    (_THROTTLED, _throttled),
    (_DENIED, _denied),
    (_EXPIRED, _expired),
    (_KEYS, _unknown_keys),
    (_SKEWED, _skewed),
    (_INPUT, _bad_input),
    (_ONCE_MORE, _model_failed),
    (frozenset({"ResourceNotFoundException"}), _missing),
    (frozenset({"NoSuchBucket"}), _no_bucket),
    (frozenset({"ValidationError"}), _bad_stack),
    (frozenset({"NoSuchKey", "404"}), _no_picture),
)


def _tried(attempts: int, remedy: str) -> str:
    return f"Tried {attempts} times. {remedy}" if attempts > 1 else remedy


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
