"""The command `ingest`: bring a catalogue in step with a source."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from searchcore.cli_output import err, out, print_json, progress, progress_of, sentences, text
from searchcore.cli_rebuild import agree, takes
from searchcore.errors import SearchError
from searchcore.ingest import (
    Addresses,
    Failure,
    IngestOptions,
    IngestReport,
    Plan,
    Shard,
    Source,
    failures_csv,
    open_source,
    plan,
    rows_to_mend,
)
from searchcore.labelling import nameless
from searchcore.pipelines import assemble, index_if_any, make_detector, make_embedder
from searchcore.rebuild import is_outdated, old_index, plan_rebuild, rebuild
from searchcore.settings import Settings, load_settings

SHOWN: Final = 100
"""Refused rows that are printed: a list without its pictures may have a million of them."""
MANY = 50_000
"""Pictures from which on a batch is worth waiting for."""


def ingest(
    source: Annotated[
        str, typer.Argument(help="A folder, s3://bucket/folder, a ZIP archive, or a CSV or Parquet file.")
    ],
    pipeline: Annotated[
        list[str] | None, typer.Option("--pipeline", "-p", help="A pipeline to fill; may be given several times.")
    ] = None,
    catalogue: Annotated[str, typer.Option(help="The catalogue to fill; made when it is new.")] = "",
    column: Annotated[
        list[str] | None, typer.Option(help="Which column holds a field: id=SKU. May be given several times.")
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove/--keep", help="Remove products that the source does not name.")
    ] = False,
    objects: Annotated[
        bool | None,
        typer.Option(
            "--objects/--no-objects",
            help="Find products by the main object of their picture, too: a second embedding each. "
            "Without either, as the catalogue began.",
        ),
    ] = None,
    shard: Annotated[str, typer.Option(help="Take one part of the source: 1/4 is the first of four.")] = "",
    batch: Annotated[
        bool, typer.Option("--batch", help="Embed by batch jobs of Bedrock, for more than 50,000 pictures.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask before a batch, or before embedding an old index anew.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be done, and do nothing.")] = False,
    failures: Annotated[Path | None, typer.Option(help="Write what failed, and why, to this CSV file.")] = None,
    mend: Annotated[
        Path | None, typer.Option(help="Write the refused rows, with their own columns, to this CSV file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Bring a catalogue in step with a source; a second run costs no embedding.

    Ends with 0 when all is in, 1 when some rows failed, 2 when it could not be done, 3 when another run is at it.
    """
    with sentences():
        settings = _chosen(load_settings(), catalogue)
        options = IngestOptions(keep=not remove, shard=Shard.parse(shard) if shard else None, objects=objects)
        opened = _opened(source, column or [], settings)
        failed: list[Failure] = []
        done = []
        for name in pipeline or [settings.default_pipeline]:
            outcome = (
                _batch(name, opened, settings, options, yes)
                if batch and not dry_run
                else _looked(name, opened, settings, options)
                if dry_run
                else _run(name, opened, settings, options, yes)
            )
            first = plan_rebuild(name, settings) if dry_run else Plan()
            failed += outcome.refused if isinstance(outcome, Plan) else outcome.failed
            done.append({"pipeline": name, "catalogue": settings.catalogue, **_plain(outcome), **_before(first)})
            if not as_json:
                _print(outcome, name if pipeline and len(pipeline) > 1 else "", first)
        if failures:
            failures.write_text(failures_csv(failed), encoding="utf-8")
        if mend:
            mend.write_text(rows_to_mend(opened, failed), encoding="utf-8")
    if as_json:
        print_json(done)
    raise typer.Exit(1 if failed else 0)


def _looked(name: str, source: Source, settings: Settings, options: IngestOptions) -> Plan:
    embedder, detector = make_embedder(name, settings), make_detector(name, settings, nameless)
    index = old_index(name, settings) if is_outdated(name, settings) else index_if_any(name, settings)
    return plan(source, embedder, index, options, detector=detector)


