"""See what the stage was told by its pieces, and where the focus is."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import settled


def assert_told(page: Page, *events: str) -> None:
    """Wait until the stage has been told these events in this order, and see that nothing more comes."""
    told = page.locator(".st-key-told")
    words = " | ".join(events) or "nothing"
    expect(told).to_have_text(words, timeout=20_000)
    settled(page)
    assert told.inner_text() == words


def focused(page: Page) -> str:
    """Return the accessible name of what has the focus, looking into components too."""
    return str(
        page.evaluate(
            "() => { let at = document.activeElement;"
            " while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
            " return at?.getAttribute('aria-label') ?? at?.tagName ?? '' }"
        )
    )


def assert_focused(page: Page, name: str) -> None:
    """Wait until what has this accessible name has the focus."""
    for _ in range(100):
        if focused(page) == name:
            return
        page.wait_for_timeout(100)
    assert focused(page) == name
