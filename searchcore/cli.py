"""The command line: python -m searchcore doctor | ingest | search | evaluate | catalogue | provision | teardown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from searchcore import Box, Picture, Query, load_settings, open_engine
from searchcore.catalogues import Catalogues
from searchcore.cli_catalogue import app as catalogues
from searchcore.cli_cloud import provision, teardown
from searchcore.cli_doctor import doctor
from searchcore.cli_evaluate import evaluate_command
from searchcore.cli_ingest import ingest
from searchcore.cli_output import empty_table, err, out, print_json, progress, sentences, text
from searchcore.results import SearchResult

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Visual product search from the command line.")
app.command()(doctor)
app.command()(ingest)
app.command("evaluate")(evaluate_command)
app.add_typer(catalogues, name="catalogue")
app.command()(provision)
app.command()(teardown)

Pipeline = Annotated[str, typer.Option("--pipeline", "-p", help="The pipeline to use; the default one without.")]
Spend = Annotated[
    float, typer.Option(help="What filling in the sample catalogue may cost, in US dollars, where it is not there yet.")
]
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
    catalogue: Annotated[str, typer.Option(help="The catalogue to search; the chosen one without.")] = "",
    spend: Spend = 0.0,
    as_json: AsJson = False,
) -> None:
    """Find the products that look most like a photo or a part of it."""
    with sentences(), progress() as hear:
        settings = Catalogues(load_settings()).existing(catalogue)
        picture = Picture.from_file(photo)
        query = Query(picture=picture, box=Box.parse(box) if box else None, text=words)
        result = open_engine(pipeline, settings, hear, spend).search(query, k)
    if as_json:
        print_json(_plain(result))
        return
    for warning in result.warnings:
        err.print(text(warning, "yellow"))
    out.print(_table(result))
    out.print(text(f"{result.confidence} · {result.timings['total']:.0f} ms · ${result.cost:.4f}", "dim"))


def _table(result: SearchResult) -> Table:
    table = empty_table("#", "Similarity", "Product", "Category", "Price", "Id")
    for hit in result.hits:
        likeness = "" if hit.similarity is None else f"{hit.similarity:.3f}"
        price = "" if hit.product.price is None else f"{hit.product.price:.2f} {hit.product.currency}"
        row = (str(hit.rank), likeness, hit.product.title, hit.product.category, price, hit.product.id)
        table.add_row(*map(text, row))
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
