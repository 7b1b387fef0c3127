"""What is done to a catalogue as a whole: rename, export, embed anew, delete, restore."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from searchcore import SearchEngine, SearchError
from searchcore.catalogues import SAMPLE, Catalogues, export_csv
from searchcore.ingest import Plan
from searchcore.rebuild import is_outdated, plan_rebuild
from ui import format
from ui.catalog_jobs import begin_rebuild
from ui.catalog_state import show_catalogue
from ui.engines import assembled, forget, settings
from ui.plain import plain
from ui.server import export_url
from ui.undo import offer


def manage(catalogue: str, pipeline: str) -> None:
    """Draw the button, and behind it, once it is open, what can be done."""
    place = st.popover("Manage", icon=":material/settings:", key="manage", on_change="rerun")
    if not place.open:
        return
    with place:
        try:
            _export(assembled(pipeline, catalogue))
            _rebuild(pipeline, catalogue)
        except SearchError as error:
            st.caption(plain(f"{error.message} {error.remedy}"))
            _rebuild(pipeline, catalogue)
        if catalogue == SAMPLE:
            st.caption("The sample catalogue can be neither renamed nor deleted.")
        else:
            st.text_input("Rename to", catalogue, key=f"rename-{catalogue}", on_change=_rename, args=(catalogue,))
            st.button("Delete this catalogue", icon=":material/delete:", key="delete-catalogue", width="stretch",
                      on_click=_delete, args=(catalogue,))  # fmt: skip
        _deleted()


def _export(engine: SearchEngine) -> None:
    st.download_button(
        "Export the list (CSV)", lambda: export_csv(engine).encode("utf-8-sig"), f"{engine.catalogue}.csv",
        key="export-csv", on_click="ignore", icon=":material/table:", width="stretch",
    )  # fmt: skip
    st.link_button("Export with pictures (ZIP)", export_url(engine), icon=":material/folder_zip:", width="stretch")


def _rebuild(pipeline: str, catalogue: str) -> None:
    due = is_outdated(pipeline, settings().on(catalogue))
    asked: tuple[str, str, Plan] | None = st.session_state.get("rebuild-asked")
    if due and asked and asked[:2] == (pipeline, catalogue):
        takes = format.effort(asked[2].seconds, asked[2].cost)
        st.button(
            f"Embed {format.count(asked[2].changed, 'product')} anew, {takes}", type="primary", key="rebuild-begin",
            icon=":material/autorenew:", width="stretch", on_click=_tried, args=(lambda: _begin(pipeline, catalogue),),
        )  # fmt: skip
        return
    st.button(
        "Embed anew", icon=":material/autorenew:", key="rebuild", width="stretch", disabled=not due,
        help="You see first what it takes." if due else f"The model of {plain(pipeline)} is the one that made this "
        "index.",
        on_click=_tried, args=(lambda: _ask(pipeline, catalogue),),
    )  # fmt: skip


def _ask(pipeline: str, catalogue: str) -> None:
    st.session_state["rebuild-asked"] = (pipeline, catalogue, plan_rebuild(pipeline, settings().on(catalogue)))


def _begin(pipeline: str, catalogue: str) -> None:
    st.session_state.pop("rebuild-asked", None)
    begin_rebuild(pipeline, catalogue)


def _rename(old: str) -> None:
    new = st.session_state[f"rename-{old}"].strip()
    if new and new != old:
        _tried(lambda: _renamed(old, new))


def _renamed(old: str, new: str) -> None:
    _moved(old, new)
    offer(f"The catalogue “{old}” is called “{new}” now.", lambda: _moved(new, old))


def _moved(old: str, new: str) -> None:
    Catalogues(settings()).rename(old, new)
    forget(old)
    forget(new)
    show_catalogue(new)


def _delete(name: str) -> None:
    _tried(lambda: _deleted_with_undo(name))


def _deleted_with_undo(name: str) -> None:
    deleted = Catalogues(settings()).delete(name)
    forget(name)
    show_catalogue(settings().catalogue)
    offer(f"The catalogue “{name}” was deleted.", lambda: _restore(deleted.token))


def _deleted() -> None:
    gone = Catalogues(settings()).deleted()
    if not gone:
        return
    st.caption("Deleted catalogues")
    for each in gone:
        st.button(
            plain(f"Restore {each.name}"), key=f"restore-{each.token}", icon=":material/restore_from_trash:",
            help=f"Deleted on {each.when:%Y-%m-%d at %H:%M} UTC", width="stretch",
            on_click=_tried, args=(lambda token=each.token: _restore(token),),
        )  # fmt: skip


def _restore(token: str) -> None:
    name = Catalogues(settings()).restore(token)
    forget(name)
    show_catalogue(name)


def _tried(act: Callable[[], object]) -> None:
    try:
        act()
    except SearchError as error:
        st.toast(plain(f"{error.message} {error.remedy}"), duration="long")
