"""Mount a browser component from its files, and hand each of its events over exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_FILES = Path(__file__).parent / "components"


def component(name: str, *shared: str) -> ComponentRenderer:
    """Register the component made of `components/<name>.js`, its `.css` if any, and the scripts named in `shared`."""
    script = "\n".join((_FILES / f"{part}.js").read_text(encoding="utf-8") for part in (*shared, name))
    style = _FILES / f"{name}.css"
    return st.components.v2.component(
        f"loupe_{name}", css=style.read_text(encoding="utf-8") if style.exists() else None, js=script
    )


def mount(
    render: ComponentRenderer, key: str, data: Mapping[str, Any], on_event: Callable[[Mapping[str, Any]], None]
) -> None:
    """Draw a component that speaks through `outbox.js`; `on_event` runs before the page is drawn again."""
    seen_key = f"{key}-seen"

    def deliver() -> None:
        for event in (st.session_state.get(key) or {}).get("events") or []:
            if event["number"] > st.session_state.get(seen_key, 0):
                st.session_state[seen_key] = event["number"]
                on_event(event)

    render(key=key, data={**data, "seen": st.session_state.get(seen_key, 0)}, on_events_change=deliver)
