"""Where the search looks: switching the pipeline and the catalogue, by hand and by link."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from searchcore import Box, load_settings
from searchcore.ingest import FolderSource
from searchcore.pipelines import assemble
from tests.aws.account import account
from tests.aws.stub import Fault
from tests.browser import ROOT, LoupeServer, settled, visit
from tests.support import BLUE, GREEN, RED, png, thing, towards_green, use_doubles, write_catalogue
from ui.plain import plain
from ui.visit import Photo, Visit

SHOP = (thing("red", RED), thing("rust", towards_green(0.2)), thing("blue", BLUE))
SALE = (thing("red", RED), thing("green", GREEN))


@pytest.fixture
def app(tmp_path, monkeypatch):
    """An app with the catalogues `shop` (the default), `sale` and `sample`, and the pipelines `tiny` and `local`."""
    use_doubles(monkeypatch, tmp_path, thing("sample-red", RED))
    monkeypatch.setenv("LOUPE_CATALOGUE", "shop")
    for name, things in {"shop": SHOP, "sale": SALE}.items():
        source = FolderSource(write_catalogue(tmp_path / f"{name}-source", *things))
        assemble("tiny", load_settings().on(name)).ingest(source)
    st.cache_resource.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    st.cache_resource.clear()


def searching(page, **changes):
    """Let the page search by a red photo."""
    page.session_state["visit"] = replace(Visit(photo=Photo.uploaded(png(RED)), box=Box(0, 0, 0.5, 1)), **changes)
    return page.run()


def found(page):
    return [hit.product.id for hit in page.session_state["last-search"][1].hits]


def test_where_there_is_no_choice_there_is_no_switch(tmp_path, monkeypatch):
    monkeypatch.setenv("LOUPE_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("ui.search_page.usable_engine", lambda *names: (assemble("local", load_settings()), None))
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert page.title
    assert not page.selectbox


def test_the_same_photo_box_and_words_are_searched_in_another_catalogue(app):
    page = searching(app, words="red")
    before = page.session_state["visit"]
    assert found(page) == ["red"]
    page.selectbox(key="switch-catalogue").select("sale").run()
    assert not page.exception
    assert page.session_state["visit"] == replace(before, catalogue="sale")
    assert page.text_input(key="words").value == "red"
    assert found(page) == ["red"]
    page.text_input(key="words").input("").run()
    assert found(page) == ["red", "green"]


def test_the_default_catalogue_is_the_way_back(app):
    page = searching(app)
    page.selectbox(key="switch-catalogue").select("sale").run()
    page.selectbox(key="switch-catalogue").select("shop").run()
    assert page.session_state["visit"].catalogue == ""
    assert found(page)[:2] == ["red", "rust"]


def test_marks_of_products_that_the_other_catalogue_lacks_are_forgotten(app):
    page = searching(app, likes=("red", "rust"), dislikes=("blue",), compared=("blue", "red"))
    page.selectbox(key="switch-catalogue").select("sale").run()
    now = page.session_state["visit"]
    assert (now.likes, now.dislikes, now.compared) == (("red",), (), ("red",))


def test_a_searched_product_that_the_other_catalogue_lacks_leads_back_to_the_photo(app):
    page = searching(app, product_id="rust")
    page.selectbox(key="switch-catalogue").select("sale").run()
    assert page.session_state["visit"].product_id == ""
    assert found(page)[0] == "red"


def test_another_pipeline_searches_the_same_catalogue(app):
    assemble("local", load_settings()).ingest(FolderSource("shop-source"))
    page = searching(app)
    assert "tiny" in page.session_state["last-search"][0]
    page.selectbox(key="switch-pipeline").select("local").run()
    assert not page.exception
    assert "local" in page.session_state["last-search"][0]
    assert sorted(found(page)) == ["blue", "red", "rust"]


def test_a_link_opens_its_catalogue_and_pipeline(app):
    app.query_params["pipeline"], app.query_params["catalogue"] = "local", "sale"
    page = app.run()
    assert (page.session_state["visit"].pipeline, page.session_state["visit"].catalogue) == ("local", "sale")
    assert page.selectbox(key="switch-catalogue").value == "sale"


def test_a_link_with_a_pipeline_and_a_catalogue_that_are_not_here_opens_the_usual_ones(app, tmp_path):
    app.query_params["pipeline"], app.query_params["catalogue"] = "nowhere", "../../etc"
    page = app.run()
    assert page.session_state["visit"] == Visit()
    assert page.toast[0].value.count("ignored") == 2


def test_a_catalogue_that_has_gone_is_said_and_left(app):
    page = searching(app, catalogue="gone")
    assert "There is no catalogue “gone”" in page.toast[0].value
    assert found(page)[0] == "red"


def test_starting_over_stays_where_the_search_looks(app):
    page = searching(app, catalogue="sale")
    page.session_state["replace"] = True
    page.run()
    page.button(key="start-over").click().run()
    assert page.session_state["visit"] == Visit(catalogue="sale")


TITAN = {"EMBEDDER__KIND": "titan"}
LOST = {"EMBEDDER__KIND": "colour", "INDEX__KIND": "opensearch", "INDEX__URL": "http://127.0.0.1:9"}


@pytest.mark.parametrize(
    ("parts", "keys", "region", "said"),
    [
        (TITAN, False, True, "aws configure"),
        (TITAN, True, False, "AWS_REGION"),
        (LOST, True, True, "OpenSearch cannot be reached"),
    ],
    ids=["credentials", "region", "index"],
)
def test_a_pipeline_that_cannot_be_used_is_replaced_and_what_to_do_is_said(
    app, tmp_path, monkeypatch, parts, keys, region, said
):
    """A9."""
    with account(tmp_path):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") * (not keys):
            monkeypatch.delenv(name)
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION") * (not region):
            monkeypatch.delenv(name)
        for name, value in parts.items():
            monkeypatch.setenv(f"LOUPE_PIPELINES__AWS__{name}", value)
        page = searching(app)
        page.selectbox(key="switch-pipeline").select("aws").run()
        assert not page.exception
        assert not page.error
        assert "“local” searches instead" in page.warning[0].value
        assert plain(said) in page.warning[0].value
        page.selectbox(key="switch-pipeline").select("tiny").run()
        assert not page.warning


def test_the_sample_is_filled_in_for_money_only_after_a_click(app, monkeypatch):
    for name, value in {"DETECTOR__KIND": "whole", "EMBEDDER__KIND": "colour", "EMBEDDER__PRICE": "0.2541"}.items():
        monkeypatch.setenv(f"LOUPE_PIPELINES__PAID__{name}", value)
    page = searching(app, catalogue="sample", pipeline="paid")
    assert plain("costs at most $0.26.") in page.warning[0].value
    assert page.button(key="agree").label == "Fill it in for at most \\$0.26"
    assert assemble("paid", load_settings().on("sample")).index.count() == 0
    page.button(key="agree").click().run()
    assert not page.warning
    assert not page.exception
    assert found(page) == ["sample-red"]


def test_a_model_that_is_not_enabled_is_said_once_a_minute_and_not_asked_for_at_every_click(app, tmp_path, monkeypatch):
    """A3, A9."""
    with account(tmp_path) as stub:
        stub.always = Fault("AccessDeniedException", 403, "You don't have access to the model")
        monkeypatch.setenv("LOUPE_PIPELINES__AWS__EMBEDDER__KIND", "titan")
        page = searching(app, catalogue="sample")
        page.selectbox(key="switch-pipeline").select("aws").run()
        page.button(key="agree").click().run()
        assert not page.error
        assert plain("Allow bedrock:InvokeModel") in page.warning[0].value
        asked = len(stub.seen)
        page.run()
        assert page.warning
        assert len(stub.seen) == asked > 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("switch")


@pytest.fixture(scope="module")
def server(folder):
    """A server with two catalogues and the built-in pipeline twice."""
    config = folder / "loupe.toml"
    config.write_text("[pipelines.twin]\n", encoding="utf-8")
    env = {"LOUPE_DATA_DIR": str(folder / "data"), "LOUPE_CATALOGUE": "shop", "LOUPE_CONFIG": str(config)}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        for name, things in {"shop": SHOP, "sale": SALE}.items():
            source = FolderSource(write_catalogue(folder / name, *things))
            for pipeline in ("local", "twin"):
                assemble(pipeline, load_settings().on(name)).ingest(source)
    running = LoupeServer(ROOT / "app.py", folder / "log", env=env)
    yield running
    running.close()


def test_a_visitor_switches_and_sees_the_pictures_of_the_other_catalogue(browser, server):
    context = browser.new_context()
    context.set_default_timeout(30_000)
    page = context.new_page()
    visit(page, f"{server.url}/?sample=living-room")
    pictures = page.get_by_role("list", name="Results").locator("img")
    expect(pictures).to_have_count(3)
    page.get_by_role("button", name="Searching shop · local").click()
    page.get_by_role("combobox", name="Catalogue").click()
    page.get_by_role("option", name="sale").click()
    expect(page.get_by_role("button", name="Searching sale · local")).to_be_visible()
    settled(page)
    page.get_by_role("combobox", name="Pipeline").click()
    page.get_by_role("option", name="twin").click()
    expect(page.get_by_role("button", name="Searching sale · twin")).to_be_visible()
    settled(page)
    expect(pictures).to_have_count(2)
    for place in range(2):
        pictures.nth(place).scroll_into_view_if_needed()
    shown = "images => images.every(image => image.src.includes('/pictures/twin/sale/') && image.naturalWidth > 0)"
    page.wait_for_timeout(300)
    assert pictures.evaluate_all(shown)
    assert page.url.endswith("/?sample=living-room&pipeline=twin&catalogue=sale")
    page.go_back()
    expect(page.get_by_role("button", name="Searching sale · local")).to_be_visible()
    context.close()


def test_no_folder_is_made_for_a_catalogue_that_somebody_invents(browser, server, folder):
    context = browser.new_context()
    before = sorted(folder.rglob("*"))
    for place in ("local/invented", "nowhere/shop"):
        assert context.request.get(f"{server.url}/pictures/{place}/red").status == 404
    assert sorted(folder.rglob("*")) == before
    assert context.request.get(f"{server.url}/pictures/local/shop/red").status == 200
    context.close()
