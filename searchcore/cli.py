"""The command line: python -m searchcore doctor | ingest | search."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from searchcore import Box, Picture, Query, SearchError, load_settings, open_engine
from searchcore.health import check_data_folder, check_pipeline
from searchcore.ingest import FolderSource, IngestReport
from searchcore.results import SearchResult

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Visual product search from the command line.")
out = Console()
err = Console(stderr=True)

Pipeline = Annotated[str, typer.Option("--pipeline", "-p", help="The pipeline to use; the default one without.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


@app.command()
def search(
    photo: Annotated[Path, typer.Argument(help="A picture file.")],
    box: Annotated[
        str, typer.Option(help="The part to search: left,top,width,height as shares, 0.1,0.2,0.5,0.6.")
    ] = "",
    k: Annotated[int, typer.Option("-k", help="How many products.")] = 12,
    words: Annotated[str, typer.Option(help="Words that the products must have.")] = "",
    pipeline: Pipeline = "",
    as_json: AsJson = False,
) -> None:
    """Find the products that look most like a photo or a part of it."""
    with _sentences(), _progress() as hear:
        picture = Picture.from_file(photo)
        query = Query(picture=picture, box=Box.parse(box) if box else None, text=words)
        result = open_engine(pipeline, progress=hear).search(query, k)
    if as_json:
        _print_json(_plain(result))
        return
    for warning in result.warnings:
        err.print(_text(warning, "yellow"))
    out.print(_table(result))
    out.print(_text(f"{result.confidence} · {result.timings['total']:.0f} ms · ${result.cost:.4f}", "dim"))


@app.command()
def ingest(
    folder: Annotated[Path, typer.Argument(help="A folder with products.csv and the pictures it names.")],
    pipeline: Pipeline = "",
    as_json: AsJson = False,
) -> None:
    """Bring the chosen catalogue in step with a folder; a second run costs no embedding."""
    with _sentences(), _progress() as hear:
        if load_settings().catalogue == "sample":
            raise SearchError("The sample catalogue is not overwritten.", "Choose a name first: LOUPE_CATALOGUE=mine")
        source = FolderSource(folder)
        report = open_engine(pipeline).ingest(source, hear)
    _print_json(_plain_report(report)) if as_json else _print_report(report)
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def doctor(pipeline: Pipeline = "", as_json: AsJson = False) -> None:
    """Tell of each part whether it is ready, or what is missing and what mends it."""
    with _sentences(), _progress() as hear:
        settings = load_settings()
        names = [pipeline] if pipeline else settings.pipeline_names
        checked = [(name, check) for name in names for check in check_pipeline(name, settings, hear)]
        rows = [("", check_data_folder(settings.data_dir)), *checked]
    if as_json:
        _print_json(
            [
                {"pipeline": name, "part": c.part, "ready": c.ready, "state": c.state, "remedy": c.remedy}
                for name, c in rows
            ]
        )
    else:
        table = _empty_table("Pipeline", "Part", "Ready", "State", "What to do")
        for name, check in rows:
            table.add_row(*map(_text, (name, check.part, "yes" if check.ready else "NO", check.state, check.remedy)))
        out.print(table)
    raise typer.Exit(0 if all(check.ready for _, check in rows) else 1)


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn errors into what happened and what to do."""
    try:
        yield
    except SearchError as error:
        err.print(_text(error.message, "bold red"))
        err.print(_text(error.remedy))
        raise typer.Exit(2) from None
    except OSError as error:
        err.print(_text(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.", "bold red"))
        err.print("Check that it is there, that you may use it, and that the disk has room.")
        raise typer.Exit(2) from None


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("Filling the catalogue"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("products", total=None, visible=False)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)


def _empty_table(*columns: str) -> Table:
    """Make a table that breaks what is too long for the terminal: an id or a command that is cut off helps nobody."""
    return Table(*(Column(name, overflow="fold") for name in columns), box=None)


def _table(result: SearchResult) -> Table:
    table = _empty_table("#", "Similarity", "Product", "Category", "Price", "Id")
    for hit in result.hits:
        likeness = "" if hit.similarity is None else f"{hit.similarity:.3f}"
        price = "" if hit.product.price is None else f"{hit.product.price:.2f} {hit.product.currency}"
        row = (str(hit.rank), likeness, hit.product.title, hit.product.category, price, hit.product.id)
        table.add_row(*map(_text, row))
    return table


def _plain(result: SearchResult) -> dict[str, Any]:
    hits = [
        {"rank": hit.rank, "similarity": hit.similarity, "score": hit.score, "product": hit.product.to_dict(),
         "variants": [variant.id for variant in hit.variants], "ranks": dict(hit.ranks)}
        for hit in result.hits
    ]  # fmt: skip
    return {
        "hits": hits,
        "confidence": result.confidence,
        "timings_ms": dict(result.timings),
        "cost_usd": result.cost,
        "warnings": list(result.warnings),
    }


def _plain_report(report: IngestReport) -> dict[str, Any]:
    counts = {name: getattr(report, name) for name in ("added", "updated", "unchanged", "removed", "embedded")}
    return counts | {"failed": [{"name": each.name, "reason": each.reason} for each in report.failed]}


def _print_report(report: IngestReport) -> None:
    out.print(
        f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.removed} removed, {len(report.failed)} failed"
    )
    for each in report.failed:
        out.print(_text(f"  {each.name}: {each.reason}"))


def _text(plain: str, style: str = "") -> Text:
    """Show words as they are: neither rich's markup nor a terminal's control characters mean anything in them."""
    return Text("".join(letter if letter.isprintable() else "�" for letter in plain), style=style)


def _print_json(value: object) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))
