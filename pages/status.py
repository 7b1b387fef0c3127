"""The Status page: what each part of each pipeline is, and what mends the ones that are not ready."""

from __future__ import annotations

from ui.shell import page
from ui.status_page import status_page

page("Status")
status_page()
