"""Compare a click on an object, until its gallery is painted, with the rerun of a trivial Streamlit page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, ElementHandle, Page

from bench.row import Row
from searchcore import SearchError
from searchcore.pipelines import SAMPLE
from searchcore.scenes import Scenes
from tests.browser import ROOT, LoupeServer, chromium, settled, visit

CLICKS: Final = 30
WARM: Final = 4
GOAL: Final = 2.0

_ARM = """([watched, clicked]) => {
    const seen = () => watched.innerText;
    const before = seen();
    window.painted = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error("nothing changed after the click")), 30_000);
        let began;
        clicked.addEventListener("click", () => (began = performance.now()), { capture: true, once: true });
        const done = async () => {
            if (began === undefined || seen() === before) return;
            watcher.disconnect();
            const shown = (img) => img.getBoundingClientRect().top < innerHeight;
            const near = [...watched.querySelectorAll("img")].filter(shown);
            await Promise.allSettled(near.map((img) => img.decode()));
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
        };
        const watcher = new MutationObserver(done);
        watcher.observe(watched, { childList: true, subtree: true, characterData: true, attributes: true });
    });
}"""


def run() -> list[Row]:
    """Click on the objects of a sample photo in turn, and as often on a button that only counts."""
    ours, bare = [], []
    with (
        chromium() as browser,
        _page(browser, ROOT / "app.py", f"?sample={_scene_id()}") as loupe,
        _page(browser, Path(__file__).with_name("trivial.py")) as trivial,
    ):
        gallery = loupe.get_by_role("list", name="Results").element_handle()
        # The first chip is the whole photo. A chip does what its box does, and no other lies above it.
        chips = loupe.get_by_role("radiogroup", name="Objects", exact=True).get_by_role("radio").element_handles()[1:5]
        counter = trivial.get_by_test_id("stMain").element_handle()
        button = trivial.get_by_role("button", name="Click").element_handle()
        if len(chips) < 2:
            raise SearchError("Fewer than two objects are found in the sample photo.", "Choose another one.")
        for chip in islice(cycle(chips), CLICKS + WARM):
            ours.append(_painted(loupe, gallery, chip))
            bare.append(_painted(trivial, counter, button))
    return [Row.of_medians("click to painted gallery against a trivial rerun", ours[WARM:], bare[WARM:], GOAL)]


def _painted(page: Page, watched: ElementHandle, clicked: ElementHandle) -> float:
    page.evaluate(_ARM, [watched, clicked])
    clicked.click()
    milliseconds = float(page.evaluate("() => window.painted"))
    settled(page)
    return milliseconds


@contextmanager
def _page(browser: Browser, script: Path, address: str = "") -> Iterator[Page]:
    with tempfile.TemporaryDirectory() as folder:
        server = LoupeServer(script, Path(folder) / "server.log")
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(120_000)
            visit(page, f"{server.url}/{address}")
            settled(page)
            yield page
        finally:
            server.close()


def _scene_id() -> str:
    return next(scene.id for scene in Scenes(SAMPLE).all if scene.sample)
