"""The crop on a stage: a picture whose parts tell where they lie, and the box that comes back."""

from __future__ import annotations

import numpy as np
import streamlit as st
from PIL import Image

from searchcore.geometry import Box
from searchcore.images import Picture
from ui.crop import crop

SHAPES = {"wide": (1600, 900), "tall": (600, 1100), "tiny": (40, 40)}


def main() -> None:
    shape = st.query_params.get("shape", "wide")
    width, height = SHAPES[shape]
    picture = Picture.from_image(Image.fromarray(np.full((height, width, 3), 230, np.uint8)))
    box = st.session_state.setdefault("box", Box(0.25, 0.25, 0.5, 0.5))
    column, _ = st.columns([3, 1])
    with column:
        st.session_state["box"] = crop(picture, box, key=f"crop-{picture.id[:8]}")
    with st.container(key="told"):
        st.text(str(st.session_state["box"]))
    st.button("Move it", on_click=lambda: st.session_state.update(box=Box(0.1, 0.1, 0.2, 0.2)))


main()
