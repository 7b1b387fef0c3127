from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchcore import Box
from searchcore.errors import BoxRefused


@st.composite
def sizes(draw):
    return draw(st.integers(16, 4000)), draw(st.integers(16, 4000))


@st.composite
def pixel_boxes(draw):
    """A picture's size, and whole corners inside it."""
    width, height = draw(sizes())
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    right, bottom = draw(st.integers(left + 1, width)), draw(st.integers(top + 1, height))
    return (width, height), (left, top, right, bottom)


@st.composite
def boxes(draw):
    """Boxes that overlap the picture, some reaching beyond it."""
    left, top = draw(st.floats(-1, 0.99)), draw(st.floats(-1, 0.99))
    width = draw(st.floats(max(0.001, 0.001 - left), 3))
    height = draw(st.floats(max(0.001, 0.001 - top), 3))
    return Box(left, top, width, height)


@given(pixel_boxes())
def test_whole_pixels_find_their_way_back(given_box):
    size, corners = given_box
    assert Box.from_pixels(*corners, size).to_pixels(size) == corners


@given(boxes(), sizes())
def test_pixels_lie_inside_the_picture_and_have_an_area(box, size):
    left, top, right, bottom = box.to_pixels(size)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]


@given(boxes())
def test_a_clamped_box_lies_inside_the_picture_and_in_the_box(box):
    inner = box.clamped()
    assert min(inner.left, inner.top) >= 0
    assert max(inner.right, inner.bottom) <= 1 + 1e-12
    assert inner.inside(box) == pytest.approx(1.0, abs=1e-6)


@given(boxes(), st.floats(0, 2))
def test_padding_never_loses_the_box_nor_leaves_the_picture(box, share):
    inner, padded = box.clamped(), box.clamped().padded(share)
    assert inner.inside(padded) == pytest.approx(1.0, abs=1e-6)
    assert max(padded.right, padded.bottom) <= 1 + 1e-12


@given(boxes())
def test_a_written_box_reads_back_to_four_places(box):
    inner = box.clamped()
    try:
        read = Box.parse(str(inner))
    except BoxRefused:
        assert min(inner.width, inner.height) < 1e-4
    else:
        for name in ("left", "top", "right", "bottom"):
            assert getattr(read, name) == pytest.approx(getattr(inner, name), abs=2e-4)


@given(boxes(), boxes())
def test_overlap_is_a_share_and_is_the_same_both_ways(one, other):
    assert 0.0 <= one.iou(other) <= 1.0 + 1e-9
    assert one.iou(other) == pytest.approx(other.iou(one))
    assert 0.0 <= one.inside(other) <= 1.0 + 1e-9


def test_pixels_are_rounded_outward():
    assert Box(0.105, 0.105, 0.1, 0.1).to_pixels((100, 100)) == (10, 10, 21, 21)


def test_padding_widens_each_side_by_a_share_of_the_box():
    padded = Box(0.4, 0.4, 0.2, 0.1).padded(0.5)
    assert (padded.left, padded.top, padded.right, padded.bottom) == pytest.approx((0.3, 0.35, 0.7, 0.55))


def test_a_box_in_a_box_becomes_one_in_the_picture():
    outer, inner = Box(0.5, 0.2, 0.4, 0.6), Box(0.25, 0.5, 0.5, 0.5)
    placed = inner.within(outer)
    assert (placed.left, placed.top, placed.right, placed.bottom) == pytest.approx((0.6, 0.5, 0.8, 0.8))
    assert Box.whole().within(outer) == outer


def test_overlap_of_known_boxes():
    left, right = Box(0.0, 0.0, 0.5, 1.0), Box(0.25, 0.0, 0.5, 1.0)
    assert left.iou(right) == pytest.approx(1 / 3)
    assert left.inside(right) == pytest.approx(0.5)
    assert left.iou(left) == pytest.approx(1.0)
    assert left.iou(Box(0.6, 0.0, 0.4, 1.0)) == 0.0


@pytest.mark.parametrize(
    "numbers",
    [
        (0.1, 0.1, 0.0, 0.5),
        (0.1, 0.1, 0.5, -0.2),
        (math.nan, 0, 1, 1),
        (0, 0, math.inf, 1),
        (0, -math.inf, 1, 1),
        ("0", 0, 1, 1),
        (None, 0, 1, 1),
    ],
    ids=str,
)
def test_a_box_without_an_area_or_without_numbers_is_refused(numbers):
    """U12."""
    with pytest.raises(BoxRefused) as refused:
        Box(*numbers)
    assert refused.value.remedy


def test_inverted_corners_are_refused():
    """U12."""
    with pytest.raises(BoxRefused):
        Box.from_corners(0.8, 0.1, 0.2, 0.9)


@pytest.mark.parametrize("box", [Box(1.0, 0.1, 0.5, 0.5), Box(0.1, -2.0, 0.5, 1.5), Box(5, 5, 1, 1)], ids=str)
def test_a_box_outside_the_picture_is_refused_when_it_is_used(box):
    """U12."""
    for use in (box.clamped, lambda: box.to_pixels((100, 100))):
        with pytest.raises(BoxRefused):
            use()


def test_a_box_that_reaches_beyond_is_cut_off():
    """U12."""
    assert Box(-0.5, 0.5, 1.0, 1.0).clamped() == Box(0.0, 0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    "text", ["", "0.1,0.2,0.3", "0.1,0.2,0.3,0.4,0.5", "a,b,c,d", "nan,0,1,1", "0,0,0,1", "2,2,1,1", "0.1;0.2;0.3;0.4"]
)
def test_a_text_that_is_no_box_is_refused_with_a_remedy(text):
    with pytest.raises(BoxRefused) as refused:
        Box.parse(text)
    assert refused.value.remedy


def test_a_text_box_is_cut_to_the_picture():
    assert Box.parse(" 0.5, 0.5, 1, 1 ") == Box(0.5, 0.5, 0.5, 0.5)
