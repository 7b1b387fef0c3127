"""Start a Streamlit server and a real Chromium, for tests of what a person sees."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
STARTUP = 60
"""Seconds a server may take until it answers."""

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class LoupeServer:
    """Run `streamlit run SCRIPT` from the repository's root until closed; `log` is what it has printed."""

    def __init__(self, script: Path, log: Path, port: int = 0, env: Mapping[str, str] | None = None) -> None:
        self.port = port or _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = log
        self._file = log.open("w")
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(self.port)]
        command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            stdout=self._file,
            stderr=subprocess.STDOUT,
        )
        try:
            self._wait()
        except BaseException:
            self.close()
            raise

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")

    @property
    def pid(self) -> int:
        return self._process.pid

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        self._file.close()

    def _wait(self) -> None:
        deadline = time.monotonic() + STARTUP
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"The server ended at once:\n{self.log}")
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"The server did not answer within {STARTUP} s:\n{self.log}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the Chromium of this machine (`LOUPE_CHROMIUM` names another), or Playwright's own where there is none."""
    found = os.environ.get("LOUPE_CHROMIUM") or next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


def settled(page: Page) -> None:
    """Wait until the script has run, and stays at rest for a moment: a click may take a little to start a run."""
    page.wait_for_timeout(150)
    for _ in range(2):
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        page.wait_for_timeout(100)


def close_dialog(page: Page) -> None:
    """Close the open dialog by Escape, once it is drawn and listens."""
    settled(page)
    dialog = page.get_by_role("dialog")
    dialog.press("Escape")
    dialog.wait_for(state="detached")


def visit(page: Page, url: str) -> list[str]:
    """Open a page, wait until it is drawn, and return the list that all its requests are noted in."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(url)
    page.locator("[data-testid=stMainBlockContainer] [data-testid=stElementContainer]").first.wait_for()
    settled(page)
    return requests


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
