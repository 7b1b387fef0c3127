"""The server's own routes."""

from __future__ import annotations

import asyncio
import io
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote, urlsplit

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Match

from searchcore import load_settings
from searchcore.catalogues import Catalogues
from searchcore.ingest import FolderSource
from searchcore.pipelines import assemble
from tests.support import BLUE, RED, png, thing, use_doubles, write_catalogue
from ui.server import export_url, picture_urls, product_url, routes


@pytest.mark.parametrize("product_id", ["a", "shoes/red-1.jpg", "a?b#c%2F"])
def test_the_address_of_a_picture_leads_to_its_product_whatever_its_id(product_id):
    path = unquote(urlsplit(product_url("local", product_id, catalogue="shop")).path)
    match, found = routes()[0].matches({"type": "http", "method": "GET", "path": path, "headers": []})
    assert match is Match.FULL
    assert found["path_params"] == {"pipeline": "local", "catalogue": "shop", "product": product_id}


def get(address, **headers):
    """Ask the routes as a browser does; return the status, the headers and the body."""
    parts, sent = urlsplit(address), []
    scope = {
        "type": "http", "asgi": {"spec_version": "2.4"}, "method": "GET", "path": unquote(parts.path),
        "query_string": parts.query.encode(),
        "headers": [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip

    async def send(message):
        sent.append(message)

    # In a thread of its own: the browser of other tests has an event loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(Starlette(routes=routes())(scope, None, send))).result()
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message["body"] for message in sent[1:])


def test_a_picture_that_was_replaced_has_another_address_and_is_not_kept_under_the_old_one(tmp_path, monkeypatch):
    use_doubles(monkeypatch, tmp_path)
    st.cache_resource.clear()
    engine = assemble("tiny", load_settings().on("shop"))
    engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", thing("a", RED))))
    plain, address = product_url("tiny", "a", catalogue="shop"), picture_urls(engine)("a")
    _, first, red = get(plain)
    assert (get(address)[2], get(address)[1]["cache-control"]) == (red, "public, max-age=3600")
    assert first["cache-control"] == "public, no-cache"
    assert get(plain, if_none_match=first["etag"])[::2] == (304, b"")
    engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", thing("a", BLUE))))
    assert picture_urls(engine)("a") != address
    assert get(plain, if_none_match=first["etag"])[0] == 200
    st.cache_resource.clear()


def test_a_catalogue_is_exported_by_address_and_leaves_no_file_behind(tmp_path, monkeypatch):
    use_doubles(monkeypatch, tmp_path)
    st.cache_resource.clear()
    (tmp_path / "drafts").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "drafts"))
    engine = assemble("tiny", load_settings().on("shop"))
    engine.ingest(FolderSource(write_catalogue(tmp_path / "shop", thing("a", RED))))
    status, headers, body = get(export_url(engine))
    assert (status, headers["content-disposition"]) == (200, 'attachment; filename="shop.zip"')
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert (archive.namelist(), archive.read("a.png")) == (["products.csv", "a.png"], png(RED))
    assert list((tmp_path / "drafts").iterdir()) == []
    assert get("/exports/tiny/gone.zip")[0] == 404
    assert "gone" not in Catalogues(load_settings()).names()
    st.cache_resource.clear()
