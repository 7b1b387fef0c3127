"""Each page as Streamlit runs it, its empty and its error states included."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import streamlit as st
from PIL import Image

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) $\\LaTeX$ :red[hot]"


def photo(colour: str = "tomato") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(buffer, "PNG")
    return buffer.getvalue()


def words_of(page) -> str:
    return " ".join(
        str(element.value) for kind in (page.markdown, page.caption, page.error, page.info) for element in kind
    )


def test_the_start_offers_a_field_for_a_photo_and_one_for_words(app):
    page = app().run()
    assert not page.exception
    assert page.title[0].value == "Find the product in the picture"
    assert len(page.get("file_uploader")) == 1
    assert page.text_input(key="words").placeholder == "Leather handbag, striped mug…"


def test_an_uploaded_photo_is_searched_and_a_blank_one_has_no_confident_match(app):
    page = app().run()
    page.get("file_uploader")[0].upload("photo.png", photo(), "image/png").run()
    assert not page.exception
    assert "No confident match" in words_of(page)


@pytest.mark.parametrize("data", [b"", b"MZ not a picture", photo()[:60]], ids=["empty", "program", "cut off"])
def test_a_file_that_is_no_picture_is_refused_in_a_sentence(app, data):
    page = app().run()
    page.get("file_uploader")[0].upload("photo.jpg", data, "image/jpeg").run()
    assert not page.exception
    assert page.error
    assert page.title[0].value == "Find the product in the picture"


def test_words_that_no_product_has_are_said_so(app):
    page = app().run()
    page.text_input(key="words").input("zzzyx").run()
    assert not page.exception
    assert any("zzzyx" in info.value for info in page.info)


def test_a_link_with_nonsense_in_it_opens_the_start(app):
    page = app()
    page.query_params["product"] = HOSTILE
    page.query_params["box"] = "nan,0,1"
    page.query_params["k"] = "1000000000000"
    page.query_params["category"] = "x" * 5_000
    page.run()
    assert not page.exception
    assert page.title[0].value == "Find the product in the picture"
    (toast,) = page.toast
    assert toast.value.count("ignored") >= 3


def test_two_sessions_share_no_photo(app):
    first, second = app().run(), app().run()
    first.get("file_uploader")[0].upload("a.png", photo("red"), "image/png").run()
    second.run()
    assert first.session_state["visit"].photo is not None
    assert second.session_state["visit"].photo is None


def test_the_status_page_names_each_part(app):
    page = app("pages/status.py").run()
    assert not page.exception
    shown = words_of(page)
    assert all(part in shown for part in ("Detector", "Embedder", "Index", "Pictures", "Data folder"))


@pytest.mark.parametrize("file", ["app.py", "pages/catalog.py", "pages/status.py"])
def test_settings_that_are_wrong_are_said_and_not_thrown(app, file, monkeypatch):
    monkeypatch.setenv("LOUPE_DEFAULT_PIPELINE", "nowhere")
    monkeypatch.setenv("LOUPE_PIPELINES__NOWHERE__INDEX__KIND", "paper")
    st.cache_resource.clear()
    page = app(file).run()
    st.cache_resource.clear()
    assert not page.exception
    assert "There is no index “paper”" in " ".join(str(each.value) for each in [*page.warning, *page.text])


def test_a_default_pipeline_that_cannot_be_opened_is_replaced_by_the_built_in_one(app, monkeypatch):
    monkeypatch.setenv("LOUPE_DEFAULT_PIPELINE", "cloud")
    monkeypatch.setenv("LOUPE_PIPELINES__CLOUD__INDEX__KIND", "paper")
    st.cache_resource.clear()
    page = app().run()
    st.cache_resource.clear()
    assert not page.error
    assert "“local” searches instead" in page.warning[0].value
    assert "Find the product in the picture" in page.title[0].value


def test_a_new_photo_is_never_cropped_by_itself(app):
    page = app()
    page.query_params["sample"] = "living-room"
    page.run()
    page.toggle(key="cropping").set_value(True).run()
    assert page.session_state["visit"].box is not None
    page.session_state["replace"] = True  # the popover is open
    page.run()
    page.get("file_uploader")[0].upload("photo.png", photo(), "image/png").run()
    assert page.session_state["visit"].photo.scene_id == ""
    assert page.session_state["visit"].box is None


def test_starting_over_forgets_the_balance_of_shape_and_colour(app):
    page = app()
    page.query_params["sample"] = "living-room"
    page.query_params["emphasis"] = "1.0"
    page.run()
    assert page.select_slider(key="emphasis").value == "Colour"
    page.session_state["replace"] = True
    page.run()
    page.button(key="start-over").click().run()
    page.get("file_uploader")[0].upload("photo.png", photo(), "image/png").run()
    assert page.session_state["visit"].emphasis is None
    assert page.select_slider(key="emphasis").value == "Both"


def test_a_searched_product_that_has_left_the_catalogue_leads_back_to_the_start(app):
    page = app().run()
    page.session_state["visit"] = replace(page.session_state["visit"], product_id="gone")
    page.run()
    assert not page.error
    assert page.title[0].value == "Find the product in the picture"
