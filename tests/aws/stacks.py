"""CloudFormation for the stub: change sets and stacks that pass through the states of the real ones.

Its bucket is made in, and removed from, the S3 that the tests use; a bucket that holds anything is not removed.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.sax.saxutils import escape

import boto3
from botocore.exceptions import ClientError

ACCOUNT = "123456789012"
PERSON = f"arn:aws:sts::{ACCOUNT}:assumed-role/Admin/me"
QUERIES = frozenset(
    {"DescribeStacks", "CreateChangeSet", "DescribeChangeSet", "DeleteChangeSet", "ExecuteChangeSet", "DeleteStack",
     "DescribeStackEvents", "DescribeStackResources", "GetCallerIdentity", "GetRole"}
)  # fmt: skip


class Absent(Exception):
    """There is no such stack."""


@dataclass
class Kept:
    """One stack; `to_come` are the resources that are not done yet."""

    name: str
    status: str = "REVIEW_IN_PROGRESS"
    parameters: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    wanted: list[str] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    to_come: list[str] = field(default_factory=list)
    before: str = ""
    late: int = 0

    @property
    def id(self) -> str:
        return f"arn:aws:cloudformation:us-east-1:{ACCOUNT}:stack/{self.name}/1"


class Stacks:
    """Answer for the stacks of one account; `reasons` lets resources fail, `lag` looks still see the former status."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.gone: dict[str, Kept] = {}
        self.reasons: dict[str, str] = {}
        self.lag = 0
        self._numbers = itertools.count()

    @cached_property
    def _s3(self) -> Any:
        return boto3.client("s3")

    def answer(self, action: str, body: dict[str, str]) -> dict[str, Any]:
        if action == "GetCallerIdentity":
            return {"Arn": PERSON, "Account": ACCOUNT, "UserId": "x"}
        if action == "GetRole":
            arn = f"arn:aws:iam::{ACCOUNT}:role/portal/{body['RoleName']}"
            return {"Role": {"Arn": arn, "RoleName": body["RoleName"], "Path": "/portal/", "RoleId": "x" * 16,
                             "CreateDate": "2026-01-01T00:00:00Z"}}  # fmt: skip
        if action == "CreateChangeSet":
            return self._propose(body)
        stack = self._stack(body["StackName"])
        return getattr(self, f"_{action}")(stack, body) or {}

    def _stack(self, name: str) -> Kept:
        found = self.kept.get(name) or next((each for each in self._all() if each.id == name), None)
        if found is None:
            raise Absent(f"Stack with id {name} does not exist")
        return found

    def _all(self) -> list[Kept]:
        return [*self.kept.values(), *self.gone.values()]

    def _propose(self, body: dict[str, str]) -> dict[str, Any]:
        from cfnlint.decode.cfn_yaml import loads

        name = body["StackName"]
        if (name in self.kept and self.kept[name].status != "REVIEW_IN_PROGRESS") != (
            body["ChangeSetType"] == "UPDATE"
        ):
            raise Absent(f"Stack [{name}] already exists, or does not exist, and cannot be so changed")
        stack = self.kept.setdefault(name, Kept(name))
        parameters = _pairs(body, "Parameters", "ParameterKey", "ParameterValue")
        resources = loads(body["TemplateBody"])["Resources"]
        stack.wanted = [
            each for each, what in resources.items()
            if what.get("Condition") != "NextGen" or parameters["Generation"] == "NEXTGEN"
        ]  # fmt: skip
        stack.tags = _pairs(body, "Tags", "Key", "Value")
        self._same = stack.parameters == parameters and set(stack.made) == set(stack.wanted)
        others = any(stack.parameters.get(name) != parameters[name] for name in ("Generation", "Standby"))
        self._anew = ["Collection"] if "Collection" in stack.made and others else []
        self._parameters = parameters
        return {"Id": body["ChangeSetName"], "StackId": stack.id}

    def _DescribeChangeSet(self, stack: Kept, body: dict[str, str]) -> dict[str, Any]:  # noqa: N802
        if self._same:
            reason = "The submitted information didn't contain changes. Submit different information."
            return {"Status": "FAILED", "StatusReason": reason, "Changes": []}
        changes = [{"Type": "Resource", "ResourceChange": {"Action": "Add", "LogicalResourceId": each}}
                   for each in stack.wanted if each not in stack.made]  # fmt: skip
        changes += [{"Type": "Resource",
                     "ResourceChange": {"Action": "Modify", "LogicalResourceId": each, "Replacement": "True"}}
                    for each in self._anew]  # fmt: skip
        return {"Status": "CREATE_COMPLETE", "Changes": changes}

    def _DeleteChangeSet(self, stack: Kept, body: dict[str, str]) -> None:  # noqa: N802
        """It is not kept."""

    def _ExecuteChangeSet(self, stack: Kept, body: dict[str, str]) -> None:  # noqa: N802
        stack.before, stack.late, stack.parameters = stack.status, self.lag, self._parameters
        stack.status = "UPDATE_IN_PROGRESS" if stack.made else "CREATE_IN_PROGRESS"
        stack.to_come = [each for each in stack.wanted if each not in stack.made] + self._anew

    def _DeleteStack(self, stack: Kept, body: dict[str, str]) -> None:  # noqa: N802
        if stack.status == "REVIEW_IN_PROGRESS":
            del self.kept[stack.name]
            return
        stack.before, stack.late = stack.status, self.lag
        stack.status, stack.to_come = "DELETE_IN_PROGRESS", list(stack.made)

    def _DescribeStacks(self, stack: Kept, body: dict[str, str]) -> dict[str, Any]:  # noqa: N802
        stack.late -= 1
        status = stack.before if stack.late >= 0 else self._go_on(stack)
        outputs = {"Endpoint": "https://abc.us-east-1.aoss.amazonaws.com"}
        outputs |= {each: stack.made.get(each, "") for each in ("Bucket", "BatchRole")}
        done = status in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
        return {"Stacks": [{
            "StackName": stack.name, "StackId": stack.id, "StackStatus": status,
            "CreationTime": "2026-01-01T00:00:00Z",
            "Tags": [{"Key": key, "Value": value} for key, value in stack.tags.items()],
            "Outputs": [{"OutputKey": key, "OutputValue": value} for key, value in outputs.items() if done],
        }]}  # fmt: skip

    def _DescribeStackEvents(self, stack: Kept, body: dict[str, str]) -> dict[str, Any]:  # noqa: N802
        return {"StackEvents": stack.events[::-1]}

    def _DescribeStackResources(self, stack: Kept, body: dict[str, str]) -> dict[str, Any]:  # noqa: N802
        return {"StackResources": [
            {"LogicalResourceId": each, "PhysicalResourceId": place, "ResourceStatus": "CREATE_COMPLETE",
             "ResourceType": "x", "Timestamp": "2026-01-01T00:00:00Z"}
            for each, place in stack.made.items()
        ]}  # fmt: skip

    def _go_on(self, stack: Kept) -> str:
        """Do one more resource each time that somebody looks; return the status then."""
        if stack.status.endswith("IN_PROGRESS") and stack.status != "REVIEW_IN_PROGRESS":
            self._do_one(stack)
        return stack.status

    def _do_one(self, stack: Kept) -> None:
        verb = stack.status.split("_")[0]
        if not stack.to_come:
            self._rest(stack, f"{verb}_COMPLETE")
            if verb == "DELETE":
                self.gone[stack.name] = self.kept.pop(stack.name)
            return
        each = stack.to_come.pop(0)
        reason = self.reasons.get(each) or self._done(stack, verb, each)
        self._note(
            stack, each, f"{'DELETE' if verb == 'DELETE' else 'CREATE'}_{'FAILED' if reason else 'COMPLETE'}", reason
        )
        if reason:
            self._fail(stack, verb)

    def _fail(self, stack: Kept, verb: str) -> None:
        self._rest(stack, "DELETE_FAILED" if verb == "DELETE" else f"{verb}_ROLLBACK_COMPLETE".removeprefix("CREATE_"))
        if verb == "CREATE":
            for each in list(stack.made):
                self._done(stack, "DELETE", each)

    def _rest(self, stack: Kept, status: str) -> None:
        stack.status = status
        self._note(stack, stack.name, status, "")

    def _done(self, stack: Kept, verb: str, each: str) -> str:
        if verb != "DELETE":
            stack.made[each] = f"{stack.name}-{each.lower()}-{next(self._numbers)}"
            if each == "Bucket":
                self._s3.create_bucket(Bucket=stack.made[each])
            return ""
        if each == "Bucket":
            try:
                self._s3.delete_bucket(Bucket=stack.made[each])
            except ClientError as error:
                if error.response["Error"]["Code"] != "NoSuchBucket":
                    return str(error)
        del stack.made[each]
        return ""

    def _note(self, stack: Kept, each: str, status: str, reason: str) -> None:
        stack.events.append({
            "EventId": str(next(self._numbers)), "StackId": stack.id, "StackName": stack.name,
            "LogicalResourceId": each, "ResourceStatus": status, "ResourceStatusReason": reason,
            "Timestamp": "2026-01-01T00:00:00Z",
        })  # fmt: skip


def as_xml(action: str, answer: dict[str, Any]) -> bytes:
    return f"<{action}Response><{action}Result>{_xml(answer)}</{action}Result></{action}Response>".encode()


def error_xml(code: str, message: str) -> bytes:
    return f"<ErrorResponse><Error>{_xml({'Code': code, 'Message': message})}</Error></ErrorResponse>".encode()


def _xml(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(f"<{name}>{_xml(each)}</{name}>" for name, each in value.items())
    if isinstance(value, list):
        return "".join(f"<member>{_xml(each)}</member>" for each in value)
    return escape(str(value))


def _pairs(body: dict[str, str], what: str, key: str, value: str) -> dict[str, str]:
    numbers = {name.split(".")[2] for name in body if name.startswith(f"{what}.member.")}
    return {body[f"{what}.member.{each}.{key}"]: body.get(f"{what}.member.{each}.{value}", "") for each in numbers}
