"""Running the command line, and what a refusal looks like."""

from __future__ import annotations

from typer.testing import CliRunner

from searchcore.cli import app

MARKUP = "[bold]Red[/bold] :smile: \x1b[31m"


def run(*arguments):
    return CliRunner().invoke(app, [*arguments])


def assert_refused(done, *named):
    """Exactly two sentences on stderr, and no traceback."""
    assert (done.exit_code, done.stdout) == (2, "")
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 2
    assert all(line.endswith(".") or ": " in line for line in lines)
    assert all(name in done.stderr for name in named)
    assert done.exception is None or isinstance(done.exception, SystemExit)
