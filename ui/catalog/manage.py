"""What is done to a catalogue as a whole: rename, export, embed anew, delete, restore."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from searchcore import SearchEngine, SearchError
from searchcore.catalogues import SAMPLE, Catalogues, export_csv
from searchcore.ingest import Plan
from searchcore.rebuild import is_outdated, plan_rebuild
from ui import format
from ui.catalog.jobs import begin_rebuild
from ui.catalog.name import name_from
from ui.catalog.state import key_now, name_now, show_catalogue
from ui.engines import assembled, forget, settings
from ui.plain import plain
from ui.server import export_url
from ui.undo import offer, withdraw


def manage(catalogue: str, pipeline: str) -> None:
    """Draw the button, and behind it, once it is open, what can be done."""
    place = st.popover("Manage", icon=":material/settings:", key="manage", on_change="rerun")
    if not place.open:
        return
    with place:
        _say_why_not()
        try:
            _export(assembled(pipeline, catalogue))
            _rebuild(pipeline, catalogue)
        except SearchError as error:
            st.caption(plain(f"{error.message} {error.remedy}"))
            _rebuild(pipeline, catalogue)
        if catalogue == SAMPLE:
            st.caption("The sample catalogue can be neither renamed nor deleted.")
        else:
            _name(catalogue)
        _deleted()
        if catalogue != SAMPLE:
            with st.container(key="danger", gap="xsmall"):
                st.button(":red[Delete this catalogue]", icon=":material/delete:", key="delete-catalogue",
                          width="stretch", on_click=_delete, args=(catalogue,))  # fmt: skip
                st.caption("It goes to the deleted ones here, and can be restored.")


def _name(catalogue: str) -> None:
    key = f"rename-{catalogue}"
    with st.form(f"{key}-form", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input("Name", catalogue, key=key, width="stretch")
            st.form_submit_button("Rename", key="rename", on_click=_rename, args=(catalogue, key))
        st.caption("Small letters, digits, - and _: “My Shop” becomes “my-shop”.")


def _say_why_not() -> None:
    failed: SearchError | None = st.session_state.pop("manage-error", None)
    if failed:
        st.error(plain(f"{failed.message} {failed.remedy}"), icon=":material/error:")


def _export(engine: SearchEngine) -> None:
    st.download_button(
        "Export the list (CSV)", lambda: export_csv(engine).encode("utf-8-sig"), f"{engine.catalogue}.csv",
        key="export-csv", on_click="ignore", icon=":material/table:", width="stretch",
    )  # fmt: skip
    st.link_button("Export with pictures (ZIP)", export_url(engine), icon=":material/folder_zip:", width="stretch")


def _rebuild(pipeline: str, catalogue: str) -> None:
    due = is_outdated(pipeline, settings().on(catalogue))
    asked: tuple[str, str, Plan] | None = st.session_state.get("rebuild-asked")
    if not due:
        return
    if asked and asked[:2] == (pipeline, catalogue):
        takes = format.effort(asked[2].seconds, asked[2].cost)
        st.button(
            f"Bring {format.count(asked[2].changed, 'product')} up to date, {takes}", key="rebuild-begin",
            type="primary", icon=":material/autorenew:", width="stretch",
            on_click=_tried, args=(lambda: _begin(pipeline, catalogue),),
        )  # fmt: skip
        return
    st.button(
        "Bring up to date", icon=":material/autorenew:", key="rebuild", width="stretch",
        help="Another model compares the pictures now. You see first what it takes.",
        on_click=_tried, args=(lambda: _ask(pipeline, catalogue),),
    )  # fmt: skip


def _ask(pipeline: str, catalogue: str) -> None:
    st.session_state["rebuild-asked"] = (pipeline, catalogue, plan_rebuild(pipeline, settings().on(catalogue)))


def _begin(pipeline: str, catalogue: str) -> None:
    st.session_state.pop("rebuild-asked", None)
    begin_rebuild(pipeline, catalogue)


def _rename(old: str, key: str) -> None:
    typed = st.session_state[key].strip()
    new = name_from(typed) or typed
    if new not in ("", old):
        _tried(lambda: _renamed(old, new))


def _renamed(old: str, new: str) -> None:
    key = key_now(old)
    _moved(old, new)
    offer(f"The catalogue “{old}” is called “{new}” now.", lambda: _moved(name_now(key) or new, old))


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
    offer(_was_deleted(name), lambda: _restore(deleted.token))


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
    withdraw(_was_deleted(name))


def _was_deleted(name: str) -> str:
    return f"The catalogue “{name}” was deleted."


def _tried(act: Callable[[], object]) -> None:
    try:
        act()
    except SearchError as error:
        st.session_state["manage-error"] = error
