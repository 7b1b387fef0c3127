"""Times as the visitor's own clock shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import streamlit as st


def clock(when: datetime) -> str:
    """Write a time, with its day where that is not today: `14:32`, `25 November, 14:32`."""
    there = when.astimezone(_zone())
    today = datetime.now(UTC).astimezone(_zone()).date()
    return f"{there:%H:%M}" if there.date() == today else f"{there.day} {there:%B, %H:%M}"


def _zone() -> timezone:
    minutes = st.context.timezone_offset or 0
    return timezone(-timedelta(minutes=minutes)) if abs(minutes) < 24 * 60 else UTC
