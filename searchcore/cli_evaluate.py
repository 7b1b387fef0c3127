"""The command `evaluate`: how well a pipeline finds what judged queries ask for."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from searchcore.catalogues import Catalogues
from searchcore.cli_output import empty_table, err, out, print_json, progress, sentences, text
from searchcore.engine import SearchEngine
from searchcore.errors import SearchError
from searchcore.pipelines import SAMPLE, open_engine
from searchcore.quality import Evaluation, JudgedSet, Measure, evaluate, price_evaluated, read_judged
from searchcore.quality.evaluation import Boxes
from searchcore.settings import load_settings


def evaluate_command(
    folder: Annotated[
        Path, typer.Argument(help="A folder with queries.csv and qrels.txt; the bundled one without.")
    ] = SAMPLE,
    pipeline: Annotated[str, typer.Option("--pipeline", "-p", help="The pipeline; the default one without.")] = "",
    catalogue: Annotated[str, typer.Option(help="The catalogue that is searched; the chosen one without.")] = "",
    kind: Annotated[str, typer.Option(help="Only queries of this kind: view, scene.")] = "",
    boxes: Annotated[
        Boxes,
        typer.Option(help="Search with the judged box, the found object that fits it best, or the whole picture."),
    ] = "given",
    measures: Annotated[str, typer.Option(help="Measures, separated by commas.")] = "P@1,R@12,mAP,MRR,nDCG@12",
    threshold: Annotated[int, typer.Option(help="The least grade that counts as relevant.")] = 1,
    spend: Annotated[float, typer.Option(help="What filling in the sample catalogue may cost, in US dollars.")] = 0.0,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before queries that cost money.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Tell how well a pipeline finds what judged queries ask for, with 95 % intervals.

    Ends with 0, with 1 when some queries failed, with 2 when it could not be done.
    """
    with sentences():
        wanted = [Measure.parse(each, threshold) for each in measures.split(",")]
        judged = _chosen(read_judged(folder), kind)
        settings = load_settings()
        with progress() as hear:
            engine = open_engine(pipeline, Catalogues(settings).existing(catalogue), hear, spend)
        _warn_of_orphans(judged, engine)
        price = price_evaluated(engine, judged, boxes)
        question = f"{len(judged.queries)} queries cost about ${price:.4f}. Go on?"
        if price and not yes and not typer.confirm(question, err=True):
            raise typer.Exit(2)
        with progress("Searching") as hear:
            done = evaluate(engine, judged, wanted, boxes, hear)
    print_json(_plain(done)) if as_json else _print(done)
    raise typer.Exit(1 if any(each.error for each in done.scores) else 0)


def _chosen(judged: JudgedSet, kind: str) -> JudgedSet:
    chosen = judged.of(kind)
    if not chosen.queries:
        kinds = sorted({each.kind for each in judged.queries if each.kind})
        raise SearchError(f"There are no judged queries{f' of the kind “{kind}”' if kind else ''}.",
                          f"Choose one of: {', '.join(kinds)}." if kinds else "Add some to queries.csv.")  # fmt: skip
    return chosen


def _warn_of_orphans(judged: JudgedSet, engine: SearchEngine) -> None:
    lost = {product for _, product in judged.orphans(engine.index.hashes())}
    if lost:
        count = len({product for query in judged.queries for product in query.grades})
        err.print(text(f"Not in the catalogue: {len(lost)} of {count} judged products, such as {min(lost)}.", "yellow"))


def _print(done: Evaluation) -> None:
    table = empty_table("Measure", "Mean", "95 % interval", "Queries")
    for mean in done.means:
        table.add_row(
            *map(text, (mean.measure, f"{mean.value:.3f}", f"{mean.low:.3f} to {mean.high:.3f}", str(mean.n)))
        )
    out.print(table)
    missed = sum(not each.found and not each.error for each in done.scores)
    if missed:
        out.print(text(f"{missed} objects were not found; the whole picture was searched with instead.", "dim"))
    for each in done.scores:
        if each.error:
            err.print(text(f"{each.query.id}: {each.error}", "yellow"))


def _plain(done: Evaluation) -> dict[str, Any]:
    queries = [
        {"id": s.query.id, "kind": s.query.kind, "found": s.found, "error": s.error, **s.values} for s in done.scores
    ]
    return {"measures": [asdict(mean) for mean in done.means], "queries": queries}
