# SPDX-License-Identifier: GPL-3.0-or-later
# This file uses bpy through `stage`, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Photograph scenes: `python -m studio.scenes final`, or many small ones by chance: `cheap`."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from studio import catalogue
from studio.scenes import photo
from studio.scenes.scatter import scatter
from studio.scenes.stage import Stage

CHEAP_SIZE = (400, 300)


def entry(taken: photo.Photo, file: str) -> dict[str, Any]:
    """Return what is written down of a photo."""
    scene = taken.scene
    return {
        "id": scene.id, "file": file, "setting": scene.setting, "title": scene.title,
        "width": taken.picture.width, "height": taken.picture.height,
        "held_out": photo.setting_module(scene.setting).HELD_OUT, "sample": scene.sample,
        "objects": [
            {"product_id": name, "box": [round(v, 5) for v in found.box], "visible": round(found.visible, 3)}
            for name, found in taken.found
        ],
    }  # fmt: skip


def final(names: list[str], out: Path, size: tuple[int, int], samples: int) -> None:
    """Render stored scenes that are not there yet, or the named ones again, and write `scenes.json`."""
    (out / "scenes").mkdir(parents=True, exist_ok=True)
    for path in sorted(photo.LAYOUTS.glob("*.json")):
        file = out / "scenes" / f"{path.stem}.jpg"
        if (names and path.stem not in names) or (not names and file.exists()):
            continue
        start = time.process_time()
        taken = photo.take(Stage(), photo.load(path), size, samples)
        taken.picture.save(file, "JPEG", quality=88, optimize=True)
        write_index(out, entry(taken, f"scenes/{file.name}"))
        print(f"{file.name} {time.process_time() - start:.0f} CPU-s, {len(taken.found)} boxes", flush=True)
    write_index(out)


def write_index(out: Path, *new: dict[str, Any]) -> None:
    """Put new entries into `scenes.json` and take `sample` and the order from the layouts; samples come first."""
    index = out / "scenes.json"
    known = json.loads(index.read_text(encoding="utf-8"))["scenes"] if index.exists() else []
    entries = {one["id"]: one for one in [*known, *new]}
    stored = {path.stem: photo.load(path) for path in photo.LAYOUTS.glob("*.json") if path.stem in entries}
    scenes = [entries[name] | {"sample": scene.sample} for name, scene in stored.items()]
    scenes.sort(key=lambda one: (not one["sample"], stored[one["id"]].order, one["id"]))
    held_out = [name for name in photo.setting_names() if photo.setting_module(name).HELD_OUT]
    text = json.dumps({"version": 1, "held_out_settings": held_out, "scenes": scenes}, indent=1, ensure_ascii=False)
    index.write_text(text + "\n", encoding="utf-8")


def cheap(wanted: list[str], out: Path, count: int, held_out: bool, samples: int) -> None:
    """Render small scenes by chance until the folder holds `count`, each with its boxes and its layout."""
    out.mkdir(parents=True, exist_ok=True)
    items = catalogue.select(wanted or ["all"])
    names = [n for n in photo.setting_names() if held_out == photo.setting_module(n).HELD_OUT]
    for k in range(count):
        file = out / f"{'eval' if held_out else 'train'}-{k:04d}.jpg"
        if file.with_suffix(".json").exists():
            continue
        start = time.process_time()
        random = np.random.default_rng([k, held_out])
        scene = scatter(random, names[k % len(names)], photo.setting_module(names[k % len(names)]), items)
        taken = photo.take(Stage(quick=True), scene, CHEAP_SIZE, samples, smallest=14)
        taken.picture.save(file, "JPEG", quality=90)
        stored = {**entry(taken, file.name), "id": file.stem, "layout": asdict(scene)}
        file.with_suffix(".json").write_text(json.dumps(stored))
        print(f"{file.name} {time.process_time() - start:.1f} CPU-s, {len(taken.found)} boxes", flush=True)


def main() -> None:
    """Parse the command line and run one command."""
    parser = argparse.ArgumentParser(prog="python -m studio.scenes", description=__doc__)
    parser.add_argument("command", choices=["final", "cheap"])
    parser.add_argument(
        "names", nargs="*", help="final: ids of layouts, else those not rendered yet; cheap: categories, else all"
    )
    parser.add_argument("--out", type=Path, default=Path(".loupe/studio"))
    parser.add_argument("--width", type=int, default=1024, help="for final; the height is three quarters of it")
    parser.add_argument("--samples", type=int)
    parser.add_argument("--count", type=int, default=20, help="for cheap: pictures the folder is to hold")
    parser.add_argument("--held-out", action="store_true", help="for cheap: only settings kept from any fitting")
    given = parser.parse_args()
    if given.command == "final":
        final(given.names, given.out, (given.width, given.width * 3 // 4), given.samples or 20)
    else:
        cheap(given.names, given.out, given.count, given.held_out, given.samples or 4)


if __name__ == "__main__":
    main()
