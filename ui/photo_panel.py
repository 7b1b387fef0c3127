"""The left side of the Search page: the photo, its objects, and what was chosen of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Final

import streamlit as st

from searchcore import Box, Detection, Picture, SearchEngine
from ui import format
from ui.crop import crop
from ui.photo_input import camera, complain, samples, upload
from ui.picker import Picked, pick
from ui.plain import plain
from ui.visit import Photo, change, visit

WHOLE: Final = -1
_HAND_START: Final = Box(0.25, 0.25, 0.5, 0.5)


@st.cache_data(max_entries=128, ttl=3600, show_spinner=False)
def _found(pipeline: str, photo_id: str, _photo: Photo, _engine: SearchEngine) -> list[Detection]:
    return _engine.detect(_photo.picture())


def objects_in(photo: Photo, engine: SearchEngine) -> list[Detection]:
    """Find the objects of a photo, once for each photo and pipeline."""
    with st.spinner("Looking for objects in the photo…", show_time=False):
        return _found(engine.name, photo.id, photo, engine)


def photo_panel(engine: SearchEngine, found: Sequence[Detection]) -> None:
    """Show the photo (or the product) that is searched with, and the ways to choose in it."""
    now = visit()
    _heading()
    complain()
    if now.product_id:
        _product(engine, now.product_id)
    elif now.photo:
        _photo(now.photo, found)
    else:
        upload("side")
        samples("side")


def chosen_object(found: Sequence[Detection]) -> Detection | None:
    """Return the object whose box is the chosen one, if it is."""
    return next((each for each in found if each.box == visit().box), None) if not visit().by_hand else None


def _heading() -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader("Looks like" if visit().product_id else "Your photo", anchor=False)
        with st.popover("Replace", icon=":material/upload:", key="replace", width="content"):
            tabs = st.tabs(["Upload", "Camera", "Samples"], on_change="rerun", key="replace-tab")
            with tabs[0]:
                upload("replace")
            with tabs[1]:
                if tabs[1].open:
                    camera("replace")
            with tabs[2]:
                photo = visit().photo
                samples("replace", photo.scene_id if photo else "")


def _product(engine: SearchEngine, product_id: str) -> None:
    product = engine.product(product_id)
    st.image(engine.thumbnail(product_id, 960), width="stretch")
    st.text(product.title)
    back = "Back to the photo" if visit().photo else "Clear"
    st.button(back, icon=":material/arrow_back:", key="leave-product", on_click=lambda: change(product_id=""))


def _photo(photo: Photo, found: Sequence[Detection]) -> None:
    now = visit()
    index = next((place for place, each in enumerate(found) if each.box == now.box), None)
    drawn = now.box if now.by_hand else None
    if now.by_hand and st.session_state.get("cropping"):
        box = crop(photo.picture(), now.box or _HAND_START, key=f"crop-{photo.id[:16]}")
        if box != now.box:
            change(box=box)
            st.rerun()
    else:
        picked = Picked(drawn=drawn) if drawn else Picked(index)
        pick(
            photo.url, photo.size, found, picked, key=f"picker-{photo.id[:16]}", on_pick=lambda new: _picked(new, found)
        )
    _chips(photo, found, index)
    st.toggle("Crop by hand", key="cropping", on_change=_toggle_crop, help="Drag a box, or type its place in numbers.")
    if not found:
        st.caption("No single object stands out, so the whole photo is searched. Crop by hand to choose a part.")
    _chosen(photo, found)


def _chips(photo: Photo, found: Sequence[Detection], index: int | None) -> None:
    key = f"chips-{photo.id[:16]}"
    names = {WHOLE: "Whole photo"} | {place: each.label for place, each in enumerate(found)}
    st.session_state[key] = None if visit().by_hand else WHOLE if index is None else index
    st.pills(
        "Objects", list(names), key=key, format_func=lambda place: plain(names[place].capitalize()),
        label_visibility="collapsed", on_change=_chip, args=(key, found),
    )  # fmt: skip


def _chip(key: str, found: Sequence[Detection]) -> None:
    place = st.session_state[key]
    if place is not None:
        _choose(None if place == WHOLE else found[place].box)


def _picked(new: Picked, found: Sequence[Detection]) -> None:
    if new.drawn:
        change(box=new.drawn, by_hand=True)
    else:
        _choose(None if new.index is None else found[new.index].box)


def _choose(box: Box | None) -> None:
    st.session_state["cropping"] = False
    change(box=box, by_hand=False)


def _toggle_crop() -> None:
    change(by_hand=st.session_state["cropping"] or visit().by_hand, box=visit().box or _HAND_START)


def _chosen(photo: Photo, found: Sequence[Detection]) -> None:
    """Show what is searched, and give it away as a file."""
    cut = photo.picture() if visit().box is None else photo.picture().crop(visit().box or Box.whole())
    one = chosen_object(found)
    name = one.label if one else "your crop" if visit().box else "the whole photo"
    with st.container(horizontal=True, vertical_alignment="center", key="searched"):
        st.image(cut.to_jpeg(240), width=96)
        with st.container():
            st.caption(f"Searching with {plain(name)}, {cut.size[0]} × {cut.size[1]} pixels")
            with st.container(horizontal=True, gap="small"):
                st.download_button("Download this object", cut.to_png(), _file_name(name), "image/png", key="save-one")
                if found:
                    st.download_button(
                        "All objects (ZIP)", lambda: _zipped(photo.picture(), found), "objects.zip", "application/zip",
                        key="save-all", help=format.count(len(found), "picture"),
                    )  # fmt: skip


def _zipped(picture: Picture, found: Sequence[Detection]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, each in enumerate(found, 1):
            archive.writestr(f"{number:02}-{_file_name(each.label)}", picture.crop(each.box).to_png())
    return buffer.getvalue()


def _file_name(label: str) -> str:
    safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in label.lower()).strip("-")
    return f"{safe[:60] or 'object'}.png"
