"""A catalogue whose every text tries to be more than text: shown as it is written, everywhere."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from searchcore.ingest import FolderSource
from searchcore.pipelines import assemble
from searchcore.settings import Settings
from tests.browser import ROOT, LoupeServer, close_dialog, settled, visit
from ui.plain import JOINER

HOSTILE = (
    "<img src=http://outside.example/x onerror=alert(1)> [x](javascript:alert(1)) $\\LaTeX$ :red[hot] "
    "![y](http://outside.example/y) www.evil.example me@evil.example :material/home: a -> b"
)
COLUMNS = ("id", "title", "image", "category", "colour", "brand", "description", "style_tags")


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, list[str]]]:
    folder = tmp_path_factory.mktemp("hostile")
    _write(folder / "shop")
    settings = Settings(data_dir=folder / "data", catalogue="hostile")
    assemble("local", settings).ingest(FolderSource(folder / "shop"))
    server = LoupeServer(
        ROOT / "app.py", folder / "log", env={"LOUPE_DATA_DIR": str(folder / "data"), "LOUPE_CATALOGUE": "hostile"}
    )
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    asked = visit(page, f"{server.url}/?words=onerror")
    page.get_by_role("list", name="Results").wait_for()
    settled(page)
    yield page, asked
    page.close()
    server.close()


def _write(shop: Path) -> None:
    shop.mkdir()
    with (shop / "products.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number, colour in enumerate(("red", "blue")):
            Image.new("RGB", (64, 64), colour).save(shop / f"{number}.png")
            writer.writerow((f"p{number}", HOSTILE, f"{number}.png", f"{HOSTILE} {number}", *[HOSTILE] * 4))


def test_titles_in_the_gallery_the_detail_and_the_side_by_side_are_plain_text(hostile):
    page, _ = hostile
    results = page.get_by_role("list", name="Results")
    assert results.locator(".title").all_inner_texts() == [HOSTILE, HOSTILE]
    results.get_by_role("listitem").first.get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("<img src=http:")
    expect(dialog.locator("dd").get_by_text(HOSTILE, exact=True).first).to_be_visible()
    close_dialog(page)


def test_facets_and_filter_chips_are_plain_text(hostile):
    page, _ = hostile
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Category").click()
    option = page.get_by_role("option").filter(has_text=HOSTILE).first
    option.click()
    settled(page)
    # The list of the field is closed first, then the filters: what lies under them takes no click before.
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Category")).to_be_hidden()
    assert HOSTILE in page.locator(".st-key-filters-chips").inner_text().replace(JOINER, "")
    assert page.locator("a[href*=evil], a[href*=outside], a[href^=javascript], a[href^=mailto]").count() == 0


def test_the_catalogue_page_shows_plain_text_in_its_dialog_its_fields_and_its_map(hostile):
    page, _ = hostile
    page.get_by_role("link", name="Catalogue").click()
    products = page.get_by_role("list", name="Products")
    products.wait_for()
    settled(page)
    assert products.locator(".title").all_inner_texts() == [HOSTILE, HOSTILE]
    products.get_by_role("listitem").first.get_by_role("button").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").wait_for()
    expect(dialog.get_by_label("Title")).to_have_value(HOSTILE)
    close_dialog(page)
    page.get_by_role("tab", name="Map").click()
    page.get_by_role("list", name="Groups").get_by_text(HOSTILE).first.wait_for()
    assert page.locator("a[href*=evil], a[href*=outside], a[href^=javascript], a[href^=mailto]").count() == 0


def test_nothing_was_asked_of_another_machine(hostile):
    page, asked = hostile
    home = urlsplit(page.url)._replace(path="", query="").geturl()
    assert [url for url in asked if not url.startswith((home, "data:", "blob:", home.replace("http", "ws")))] == []
