"""The command `doctor`: what state the parts are in, and whether they do what they should."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from searchcore.cli_output import empty_table, err, out, print_json, progress, sentences, text
from searchcore.health import check_data_folder, check_pipeline
from searchcore.live import Trial, price, trials
from searchcore.settings import Settings, load_settings


def doctor(
    pipeline: Annotated[str, typer.Option("--pipeline", "-p", help="One pipeline; all of them without.")] = "",
    live: Annotated[bool, typer.Option("--live", help="Call each part once, for real.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before a call that costs something.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Tell of each part whether it is ready, or what is missing and what mends it."""
    with sentences():
        settings = load_settings()
        names = [pipeline] if pipeline else list(settings.pipeline_names)
        works = _live(names, settings, yes, as_json) if live else _state(names, settings, as_json)
    raise typer.Exit(0 if works else 1)


def _state(names: list[str], settings: Settings, as_json: bool) -> bool:
    with progress() as hear:
        checked = [(name, check) for name in names for check in check_pipeline(name, settings, hear)]
    rows = [("", check_data_folder(settings.data_dir)), *checked]
    if as_json:
        print_json(
            [
                {"pipeline": name, "part": c.part, "ready": c.ready, "state": c.state, "remedy": c.remedy}
                for name, c in rows
            ]
        )
    else:
        table = empty_table("Pipeline", "Part", "Ready", "State", "What to do")
        for name, check in rows:
            table.add_row(*map(text, (name, check.part, "yes" if check.ready else "NO", check.state, check.remedy)))
        out.print(table)
    return all(check.ready for _, check in rows)


def _live(names: list[str], settings: Settings, yes: bool, as_json: bool) -> bool:
    for name in names:
        settings.pipeline(name)  # a name that there is not is refused before anything is called
    cost = sum(price(name, settings) for name in names)
    called = ", ".join(names)
    if cost:
        err.print(text(f"This calls each part of {called} once. It costs about ${cost:.4f}, less than a cent."))
        if not (yes or typer.confirm("Go on?", err=True)):
            return True
    found = [(name, trial) for name in names for trial in _said(name, settings, as_json)]
    if as_json:
        print_json([{"pipeline": name, **asdict(trial)} for name, trial in found])
    return all(trial.worked for _, trial in found)


def _said(name: str, settings: Settings, as_json: bool) -> list[Trial]:
    """Try a pipeline's parts, each of them told as soon as it is known."""
    done = []
    for each in trials(name, settings):
        done.append(each)
        if not as_json:
            worked = "works" if each.worked else "FAILS"
            line = f"{name}  {each.part}: {each.doing}  {worked}  {each.milliseconds:.0f} ms  {each.said}"
            out.print(text(line, "" if each.worked else "red"), soft_wrap=True)
            if each.remedy:
                out.print(text(f"    {each.remedy}"), soft_wrap=True)
    return done
