# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports bpy, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Photograph a setting with products in it, and find each product's box from a second picture in flat colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Matrix
from numpy.typing import NDArray
from PIL import Image

from studio.render.mesh import Array, rotation
from studio.render.part import Part
from studio.render.scene import Studio, look_at
from studio.scenes.setting import Daylight, Shot, Vector

MASK_STEP = 8
Mask = NDArray[np.uint8]


@dataclass(frozen=True)
class Found:
    """Where a product is seen: left, top, width, height as shares of the picture, and how much of it is not hidden.

    `pixels` is the longer side of the box.
    """

    box: tuple[float, float, float, float]
    visible: float
    pixels: int


class Stage(Studio):
    """A room or a street instead of the white studio."""

    def __init__(self, threads: int = 2, quick: bool = False) -> None:
        super().__init__(threads)
        if quick:
            self.scene.cycles.max_bounces, self.scene.cycles.denoising_quality = 4, "FAST"
            self.scene.cycles.denoising_prefilter = "FAST"
        self.scene.render.film_transparent = False
        self.scene.cycles.adaptive_threshold = 0.05
        self.scene.cycles.diffuse_bounces = 2 if quick else 4

    def set_up(self, parts: Sequence[Part], light: Daylight, shot: Shot) -> None:
        """Empty the stage, build the setting, light it and place the camera."""
        self.clear()
        self.put(parts)
        self._daylight(light, np.array(shot.target))
        self.camera.location = shot.place
        self.camera.data.lens = shot.lens
        look_at(self.camera, np.array(shot.target))

    def stand(self, parts: Sequence[Part], turn: Array, place: Array) -> list[bpy.types.Object]:
        """Set a product down, turned by a (3, 3) rotation, at a place (3,) in metres."""
        things = self.put(parts)
        for thing in things:
            thing.location, thing.rotation_euler = place, Matrix(turn.tolist()).to_euler()
        return things

    def _daylight(self, light: Daylight, target: Array) -> None:
        warm = np.array([1.0, 1 - 0.13 * max(light.warmth, 0), 1 - 0.3 * max(light.warmth, 0)])
        sun = bpy.data.lights.new("sun", "SUN")
        sun.energy, sun.angle, sun.color = light.sun, np.radians(1.6), tuple(warm * [1.0, 0.95, 0.87])
        lamp = bpy.data.objects.new("sun", sun)
        toward = rotation("z", light.turn) @ np.array(
            [0.0, -np.cos(np.radians(light.height)), np.sin(np.radians(light.height))]
        )
        lamp.location = target + toward * 10
        look_at(lamp, target)
        self.scene.collection.objects.link(lamp)
        if light.window:
            area = bpy.data.lights.new("window", "AREA")
            area.size, area.energy, area.color = light.window_size, light.window, (0.94, 0.97, 1.0)
            glow = bpy.data.objects.new("window", area)
            glow.location = light.window_at
            look_at(glow, target)
            glow.visible_camera = False
            self.scene.collection.objects.link(glow)
        for place in light.bulbs:
            self._bulb(place, light.bulb)
        self._sky(light)
        self.scene.view_settings.exposure = light.exposure

    def _bulb(self, place: Vector, watts: float) -> None:
        point = bpy.data.lights.new("bulb", "POINT")
        point.energy, point.shadow_soft_size, point.color = watts, 0.03, (1.0, 0.72, 0.42)
        glow = bpy.data.objects.new("bulb", point)
        glow.location = place
        glow.visible_camera = False
        self.scene.collection.objects.link(glow)

    def _sky(self, light: Daylight) -> None:
        tree = self.scene.world.node_tree
        tree.nodes.clear()
        ground = tree.nodes.new("ShaderNodeBackground")
        ground.inputs["Color"].default_value = (0.96 + 0.04 * light.warmth, 0.98, 1.0 - 0.06 * light.warmth, 1)
        ground.inputs["Strength"].default_value = light.sky
        out = tree.nodes.new("ShaderNodeOutputWorld")
        tree.links.new(ground.outputs[0], out.inputs[0])

    def photo(self, size: tuple[int, int], samples: int) -> Image.Image:
        """Take the picture."""
        return self.shoot(size, samples).convert("RGB")

    def find(self, products: Sequence[list[bpy.types.Object]], size: tuple[int, int]) -> list[Found | None]:
        """Return where each product is seen, or None; call it last: the stage's materials and look are lost.

        Boxes come from one picture in flat colours, shares from one more of each product alone, and both are checked
        against the projected vertices.
        """
        spans = [self._span(things, size) for things in products]
        self._flatten(products)
        seen = np.rint(self._raw(size)[..., 0] / MASK_STEP).astype(int)
        masks = [seen == k + 1 for k in range(len(products))]
        found = []
        for k, mask in enumerate(masks):
            alone = self._alone(products, k, size) if mask.any() else mask
            found.append(_found(mask, alone, spans[k]))
        return found

    def _span(self, things: list[bpy.types.Object], size: tuple[int, int]) -> Array:
        """Return left, top, right, bottom in pixels that hold all vertices."""
        points = self.points(things)
        place = np.array(self.camera.location)
        turn = np.array(self.camera.rotation_euler.to_matrix())
        seen = (points - place) @ turn
        ahead = np.maximum(-seen[:, 2], 1e-3)
        focal = self.camera.data.lens / 36.0 * max(size)
        x = size[0] / 2 + focal * seen[:, 0] / ahead
        y = size[1] / 2 - focal * seen[:, 1] / ahead
        return np.array([x.min(), y.min(), x.max(), y.max()])

    def _flatten(self, products: Sequence[list[bpy.types.Object]]) -> None:
        flat = {k + 1: _flat((k + 1) * MASK_STEP / 255) for k in range(len(products))}
        whose = {thing.name: k + 1 for k, things in enumerate(products) for thing in things}
        black = _flat(0.0)
        for thing in self.scene.objects:
            if thing.type == "MESH":
                thing.data.materials.clear()
                thing.data.materials.append(flat[whose[thing.name]] if thing.name in whose else black)
            elif thing.type == "LIGHT":
                thing.hide_render = True
        self.scene.world.node_tree.nodes.clear()
        view, cycles = self.scene.view_settings, self.scene.cycles
        view.view_transform, view.look, view.exposure = "Raw", "None", 0.0
        cycles.use_denoising, cycles.use_adaptive_sampling = False, False
        cycles.pixel_filter_type, cycles.max_bounces = "BOX", 0
        cycles.filter_width = 0.01
        self.scene.render.dither_intensity = 0.0

    def _raw(self, size: tuple[int, int]) -> Mask:
        return np.asarray(self.shoot(size, 1).convert("RGB"))

    def _alone(self, products: Sequence[list[bpy.types.Object]], k: int, size: tuple[int, int]) -> NDArray[np.bool_]:
        for thing in self.scene.objects:
            if thing.type == "MESH":
                thing.hide_render = thing.name not in {own.name for own in products[k]}
        return np.asarray(self._raw(size)[..., 0] > MASK_STEP // 2)


def _flat(value: float) -> bpy.types.Material:
    made = bpy.data.materials.new("flat")
    made.use_nodes = True
    tree = made.node_tree
    tree.nodes.clear()
    glow, out = tree.nodes.new("ShaderNodeEmission"), tree.nodes.new("ShaderNodeOutputMaterial")
    glow.inputs["Color"].default_value = (value, value, value, 1)
    tree.links.new(glow.outputs[0], out.inputs[0])
    return made


def _found(mask: NDArray[np.bool_], alone: NDArray[np.bool_], span: Array) -> Found | None:
    if not mask.any():
        return None
    height, width = mask.shape
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    box = np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], dtype=float)
    if (box[:2] < span[:2] - 2).any() or (box[2:] > span[2:] + 2).any():
        raise RuntimeError(f"Mask {box} reaches outside the projected product {span.round(1)}.")
    left, top, right, bottom = box / [width, height, width, height]
    share = float(mask.sum() / max(alone.sum(), 1))
    return Found((left, top, right - left, bottom - top), min(share, 1.0), int(max(box[2:] - box[:2])))
