"""Bring your own catalogue, as a person does it in a real browser."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from searchcore.ingest import FolderSource
from searchcore.pipelines import SAMPLE, assemble
from searchcore.settings import Settings
from tests.browser import ROOT, LoupeServer, close_dialog, settled, visit

PICTURES = sorted((SAMPLE / "images").glob("*.jpg"))


@pytest.fixture(scope="module")
def shop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, whose usual catalogue has some pictures, two of them equal and two nearly so."""
    folder = tmp_path_factory.mktemp("shop")
    source = _written(folder / "source", [(path.stem, path.read_bytes()) for path in PICTURES[::20]])
    settings = Settings(data_dir=folder / "data", catalogue="shop")
    assemble("local", settings).ingest(FolderSource(source))
    server = LoupeServer(
        ROOT / "app.py", folder / "log", env={"LOUPE_DATA_DIR": str(folder / "data"), "LOUPE_CATALOGUE": "shop"}
    )
    yield server.url
    server.close()


@pytest.fixture
def open_page(browser: Browser, shop: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_it(width: int = 1280, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light",
            has_touch=width < 500, is_mobile=width < 500,
        )  # fmt: skip
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        visit(page, f"{shop}/catalog")
        products(page).first.wait_for()
        return page

    yield open_it
    for context in contexts:
        context.close()


def _written(folder: Path, pictures: list[tuple[str, bytes]]) -> Path:
    folder.mkdir()
    smaller = io.BytesIO()
    Image.open(io.BytesIO(pictures[1][1])).resize((300, 300)).save(smaller, "JPEG", quality=70)
    rows = [*pictures, ("twin", pictures[0][1]), ("nearly", smaller.getvalue())]
    for name, data in rows:
        (folder / f"{name}.jpg").write_bytes(data)
    lines = [f"{name},{name.replace('-', ' ')},{name}.jpg,{name.split('-')[0]}" for name, _ in rows]
    (folder / "products.csv").write_text("\n".join(["id,title,image,category", *lines]), encoding="utf-8")
    return folder


def products(page: Page):
    return page.get_by_role("list", name="Products").get_by_role("listitem")


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    settled(page)


def faulty() -> bytes:
    """Pack a list as shops send it: other names for columns, a row twice, one without its picture, one with none."""
    rows = [("sku", "Dingsbums", "photo", "season")]
    rows += [(f"s{n}", f"Zanzibar {path.stem}", path.name, "=1+1") for n, path in enumerate(PICTURES[5:11])]
    rows += [("s1", "Twice", "bag-001.jpg", ""), ("s8", "Gone", "gone.jpg", ""), ("s9", "Fake", "fake.jpg", "")]
    text, packed = io.StringIO(), io.BytesIO()
    csv.writer(text).writerows(rows)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.csv", "\ufeff" + text.getvalue())
        archive.writestr("fake.jpg", b"MZ program")
        for path in PICTURES[5:11]:
            archive.write(path, path.name)
    return packed.getvalue()


def test_a_long_check_shows_how_far_it_is_and_can_be_stopped(open_page):
    rows = "".join(f"p{number},Title,{number}.jpg\n" for number in range(100_000))
    page = open_page()
    page.get_by_role("button", name="Add products").click()
    settled(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "long.csv", "mimeType": "text/csv", "buffer": f"id,title,image\n{rows}".encode()}
    )
    page.get_by_role("button", name="Check what would be loaded").click()
    page.get_by_text("of 100,000 products").wait_for()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_role("button", name="Check what would be loaded").wait_for()
    settled(page)
    expect(page.get_by_text("refused")).to_have_count(0)


