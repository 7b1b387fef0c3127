from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import close_dialog, settled
from tests.ui.watching import assert_focused, assert_told

HOSTILE = '<img src="http://outside.example/x.png" onerror="alert(1)"> **Mug** ![x](http://outside.example/y.png)'


def _results(page):
    return page.get_by_role("list", name="Results")


def test_every_card_is_an_item_named_by_its_title(open_page):
    items = _results(open_page()).get_by_role("listitem").all()
    assert [item.get_attribute("aria-label") for item in items][:3] == ["Sage table lamp", HOSTILE, "Blue vase"]


def test_a_hostile_title_is_plain_text_and_nothing_leaves_this_machine(open_page):
    page = open_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.reload()
    _results(page).wait_for()
    settled(page)
    assert _results(page).locator(".title").nth(1).text_content() == HOSTILE
    assert len(requests) > 10
    assert [url for url in requests if not url.startswith((page.url.split("?")[0], "data:", "blob:"))] == []


@pytest.mark.parametrize(
    ("button", "kind"),
    [
        ("Open Sage table lamp", "open"),
        ("More like Sage table lamp", "similar"),
        ("Right match: Sage table lamp", "right"),
        ("Wrong match: Sage table lamp", "wrong"),
        ("Compare Sage table lamp", "compare"),
    ],
)
def test_each_button_tells_its_event_once(open_page, button, kind):
    page = open_page()
    _results(page).get_by_role("button", name=button, exact=True).click()
    assert_told(page, f"{kind} 0")


def test_clicks_faster_than_the_script_are_all_told_once(open_page):
    page = open_page("?slow=1")
    _results(page).get_by_role("button", name="Right match").evaluate_all(
        "(buttons) => buttons.forEach((one, place) => (place < 3 ? one.click() : setTimeout(() => one.click(), 40)))"
    )
    assert_told(page, "right 0", "right 1", "right 2", "right 3", "right 4")


def test_a_toggle_shows_its_state_and_its_rival_lets_go(open_page):
    page = open_page()
    right = _results(page).get_by_role("button", name="Right match: Mug")
    wrong = _results(page).get_by_role("button", name="Wrong match: Mug")
    right.click()
    assert_told(page, "right 4")
    assert right.get_attribute("aria-pressed") == "true"
    wrong.click()
    assert_told(page, "right 4", "wrong 4")
    assert (right.get_attribute("aria-pressed"), wrong.get_attribute("aria-pressed")) == ("false", "true")
    wrong.click()
    assert_told(page, "right 4", "wrong 4", "wrong 4")
    assert wrong.get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_opens_a_card_and_closing_gives_the_focus_back(open_page, key):
    page = open_page()
    _results(page).get_by_role("button", name="Open Blue vase").focus()
    page.keyboard.press(key)
    page.get_by_role("dialog").wait_for()
    close_dialog(page)
    assert_told(page, "open 2")
    assert_focused(page, "Open Blue vase")


def test_the_focus_stays_on_a_button_while_the_page_is_redrawn(open_page):
    page = open_page()
    _results(page).get_by_role("button", name="Compare Mug").focus()
    page.keyboard.press("Enter")
    assert_told(page, "compare 4")
    assert_focused(page, "Compare Mug")


def test_a_picture_that_cannot_be_had_becomes_an_initial(open_page):
    page = open_page()
    card = _results(page).get_by_role("listitem").nth(2)
    card.locator(".initial").wait_for()
    assert card.locator(".initial").inner_text() == "B"
    assert not card.locator("img").is_visible()


@pytest.mark.parametrize(("width", "columns"), [(390, 2), (1280, 3)])
def test_cards_of_a_row_are_of_equal_height_in_columns_that_fit(open_page, width, columns):
    page = open_page(width=width)
    places = [item.bounding_box() for item in _results(page).get_by_role("listitem").all()]
    first_row = [place for place in places if abs(place["y"] - places[0]["y"]) < 1]
    assert len(first_row) == columns
    assert len({round(place["height"]) for place in first_row}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_compare_bar_counts_and_needs_two(open_page):
    page = open_page()
    _results(page).get_by_role("button", name="Compare Mug").click()
    compare = page.get_by_role("button", name="Compare side by side")
    compare.wait_for()
    assert compare.is_disabled()
    _results(page).get_by_role("button", name="Compare Blue vase").click()
    page.get_by_text("2 of 4 selected").wait_for()
    compare.click()
    assert_told(page, "compare 4", "compare 2", "compare them")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("of 4 selected")).to_have_count(0)
    expect(_results(page).get_by_role("button", name="Compare Mug")).to_have_attribute("aria-pressed", "false")
