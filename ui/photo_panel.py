"""The left side of the Search page: the photo, its objects, and what was chosen of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from searchcore import Box, Detection, SearchEngine
from searchcore.labelling import UNNAMED
from ui.chosen_part import chosen_part
from ui.crop import crop
from ui.photo_input import camera, complain, samples, upload
from ui.picker import Picked, pick
from ui.plain import plain
from ui.spending import note_cost
from ui.visit import Photo, change, start_over, visit

WHOLE: Final = -1
_SAME: Final = 0.97
_BALANCED: Final = "Both"
_EMPHASES: Final = {"Shape": 0.0, "Rather shape": 0.25, _BALANCED: 0.5, "Rather colour": 0.75, "Colour": 1.0}
_HAND_START: Final = Box(0.25, 0.25, 0.5, 0.5)


@st.cache_data(max_entries=128, ttl=3600, show_spinner=False)
def _found(where: tuple[str, ...], photo_id: str, _photo: Photo, _engine: SearchEngine) -> list[Detection]:
    found = _engine.detect(_photo.picture())
    note_cost(_engine.detector.price)
    return found


def objects_in(photo: Photo, engine: SearchEngine) -> list[Detection]:
    """Find the objects of a photo, once for each photo, pipeline and catalogue."""
    where = engine.name, engine.catalogue, engine.index.info().revision
    with st.spinner("Looking for objects in the photo…", show_time=False):
        return _found(where, photo.id, photo, engine)


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
    if now.photo and not now.product_id and engine.embedder.spec.emphasis:
        _emphasis()


def chosen_index(found: Sequence[Detection]) -> int | None:
    """Return which object the chosen box is, None for the whole photo or a box drawn by hand."""
    box = visit().box
    # A box that came by link was rounded on its way.
    return next((place for place, each in enumerate(found) if box and box.iou(each.box) > _SAME), None)


def wanted(found: Sequence[Detection]) -> str:
    """Name what is chosen in the photo."""
    index = chosen_index(found)
    if index is not None:
        return "this object" if found[index].label == UNNAMED.name else found[index].label
    return "your crop" if visit().box else "the whole photo"


def _heading() -> None:
    now = visit()
    if not now.photo and not now.product_id:
        st.subheader("Add a photo", anchor=False)
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader("Looks like" if now.product_id else "Your photo", anchor=False)
        place = st.popover("Replace", icon=":material/upload:", key="replace", width="content", on_change="rerun")
        if place.open:
            with place:
                _replace()


def _replace() -> None:
    from_file, from_camera, from_samples = st.tabs(
        ["Upload", "Camera", "Samples"], on_change="rerun", key="replace-tab"
    )
    with from_file:
        upload("replace")
    if from_camera.open:
        with from_camera:
            camera("replace")
    with from_samples:
        photo = visit().photo
        samples("replace", photo.scene_id if photo else "")
    st.button("Start over", icon=":material/restart_alt:", key="start-over", on_click=start_over, type="tertiary")


def _product(engine: SearchEngine, product_id: str) -> None:
    product = engine.product(product_id)
    st.image(engine.thumbnail(product_id, 960), width="stretch", alt=product.title)
    st.text(product.title)
    back = "Back to the photo" if visit().photo else "Clear"
    st.button(back, icon=":material/arrow_back:", key="leave-product", on_click=lambda: change(product_id=""))


def _photo(photo: Photo, found: Sequence[Detection]) -> None:
    now, index = visit(), chosen_index(found)
    if st.session_state.get("cropping"):
        box = crop(photo.picture(), now.box or _HAND_START, key=f"crop-{photo.id[:16]}")
        if box != now.box:
            change(box=box)
            st.rerun()
    else:
        picked = Picked(index) if index is not None else Picked(drawn=now.box)
        pick(
            photo.url,
            photo.size,
            found,
            picked,
            key=f"picker-{photo.id[:16]}",
            on_pick=lambda new: _picked(new, found),
        )
    _chips(photo, found, index)
    st.toggle("Crop by hand", key="cropping", help="Drag a frame, or type its place.")
    if not found:
        st.caption("No single object stands out, so the whole photo is searched. Crop by hand to choose a part.")
    chosen_part(photo, found, wanted(found))


def _chips(photo: Photo, found: Sequence[Detection], index: int | None) -> None:
    # The number is that of the box, and keeps two objects of one name apart.
    names = {WHOLE: "Whole photo"} | {place: f"{place + 1} {each.label}" for place, each in enumerate(found)}
    key = _chips_key(photo)
    st.session_state[key] = index if index is not None else None if visit().box else WHOLE
    st.pills(
        "Objects", list(names), key=key, format_func=lambda place: plain(names[place]),
        label_visibility="collapsed", on_change=_chip, args=(photo, found),
    )  # fmt: skip


def _chip(photo: Photo, found: Sequence[Detection]) -> None:
    place = st.session_state[_chips_key(photo)]
    # A click on the chosen chip would leave nothing chosen: that is the whole photo.
    box = None if place in (None, WHOLE) else found[place].box
    st.session_state["cropping"] = False
    change(box=box)


def _picked(new: Picked, found: Sequence[Detection]) -> None:
    change(box=new.drawn if new.index is None else found[new.index].box)


def _chips_key(photo: Photo) -> str:
    return f"chips-{photo.id[:16]}"


def _emphasis() -> None:
    """Let the visitor weigh shape against colour."""
    now = visit().emphasis
    start = _BALANCED if now is None else min(_EMPHASES, key=lambda name: abs(_EMPHASES[name] - now))
    st.session_state.setdefault("emphasis", start)
    st.select_slider(
        "What counts more: shape or colour",
        list(_EMPHASES),
        key="emphasis",
        on_change=_emphasised,
        persist_state="session",
    )


def _emphasised() -> None:
    chosen = st.session_state["emphasis"]
    change(emphasis=None if chosen == _BALANCED else _EMPHASES[chosen])
