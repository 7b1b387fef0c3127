"""The Catalogue page: what is in a catalogue, and how more gets in."""

from __future__ import annotations

from ui.catalog.page import catalog_page
from ui.shell import page

page("Catalogue")
catalog_page()
