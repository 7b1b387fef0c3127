"""See what the stage was told, and where the focus is."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import settled


def told(page: Page) -> list[str]:
    """Return what the stage has been told by its pieces, in order."""
    settled(page)
    text = page.locator(".st-key-told").inner_text().strip()
    return text.split(" | ") if text != "nothing" else []


def focused(page: Page) -> str:
    """Return the accessible name of what has the focus, looking into components too."""
    return str(
        page.evaluate(
            "() => { let at = document.activeElement;"
            " while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
            " return at?.getAttribute('aria-label') ?? at?.tagName ?? '' }"
        )
    )
