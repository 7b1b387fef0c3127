from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser import settled

FRAME = (0x63, 0x66, 0xF1)


class Cropper:
    """Drive the canvas in its frame: `place` is where it lies on the page, in pixels."""

    def __init__(self, page):
        self.page = page
        self.text = page.locator(".st-key-told")
        canvas = page.frame_locator("iframe").locator("canvas.upper-canvas")
        canvas.wait_for(timeout=30_000)
        page.wait_for_timeout(500)
        self.place = canvas.bounding_box()

    @property
    def box(self):
        return [float(share) for share in self.text.inner_text().split(",")]

    @property
    def pixels(self):
        """The corners of the box on the canvas."""
        left, top, width, height = self.box
        across, down = self.place["width"], self.place["height"]
        return np.array([left * across, top * down, (left + width) * across, (top + height) * down])

    def drag(self, start, end):
        """Drag from one point of the canvas to another, both in pixels, and wait for another box."""
        before = self.text.inner_text()
        at = [(self.place["x"] + x, self.place["y"] + y) for x, y in (start, end)]
        self.page.mouse.move(*at[0])
        self.page.mouse.down()
        self.page.mouse.move(*at[1], steps=8)
        self.page.mouse.up()
        expect(self.text).not_to_have_text(before, timeout=20_000)
        settled(self.page)

    def type(self, field, number):
        """Fill one of the number fields, and wait for another box."""
        before = self.text.inner_text()
        self.page.get_by_label(field).fill(number)
        self.page.keyboard.press("Enter")
        expect(self.text).not_to_have_text(before, timeout=20_000)
        settled(self.page)

    def drawn(self):
        """Find the frame among the pixels on the screen."""
        shot = Image.open(io.BytesIO(self.page.screenshot(clip=self.place))).convert("RGB")
        is_frame = np.abs(np.asarray(shot).astype(int) - FRAME).sum(2) < 60
        across, down = np.flatnonzero(is_frame.sum(0) > 20), np.flatnonzero(is_frame.sum(1) > 20)
        return (
            np.array([across[0], down[0], across[-1] + 1, down[-1] + 1]) if len(across) and len(down) else np.zeros(4)
        )

    def assert_drawn(self):
        """Wait until the frame on the screen is the box, to a pixel: a new canvas takes a moment."""
        for _ in range(50):
            if np.abs(self.pixels - self.drawn()).max() <= 1:
                return
            self.page.wait_for_timeout(200)
        assert np.abs(self.pixels - self.drawn()).max() <= 1


@pytest.mark.parametrize(("shape", "width"), [("wide", 1280), ("tall", 1280), ("tiny", 1280), ("wide", 390)])
def test_the_box_is_the_drawn_frame_to_a_pixel(open_page, shape, width):
    cropper = Cropper(open_page(f"crop?shape={shape}", width=width))
    assert cropper.place["x"] + cropper.place["width"] <= width
    across, down = cropper.place["width"], cropper.place["height"]
    cropper.assert_drawn()
    cropper.drag((across / 2, down / 2), (across / 2 + 30, down / 2 - 20))
    moved = cropper.pixels
    assert np.abs(moved - [across / 4 + 30, down / 4 - 20, across * 0.75 + 30, down * 0.75 - 20]).max() <= 2
    cropper.assert_drawn()
    cropper.drag((moved[2], moved[3]), (moved[2] - 40, moved[3] - 30))
    assert cropper.pixels[2] < moved[2] - 30
    assert np.abs(cropper.pixels[:2] - moved[:2]).max() <= 1
    cropper.assert_drawn()


def test_a_frame_dragged_out_of_the_picture_is_cut_off_at_its_edge(open_page):
    cropper = Cropper(open_page("crop"))
    across, down = cropper.place["width"], cropper.place["height"]
    cropper.drag((across / 2, down / 2), (across / 4 - 40, down / 4 - 20))
    left, top, right, bottom = cropper.pixels
    assert (left, top) == (0, 0)
    assert abs(right - (across * 0.5 - 40)) <= 2
    assert abs(bottom - (down * 0.5 - 20)) <= 2


def test_numbers_move_the_frame_and_the_frame_moves_the_numbers(open_page):
    page = open_page("crop")
    cropper = Cropper(page)
    cropper.type("Width %", "30")
    assert cropper.box == [0.25, 0.25, 0.3, 0.5]
    cropper.assert_drawn()
    across, down = cropper.place["width"], cropper.place["height"]
    cropper.drag((across * 0.4, down * 0.5), (across * 0.5, down * 0.5))
    assert abs(float(page.get_by_label("Left %").input_value()) - 35) < 0.5
    assert abs(float(page.get_by_label("Width %").input_value()) - 30) < 0.5


def test_a_box_from_elsewhere_moves_frame_and_numbers(open_page):
    page = open_page("crop")
    cropper = Cropper(page)
    across, down = cropper.place["width"], cropper.place["height"]
    cropper.drag((across * 0.5, down * 0.5), (across * 0.6, down * 0.6))
    page.get_by_role("button", name="Move it").click()
    expect(cropper.text).to_have_text("0.1000,0.1000,0.2000,0.2000", timeout=20_000)
    cropper.assert_drawn()
    expect(page.get_by_label("Height %")).to_have_value("20.0")


def test_numbers_past_the_edge_are_kept_inside_the_picture(open_page):
    cropper = Cropper(open_page("crop"))
    cropper.type("Left %", "90")
    left, top, width, height = cropper.box
    assert (left, top, height) == (0.9, 0.25, 0.5)
    assert abs(width - 0.1) < 1e-6
