"""Files that are refused as pictures, and where the limits are (U1-U3, U8, U11)."""

from __future__ import annotations

import math
import random
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image

from searchcore import Picture
from searchcore.errors import PictureRefused
from searchcore.images import MAX_BYTES, MAX_PIXELS, MIN_SIDE
from tests.support import encoded, grey


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def refusal(data: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        Picture.from_bytes(data)
    assert refused.value.remedy
    return refused.value.message


BOMB = """
import resource, sys
from searchcore import Picture, SearchError
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    Picture.from_bytes(data)
except SearchError as error:
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(grown // (1024 * 1024 if sys.platform == "darwin" else 1024), error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is read the POSIX way")
@pytest.mark.parametrize("side", [8000, 10_000, 50_000])
def test_a_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded(pytestconfig, side):
    """U1."""
    ran = subprocess.run(
        [sys.executable, "-c", BOMB], input=png_header(side, side), cwd=pytestconfig.rootpath, capture_output=True,
        check=True,
    )  # fmt: skip
    grown, _, message = ran.stdout.decode().partition(" ")
    assert int(grown) < 50
    assert "50 megapixels" in message


def test_the_limit_of_pixels_is_exact():
    """U8: one below is decoded (and found damaged), one above is refused for its size."""
    side = math.isqrt(MAX_PIXELS)
    assert "damaged" in refusal(png_header(side, side))
    assert "megapixels" in refusal(png_header(side + 1, side + 1))


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at():
    assert "25 MB" in refusal(b"\xff\xd8" + bytes(MAX_BYTES))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00" + bytes(500), "no picture"),
        (b"<?php system($_GET['x']); ?>", "no picture"),
        (b"\x00" * 64, "no picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"GIF89a", "damaged"),
        (b"RIFF\x00\x00\x00\x00WEBP", "damaged"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIC"),
    ],
    ids=["empty", "exe", "php", "zeros", "jpeg start", "png start", "gif start", "webp start", "heic"],
)
def test_bytes_that_are_no_picture_are_refused_with_a_plain_reason(data, why):
    """U2."""
    assert why in refusal(data)


def test_truncated_pictures_are_refused():
    """U2."""
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (200, 200, 3), dtype=np.uint8))
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        data = encoded(noise, kind)
        assert "damaged" in refusal(data[: len(data) // 2])


def test_no_damage_raises_anything_but_a_refusal():
    """U2: bytes changed at random, as a bad disk or an attacker would."""
    draw = random.Random(0)
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 40, 3), dtype=np.uint8))
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"):
        good = encoded(noise, kind)
        for _ in range(60):
            data = bytearray(good)
            for _ in range(draw.randint(1, 12)):
                data[draw.randrange(len(data))] = draw.randrange(256)
            try:
                picture = Picture.from_bytes(bytes(data))
            except PictureRefused:
                continue
            assert picture.image.mode == "RGB"


@pytest.mark.parametrize("kind", ["TIFF", "ICO", "EPS", "PPM", "TGA", "PDF", "ICNS", "PCX"])
def test_other_formats_are_refused_even_if_pillow_knows_them(quarters, kind):
    """U3."""
    assert "no picture" in refusal(encoded(quarters, kind))


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' width='64' height='64'><rect width='64' height='64'/></svg>",
        b"8BPS\x00\x01" + bytes(6) + struct.pack(">HIIHH", 3, 64, 64, 8, 3) + bytes(64 * 64 * 3),
        b"SIMPLE  =                    T".ljust(2880),
        b"\xff\xfe" + struct.pack(">HH", 64, 64) + b"\x01" + bytes(64 * 64 * 4),
    ],
    ids=["SVG", "PSD", "FITS", "GD"],
)
def test_formats_that_run_or_unpack_things_are_refused(tmp_path, data):
    """U3: also under the name of a PNG."""
    assert "no picture" in refusal(data)
    path = tmp_path / "innocent.png"
    path.write_bytes(data)
    with pytest.raises(PictureRefused):
        Picture.from_file(path)


@pytest.mark.parametrize(
    ("width", "height", "why"),
    [(1, 1, "pixels"), (15, 40, "15 × 40"), (16, 16, ""), (320, 16, ""), (321, 16, "strip"), (10_001, 50, "strip"),
     (50, 10_001, "strip"), (16, 3200, "strip")],
)  # fmt: skip
def test_each_border_of_size_and_shape_has_a_clear_rule(width, height, why):
    """U8."""
    if why:
        assert why in refusal(grey(width, height))
    else:
        assert Picture.from_bytes(grey(width, height)).size == (width, height)


def test_the_shortest_side_is_what_the_message_says():
    """U8."""
    assert MIN_SIDE == 16
    with pytest.raises(PictureRefused) as refused:
        Picture.from_bytes(grey(15, 15))
    assert "at least 16 pixels" in refused.value.remedy


@pytest.mark.parametrize("name", ["missing.jpg", ".", "a.php\x00.jpg", "x" * 300])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name):
    """U2 and U11."""
    with pytest.raises(PictureRefused) as refused:
        Picture.from_file(f"{tmp_path}/{name}")
    assert refused.value.remedy
