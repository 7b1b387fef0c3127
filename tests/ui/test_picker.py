from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import settled
from tests.ui.watching import assert_focused, assert_told, focused


def test_objects_are_radios_of_one_named_group(open_page):
    group = open_page().get_by_role("radiogroup", name="Objects in the photo")
    assert [radio.get_attribute("aria-label") for radio in group.get_by_role("radio").all()] == [
        "1 cushion 95%",
        "2 sofa 93%",
        "3 <b>lamp</b> 42%",
    ]
    assert group.get_by_role("radio", checked=True).count() == 0


def test_a_click_chooses_the_object_once_and_shows_it(open_page):
    page = open_page()
    page.get_by_role("radio", name="3 <b>lamp</b> 42%").click()
    assert_told(page, "object 2")
    expect(page.get_by_role("radio", checked=True)).to_have_accessible_name("3 <b>lamp</b> 42%")
    page.get_by_role("radio", name="3 <b>lamp</b> 42%").click()
    assert_told(page, "object 2")


def test_the_choice_is_shown_before_the_script_has_run(open_page):
    page = open_page("?slow=1")
    lamp = page.get_by_role("radio", name="3 <b>lamp</b> 42%")
    lamp.click()
    assert lamp.get_attribute("aria-checked") == "true"
    assert page.locator(".st-key-told").inner_text() == "nothing"
    assert_told(page, "object 2")


def test_the_smaller_of_nested_boxes_wins(open_page):
    page = open_page()
    sofa = page.get_by_role("radio", name="2 sofa 93%").bounding_box()
    cushion = page.get_by_role("radio", name="1 cushion 95%").bounding_box()
    page.mouse.click(cushion["x"] + cushion["width"] / 2, cushion["y"] + cushion["height"] / 2)
    assert_told(page, "object 0")
    page.mouse.click(sofa["x"] + sofa["width"] * 0.9, sofa["y"] + sofa["height"] * 0.9)
    assert_told(page, "object 0", "object 1")


def test_keys_alone_choose_an_object_and_the_focus_stays(open_page):
    page = open_page()
    for _ in range(30):
        page.keyboard.press("Tab")
        if focused(page) == "1 cushion 95%":
            break
    page.keyboard.press("Enter")
    assert_told(page, "object 0")
    assert_focused(page, "1 cushion 95%")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert_told(page, "object 0", "object 2")
    assert_focused(page, "3 <b>lamp</b> 42%")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert_told(page, "object 0", "object 2", "object 0")


def test_dragging_over_the_photo_draws_a_box(open_page):
    page = open_page()
    photo = page.get_by_role("radiogroup").bounding_box()
    page.mouse.move(photo["x"] + photo["width"] * 0.5, photo["y"] + photo["height"] * 0.6)
    page.mouse.down()
    page.mouse.move(photo["x"] + photo["width"] * 0.9, photo["y"] + photo["height"] * 0.9, steps=5)
    page.mouse.up()
    expect(page.locator(".st-key-told")).to_contain_text("drawn", timeout=20_000)
    settled(page)
    told = page.locator(".st-key-told").inner_text()
    left, top, width, height = (float(share) for share in told.removeprefix("drawn ").split(","))
    assert abs(left - 0.5) < 0.01
    assert abs(top - 0.6) < 0.01
    assert abs(width - 0.4) < 0.01
    assert abs(height - 0.3) < 0.01
    expect(page.get_by_role("radio", checked=True)).to_have_accessible_name("Your box")


def test_a_tap_chooses_on_a_phone_that_does_not_scroll_sideways(open_page):
    page = open_page(width=390, touch=True)
    page.get_by_role("radio", name="1 cushion 95%").tap()
    assert_told(page, "object 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_narrow_boxes_show_their_number_only(open_page):
    page = open_page()
    settled(page)
    assert page.get_by_role("radio", name="2 sofa 93%").locator(".label").is_visible()
    assert not page.get_by_role("radio", name="1 cushion 95%").locator(".label").is_visible()
    assert page.get_by_role("radio", name="1 cushion 95%").locator(".number").inner_text() == "1"


def test_a_label_is_shown_as_written(open_page):
    page = open_page()
    assert page.get_by_role("radio", name="3 <b>lamp</b> 42%").locator(".label").text_content() == "<b>lamp</b>"
    assert page.get_by_role("radiogroup").locator("b").count() == 0
