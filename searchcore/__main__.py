"""Run the command line: `python -m searchcore`."""

from searchcore.cli import app

app(prog_name="python -m searchcore")