def _run(name: str, source: Source, settings: Settings, options: IngestOptions, yes: bool) -> IngestReport:
    agree(name, settings, yes)
    with progress(f"Filling {settings.catalogue}") as hear:
        # Products of another model cannot stay beside new ones.
        rebuild(name, settings, hear, source=source)
        engine = assemble(name, settings)
        if engine.embedder.spec.by_batch and source.count - engine.index.count() > MANY:
            err.print(f"These are more than {MANY:,} pictures: with --batch, jobs on AWS embed them.", soft_wrap=True)
        return engine.ingest(source, hear, options)


def _batch(name: str, source: Source, settings: Settings, options: IngestOptions, yes: bool) -> IngestReport:
    from searchcore.batch import batch_ingest, bounds  # noqa: PLC0415  only who embeds by batch needs boto3

    engine = assemble(name, settings)
    pictures, cost = bounds(source, engine)
    err.print(
        f"At most {pictures:,} pictures are embedded by batch jobs, for at most ${cost:.2f} at the price of single "
        "calls. Jobs may take hours; broken off, it goes on when the same is typed again.", soft_wrap=True,
    )  # fmt: skip
    if not (yes or typer.confirm("Go on?", err=True)):
        raise typer.Exit(0)
    with progress_of() as hear:
        return batch_ingest(engine, settings, source, options, hear)


def _chosen(settings: Settings, catalogue: str) -> Settings:
    chosen = settings.on(catalogue) if catalogue else settings
    if chosen.catalogue == "sample":
        raise SearchError("The sample catalogue is not overwritten.", "Choose a name first: --catalogue mine")
    return chosen


def _opened(place: str, columns: list[str], settings: Settings) -> Source:
    unclear = next((each for each in columns if "=" not in each), None)
    if unclear is not None:
        raise SearchError(f"“{unclear[:60]}” does not say which column holds which field.", "Write it as id=SKU.")
    corrections = dict(each.partition("=")[::2] for each in columns)
    return open_source(place, corrections, Addresses(settings.web_pictures, buckets=True))


def _plain(outcome: IngestReport | Plan) -> dict[str, Any]:
    shown = [each.name for each in fields(outcome) if each.name not in ("preview", "edits")]
    plain = {name: getattr(outcome, name) for name in shown}
    failed = {name: [asdict(each) for each in value] for name, value in plain.items() if name in ("failed", "refused")}
    return plain | failed


def _before(first: Plan) -> dict[str, Any]:
    """Return what embedding an outdated index anew takes, empty where it is not."""
    told = {"products": first.changed, "seconds": first.seconds, "cost": first.cost}
    return {"rebuild": told} if first.changed else {}


def _print(outcome: IngestReport | Plan, name: str, first: Plan) -> None:
    before = f"{name}: " if name else ""
    if first.changed:
        out.print(text(before + takes(first)), soft_wrap=True)
    if isinstance(outcome, Plan):
        deepened = f"{outcome.deepened} to find by their object too, " if outcome.deepened else ""
        failed, words = outcome.refused, (
            f"{outcome.new} new, {outcome.changed} with another picture, {deepened}{outcome.edited} edited, "
            f"{outcome.unchanged} unchanged, {outcome.removed} to remove, {len(outcome.refused)} refused; "
            f"about {outcome.seconds:.0f} s and ${outcome.cost:.2f}"
        )  # fmt: skip
    else:
        failed, words = outcome.failed, (
            f"{outcome.added} added, {outcome.updated} updated, {outcome.unchanged} unchanged, "
            f"{outcome.removed} removed, {len(outcome.failed)} failed"
        )  # fmt: skip
    out.print(text(before + words), soft_wrap=True)
    for each in failed[:SHOWN]:
        out.print(text(f"  {each}"), soft_wrap=True)
    if len(failed) > SHOWN:
        out.print(text(f"  … and {len(failed) - SHOWN:,} more: --failures FILE has them all."))
    if outcome.left:
        out.print(text(f"Not named by the source, and left alone: {outcome.left}. --remove takes them out."))
