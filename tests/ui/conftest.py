"""One server with the pieces on a stage, one Chromium, and a fresh visitor for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import LoupeServer, visit

STAGE = Path(__file__).parent / "stage"


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = LoupeServer(STAGE / "app.py", tmp_path_factory.mktemp("stage") / "server.log")
    yield server.url
    server.close()


@pytest.fixture
def open_page(browser: Browser, stage: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the stage: `open_page("crop", width=390, touch=True)`."""
    contexts = []

    def open_it(path: str = "", width: int = 1280, touch: bool = False) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=touch, is_mobile=touch)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        visit(page, f"{stage}/{path}")
        return page

    yield open_it
    for context in contexts:
        context.close()
