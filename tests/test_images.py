"""What becomes of a picture file: upright RGB pixels and nothing else, whole or a part of it (U4-U12)."""

from __future__ import annotations

import io
import struct
import zipfile

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from searchcore import Box, Picture
from searchcore.errors import BoxRefused, PictureRefused
from searchcore.images import MAX_SIDE, MIN_CROP, encode
from tests.support import encoded, grey

CORNERS = {"left top": (4, 4), "right top": (60, 4), "left bottom": (4, 44), "right bottom": (60, 44)}
COLOURS = {"left top": (255, 0, 0), "right top": (0, 255, 0), "left bottom": (0, 0, 255), "right bottom": (255,) * 3}
ORIENTATION, GPS, SERIAL = 0x0112, 0x8825, 0xA431


def assert_upright(picture: Picture, tolerance: int = 0) -> None:
    assert picture.size == (64, 48)
    for corner, place in CORNERS.items():
        assert np.abs(np.subtract(picture.image.getpixel(place), COLOURS[corner])).max() <= tolerance, corner


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP"])
def test_common_formats_are_read(quarters, kind):
    assert Picture.from_bytes(encoded(quarters, kind)).size == (64, 48)


def test_a_photo_with_a_second_frame_inside_is_read(quarters):
    """Phones write MPO under the name of JPEG."""
    data = encoded(quarters, "MPO", save_all=True, append_images=[quarters], quality=95)
    assert_upright(Picture.from_bytes(data), tolerance=60)


