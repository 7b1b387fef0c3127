"""Who is calling AWS, as a policy names them."""

from __future__ import annotations

import re
from typing import Final

from searchcore.aws import INTERACTIVE, AwsOptions, Calls
from searchcore.errors import SearchError

_SESSION: Final = re.compile(r"arn:([\w-]+):sts::(\d+):assumed-role/([^/]+)/.+")


def person(options: AwsOptions) -> str:
    """Return the ARN of the IAM user or role that calls, empty for the account itself; raises SearchError."""
    arn: str = Calls("sts", options, INTERACTIVE)("get_caller_identity", lambda reply: reply["Arn"])
    session = _SESSION.fullmatch(arn)
    if session is None:
        return arn if ":user/" in arn else ""
    partition, account, role = session.groups()
    try:
        # The role of somebody who signed in through a portal has a path, which the session does not tell.
        found: str = Calls("iam", options, INTERACTIVE)("get_role", lambda reply: reply["Role"]["Arn"], RoleName=role)
    except SearchError:
        return f"arn:{partition}:iam::{account}:role/{role}"
    return found


def role_arn(role: str, options: AwsOptions) -> str:
    """Return the ARN of a role of this account that is given by name; an ARN stays as it is. Raises SearchError."""
    if role.startswith("arn:"):
        return role
    arn: str = Calls("sts", options, INTERACTIVE)("get_caller_identity", lambda reply: reply["Arn"])
    _, partition, _, _, account, _ = arn.split(":", 5)
    return f"arn:{partition}:iam::{account}:role/{role}"


def name_of(arn: str) -> str:
    """Return a user's or a role's name, without the account."""
    kind, *_, name = arn.rpartition(":")[2].split("/")
    return f"{kind} {name}"
