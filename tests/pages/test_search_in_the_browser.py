"""The main job as a person does it, in a real browser: by mouse, by keyboard and on a phone."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from searchcore.pipelines import SAMPLE
from searchcore.scenes import Scenes
from tests.browser import ROOT, LoupeServer, close_dialog, settled, visit

SCENES = Scenes(SAMPLE).all
GREETING = [scene for scene in SCENES if scene.sample]


def objects(page: Page):
    return page.get_by_role("radiogroup", name="Objects in the photo").get_by_role("radio")


def results(page: Page):
    return page.get_by_role("list", name="Results").get_by_role("listitem")


def found(page: Page) -> str:
    return page.get_by_role("status").filter(has_text=re.compile("match(es)? for")).inner_text()


def choose_sample(page: Page, scene=GREETING[0]) -> None:
    page.get_by_role("button", name=f"Use the photo “{scene.title}”").first.click()
    objects(page).first.wait_for()
    settled(page)


def handbag(page: Page) -> int:
    names = [each.get_attribute("aria-label") or "" for each in objects(page).all()]
    return next(place for place, name in enumerate(names) if "handbag" in name)


def scene_with_a_handbag():
    rows = {line.split(",")[0]: line for line in (SAMPLE / "products.csv").read_text().splitlines()}
    return next(
        scene
        for scene in GREETING
        if any(",handbag," in rows[each.product_id] and each.visible > 0.7 for each in scene.placements)
    )


def photo_bytes(colour: tuple[int, int, int], name: str = "JPEG") -> bytes:
    picture = np.full((300, 400, 3), 235, np.uint8)
    picture[90:210, 140:260] = colour
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, name)
    return buffer.getvalue()


def upload(page: Page, data: bytes, name: str = "photo.jpg") -> None:
    page.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": data})
    settled(page)


def test_a_sample_photo_a_click_on_the_handbag_and_handbags_come_best_first(open_app):
    page = open_app()
    choose_sample(page, scene_with_a_handbag())
    place = handbag(page)
    objects(page).nth(place).click()
    settled(page)
    expect(objects(page).nth(place)).to_have_attribute("aria-checked", "true")
    assert re.fullmatch(r"\d+ matches for handbag", found(page))
    subtitles = [each.locator(".subtitle").inner_text() for each in results(page).all()[:3]]
    assert "handbag" in subtitles
    percents = [int(text.rstrip("%")) for text in page.locator(".percent").all_inner_texts()]
    assert percents == sorted(percents, reverse=True)


def test_the_whole_job_works_by_keyboard_alone(open_app):
    page = open_app()
    page.get_by_role("button", name=f"Use the photo “{GREETING[0].title}”").focus()
    page.keyboard.press("Enter")
    objects(page).first.wait_for()
    settled(page)
    objects(page).first.focus()
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("ArrowRight")
    settled(page)
    expect(objects(page).nth(1)).to_have_attribute("aria-checked", "true")
    results(page).first.get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    close_dialog(page)


def test_a_phone_shows_it_all_without_sideways_scrolling(open_app):
    page = open_app(width=390)
    choose_sample(page)
    objects(page).first.tap()
    settled(page)
    assert results(page).count() >= 6
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_chips_and_boxes_stay_in_step(open_app):
    page = open_app()
    choose_sample(page)
    chips = page.locator("[class*=st-key-chips] button")
    for place in (1, 0):
        objects(page).nth(place).click()
        settled(page)
        expect(chips.nth(place + 1)).to_have_attribute("aria-checked", "true")
    chips.nth(2).click()
    settled(page)
    expect(objects(page).nth(1)).to_have_attribute("aria-checked", "true")
    chips.nth(0).click()
    settled(page)
    assert "the whole photo" in found(page)


def test_a_photo_of_ones_own_stays_over_a_visit_to_another_page_and_out_of_the_address(open_app):
    page = open_app()
    upload(page, photo_bytes((180, 30, 30)))
    before = page.locator(".title").all_inner_texts()
    page.get_by_role("link", name="Status").click()
    page.get_by_role("heading", name="Status", exact=True).wait_for()
    settled(page)
    page.get_by_role("link", name="Search").click()
    results(page).first.wait_for()
    settled(page)
    assert page.locator(".title").all_inner_texts() == before
    assert "?" not in page.url


def test_a_refused_file_gets_a_sentence_and_the_photo_before_it_stays(open_app):
    page = open_app()
    choose_sample(page)
    page.get_by_role("button", name="Replace").click()
    upload(page, b"MZ\x90 no picture at all")
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("no picture that can be read")
    expect(alert).to_contain_text("Use a JPEG")
    assert objects(page).count() > 0


def test_a_picture_pasted_anywhere_is_searched(open_app):
    page = open_app()
    data = base64.b64encode(photo_bytes((20, 120, 60), "PNG")).decode()
    page.evaluate(
        """async (data) => {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            const clipboard = new DataTransfer();
            clipboard.items.add(new File([bytes], "pasted.png", { type: "image/png" }));
            document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true }));
        }""",
        data,
    )
    page.get_by_role("heading", name="Your photo").wait_for()
    results(page).first.wait_for()


def test_the_browser_s_back_button_leads_to_the_search_before(open_app):
    page = open_app()
    choose_sample(page)
    objects(page).first.click()
    settled(page)
    assert "the whole photo" not in found(page)
    page.go_back()
    expect(page.get_by_role("status").filter(has_text="the whole photo")).to_be_visible()
    page.go_back()
    page.get_by_role("heading", name="Find the product in the picture").wait_for()


def test_a_crop_as_thin_as_a_line_is_searched_all_the_same(open_app):
    page = open_app(f"?sample={GREETING[0].id}&box=0.1,0.5,0.8,0.0001")
    results(page).first.wait_for()
    assert "your crop" in found(page)


def test_two_visitors_see_only_their_own_photos(open_app):
    first, second = open_app(), open_app()
    upload(first, photo_bytes((200, 20, 20)))
    upload(second, photo_bytes((20, 20, 200)))
    addresses = [page.locator("img[src*='/photos/']").first.get_attribute("src") for page in (first, second)]
    assert addresses[0] != addresses[1]
    colours = []
    for page, address in zip((first, second), addresses, strict=True):
        answer = page.request.get(page.url.split("?")[0].rstrip("/") + str(address))
        assert "private" in answer.headers["cache-control"]
        colours.append(Image.open(io.BytesIO(answer.body())).getpixel((200, 150)))
    assert colours[0][0] > 150 > colours[0][2]
    assert colours[1][2] > 150 > colours[1][0]


def test_words_narrow_and_each_card_says_which_rank_came_from_where(open_app):
    page = open_app()
    choose_sample(page)
    objects(page).first.click()
    settled(page)
    page.get_by_placeholder("Narrow by words").fill("leather")
    page.keyboard.press("Enter")
    settled(page)
    notes = page.locator(".note").all_inner_texts()
    assert notes
    assert all("look #" in note and "words #" in note for note in notes)


def test_words_alone_search_titles_and_tags(open_app):
    page = open_app()
    page.get_by_placeholder("Leather handbag").fill("leather handbag")
    page.keyboard.press("Enter")
    results(page).first.wait_for()
    settled(page)
    assert "“leather handbag”" in found(page)


def test_a_filter_becomes_a_chip_that_removes_it(open_app):
    page = open_app("?sample=" + GREETING[0].id + "&category=bag")
    results(page).first.wait_for()
    heading = page.locator(".st-key-heading")
    expect(heading).to_contain_text("1 active")
    page.locator(".st-key-filters-chips").get_by_role("button").click()
    settled(page)
    expect(heading).not_to_contain_text("active")
    assert "category" not in page.url


def test_filters_that_nothing_passes_say_so_and_offer_to_be_cleared(open_app):
    page = open_app("?sample=" + GREETING[0].id + "&category=bag&price=0-0")
    page.get_by_text("No product matches the filters.").wait_for()
    page.get_by_role("button", name="Clear filters", exact=True).click()
    results(page).first.wait_for()


def test_the_detail_shows_both_pictures_and_searches_on_from_there(open_app):
    page = open_app()
    choose_sample(page)
    title = results(page).nth(1).locator(".title").inner_text()
    results(page).nth(1).get_by_role("button").first.click()
    dialog = page.get_by_role("dialog", name=title)
    dialog.wait_for()
    expect(dialog.locator("img")).to_have_count(2)
    expect(dialog).to_contain_text("Cosine")
    dialog.get_by_role("button", name="More like this").click()
    dialog.wait_for(state="hidden")
    settled(page)
    assert title in found(page)
    product_id = page.url.split("product=")[1]
    assert product_id not in [each.get_attribute("data-id") for each in results(page).all()]


def test_four_products_at_most_stand_side_by_side(open_app):
    page = open_app()
    choose_sample(page)
    for place in range(5):
        results(page).nth(place).get_by_role("button", name=re.compile("^Compare")).click()
        settled(page)
    expect(page.locator(".st-key-compare-bar")).to_contain_text("4 of 4 selected")
    page.get_by_role("button", name="Compare side by side").click()
    expect(page.get_by_role("dialog").locator("img")).to_have_count(4)


def test_the_chosen_object_and_all_objects_can_be_downloaded(open_app):
    page = open_app()
    choose_sample(page)
    objects(page).first.click()
    settled(page)
    with page.expect_download() as one:
        page.get_by_role("button", name="Download this object").click()
    assert Image.open(one.value.path()).format == "PNG"
    with page.expect_download() as every:
        page.get_by_role("button", name="All objects (ZIP)").click()
    names = zipfile.ZipFile(every.value.path()).namelist()
    assert len(names) == objects(page).count()


def test_sorting_by_price_goes_from_cheap_to_dear(open_app):
    page = open_app()
    choose_sample(page)
    page.get_by_role("radio", name="Price").click()
    settled(page)
    prices = [float(re.sub(r"[^0-9.]", "", text)) for text in page.locator(".price").all_inner_texts()]
    assert prices == sorted(prices)
    assert len(prices) >= 6


def test_more_results_come_on_request(open_app):
    page = open_app()
    choose_sample(page)
    assert results(page).count() == 12
    page.get_by_role("button", name="Show more").click()
    settled(page)
    assert results(page).count() == 24


@pytest.mark.parametrize(
    "path", ["", "catalog", "status", "?product=nothing-of-that-name&box=1,2&k=9999&emphasis=x&price=a-b"]
)
def test_a_cold_server_answers_each_page_by_link(browser, path, tmp_path):
    server = LoupeServer(ROOT / "app.py", tmp_path / "log", env={"LOUPE_DATA_DIR": str(tmp_path / "data")})
    context = browser.new_context()
    try:
        page = context.new_page()
        visit(page, f"{server.url}/{path}")
        page.get_by_role("link", name="Search").wait_for()
        page.get_by_role("heading", level=1).first.wait_for()
        assert page.get_by_text("Traceback").count() == 0
    finally:
        context.close()
        server.close()


def test_nothing_is_asked_of_any_other_machine(open_app):
    page = open_app()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    choose_sample(page)
    results(page).first.get_by_role("button").first.click()
    page.get_by_role("dialog").wait_for()
    home = page.url.split("?")[0]
    assert [url for url in asked if not url.startswith((home, "data:", "blob:", home.replace("http", "ws")))] == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", ["start", "results", "detail", "status"])
def test_no_page_breaks_a_serious_rule_of_accessibility(open_app, state, dark):
    page = open_app("status" if state == "status" else "", dark=dark)
    if state in ("results", "detail"):
        choose_sample(page)
        objects(page).first.click()
        settled(page)
    if state == "detail":
        results(page).first.get_by_role("button").first.click()
        page.get_by_role("dialog").wait_for()
        settled(page)
    script = Path(__import__("axe_playwright_python").__file__).with_name("axe.min.js")
    page.evaluate(script.read_text())
    report = page.evaluate("axe.run()")
    serious = [
        (rule["id"], [node["target"] for node in rule["nodes"]][:3])
        for rule in report["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
    assert serious == [], json.dumps(serious, indent=1)
