from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser import ROOT, LoupeServer, settled, visit
from ui.shell import PAGES

SCRIPT = (
    "import streamlit as st\nfrom ui.shell import page\npage('{label}')\nst.header('This is {label}', anchor=False)\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Lay out one page for each entry of the navigation."""
    home: Path = tmp_path_factory.mktemp("site")
    (home / "pages").mkdir()
    shutil.copytree(ROOT / "static", home / "static")
    for entry in PAGES:
        (home / entry.path).write_text(SCRIPT.format(label=entry.label))
    return home


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.label)
def test_a_deep_link_to_a_cold_server_has_the_whole_frame(browser, site, tmp_path, entry):
    server = LoupeServer(site / "app.py", tmp_path / "server.log")
    page = browser.new_page()
    try:
        name = Path(entry.path).stem
        requests = visit(page, f"{server.url}/{'' if name == 'app' else name}")
        page.get_by_role("heading", name=f"This is {entry.label}").wait_for()
        assert page.title() == f"{entry.label} · Loupe"
        links = page.locator(".st-key-navigation").get_by_role("link").all_inner_texts()
        assert [link.splitlines()[-1] for link in links] == [each.label for each in PAGES]
        assert [url for url in requests if not url.startswith((server.url, "data:", "blob:"))] == []
        assert any("inter-latin" in url for url in requests)
    finally:
        page.close()
        server.close()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_navigation_leads_on_and_fits_every_screen(browser, site, tmp_path, width):
    server = LoupeServer(site / "app.py", tmp_path / "server.log")
    page = browser.new_page(viewport={"width": width, "height": 800})
    try:
        visit(page, server.url)
        page.locator(".st-key-navigation").get_by_role("link").last.click()
        page.get_by_role("heading", name=f"This is {PAGES[-1].label}").wait_for()
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.close()
        server.close()
