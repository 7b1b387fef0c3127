"""The commands `catalogue list | export | rebuild | tidy | delete | rename | restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from searchcore.catalogues import Catalogues, export_csv, export_zip
from searchcore.cli_output import empty_table, err, out, print_json, progress, sentences, text
from searchcore.cli_rebuild import agree
from searchcore.errors import SearchError
from searchcore.pipelines import assemble, count_products
from searchcore.rebuild import rebuild as rebuilt
from searchcore.settings import Settings, load_settings
from searchcore.unused import find_unused, remove_unused

app = typer.Typer(no_args_is_help=True, help="List, export, tidy, rename, delete and restore catalogues.")
Name = Annotated[str, typer.Argument(help="The catalogue's name.")]
Pipeline = Annotated[str, typer.Option("--pipeline", "-p", help="The pipeline to use; the default one without.")]


@app.command("list")
def list_all(pipeline: Pipeline = "", as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """List the catalogues, how many products each has in a pipeline, and the deleted ones."""
    with sentences():
        settings = load_settings()
        catalogues, name = Catalogues(settings), pipeline or settings.default_pipeline
        rows = [{"name": each, "products": count_products(name, settings.on(each))}
                for each in catalogues.names()]  # fmt: skip
        deleted = [{"name": each.name, "token": each.token} for each in catalogues.deleted()]
    if as_json:
        print_json({"pipeline": name, "catalogues": rows, "deleted": deleted})
        return
    table = empty_table("Catalogue", f"Products in {name}")
    for row in rows:
        table.add_row(text(str(row["name"])), str(row["products"]))
    out.print(table)
    for each in deleted:
        out.print(text(f"deleted: {each['name']} (catalogue restore {each['token']})"))


@app.command()
def export(
    name: Name,
    file: Annotated[Path, typer.Argument(help="A .csv file for the list, a .zip file for list and pictures.")],
    pipeline: Pipeline = "",
) -> None:
    """Write a catalogue as CSV, or as a ZIP archive with its pictures; either can be ingested again."""
    with sentences():
        settings = _on(name)
        engine = assemble(pipeline or settings.default_pipeline, settings)
        if file.suffix.lower() == ".zip":
            for product_id in export_zip(engine, file):
                err.print(text(f"The picture of {product_id} is missing.", "yellow"))
        elif file.suffix.lower() == ".csv":
            file.write_text(export_csv(engine), encoding="utf-8")
        else:
            raise SearchError(f"{file} is neither .csv nor .zip.", "Name a file that ends in one of them.")
    out.print(text(f"{engine.index.count()} products written to {file}"), soft_wrap=True)


@app.command()
def rebuild(
    name: Name,
    pipeline: Pipeline = "",
    delete: Annotated[
        list[str] | None, typer.Option(help="The id of a product to delete if it cannot be embedded; several times.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before what costs something.")] = False,
) -> None:
    """Embed a catalogue anew after the pipeline's model changed; ends with 1 when some products were deleted."""
    with sentences():
        settings = load_settings().on(name)
        chosen = pipeline or settings.default_pipeline
        agree(chosen, settings, yes)
        with progress(f"Embedding {name} anew") as hear:
            report = rebuilt(chosen, settings, hear, leave_out=delete or ())
    out.print(text(f"{report.embedded} products embedded anew, {len(report.failed)} failed"))
    for each in report.failed:
        out.print(text(f"  {each.name}: {each.reason}"), soft_wrap=True)
    raise typer.Exit(1 if report.failed else 0)


@app.command()
def tidy(
    name: Name,
    pipeline: Pipeline = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be removed, and remove nothing.")] = False,
) -> None:
    """Remove the pictures that no product of a catalogue uses, for good; ends with 3 while a pipeline fills it.

    A product that is put back later, by an undo on the Catalogue page, comes back without its picture.
    """
    with sentences(), progress("Removing") as hear:
        settings = _on(name)
        chosen = pipeline or settings.default_pipeline
        found = find_unused(chosen, settings)
        done = f"{found}." if dry_run else f"Removed: {remove_unused(found, chosen, settings, hear)}."
    out.print(text(done), soft_wrap=True)
    if found.note:
        out.print(text(found.note), soft_wrap=True)


@app.command()
def delete(name: Name) -> None:
    """Delete a catalogue; it can be restored."""
    with sentences():
        deleted = Catalogues(load_settings()).delete(name)
    out.print(text(f"{name} is deleted. To undo: catalogue restore {deleted.token}"), soft_wrap=True)


@app.command()
def rename(name: Name, new: Annotated[str, typer.Argument(help="The new name.")]) -> None:
    """Give a catalogue another name."""
    with sentences():
        Catalogues(load_settings()).rename(name, new)
    out.print(text(f"{name} is called {new} now."))


@app.command()
def restore(token: Annotated[str, typer.Argument(help="What delete said, or the catalogue's name.")]) -> None:
    """Bring a deleted catalogue back."""
    with sentences():
        name = Catalogues(load_settings()).restore(token)
    out.print(text(f"{name} is back."))


def _on(name: str) -> Settings:
    """Return the settings with a catalogue chosen that is there."""
    settings = load_settings()
    if name not in Catalogues(settings).names():
        raise SearchError(f"There is no catalogue “{name}”.", "See: catalogue list")
    return settings.on(name)
