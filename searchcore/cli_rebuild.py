"""Embedding an outdated index anew from the command line: what that takes is said first."""

from __future__ import annotations

import sys

import typer

from searchcore.cli_output import err, text
from searchcore.errors import SearchError
from searchcore.ingest import Plan
from searchcore.rebuild import plan_rebuild
from searchcore.settings import Settings


def takes(due: Plan) -> str:
    """Say how many products are embedded anew, how long that takes and what it costs."""
    count = f"{due.changed:,} product{'s' * (due.changed != 1)}"
    return f"Another model made the index: {count} to embed anew first; about {due.seconds:.0f} s and ${due.cost:.2f}"


def agree(name: str, settings: Settings, yes: bool) -> None:
    """Say what a rebuild takes, if one is due, and ask before one that costs; raises SearchError where nobody answers.

    Ends with 2 where the answer is no.
    """
    due = plan_rebuild(name, settings)
    if not due.changed:
        return
    err.print(text(f"{takes(due)}."), soft_wrap=True)
    if not due.cost or yes:
        return
    if not sys.stdin.isatty():
        raise SearchError("That costs money, and nobody agreed to it.", "Allow it with --yes.")
    if not typer.confirm("Go on?", err=True):
        raise typer.Exit(2)
