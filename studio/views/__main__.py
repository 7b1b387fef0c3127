# SPDX-License-Identifier: GPL-3.0-or-later
# This file uses bpy through `stage`, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Photograph second views: `python -m studio.views plan mug --count 8`, then `take all`, and `contact` to look."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from studio.views import plan, snapshot
from studio.views.framing import LONG
from studio.views.snapshot import Snapshot
from studio.views.take import Taken, take


def entry(taken: Taken) -> dict[str, Any]:
    """Return what the application reads of a view."""
    one, found = taken.snapshot, taken.found
    return {
        "id": one.id, "product_id": one.product_id, "file": f"views/{one.id}.jpg",
        "width": taken.picture.width, "height": taken.picture.height,
        "box": [round(v, 5) for v in found.box], "visible": round(found.visible, 3),
        "covered": one.cover is not None, "cut": taken.cut, "ground": one.ground,
    }  # fmt: skip


def take_all(chosen: list[Snapshot], out: Path, samples: int) -> None:
    """Render the views that are not there yet and keep `views.json` in the stored order."""
    (out / "views").mkdir(parents=True, exist_ok=True)
    index = out / "views.json"
    for one in chosen:
        file = out / "views" / f"{one.id}.jpg"
        if file.exists():
            continue
        start = time.process_time()
        taken = take(one, samples)
        part = file.with_suffix(".part")
        taken.picture.save(part, "JPEG", quality=85, optimize=True)
        known = {row["id"]: row for row in json.loads(index.read_text())["views"]} if index.exists() else {}
        known[one.id] = entry(taken)
        rows = [known[each.id] for each in snapshot.load() if each.id in known]
        index.write_text(json.dumps({"version": 1, "views": rows}, indent=1) + "\n", encoding="utf-8")
        part.replace(file)
        print(f"{file.name} {time.process_time() - start:.1f} CPU-s, {taken.found.visible:.2f} visible", flush=True)


def contact(chosen: list[Snapshot], out: Path, samples: int, share: float, columns: int = 5) -> None:
    """Lay the pictures taken, or small ones of what is not taken yet, on one sheet, labelled with their ids."""
    side = round(LONG * share)
    columns = min(columns, len(chosen))
    sheet = Image.new("RGB", (columns * side, -(-len(chosen) // columns) * side), "white")
    for k, one in enumerate(chosen):
        file = out / "views" / f"{one.id}.jpg"
        picture = Image.open(file) if file.exists() else take(one, samples, share).picture
        picture.thumbnail((side, side))
        at = (k % columns * side, k // columns * side)
        sheet.paste(picture, at)
        ImageDraw.Draw(sheet).text((at[0] + 3, at[1] + 2), f"{one.id} {one.ground}", fill="red")
    out.mkdir(parents=True, exist_ok=True)
    sheet.save(out / "contact-views.png")
    print(out / "contact-views.png")


def main() -> None:
    """Parse the command line and run one command."""
    parser = argparse.ArgumentParser(prog="python -m studio.views", description=__doc__)
    parser.add_argument("command", choices=["plan", "redraw", "take", "contact"])
    parser.add_argument("wanted", nargs="+", help="views, products or categories; or: all")
    parser.add_argument("--out", type=Path, default=Path(".loupe/studio"), help="folder of the pictures")
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--count", type=int, default=8, help="for plan: views a category is to have")
    parser.add_argument("--ground", default="", help="for redraw: a ground of places.py")
    parser.add_argument("--share", type=float, default=0.4, help="for contact: of the usual picture size")
    given = parser.parse_args()
    match given.command:
        case "plan":
            plan.extend(given.wanted, given.count)
        case "redraw":
            plan.redraw(given.wanted, given.ground)
        case "take":
            take_all(snapshot.select(snapshot.load(), given.wanted), given.out, given.samples)
        case "contact":
            contact(snapshot.select(snapshot.load(), given.wanted), given.out, given.samples, given.share)


if __name__ == "__main__":
    main()
