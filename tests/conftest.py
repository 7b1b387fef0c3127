"""What many tests share: pictures drawn on the spot, and a user without rights."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from searchcore import Picture
from tests.browser import chromium

NOBODY = 65534


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests: Playwright allows only one at a time in a process."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def quarters() -> Image.Image:
    """A picture of 64 x 48 whose quarters are red, green, blue and white: no two ways of turning it look alike."""
    image = Image.new("RGB", (64, 48), "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((32, 0, 63, 23), fill=(0, 255, 0))
    draw.rectangle((0, 24, 31, 47), fill=(0, 0, 255))
    draw.rectangle((32, 24, 63, 47), fill=(255, 255, 255))
    return image


@pytest.fixture
def picture(quarters) -> Picture:
    return Picture.from_image(quarters)


@pytest.fixture
def unprivileged():
    """Give a folder that the test owns, and run it as a user whom file permissions bind: root may write anywhere."""
    folder = Path(tempfile.mkdtemp())
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        yield folder
        os.seteuid(0)
    else:
        yield folder
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o700)
    shutil.rmtree(folder)
