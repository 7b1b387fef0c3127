"""The server's own routes."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from starlette.routing import Match

from ui.server import product_url, routes


@pytest.mark.parametrize("product_id", ["a", "shoes/red-1.jpg", "a?b#c%2F"])
def test_the_address_of_a_picture_leads_to_its_product_whatever_its_id(product_id):
    path = unquote(urlsplit(product_url("local", product_id, catalogue="shop")).path)
    match, found = routes()[0].matches({"type": "http", "method": "GET", "path": path, "headers": []})
    assert match is Match.FULL
    assert found["path_params"] == {"pipeline": "local", "catalogue": "shop", "product": product_id}
