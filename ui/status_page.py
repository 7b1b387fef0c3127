"""The Status page's content."""

from __future__ import annotations

import platform

import streamlit as st

import searchcore
from searchcore import SearchError
from searchcore.errors import CostNotAgreed
from searchcore.health import Check, check_data_folder, check_parts, unfilled
from ui.engines import assembled, ready_engine, settings
from ui.facts import facts


def status_page() -> None:
    """Draw the state of every pipeline, of the data folder and of the program."""
    st.title("Status", anchor=False)
    try:
        names = settings().pipeline_names
        for name in names:
            _pipeline(name)
        st.subheader("Data", anchor=False)
        _check(check_data_folder(settings().data_dir), "data")
    except SearchError as error:
        _check(Check("settings", False, error.message, error.remedy), "settings")
    st.subheader("Program", anchor=False)
    facts(
        {"Loupe": searchcore.__version__, "Python": platform.python_version(), "Streamlit": st.__version__},
        key="program",
    )


def _pipeline(name: str) -> None:
    st.subheader(f"Pipeline “{name}”", anchor=False)
    try:
        checks = check_parts(ready_engine(name))
    except CostNotAgreed as error:
        checks = [*check_parts(assembled(name)), unfilled(error)]
    except SearchError as error:
        checks = [Check("pipeline", False, error.message, error.remedy)]
    for number, check in enumerate(checks):
        _check(check, f"{name}-{number}")


def _check(check: Check, key: str) -> None:
    with st.container(border=True, key=f"check-{key}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge("Ready" if check.ready else "Not ready", color="green" if check.ready else "red",
                     icon=":material/check:" if check.ready else ":material/close:")  # fmt: skip
            st.markdown(f"**{check.part.capitalize()}**")
        st.text(check.state)
        if check.remedy:
            st.code(check.remedy, language=None, wrap_lines=True)
