"""Watch the server's memory while visitors upload photos: it must stay level."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
import psutil
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page

from bench.row import Row
from tests.browser import ROOT, LoupeServer, chromium, settled, visit

UPLOADS: Final = 200
EACH: Final = 20
"""Photos of one visitor, who then leaves."""
GOAL: Final = 1.15


def run() -> list[Row]:
    """Compare the server's resident memory after 200 uploads with that after 100 and after one."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = LoupeServer(ROOT / "app.py", Path(folder) / "server.log")
        try:
            process = psutil.Process(server.pid)
            _visitor(browser, server.url, range(1))
            seen = [_megabytes(process)]
            for first in range(1, UPLOADS + 1, EACH):
                _visitor(browser, server.url, range(first, first + EACH))
                seen.append(_megabytes(process))
        finally:
            server.close()
    return [
        Row(
            f"server memory after {UPLOADS} uploads against {UPLOADS // 2}", seen[-1], seen[len(seen) // 2], GOAL, "MB"
        ),
        Row(f"server memory after {UPLOADS} uploads against one", seen[-1], seen[0], None, "MB"),
    ]


def _visitor(browser: Browser, url: str, numbers: range) -> None:
    context = browser.new_context()
    context.set_default_timeout(120_000)
    page = context.new_page()
    visit(page, url)
    for number in numbers:
        _upload(page, number)
    context.close()


def _upload(page: Page, number: int) -> None:
    replacing = page.get_by_role("list", name="Results").count() > 0
    if replacing:
        page.get_by_role("button", name="Replace").click()
    page.locator("input[type=file]").last.set_input_files(_photo(number))
    page.get_by_role("list", name="Results").wait_for()
    settled(page)
    if replacing:
        page.keyboard.press("Escape")


def _photo(number: int) -> FilePayload:
    """Draw a photo of 12 megapixels like no other."""
    random = np.random.default_rng(number)
    coarse = Image.fromarray(random.integers(0, 255, size=(30, 40, 3), dtype=np.uint8))
    buffer = io.BytesIO()
    coarse.resize((4000, 3000), Image.Resampling.BICUBIC).save(buffer, "JPEG")
    return {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def _megabytes(process: psutil.Process) -> float:
    return float(sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))) / 1e6
