"""ZIP archives (I1)."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from searchcore.errors import ManifestRefused, NotFound, SearchError
from searchcore.ingest import open_source, source_in
from searchcore.ingest.archive import Limits, ZipFiles
from tests.support import RED, png

LIST = b"id,title,image\na,A,pictures/a.png\n"


def zipped(*entries, packing=zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return file


def test_an_archive_gives_its_products_and_their_pictures(tmp_path):
    packed = zipped(("shop/products.csv", LIST), ("shop/pictures/a.png", png(RED)), ("__MACOSX/._a.png", b"x"))
    (tmp_path / "shop.zip").write_bytes(packed.getvalue())
    (item,) = open_source(tmp_path / "shop.zip").rows()
    assert (item.product.id, item.read()) == ("a", png(RED))
    assert [each.name for each in tmp_path.iterdir()] == ["shop.zip"]


def test_an_archive_made_on_windows_gives_its_pictures(tmp_path):
    packed = zipped(("dress\\red: 1.png", png(RED)))
    (item,) = source_in(ZipFiles(packed)).rows()
    assert (item.product.category, item.read()) == ("dress", png(RED))


def linked() -> zipfile.ZipInfo:
    link = zipfile.ZipInfo("a.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return link


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (("../../evil.png", b"x"), "leads out of it"),
        (("/etc/passwd", b"x"), "leads out of it"),
        (("C:/evil.png", b"x"), "leads out of it"),
        (("a\\..\\evil.png", b"x"), "leads out of it"),
        ((linked(), b"/etc/passwd"), "a link"),
        (("more.zip", b"PK"), "another archive"),
        (("more.tar.gz", b"x"), "another archive"),
        (("bomb.png", bytes(50_000_000)), "times its size"),
    ],
)
def test_what_an_archive_must_not_hold_is_refused(entry, why):
    with pytest.raises(ManifestRefused, match=why):
        ZipFiles(zipped(("good.png", png(RED)), entry))


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(entries=2), "3 files"),
        (Limits(entry=2000), "limit is"),
        (Limits(total=5000), "inflates to"),
    ],
)
def test_an_archive_beyond_a_limit_is_refused(limits, why):
    entries = [(f"{n}.png", bytes(range(256)) * 10) for n in range(3)]
    with pytest.raises(ManifestRefused, match=why):
        ZipFiles(zipped(*entries, packing=zipfile.ZIP_STORED), limits)


def test_an_entry_that_lies_about_its_size_is_never_inflated_beyond_the_limit():
    file = zipped(("a.png", bytes(3_000_000)), packing=zipfile.ZIP_STORED)
    data = file.getvalue()
    # Both headers claim a hundred bytes of contents; three million follow.
    honest, lie = (3_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    files = ZipFiles(io.BytesIO(data.replace(honest, lie)), Limits(entry=1000))
    with pytest.raises(SearchError):
        files.read("a.png")


def test_a_file_that_is_no_archive_is_refused():
    with pytest.raises(ManifestRefused, match="cannot be opened"):
        ZipFiles(io.BytesIO(b"PK not"))


def test_a_name_that_is_not_there_is_told():
    with pytest.raises(NotFound):
        ZipFiles(zipped(("a.png", b"x"))).read("b.png")
