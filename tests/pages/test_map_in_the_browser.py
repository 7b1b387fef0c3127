"""The map of a catalogue in a real browser: what it shows at rest, and how it is come closer to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from searchcore.ingest import FolderSource
from searchcore.pipelines import assemble
from searchcore.settings import Settings
from tests.browser import ROOT, LoupeServer, settled, visit
from tests.support import RED, thing, towards_green, write_catalogue


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with two small catalogues, `one` and `two`."""
    folder = tmp_path_factory.mktemp("maps")
    for name, count in (("one", 20), ("two", 12)):
        things = [thing(f"{name}-{n}", towards_green(n / count), category=f"kind {n % 16}") for n in range(count)]
        settings = Settings(data_dir=folder / "data", catalogue=name)
        assemble("local", settings).ingest(FolderSource(write_catalogue(folder / name, thing("red", RED), *things)))
    server = LoupeServer(
        ROOT / "app.py", folder / "log", env={"LOUPE_DATA_DIR": str(folder / "data"), "LOUPE_CATALOGUE": "one"}
    )
    yield server.url
    server.close()


@pytest.fixture
def page(browser: Browser, shops: str) -> Iterator[Page]:
    """The map of `one`, the mouse beside it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    visit(page, f"{shops}/catalog")
    page.get_by_role("tab", name="Map").click()
    canvas(page).wait_for()
    page.mouse.move(5, 5)
    yield page
    context.close()


def canvas(page: Page) -> Locator:
    return page.get_by_role("application", name="Map of the catalogue")


def drawn(page: Page) -> str:
    """Return the picture on the canvas once it has stayed the same for a while."""
    settled(page)
    before = ""
    for _ in range(40):
        now = str(canvas(page).evaluate("canvas => canvas.toDataURL()"))
        if now == before:
            return now
        before = now
        page.wait_for_timeout(300)
    raise AssertionError("The map does not come to rest.")


def look_at(page: Page, catalogue: str) -> None:
    page.get_by_role("combobox", name="Catalogue", exact=True).click()
    page.get_by_role("option", name=catalogue, exact=True).click()
    settled(page)
    page.mouse.move(5, 5)


def over_the_map(page: Page) -> None:
    """Put the mouse where no product is near."""
    box = canvas(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 3, box["y"] + box["height"] / 2)


def test_no_picture_is_cut_off_at_rest_and_all_fits_the_window(page):
    drawn(page)
    assert canvas(page).evaluate(
        "canvas => { const { width, height } = canvas, context = canvas.getContext('2d');"
        " return [[0, 0, width, 4], [0, height - 4, width, 4], [0, 0, 4, height], [width - 4, 0, 4, height]]"
        " .map((area) => context.getImageData(...area).data.some((value) => value)) }"
    ) == [False] * 4  # fmt: skip
    box, legend = canvas(page).bounding_box(), page.get_by_role("list", name="Groups").bounding_box()
    assert box
    assert legend
    assert box["y"] + box["height"] <= 900
    assert 0 <= legend["y"] <= legend["y"] + legend["height"] <= 900


def test_another_catalogue_is_seen_whole_and_another_colouring_from_where_one_was(page):
    at_rest = drawn(page)
    page.get_by_role("button", name="Zoom in").click()
    page.mouse.move(5, 5)
    closer = drawn(page)
    assert closer != at_rest
    page.get_by_text("Look", exact=True).click()
    page.mouse.move(5, 5)
    drawn(page)
    page.get_by_text("Category", exact=True).click()
    page.mouse.move(5, 5)
    assert drawn(page) == closer
    look_at(page, "two")
    drawn(page)
    look_at(page, "one")
    assert drawn(page) == at_rest


def test_a_wheel_scrolls_the_page_and_says_how_to_come_closer(page):
    at_rest = drawn(page)
    over_the_map(page)
    hint = page.get_by_text("and scroll to come closer").and_(page.locator(".hint"))
    expect(hint).to_have_css("opacity", "0")
    page.mouse.wheel(0, -120)
    expect(hint).to_have_css("opacity", "1")
    expect(hint).to_have_css("opacity", "0")
    assert drawn(page) == at_rest
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.mouse.move(5, 5)
    assert drawn(page) != at_rest


def test_pictures_are_asked_for_a_few_at_a_time_and_missing_ones_hold_up_no_other(page):
    drawn(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/pictures/**", hold)
    look_at(page, "two")
    settled(page)
    assert len(held) == 12
    for route in held[:12]:
        route.abort()
    for _ in range(50):
        page.wait_for_timeout(100)
        if len(held) > 12:
            break
    assert len(held) == 13
    held[12].continue_()
