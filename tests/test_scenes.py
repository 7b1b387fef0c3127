"""The bundled scenes."""

from __future__ import annotations

import json

import pytest

from searchcore import Box
from searchcore.errors import NotFound
from searchcore.scenes import Placement, Scene, Scenes

ROW = {
    "id": "desk", "title": "A desk", "setting": "office", "file": "desk.jpg", "held_out": False, "sample": True,
    "objects": [{"product_id": "mug-1", "box": [0.1, 0.2, 0.3, 0.4], "visible": 0.8}],
}  # fmt: skip


@pytest.fixture
def scenes(tmp_path):
    (tmp_path / "scenes.json").write_text(json.dumps({"scenes": [ROW, ROW | {"id": "shelf"}]}), encoding="utf-8")
    return Scenes(tmp_path)


def test_scenes_are_read_in_the_order_of_the_file(scenes, tmp_path):
    first, second = scenes.all
    assert first == Scene(
        id="desk", title="A desk", setting="office", file=tmp_path / "desk.jpg", held_out=False,
        sample=True, placements=(Placement("mug-1", Box(0.1, 0.2, 0.3, 0.4), 0.8),),
    )  # fmt: skip
    assert second.id == "shelf"


def test_a_scene_is_found_by_its_id(scenes):
    assert scenes.get("shelf") == scenes.all[1]


def test_an_unknown_scene_is_not_found(scenes):
    with pytest.raises(NotFound, match="attic"):
        scenes.get("attic")


def test_a_folder_without_scenes_has_none(tmp_path):
    assert Scenes(tmp_path).all == ()
