"""What tests of the Catalogue page do there, and what they look at."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from dataclasses import replace

import streamlit as st

from searchcore import Product, load_settings, pipelines
from searchcore.ingest import Item
from searchcore.pipelines import assemble
from tests.support import RED, ColourEmbedder, png
from ui.catalog.jobs import jobs
from ui.catalog.state import Look
from ui.plain import JOINER


def stored(catalogue="shop"):
    return assemble("tiny", load_settings().on(catalogue)).index.browse(99)


def ids(catalogue="shop"):
    return [product.id for product in stored(catalogue)]


def titles(pipeline):
    index = assemble(pipeline, load_settings().on("shop")).index
    return {product.id: product.title for product in index.browse(99)}


def words_of(page) -> str:
    kinds = ("subheader", "markdown", "caption", "error", "info", "warning", "text", "toast")
    return " ".join(str(element.value) for kind in kinds for element in page.get(kind))


def read(page) -> str:
    """Return the words as a person reads them, without the marks that keep them from being Markdown."""
    return words_of(page).replace("\\", "").replace(JOINER, "")


def html_of(page) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def drawn(page, component):
    """Return what each browser component of that name was given to draw, in the order of the page."""
    found = [each.proto for each in page.get("bidi_component")]
    return [json.loads(proto.json) for proto in found if proto.component_name == f"loupe_{component}"]


def cards(page):
    """Return the ids of all cards on the page."""
    return [card["id"] for gallery in drawn(page, "grid") for card in gallery["cards"]]


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return buffer.getvalue()


def adding(page, *files: tuple[str, bytes]):
    page.session_state["look"] = Look("shop", adding=True)
    page.run()
    if files:
        page.get("file_uploader")[0].set_value([(name, data, "application/octet-stream") for name, data in files]).run()
    assert not page.exception
    return page


def press(page, key):
    """Click a button whose key has random parts, by how it begins."""
    button = next(each for each in page.button if (each.key or "").startswith(key))
    button.click().run()
    assert not page.exception
    return page


def ended(page):
    """Wait for the newest job, and draw the page again."""
    assert jobs().all()[0].wait(20)
    page.run()
    assert not page.exception
    return jobs().all()[0].progress().report


def into_new(page, name):
    next(each for each in page.selectbox if each.key.startswith("target-")).select("A new catalogue").run()
    next(each for each in page.text_input if each.key.startswith("name-")).set_value(name).run()


def into(page, catalogue):
    next(each for each in page.selectbox if each.key.startswith("target-")).select(catalogue).run()
    return press(page, "check")


def removing(page):
    """Return the choice to remove what the list does not name: one checkbox, or none."""
    return [each for each in page.checkbox if each.key.startswith("removes-")]


def another_model(monkeypatch):
    """Give the pipeline `tiny` a model that costs half a dollar a picture, so that its index is outdated."""
    newer = ColourEmbedder(price=0.5)
    newer.spec = replace(newer.spec, model_key="colour-2@3")
    monkeypatch.setitem(pipelines.EMBEDDERS, "colour", lambda options: newer)
    st.cache_resource.clear()
    return newer


class Waits:
    """A source that gives a product, waits for the test, and gives another one."""

    count = 40

    def __init__(self):
        self.goes_on = threading.Event()

    def rows(self):
        for number in range(self.count):
            if number == 16:
                assert self.goes_on.wait(20)
            yield Item(Product(f"w{number:02}", "Waiting", f"w{number}.png"), lambda: png(RED))
