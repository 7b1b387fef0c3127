"""Sources of products."""

from __future__ import annotations

import pytest

from searchcore.errors import ManifestRefused, NotFound
from searchcore.ingest import FolderSource
from tests.support import RED, png, thing, write_catalogue


def test_a_folder_gives_its_products_and_their_pictures(tmp_path):
    source = FolderSource(write_catalogue(tmp_path, thing("a", RED), thing("b", RED)))
    items = source.items()
    assert [item.product.id for item in items] == ["a", "b"]
    assert [item.read() for item in items] == [png(RED), png(RED)]
    assert source.problems() == ()


def test_a_folder_without_a_product_list_is_refused(tmp_path):
    with pytest.raises(ManifestRefused) as refused:
        FolderSource(tmp_path)
    assert str(tmp_path / "products.csv") in refused.value.message


@pytest.mark.parametrize("key", ["../secret.png", "/etc/hostname", "sub/../../secret.png", "link.png"])
def test_nothing_outside_the_folder_is_read(tmp_path, key):
    """I1."""
    (tmp_path / "secret.png").write_bytes(png(RED))
    folder = write_catalogue(tmp_path / "shop", thing("a", RED))
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "products.csv").write_text(f"id,title,image\na,A,{key}\n", encoding="utf-8")
    (item,) = FolderSource(folder).items()
    with pytest.raises(NotFound, match="outside the folder"):
        item.read()


@pytest.mark.parametrize("key", ["gone.png", ".", "a\x00.png", "x" * 300, "a.png/b.png"])
def test_a_picture_that_is_not_there_is_named(tmp_path, key):
    folder = write_catalogue(tmp_path / "shop", thing("a", RED))
    (folder / "products.csv").write_text(f"id,title,image\na,A,{key}\n", encoding="utf-8")
    (item,) = FolderSource(folder).items()
    with pytest.raises(NotFound, match="is missing"):
        item.read()
