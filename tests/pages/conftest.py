"""The app itself, once in a server with a Chromium, and once for AppTest, each with a data folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from playwright.sync_api import Browser, Page
from streamlit.testing.v1 import AppTest

from searchcore import load_settings
from searchcore.ingest import FolderSource
from searchcore.pipelines import assemble
from tests.browser import ROOT, LoupeServer, settled, visit
from tests.support import BLUE, RED, thing, use_doubles, write_catalogue
from ui.catalog.jobs import jobs
from ui.catalog.state import Look

SHOP = (thing("red", RED, category="bag"), thing("blue", BLUE, category="mug"), thing("twin", RED, category="mug"))


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loupe")


@pytest.fixture(scope="session")
def server(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoupeServer]:
    running = LoupeServer(
        ROOT / "app.py", tmp_path_factory.mktemp("server") / "log", env={"LOUPE_DATA_DIR": str(data_dir)}
    )
    yield running
    running.close()


@pytest.fixture
def open_app(browser: Browser, server: LoupeServer) -> Iterator[Callable[..., Page]]:
    """Open a page as a new visitor: `open_app("status", width=390, dark=True)`."""
    contexts = []

    def open_it(path: str = "", width: int = 1280, dark: bool = False) -> Page:
        phone = width < 500
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            has_touch=phone,
            is_mobile=phone,
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        visit(page, f"{server.url}/{path}")
        settled(page)
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def app(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Make an AppTest of the app, not run yet, at a page of it: `app("pages/status.py")`."""
    monkeypatch.setenv("LOUPE_DATA_DIR", str(data_dir))

    def make(page: str = "app.py") -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        return app if page == "app.py" else app.switch_page(page)

    return make


@pytest.fixture
def shop_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page, not run yet, over the catalogues `shop` (three products) and `sample`; the pipeline `tiny` is usual."""
    use_doubles(monkeypatch, tmp_path, thing("sample-red", RED))
    source = FolderSource(write_catalogue(tmp_path / "shop", *SHOP))
    assemble("tiny", load_settings().on("shop")).ingest(source)
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page("pages/catalog.py")
    page.session_state["look"] = Look("shop")
    yield page
    for job in jobs().all():
        job.cancel()
        job.wait(10)
    st.cache_resource.clear()
