"""The pieces of `ui` on a stage of their own: no engine, drawn pictures, and a record of what they tell."""

from __future__ import annotations

import io
import time

import streamlit as st
from PIL import Image
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from searchcore.detectors.base import Detection
from searchcore.geometry import Box
from ui.compare_bar import compare_bar
from ui.grid import Card, Event, gallery
from ui.picker import Picked, pick

SIZE = (800, 600)
FOUND = [
    Detection("cushion", 0.95, Box(0.3, 0.5, 0.1, 0.12)),
    Detection("sofa", 0.93, Box(0.1, 0.3, 0.5, 0.6)),
    Detection("<b>lamp</b>", 0.42, Box(0.75, 0.1, 0.2, 0.5)),
]
HOSTILE = '<img src="http://outside.example/x.png" onerror="alert(1)"> **Mug** ![x](http://outside.example/y.png)'
TITLES = [
    "Sage table lamp",
    HOSTILE,
    "Blue vase",
    "Oak chair with a name so long that it fills far more than two lines",
    "Mug",
]


def picture(request: Request) -> Response:
    """Draw a flat picture; there is none named `missing`."""
    name = request.path_params["name"]
    if name == "missing":
        return Response(status_code=404)
    buffer = io.BytesIO()
    Image.new("RGB", SIZE if name == "photo" else (300, 200), "#c8b8a0").save(buffer, "PNG")
    return Response(buffer.getvalue(), media_type="image/png")


def main() -> None:
    st.set_page_config(layout="wide")
    told = st.session_state.setdefault("told", [])
    picked = st.session_state.setdefault("picked", Picked())
    if "slow" in st.query_params:
        time.sleep(2)
    left, right = st.columns([3, 5])
    with left:
        pick("/drawn/photo", SIZE, FOUND, picked, key="picker-photo", on_pick=_on_pick)
    with right:
        gallery(_cards(), key="gallery", on_event=_on_event)
    with st.container(key="told"):
        st.text(" | ".join(told) or "nothing")
    if st.session_state.pop("opened", None):
        _dialog()
    compared = st.session_state.get("compared", [])
    if compared:
        compare_bar(len(compared), 4, on_clear=compared.clear, on_compare=lambda: told.append("compare them"))


def _cards() -> list[Card]:
    compared, marks = st.session_state.setdefault("compared", []), st.session_state.setdefault("marks", {})
    return [
        Card(
            id=str(number), title=title, picture_url="/drawn/missing" if number == 2 else f"/drawn/{number}",
            rank=number + 1, subtitle="Lamp", price="$12.00", similarity=0.97 - number / 10,
            note="3 colours" if number == 0 else "", mark=marks.get(str(number)), compared=str(number) in compared,
        )
        for number, title in enumerate(TITLES)
    ]  # fmt: skip


def _on_pick(picked: Picked) -> None:
    st.session_state["picked"] = picked
    st.session_state["told"].append(f"drawn {picked.drawn}" if picked.drawn else f"object {picked.index}")


def _on_event(event: Event) -> None:
    st.session_state["told"].append(f"{event.kind} {event.id}")
    if event.kind == "open":
        st.session_state["opened"] = True
    elif event.kind == "compare":
        compared = st.session_state["compared"]
        (compared.remove if event.id in compared else compared.append)(event.id)
    elif event.kind in ("right", "wrong"):
        marks = st.session_state["marks"]
        marks[event.id] = None if marks.get(event.id) == event.kind else event.kind


@st.dialog("Product")
def _dialog() -> None:
    st.text("The detail of a product")


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, routes=[Route("/drawn/{name}", picture)])