def test_a_faulty_archive_is_mapped_previewed_loaded_reported_searched_and_its_product_deleted(open_page):
    """I1-I4, W4."""
    page = open_page()
    page.get_by_role("button", name="Add products").click()
    settled(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "Spring shop.zip", "mimeType": "application/zip", "buffer": faulty()}
    )
    page.get_by_text("Without a column of titles").wait_for()
    page.get_by_role("combobox", name="Title", exact=True).click()
    page.get_by_role("option").filter(has_text="Dingsbums").click()
    settled(page)
    # By key: the list closes when the page moves, as it does while it grows under the pointer.
    page.get_by_role("combobox", name="Catalogue", exact=True).press("ArrowDown")
    page.get_by_role("option", name="A new catalogue").click()
    settled(page)
    page.get_by_role("button", name="Check what would be loaded").click()
    page.get_by_text("3 refused").wait_for()
    settled(page)
    expect(page.get_by_role("list", name="The first products").get_by_role("listitem")).to_have_count(4)
    page.get_by_role("button", name="Load 6 products").click()
    page.get_by_text("Loading into").first.wait_for()
    # Leaving and coming back changes nothing for the load.
    page.get_by_role("link", name="Search").click()
    page.get_by_role("heading", name="Find the product in the picture").wait_for()
    page.get_by_role("link", name="Catalogue").click()
    page.get_by_text("6 added · 3 failed").wait_for()
    settled(page)
    page.get_by_text("3 rows failed").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the rows to mend").click()
    failed = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["sku"], row["Dingsbums"]) for row in failed] == [("s1", "Twice"), ("s8", "Gone"), ("s9", "Fake")]
    assert "in row 3 already" in failed[0]["why it was not loaded"]
    page.get_by_role("button", name="Dismiss").click()
    settled(page)
    expect(page.get_by_text("3 rows failed")).to_have_count(0)
    expect(products(page)).to_have_count(6)
    page.get_by_role("button", name="Search here").click()
    settled(page)
    page.get_by_role("textbox", name="Or search by words").or_(page.get_by_placeholder("Leather handbag")).first.fill(
        "Zanzibar"
    )
    page.keyboard.press("Enter")
    page.get_by_role("list", name="Results").get_by_role("listitem").nth(5).wait_for()
    page.get_by_role("link", name="Catalogue").click()
    settled(page)
    products(page).last.get_by_role("button").click()
    settled(page)
    page.get_by_role("dialog").get_by_role("button", name="Delete this product").click()
    page.get_by_text("was deleted").wait_for()
    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport()
    expect(products(page)).to_have_count(5)
    settled(page)
    page.get_by_role("button", name="Undo").click()
    settled(page)
    expect(products(page)).to_have_count(6)


def test_hyphens_have_their_own_width_and_the_ring_of_a_focused_tab_is_not_cut_off(open_page):
    page = open_page()
    wide = "element => getComputedStyle(element).fontVariantNumeric"
    assert page.locator(".stApp").evaluate(wide) == "normal"
    assert products(page).locator(".price").first.evaluate(wide) == "tabular-nums"
    page.keyboard.press("Shift")
    page.get_by_role("tab", name="Products").focus()
    ring = page.get_by_role("tab", name="Products").evaluate(
        "tab => { const ring = getComputedStyle(tab, '::before'), own = tab.getBoundingClientRect();"
        " const row = tab.parentElement.getBoundingClientRect(), inside = (side) => parseFloat(ring[side]);"
        " return [ring.borderTopStyle, ring.borderBottomStyle, own.left + inside('left') >= row.left,"
        " own.top + inside('top') >= row.top, own.bottom - inside('bottom') <= row.bottom] }"
    )
    assert ring == ["solid", "solid", True, True, True]


def test_the_map_is_walked_by_keys_and_a_product_opened_from_it(open_page):
    page = open_page()
    tab(page, "Map")
    canvas = page.get_by_role("application", name="Map of the catalogue")
    canvas.focus()
    spoken = page.locator(".unseen[aria-live]").filter(has_text=",")
    spoken.wait_for(state="attached")
    walked = {spoken.inner_text()}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
        walked.add(spoken.inner_text())
    assert len(walked) > 2
    title = spoken.inner_text().split(",")[0]
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").wait_for()
    expect(dialog.get_by_label("Title")).to_have_value(title)
    close_dialog(page)
    expect(canvas).to_be_focused()


def test_a_phone_shows_each_part_without_sideways_scrolling(open_page):
    page = open_page(width=390)
    for name in ("Products", "Health", "Map"):
        tab(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Add products").tap()
    page.get_by_role("heading", name="Add products").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_part_breaks_a_serious_rule_of_accessibility(open_page, dark):
    page = open_page(dark=dark)
    script = Path(__import__("axe_playwright_python").__file__).with_name("axe.min.js").read_text()
    page.evaluate(script)
    found = {}

    def check(part: str) -> None:
        settled(page)
        report = page.evaluate("axe.run()")
        broken = [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in report["violations"]
                  if rule["impact"] in ("serious", "critical")]  # fmt: skip
        if broken:
            found[part] = broken

    check("products")
    products(page).first.get_by_role("button").click()
    page.get_by_role("dialog").wait_for()
    check("product")
    close_dialog(page)
    tab(page, "Health")
    page.get_by_role("button", name="Keep both").first.wait_for()
    check("health")
    tab(page, "Map")
    page.get_by_role("application").wait_for()
    check("map")
    page.get_by_role("button", name="Manage").click()
    page.get_by_role("button", name="Export the list (CSV)").wait_for()
    check("manage")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add products").click()
    settled(page)
    page.locator("input[type=file]").set_input_files(PICTURES[0])
    settled(page)
    page.get_by_role("button", name="Check what would be loaded").click()
    page.get_by_role("list", name="The first products").wait_for()
    check("add")
    assert found == {}, json.dumps(found, indent=1)