@pytest.mark.parametrize(("kind", "frames"), [("GIF", 5000), ("WEBP", 100), ("PNG", 100)])
def test_of_an_animation_the_first_frame_is_taken(quarters, kind, frames):
    """U4."""
    others = [Image.new("RGB", (64, 48), (shade % 256, 0, shade // 256)) for shade in range(1, frames)]
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(quarters, kind, save_all=True, append_images=others, **options)
    assert_upright(Picture.from_bytes(data), tolerance=2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I", "I;16", "F", "YCbCr", "LAB", "HSV"])
def test_every_mode_becomes_rgb(mode):
    """U5."""
    picture = Picture.from_image(Image.new(mode, (32, 32)))
    assert (picture.image.mode, picture.size) == ("RGB", (32, 32))


@pytest.mark.parametrize(
    ("mode", "kind"), [("1", "PNG"), ("LA", "PNG"), ("P", "GIF"), ("CMYK", "JPEG"), ("I;16", "PNG")]
)
def test_every_mode_is_read_from_a_file(mode, kind):
    """U5."""
    assert Picture.from_bytes(encoded(Image.new(mode, (32, 32)), kind)).image.mode == "RGB"


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_becomes_white(mode):
    """U5."""
    clear = encoded(Image.new(mode, (32, 32), 0), "PNG")
    assert Picture.from_bytes(clear).image.getpixel((5, 5)) == (255, 255, 255)


def test_half_transparent_black_becomes_grey():
    """U5."""
    half = encoded(Image.new("RGBA", (32, 32), (0, 0, 0, 128)), "PNG")
    assert Picture.from_bytes(half).image.getpixel((5, 5)) == pytest.approx((127,) * 3, abs=1)


def test_a_palette_colour_that_is_transparent_becomes_white():
    """U5."""
    image = Image.new("P", (32, 32), 0)
    image.putpalette([200, 0, 0] + [0, 0, 200] * 255)
    assert Picture.from_bytes(encoded(image, "PNG", transparency=0)).image.getpixel((5, 5)) == (255, 255, 255)
    assert Picture.from_bytes(encoded(image, "PNG")).image.getpixel((5, 5)) == (200, 0, 0)


def test_sixteen_bits_keep_their_shades():
    """U5."""
    ramp = np.linspace(0, 65535, 64 * 32).reshape(32, 64).astype(np.uint16)
    shades = Picture.from_bytes(encoded(Image.fromarray(ramp), "PNG")).pixels()[:, :, 0]
    assert shades.min() <= 1
    assert shades.max() >= 254
    assert len(np.unique(shades)) > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(quarters, kind, orientation):
    """U6: and the same box cuts out the same part."""
    undo = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_270}  # fmt: skip
    stored = quarters.transpose(undo[orientation]) if orientation in undo else quarters
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    picture = Picture.from_bytes(encoded(stored, kind, exif=exif, **({"quality": 95} if kind == "JPEG" else {})))
    assert_upright(picture, tolerance=40)
    crop = picture.crop(Box(0.5, 0.0, 0.5, 0.5))
    assert crop.size == (32, 24)
    assert np.abs(np.subtract(crop.image.getpixel((16, 12)), (0, 255, 0))).max() <= 40


@pytest.fixture
def tattling(quarters) -> bytes:
    """A JPEG that tells where it was taken, with what, and holds a thumbnail and other notes."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET maker"
    exif.get_ifd(GPS)[2] = (52.0, 31.0, 12.0)
    exif.get_ifd(0x8769)[SERIAL] = "SECRET serial"
    thumbnail = b"\xff\xd8SECRET thumbnail\xff\xd9"
    data = encoded(quarters, "JPEG", exif=exif, comment=b"SECRET comment", xmp=b"<x:xmpmeta>SECRET</x:xmpmeta>",
                   icc_profile=b"SECRET profile")  # fmt: skip
    notes = b"Photoshop 3.0\x008BIM\x04\x04SECRET iptc" + thumbnail
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(notes) + 2) + notes + data[2:]


def test_nothing_but_pixels_leaves_again(tattling):
    """U7."""
    assert tattling.count(b"SECRET") >= 6
    picture = Picture.from_bytes(tattling)
    for part in (picture, picture.crop(Box(0.0, 0.0, 0.5, 0.5))):
        for data in (part.to_jpeg(), part.to_jpeg(32), part.to_png()):
            assert b"SECRET" not in data
            read = Image.open(io.BytesIO(data))
            assert not {"exif", "xmp", "icc_profile", "photoshop", "comment"} & set(read.info)
            assert not dict(read.getexif())


def test_texts_in_a_png_do_not_leave_again(quarters):
    """U7."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "SECRET")
    notes.add_itxt("XML:com.adobe.xmp", "SECRET")
    picture = Picture.from_bytes(encoded(quarters, "PNG", pnginfo=notes))
    assert b"SECRET" not in picture.to_png() + picture.to_jpeg()
    assert "Author" not in picture.image.info


def test_what_an_image_carries_beside_its_pixels_is_not_encoded(quarters):
    """U7."""
    quarters.info |= {"icc_profile": b"SECRET", "comment": b"SECRET"}
    assert b"SECRET" not in encode(quarters, "PNG") + encode(quarters, "JPEG")


def test_a_large_photo_is_shrunk_to_what_services_take():
    """U9."""
    noise = np.random.default_rng(0).integers(0, 255, (2200, 2400, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), "BMP")
    assert len(data) > 12_000_000
    picture = Picture.from_bytes(data)
    assert max(picture.size) == MAX_SIDE
    assert picture.size[0] / picture.size[1] == pytest.approx(2400 / 2200, rel=0.002)
    assert len(picture.to_jpeg()) < 5_000_000


def test_a_large_photo_turned_by_its_exif_keeps_its_shape():
    """U6 and U9 at once."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    picture = Picture.from_bytes(encoded(Image.new("RGB", (4000, 2000), "red"), "JPEG", exif=exif))
    assert picture.size == (1024, 2048)


def test_a_copy_is_never_enlarged(picture):
    assert picture.shrunk(480).size == (64, 48)
    assert picture.shrunk(32).size == (32, 24)
    assert picture.size == (64, 48)


def test_what_hangs_on_the_end_of_a_file_does_not_leave_again(quarters):
    """U10."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("SECRET.html", "<script>SECRET</script>")
    for kind in ("JPEG", "PNG", "GIF"):
        picture = Picture.from_bytes(encoded(quarters, kind) + archive.getvalue())
        for data in (picture.to_jpeg(), picture.to_png()):
            assert b"SECRET" not in data
            assert not zipfile.is_zipfile(io.BytesIO(data))


@pytest.mark.parametrize("name", ["a.jpg.php", "CON.png", "x" * 200 + ".jpg", "😀.png", "\u202egpj.exe", "no ending"])
def test_the_name_of_a_file_decides_nothing(tmp_path, quarters, name):
    """U2 and U11."""
    path = tmp_path / name
    path.write_bytes(encoded(quarters, "PNG"))
    assert_upright(Picture.from_file(path))


def test_a_crop_shows_what_the_box_marks(picture):
    crop = picture.crop(Box(0.0, 0.5, 0.5, 0.5))
    assert crop.size == (32, 24)
    assert set(crop.image.get_flattened_data()) == {(0, 0, 255)}


def test_a_crop_that_reaches_beyond_the_picture_is_cut_off(picture):
    """U12."""
    assert picture.crop(Box(-1.0, -1.0, 1.5, 1.5)).size == (32, 24)


def test_a_crop_of_the_whole_picture_is_that_picture(picture):
    assert picture.crop(Box.whole()) is picture
    assert picture.crop(Box(-1, -1, 3, 3)) is picture


def test_a_crop_outside_the_picture_is_refused(picture):
    """U12."""
    with pytest.raises(BoxRefused):
        picture.crop(Box(1.5, 1.5, 1.0, 1.0))


def test_the_smallest_crop_is_eight_pixels(picture):
    """U8 and U12."""
    assert picture.crop(Box.from_pixels(0, 0, MIN_CROP, MIN_CROP, picture.size)).size == (MIN_CROP, MIN_CROP)
    with pytest.raises(PictureRefused, match="8 pixels") as refused:
        picture.crop(Box.from_pixels(0, 0, MIN_CROP - 1, 40, picture.size))
    assert refused.value.remedy


def test_the_id_follows_the_bytes_and_the_crop(quarters):
    data = encoded(quarters, "PNG")
    one, same, other = Picture.from_bytes(data), Picture.from_bytes(data), Picture.from_bytes(grey(64, 48))
    assert one.id == same.id != other.id
    half = Box(0.0, 0.0, 0.5, 0.5)
    assert one.crop(half).id == same.crop(half).id != one.id
    assert one.crop(half).id != one.crop(Box(0.5, 0.0, 0.5, 0.5)).id
    assert Picture.from_image(quarters).id == Picture.from_image(quarters.copy()).id


def test_a_picture_is_a_copy_that_its_source_cannot_change(quarters):
    picture = Picture.from_image(quarters)
    quarters.paste("black", (0, 0, 64, 48))
    assert_upright(picture)


def test_taking_a_picture_leaves_its_source_as_it_was():
    source = Image.new("RGB", (3000, 1000))
    assert Picture.from_image(source).size == (2048, 683)
    assert source.size == (3000, 1000)


def test_pixels_survive_a_png(picture):
    again = Picture.from_bytes(picture.to_png())
    np.testing.assert_array_equal(again.pixels(), picture.pixels())
