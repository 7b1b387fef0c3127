"""Distort pictures the way copies of a picture are distorted: the queries of the reverse-search protocol."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from PIL import Image, ImageEnhance, ImageOps

Step = Callable[[Image.Image, random.Random], Image.Image]


def cropped(image: Image.Image, rng: random.Random) -> Image.Image:
    """Keep a random window of 60 to 90 % of each side."""
    width, height = (round(side * rng.uniform(0.6, 0.9)) for side in image.size)
    left, top = rng.randint(0, image.width - width), rng.randint(0, image.height - height)
    return image.crop((left, top, left + width, top + height))


def rotated(image: Image.Image, rng: random.Random) -> Image.Image:
    """Turn by up to 12 degrees; the corners that come free are white."""
    return image.rotate(rng.uniform(-12, 12), Image.Resampling.BILINEAR, fillcolor=(255, 255, 255))


def jittered(image: Image.Image, rng: random.Random) -> Image.Image:
    """Change brightness, contrast and saturation by up to 30 % each, and the white balance by up to 12 %."""
    for enhance in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        image = enhance(image).enhance(rng.uniform(0.7, 1.3))
    gains = [rng.uniform(0.88, 1.12) for _ in range(3)]
    return Image.merge(
        "RGB",
        [
            band.point([min(255, round(value * gain)) for value in range(256)])
            for band, gain in zip(image.split(), gains, strict=True)
        ],
    )


def recompressed(image: Image.Image, rng: random.Random) -> Image.Image:
    """Store as JPEG of quality 35 and open again."""
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=35)
    return Image.open(stored).convert("RGB")


def shrunk(image: Image.Image, rng: random.Random) -> Image.Image:
    """Shrink to fit 160 px."""
    return ImageOps.contain(image, (160, 160))


def flipped(image: Image.Image, rng: random.Random) -> Image.Image:
    """Mirror left to right."""
    return ImageOps.mirror(image)


def pasted(image: Image.Image, rng: random.Random) -> Image.Image:
    """Paste at 55 to 80 % of the side on a plain ground that is a little lighter on one side."""
    share = rng.uniform(0.55, 0.8)
    width, height = (round(side / share) for side in image.size)
    colour = [rng.randint(30, 225) for _ in range(3)]
    ramp = Image.linear_gradient("L").resize((width, height))
    ground = ImageOps.colorize(ramp, *(tuple(channel + shift for channel in colour) for shift in (-20, 20)))
    ground.paste(image, (rng.randint(0, width - image.width), rng.randint(0, height - image.height)))
    return ground


STEPS: tuple[Step, ...] = (cropped, rotated, jittered, recompressed, shrunk, flipped, pasted)


def some(image: Image.Image, rng: random.Random) -> Image.Image:
    """Apply each distortion with probability 0.4, at least one: what the whitening learns from."""
    steps = [step for step in STEPS if rng.random() < 0.4] or [rng.choice(STEPS)]
    for step in steps:
        image = step(image, rng)
    return image


def mild(image: Image.Image, rng: random.Random) -> Image.Image:
    """Apply one distortion."""
    return rng.choice(STEPS)(image, rng)


def hard(image: Image.Image, rng: random.Random) -> Image.Image:
    """Apply each distortion with probability 0.7, in the order above."""
    for step in STEPS:
        if rng.random() < 0.7:
            image = step(image, rng)
    return image
