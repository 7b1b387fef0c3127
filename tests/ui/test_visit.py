"""One visitor's search."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from searchcore.errors import NotFound, PictureRefused
from tests.support import RED, png
from ui.visit import Photo, Visit, toggled


def test_a_visit_asks_once_there_is_a_photo_a_product_or_a_word():
    assert not Visit().asks
    assert not Visit(k=48, likes=("a",)).asks
    assert Visit(photo=Photo.uploaded(png(RED))).asks
    assert Visit(product_id="a").asks
    assert Visit(words="bag").asks


def test_an_uploaded_photo_is_kept_small_and_decodes_to_what_was_sent():
    photo = Photo.uploaded(png(RED))
    assert photo.size == photo.picture().size == (32, 32)
    assert photo.picture().id == photo.id
    assert photo.picture().pixels().mean(axis=(0, 1)) == pytest.approx([223, 0, 0], abs=6)


def test_no_metadata_of_an_upload_is_kept():
    """U7."""
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(buffer, "JPEG", exif=exif)
    assert b"taken at home" in buffer.getvalue()
    photo = Photo.uploaded(buffer.getvalue())
    assert b"taken at home" not in photo.jpeg + photo.preview


def test_each_upload_has_an_address_of_its_own():
    assert Photo.uploaded(png(RED)).token != Photo.uploaded(png(RED)).token


def test_bytes_that_are_no_picture_are_refused():
    with pytest.raises(PictureRefused):
        Photo.uploaded(b"MZ not a picture")


def test_an_unknown_sample_photo_is_not_found():
    with pytest.raises(NotFound):
        Photo.bundled("../secret")


def test_the_bytes_of_a_photo_stay_out_of_messages():
    """W8."""
    assert "jpeg" not in repr(Visit(photo=Photo.uploaded(png(RED))))


def test_toggling_adds_and_removes_and_keeps_the_order():
    assert toggled((), "a") == ("a",)
    assert toggled(("a", "b"), "c") == ("a", "b", "c")
    assert toggled(("a", "b", "c"), "b") == ("a", "c")
