# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports bpy, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Render the catalogue: `python -m studio.render contact mug`, then `cutouts`, `products`."""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from studio import catalogue
from studio.render.part import Light, View
from studio.render.scene import Studio, on_white

Shot = Callable[[Studio, catalogue.Item, int], Image.Image]


def variation(item: catalogue.Item, k: int) -> tuple[View, Light]:
    """Return the k-th other view of a product and its light; the same for ever for one id."""
    digest = hashlib.sha256(f"{item.id}/{k}".encode()).digest()
    random = np.random.default_rng(int.from_bytes(digest[:8], "big"))
    base, side = item.view(), (-1) ** k
    view = View(
        base.azimuth + side * random.uniform(18, 40),
        float(np.clip(base.elevation + random.uniform(-9, 16), 6, 48)),
    )
    light = Light(random.uniform(-35, 35), random.uniform(0.8, 1.15), random.uniform(-1, 1))
    return view, light


def main_picture(studio: Studio, item: catalogue.Item, samples: int, size: int = 512) -> Image.Image:
    """Take the picture a shop shows first."""
    return on_white(studio.photograph(item.parts(), item.view(), size, samples))


def contact(items: list[catalogue.Item], out: Path, size: int, samples: int, columns: int = 6) -> None:
    """Lay small main pictures on one sheet, labelled with their ids."""
    studio = Studio()
    columns = min(columns, len(items))
    rows = -(-len(items) // columns)
    sheet = Image.new("RGB", (columns * size, rows * size), "white")
    for k, item in enumerate(items):
        picture = main_picture(studio, item, samples, size)
        ImageDraw.Draw(picture).text((4, 2), item.id, fill="grey")
        sheet.paste(picture, (k % columns * size, k // columns * size))
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(out)
    print(out)


def _batch(jobs: list[tuple[Path, Callable[[Studio], Image.Image]]]) -> None:
    """Take the pictures that are not there yet."""
    missing = [(path, take) for path, take in jobs if not path.exists()]
    print(f"{len(missing)} of {len(jobs)} to render")
    studio = Studio() if missing else None
    for path, take in missing:
        start = time.process_time()
        assert studio is not None
        picture = take(studio)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        if path.suffix == ".jpg":
            picture.save(part, "JPEG", quality=85, optimize=True)
        else:
            picture.save(part, "PNG", optimize=True)
        part.rename(path)
        print(f"{path.name} {time.process_time() - start:.1f} CPU-s", flush=True)


def products(items: list[catalogue.Item], out: Path, samples: int) -> None:
    """Render main pictures, 512 px JPEG."""
    _batch([(out / "products" / f"{i.id}.jpg", lambda s, i=i: main_picture(s, i, samples)) for i in items])


def cutouts(items: list[catalogue.Item], out: Path, samples: int, count: int) -> None:
    """Render products cut out, 224 px RGBA PNG: `<id>_v0.png` is the main view, others follow."""

    def take(studio: Studio, item: catalogue.Item, k: int) -> Image.Image:
        view, light = variation(item, k) if k else (item.view(), Light())
        return studio.photograph(item.parts(), view, 224, samples, light, shadow=False)

    jobs = [(item, k) for k in range(count) for item in items]
    _batch([(out / f"{i.id}_v{k}.png", lambda s, i=i, k=k: take(s, i, k)) for i, k in jobs])


def main() -> None:
    """Parse the command line and run one command."""
    parser = argparse.ArgumentParser(prog="python -m studio.render", description=__doc__)
    parser.add_argument("command", choices=["contact", "products", "cutouts"])
    parser.add_argument("wanted", nargs="+", help="categories, group ids or product ids; or: all")
    parser.add_argument("--out", type=Path, default=Path(".loupe/studio"), help="folder, for contact a PNG's path")
    parser.add_argument("--samples", type=int)
    parser.add_argument("--size", type=int, default=200, help="pixels of a picture on the contact sheet")
    parser.add_argument("--count", type=int, help="pictures a product, for cutouts: 3")
    given = parser.parse_args()
    items = catalogue.select(given.wanted)
    match given.command:
        case "contact":
            out = given.out if given.out.suffix == ".png" else given.out / f"contact-{given.wanted[0]}.png"
            contact(items, out, given.size, given.samples or 8)
        case "products":
            products(items, given.out, given.samples or 12)
        case "cutouts":
            cutouts(items, given.out, given.samples or 8, given.count or 3)


if __name__ == "__main__":
    main()
