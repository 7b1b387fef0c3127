"""The bundled catalogue is whole: rows, pictures and scenes belong together."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from searchcore import Box
from searchcore.ingest.manifest import Listed, Manifest
from searchcore.ingest.tables import CsvTable
from searchcore.pipelines import SAMPLE
from searchcore.quality import read_judged
from searchcore.scenes import Scenes

ROWS = list(Manifest(CsvTable((SAMPLE / "products.csv").read_bytes())).rows())
PRODUCTS = {row.product.id: row.product for row in ROWS if isinstance(row, Listed)}
SCENES = Scenes(SAMPLE).all
VIEWS = json.loads((SAMPLE / "views.json").read_text(encoding="utf-8"))["views"]
JUDGED = read_judged(SAMPLE)


def test_every_row_is_good():
    assert len(PRODUCTS) == len(ROWS)
    assert len(PRODUCTS) >= 480
    assert min(Counter(product.category for product in PRODUCTS.values()).values()) >= 10
    assert len({product.category for product in PRODUCTS.values()}) >= 24


def test_every_row_has_its_picture_and_every_picture_its_row():
    pictures = {f"images/{path.name}" for path in (SAMPLE / "images").iterdir()}
    assert {product.image for product in PRODUCTS.values()} == pictures


def test_every_row_reads_like_a_shop_s():
    for product in PRODUCTS.values():
        assert all((product.brand, product.colour, product.material, product.subcategory, product.currency))
        assert product.price
        assert len(product.description) > 30


def test_only_variants_share_a_title():
    groups = {(product.title, product.group) for product in PRODUCTS.values()}
    assert [title for title, count in Counter(title for title, _ in groups).items() if count > 1] == []


@pytest.mark.parametrize("product", PRODUCTS.values(), ids=lambda product: product.id)
def test_a_picture_is_a_square_of_512_pixels_without_metadata(product):
    with Image.open(SAMPLE / product.image) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (512, 512))
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_no_picture_is_there_twice():
    hashes = [hashlib.sha256((SAMPLE / product.image).read_bytes()).hexdigest() for product in PRODUCTS.values()]
    assert len(set(hashes)) == len(hashes)


def test_products_of_different_groups_look_different():
    names = sorted(PRODUCTS)
    small = np.stack([np.asarray(Image.open(SAMPLE / PRODUCTS[name].image).resize((24, 24)), float) for name in names])
    alike = []
    for place, one in enumerate(names):
        gaps = np.abs(small[place + 1 :] - small[place]).mean((1, 2, 3))
        twins = [names[place + 1 + other] for other in np.flatnonzero(gaps < 1.5)]
        alike += [(one, twin) for twin in twins if PRODUCTS[one].group != PRODUCTS[twin].group]
    assert alike == []


def test_there_are_scenes_enough_and_every_picture_of_one_is_named():
    assert len(SCENES) >= 36
    assert len([scene for scene in SCENES if scene.sample]) == 12
    assert {scene.file.name for scene in SCENES} == {path.name for path in (SAMPLE / "scenes").iterdir()}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_a_scene_names_products_that_exist_in_boxes_inside_the_picture(scene):
    with Image.open(scene.file) as picture:
        assert picture.mode == "RGB"
        assert not picture.getexif()
        size = picture.size
    assert 4 <= len(scene.placements) <= 12
    for placement in scene.placements:
        assert placement.product_id in PRODUCTS
        assert 0 < placement.visible <= 1
        assert placement.box.clamped().iou(placement.box) > 0.999
        assert max(placement.box.width * size[0], placement.box.height * size[1]) >= 40


def test_a_third_of_the_settings_was_held_out_of_every_fitting_and_is_named():
    settings = {scene.setting for scene in SCENES}
    held_out = {scene.setting for scene in SCENES if scene.held_out}
    assert len(settings) >= 8
    assert 3 * len(held_out) >= len(settings)
    assert held_out.isdisjoint(scene.setting for scene in SCENES if not scene.held_out)
    assert set(json.loads((SAMPLE / "scenes.json").read_text())["held_out_settings"]) == held_out


def test_every_view_shows_a_product_and_every_picture_of_one_is_named():
    assert len({view["product_id"] for view in VIEWS}) >= 200
    assert {view["product_id"] for view in VIEWS} <= PRODUCTS.keys()
    assert {view["file"] for view in VIEWS} == {f"views/{path.name}" for path in (SAMPLE / "views").iterdir()}
    assert sum(view["covered"] for view in VIEWS) >= 20
    assert sum(view["cut"] for view in VIEWS) >= 20


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view["id"])
def test_a_view_is_a_plain_photo_with_its_product_inside(view):
    with Image.open(SAMPLE / view["file"]) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert picture.size == (view["width"], view["height"])
        assert not picture.getexif()
    box = Box(*view["box"])
    assert box.clamped().iou(box) > 0.999
    assert 0 < view["visible"] <= 1


def test_every_view_and_every_object_of_a_scene_is_a_judged_query():
    ids = {view["id"] for view in VIEWS} | {
        f"{scene.id}-{number}" for scene in SCENES for number in range(1, len(scene.placements) + 1)
    }
    assert {query.id for query in JUDGED.queries} == ids
    assert JUDGED.orphans(PRODUCTS) == []
    assert all(query.picture.is_file() for query in JUDGED.queries)


def test_a_query_s_grades_say_the_same_product_its_variants_and_what_is_alike():
    for query in JUDGED.queries:
        [same] = [product_id for product_id, grade in query.grades.items() if grade == 3]
        shown = PRODUCTS[same]
        variants = {each.id for each in PRODUCTS.values() if each.group == shown.group} - {same}
        assert {product_id for product_id, grade in query.grades.items() if grade == 2} == variants
        for product_id in (product_id for product_id, grade in query.grades.items() if grade == 1):
            assert PRODUCTS[product_id].subcategory == shown.subcategory


def test_the_bundled_pictures_are_small_enough_for_a_clone():
    files = [path for folder in ("images", "views", "scenes") for path in (SAMPLE / folder).iterdir()]
    assert sum(path.stat().st_size for path in files) < 45_000_000
