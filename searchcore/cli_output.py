"""How the command line speaks: sentences for errors, a bar for progress, text as it is, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from searchcore.errors import IndexBusy, SearchError

out = Console()
err = Console(stderr=True)


@contextmanager
def sentences() -> Iterator[None]:
    """Turn errors into what happened and what to do; ends with 2, or with 3 where another writer holds the index."""
    try:
        yield
    except SearchError as error:
        err.print(text(error.message, "bold red"))
        err.print(text(error.remedy))
        if isinstance(error, IndexBusy) and error.holder:
            err.print(text(f"It is {error.holder}."))
        raise typer.Exit(3 if isinstance(error, IndexBusy) else 2) from None
    except OSError as error:
        err.print(text(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.", "bold red"))
        err.print("Check that it is there, that you may use it, and that the disk has room.")
        raise typer.Exit(2) from None


@contextmanager
def progress(label: str = "Filling the catalogue") -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal and nothing elsewhere."""
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("products", total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)


@contextmanager
def progress_of() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for what is done at the moment, which each call names."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("Beginning", total=None)
        yield lambda doing, done, total: bar.update(task, description=doing, completed=done, total=total)


def empty_table(*columns: str) -> Table:
    """Make a table that breaks what is too long for the terminal: an id or a command that is cut off helps nobody."""
    return Table(*(Column(name, overflow="fold") for name in columns), box=None)


def text(plain: str, style: str = "") -> Text:
    """Show words as they are: neither rich's markup nor a terminal's control characters mean anything in them."""
    return Text("".join(letter if letter.isprintable() else "�" for letter in plain), style=style)


def print_json(value: object) -> None:
    """Print JSON on stdout."""
    print(json.dumps(value, indent=2, ensure_ascii=False))
