"""The server's own routes: pictures and exports by address, so that a page sends addresses and not files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from searchcore import Picture, SearchEngine, SearchError
from searchcore.catalogues import export_zip
from searchcore.errors import NotFound
from ui.engines import assembled, catalogues, scenes, settings
from ui.shelf import shelf

SIDES: Final = (160, 480, 960)
"""The sizes of thumbnails that are made; another one asked for gets the next larger."""

_FOR_EVERYONE: Final = {"Cache-Control": "public, max-age=3600"}
_ASK_AGAIN: Final = {"Cache-Control": "public, no-cache"}
_FOR_ONE: Final = {"Cache-Control": "private, max-age=3600", "X-Robots-Tag": "noindex"}
_HARMLESS: Final = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}

_CHUNK: Final = 2**20


def product_url(pipeline: str, product_id: str, side: int = 480, catalogue: str = "", version: str = "") -> str:
    """Return the address of a product's picture; without a catalogue, that of the default one's.

    With a version a browser keeps the picture without asking again.
    """
    place = "/".join(quote(each, safe="") for each in (pipeline, catalogue or settings().catalogue, product_id))
    return _address(f"/pictures/{place}?side={side}{f'&v={quote(version)}' if version else ''}")


def picture_urls(engine: SearchEngine, side: int = 480) -> Callable[[str], str]:
    """Return what gives the address of a product's picture as it is now, by the product's id."""
    version = engine.index.info().revision
    return lambda product_id: product_url(engine.name, product_id, side, engine.catalogue, version)


def export_url(engine: SearchEngine) -> str:
    """Return the address of an engine's whole catalogue as a ZIP archive."""
    return _address(f"/exports/{quote(engine.name, safe='')}/{quote(engine.catalogue, safe='')}.zip")


def scene_url(scene_id: str, side: int = 960) -> str:
    """Return the address of a bundled photo."""
    return _address(f"/scenes/{quote(scene_id, safe='')}?side={side}")


def photo_url(token: str) -> str:
    """Return the address of a visitor's photo on the shelf."""
    return _address(f"/photos/{token}")


def _address(path: str) -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path


def routes() -> list[Route]:
    """Return the routes that the app adds to Streamlit's own."""
    return [
        Route("/pictures/{pipeline}/{catalogue}/{product:path}", _served(_product), methods=["GET"]),
        Route("/exports/{pipeline}/{catalogue}.zip", _served(_export), methods=["GET"]),
        Route("/scenes/{scene}", _served(_scene), methods=["GET"]),
        Route("/photos/{token}", _served(_photo), methods=["GET"]),
    ]


def _served(answer: Callable[[Request], Response]) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        try:
            response = await run_in_threadpool(answer, request)
        except SearchError:
            response = Response("There is nothing here.", 404, media_type="text/plain")
        response.headers.update(_HARMLESS)
        return response

    return respond


def _engine(request: Request) -> SearchEngine:
    pipeline, catalogue = request.path_params["pipeline"], request.path_params["catalogue"]
    # Opening an index makes a folder for it: only for a catalogue that is there.
    if pipeline not in settings().pipeline_names or catalogue not in catalogues():
        raise NotFound("There is no such catalogue.", "Choose another one.")
    return assembled(pipeline, catalogue)


def _export(request: Request) -> Response:
    engine = _engine(request)
    # A catalogue may be larger than the memory; such a file goes by itself when it is closed.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    export_zip(engine, file)
    headers = {
        "Content-Disposition": f'attachment; filename="{engine.catalogue}.zip"',
        "Content-Length": str(file.tell()),
    }
    file.seek(0)
    return StreamingResponse(iter(lambda: file.read(_CHUNK), b""), headers=headers, media_type="application/zip")


def _product(request: Request) -> Response:
    engine, side = _engine(request), _side(request)
    record = engine.record(request.path_params["product"])
    tag = f'"{record.content_hash[:16]}-{side}"'
    headers = _FOR_EVERYONE if "v" in request.query_params else _ASK_AGAIN | {"ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    data = engine.thumbnails.get(record.product.image, record.content_hash, side)
    return Response(data, headers=headers, media_type="image/jpeg")


def _scene(request: Request) -> Response:
    data = scene_preview(request.path_params["scene"], _side(request))
    return Response(data, headers=_FOR_EVERYONE, media_type="image/jpeg")


def _photo(request: Request) -> Response:
    data = shelf().get(request.path_params["token"])
    if data is None:
        return Response(status_code=404)
    return Response(data, headers=_FOR_ONE, media_type="image/jpeg")


@st.cache_data(max_entries=64, show_spinner=False)
def scene_preview(scene_id: str, side: int) -> bytes:
    """Return a bundled photo as JPEG; raises NotFound."""
    return Picture.from_file(scenes().get(scene_id).file).to_jpeg(side, quality=86)


def _side(request: Request) -> int:
    asked = request.query_params.get("side", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else SIDES[1]
    return next((side for side in SIDES if side >= wanted), SIDES[-1])
