"""The bundled catalogue is whole: rows, pictures and scenes belong together."""

from __future__ import annotations

import hashlib
from collections import Counter

import numpy as np
import pytest
from PIL import Image

from searchcore import Product
from searchcore.ingest.manifest import Manifest
from searchcore.ingest.tables import CsvTable
from searchcore.pipelines import SAMPLE
from searchcore.scenes import Scenes

ROWS = list(Manifest(CsvTable((SAMPLE / "products.csv").read_bytes())).rows())
PRODUCTS = {product.id: product for product in ROWS if isinstance(product, Product)}
SCENES = Scenes(SAMPLE).all


def test_every_row_is_good():
    assert len(PRODUCTS) == len(ROWS)
    assert len(PRODUCTS) >= 120
    assert len({product.category for product in PRODUCTS.values()}) >= 10


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
    assert len(SCENES) >= 6
    assert len([scene for scene in SCENES if scene.sample]) >= 3
    assert {scene.file.name for scene in SCENES} == {path.name for path in (SAMPLE / "scenes").iterdir()}


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.id)
def test_a_scene_names_products_that_exist_in_boxes_inside_the_picture(scene):
    with Image.open(scene.file) as picture:
        assert picture.mode == "RGB"
        assert not picture.getexif()
        size = picture.size
    assert len(scene.placements) >= 4
    for placement in scene.placements:
        assert placement.product_id in PRODUCTS
        assert 0 < placement.visible <= 1
        assert placement.box.clamped().iou(placement.box) > 0.999
        assert max(placement.box.width * size[0], placement.box.height * size[1]) >= 40


def test_some_settings_were_held_out_of_every_fitting():
    assert len({scene.setting for scene in SCENES if scene.held_out}) >= 2
    assert any(not scene.held_out for scene in SCENES)
