"""One CloudFormation stack: proposed as a change set, carried out, watched, removed."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from searchcore.aws import LOADING, AwsOptions, Calls
from searchcore.aws_errors import redacted
from searchcore.cloud.wanted import HOLDING, RESOURCES
from searchcore.errors import NotFound, SearchError

TEMPLATE: Final = Path(__file__).with_name("template.yaml")
TAG: Final = "made-by"
OURS: Final = "loupe"
PAUSE: Final = 5.0
"""Seconds between two looks."""
LOOKS: Final = 480
_NEW: Final = "REVIEW_IN_PROGRESS"
_MADE: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
_REMOVED: Final = ("DELETE_COMPLETE",)
_HALF_GONE: Final = ("ROLLBACK_FAILED", "DELETE_FAILED")
_AFTER: Final = {
    "ROLLBACK_COMPLETE": "What was made until then is removed again.",
    "UPDATE_ROLLBACK_COMPLETE": "All is as it was before.",
    "DELETE_FAILED": "The rest is removed as far as that was possible.",
}
_CHANGE: Final = {"False": "Change", "Conditional": "Change or replace", "True": "Replace"}
_ACTION: Final = re.compile(r"not authorized to perform: ?([a-z0-9-]+:\w+)")

Hear = Callable[[str], None]
"""Hears of each resource that is done, in words."""


@dataclass(frozen=True, slots=True)
class Found:
    """Describe a stack that is there."""

    id: str
    status: str
    tags: Mapping[str, str]
    outputs: Mapping[str, str]

    @property
    def ours(self) -> bool:
        return self.tags.get(TAG) == OURS

    @property
    def under_way(self) -> bool:
        return self.status.endswith("IN_PROGRESS") and self.status != _NEW


@dataclass(frozen=True, slots=True)
class Change:
    """Say what happens to one resource: Add, Modify, Remove; `replaced` is True, False or Conditional."""

    action: str
    resource: str
    replaced: str = "False"

    @property
    def words(self) -> str:
        verb = {"Add": "Make", "Modify": _CHANGE[self.replaced], "Remove": "Remove"}.get(self.action, self.action)
        return f"{verb} {RESOURCES.get(self.resource, self.resource)}{' and all that is in it' * self.loses}"

    @property
    def loses(self) -> bool:
        """Whether vectors or pictures go with it, or may go."""
        goes = self.action == "Remove" or (self.action == "Modify" and self.replaced != "False")
        return goes and self.resource in HOLDING


class Stack:
    """Make, watch and remove one stack."""

    def __init__(self, name: str, options: AwsOptions) -> None:
        """Open a client, without calling; raises SearchError without credentials or region."""
        self._name, self._changes, self._profile = name, "", options.profile
        self._calls = Calls("cloudformation", options, LOADING, "docs/aws.md lists all that provisioning needs.")

    @property
    def region(self) -> str:
        region: str = self._calls.client.meta.region_name
        return region

    def found(self) -> Found | None:
        """Return the stack as it is, None where there is none; raises SearchError."""
        try:
            return self._look(self._name)
        except NotFound:
            return None

    def propose(self, parameters: Mapping[str, str], hear: Hear) -> list[Change]:
        """Return what would change, without changing it; waits for what is under way. Raises SearchError."""
        found = self.found()
        if found and not found.ours:
            raise SearchError(f"There is a stack “{self._name}” that Loupe did not make.", "Choose another --name.")
        if found and found.under_way:
            self._wait(found.id, hear, (*_MADE, *_REMOVED))
            found = self.found()
        if found and found.status in _HALF_GONE:
            raise SearchError(f"The stack “{self._name}” is half removed.", f"Type: {self._teardown}")
        if found and found.status == "ROLLBACK_COMPLETE":
            # It is empty, and can only be removed.
            self.remove(hear)
            found = None
        kind = "UPDATE" if found and found.status != _NEW else "CREATE"
        self._changes = f"loupe-{secrets.token_hex(4)}"
        self._calls(
            "create_change_set", bool, StackName=self._name, ChangeSetName=self._changes, ChangeSetType=kind,
            TemplateBody=TEMPLATE.read_text(encoding="utf-8"), Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Tags=[{"Key": TAG, "Value": OURS}],
        )  # fmt: skip
        return self._proposed()

    def withdraw(self) -> None:
        """Drop what was proposed."""
        self._calls("delete_change_set", bool, StackName=self._name, ChangeSetName=self._changes)
        found = self.found()
        if found and found.status == _NEW:
            self._calls("delete_stack", bool, StackName=self._name)

    def carry_out(self, hear: Hear) -> Found:
        """Do what was proposed and return the stack; raises SearchError."""
        found, before = self._look(self._name), self._seen(self._name)
        self._calls("execute_change_set", bool, StackName=self._name, ChangeSetName=self._changes)
        return self._wait(found.id, hear, _MADE, found.status, before)

    def resources(self) -> list[tuple[str, str]]:
        """Return the name in the template and the name on AWS of each resource that is there; raises SearchError."""
        found = self._calls("describe_stack_resources", lambda reply: reply["StackResources"], StackName=self._name)
        return [
            (each["LogicalResourceId"], each.get("PhysicalResourceId", ""))
            for each in found
            if each["ResourceStatus"] != "DELETE_COMPLETE"
        ]

    def remove(self, hear: Hear) -> None:
        """Remove the stack and all that it made; raises SearchError."""
        found, before = self._look(self._name), self._seen(self._name)
        self._calls("delete_stack", bool, StackName=self._name)
        self._wait(found.id, hear, _REMOVED, found.status, before)

    def _proposed(self) -> list[Change]:
        where = {"StackName": self._name, "ChangeSetName": self._changes}
        for _ in range(LOOKS):
            reply = self._calls("describe_change_set", dict, **where)
            if reply["Status"] == "FAILED":
                self.withdraw()
                reason = reply.get("StatusReason", "")
                if "didn't contain changes" in reason or "No updates" in reason:
                    return []
                raise SearchError(f"CloudFormation refuses it: {redacted(reason)}", "Correct that and try again.")
            if reply["Status"] == "CREATE_COMPLETE":
                changes = [each["ResourceChange"] for each in reply["Changes"]]
                return [
                    Change(each["Action"], each["LogicalResourceId"], each.get("Replacement", "False"))
                    for each in changes
                ]
            time.sleep(PAUSE)
        raise self._slow()

    def _wait(
        self, stack_id: str, hear: Hear, ends: Sequence[str], was: str = "", before: frozenset[str] = frozenset()
    ) -> Found:
        """Wait until the stack rests, saying of each resource that it is done; raises SearchError but at `ends`.

        The status that it `was` in counts only once an event since then says it: descriptions come late.
        """
        said = set(before)
        for _ in range(LOOKS):
            found = self._look(stack_id)
            events = [each for each in reversed(self._events(stack_id)) if each["EventId"] not in before]
            for each in events:
                if each["EventId"] not in said and each["LogicalResourceId"] in RESOURCES:
                    said.add(each["EventId"])
                    _tell(each, hear)
            told = any((each["LogicalResourceId"], each["ResourceStatus"]) == (self._name, was) for each in events)
            if not found.status.endswith("IN_PROGRESS") and (told or found.status != was):
                if found.status in ends:
                    return found
                raise _failure(events, found.status)
            time.sleep(PAUSE)
        raise self._slow()

    def _look(self, name: str) -> Found:
        def read(reply: Mapping[str, Any]) -> Found:
            stack = reply["Stacks"][0]
            tags = {each["Key"]: each["Value"] for each in stack.get("Tags", ())}
            outputs = {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", ())}
            return Found(stack["StackId"], stack["StackStatus"], tags, outputs)

        return self._calls("describe_stacks", read, StackName=name)

    def _events(self, name: str) -> list[dict[str, Any]]:
        return self._calls("describe_stack_events", lambda reply: list(reply["StackEvents"]), StackName=name)

    def _seen(self, name: str) -> frozenset[str]:
        return frozenset(each["EventId"] for each in self._events(name))

    @property
    def _teardown(self) -> str:
        who = f" --profile {self._profile}" if self._profile else ""
        return f"python -m searchcore teardown --name {self._name} --region {self.region}{who}"

    def _slow(self) -> SearchError:
        return SearchError(f"CloudFormation is still at the stack “{self._name}”.", "Type the same again: it goes on.")


def _tell(event: Mapping[str, Any], hear: Hear) -> None:
    done = {"CREATE_COMPLETE": "Made", "UPDATE_COMPLETE": "Changed", "DELETE_COMPLETE": "Removed"}
    if event["ResourceStatus"] in done:
        hear(f"{done[event['ResourceStatus']]} {RESOURCES[event['LogicalResourceId']]}")


def _failure(events: Sequence[Mapping[str, Any]], status: str) -> SearchError:
    """Return what went wrong first: the rest is what followed from it."""
    first = next((each for each in events if each["ResourceStatus"].endswith("_FAILED")), None)
    if first is None:
        return SearchError(f"CloudFormation ended with {status}.", "See the stack's events in the AWS console.")
    what, reason = first["LogicalResourceId"], str(first.get("ResourceStatusReason", ""))
    what = RESOURCES.get(what, what)
    after, denied = _AFTER.get(status, ""), _ACTION.search(reason)
    if denied:
        return SearchError(
            f"AWS does not allow {denied[1]}, which is needed for {what}. {after}".strip(),
            f"Allow {denied[1]} in the IAM policy of whoever provisions (docs/aws.md), and type the same again.",
        )
    return SearchError(
        f"AWS fails at {what}: {redacted(reason).rstrip('.')}. {after}".strip(),
        "Correct that, and type the same again.",
    )
