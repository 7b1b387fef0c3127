# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports bpy, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Run one Blender scene as a photo studio: put parts in, set the light, take pictures."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import bpy
import numpy as np
from PIL import Image, ImageFilter

from studio.render.camera import FOCAL, SENSOR, Camera, frame
from studio.render.materials import material
from studio.render.mesh import Array, rotation
from studio.render.objects import add_modifiers, blender_mesh, look_at
from studio.render.part import Finish, Light, Part, View
from studio.render.world import studio_world

USUAL = Light()


class Studio:
    """A white studio with a soft key light, a rim and a fill, all scaled with what stands in it."""

    def __init__(self, threads: int = 2) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.scene = bpy.context.scene
        self._materials: dict[Finish, bpy.types.Material] = {}
        self._render_settings(threads)
        self.scene.world = studio_world()
        self.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        self.camera.data.lens, self.camera.data.sensor_width = FOCAL, SENSOR
        self.camera.data.clip_start = 0.001
        self.scene.collection.objects.link(self.camera)
        self.scene.camera = self.camera
        self._props: list[bpy.types.Object] = []

    def _render_settings(self, threads: int) -> None:
        render, cycles = self.scene.render, self.scene.cycles
        render.engine = "CYCLES"
        render.threads_mode, render.threads = "FIXED", threads
        render.film_transparent = True
        render.image_settings.file_format = "PNG"
        render.image_settings.color_mode = "RGBA"
        render.use_persistent_data = False
        cycles.device = "CPU"
        cycles.use_denoising = True
        cycles.denoiser = "OPENIMAGEDENOISE"
        cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
        cycles.denoising_prefilter = "FAST"
        cycles.use_light_tree = False
        cycles.use_adaptive_sampling = True
        cycles.adaptive_threshold = 0.03
        cycles.max_bounces = 6
        cycles.diffuse_bounces = 3
        cycles.glossy_bounces = 4
        cycles.transmission_bounces = 6
        cycles.transparent_max_bounces = 6
        cycles.caustics_reflective = cycles.caustics_refractive = False
        cycles.seed = 7
        self.scene.view_settings.view_transform = "Khronos PBR Neutral"
        self.scene.view_settings.look = "None"

    def clear(self) -> None:
        """Take everything out, keep the studio."""
        for thing in [o for o in bpy.data.objects if o is not self.camera]:
            bpy.data.objects.remove(thing)
        for pool in (bpy.data.meshes, bpy.data.lights, bpy.data.materials):
            bpy.data.batch_remove(list(pool))
        self._materials.clear()
        self._props.clear()

    def put(
        self, parts: Sequence[Part], place: Sequence[float] = (0, 0, 0), turn: float = 0.0
    ) -> list[bpy.types.Object]:
        """Set a product down at a place (metres), turned by degrees about z."""
        things = []
        for part in parts:
            thing = bpy.data.objects.new("part", blender_mesh(part.mesh))
            if part.finish not in self._materials:
                self._materials[part.finish] = material(part.finish)
            thing.data.materials.append(self._materials[part.finish])
            add_modifiers(thing, part)
            thing.location, thing.rotation_euler = place, (0, 0, np.radians(turn))
            self.scene.collection.objects.link(thing)
            things.append(thing)
        self._props += things
        return things

    def light(self, points: Array, light: Light, azimuth: float = 0.0) -> None:
        """Set key, rim and fill about the (n, 3) points, turned with the camera's azimuth, and a floor for shadows."""
        low, high = points.min(axis=0), points.max(axis=0)
        middle, size = (low + high) / 2, float(np.linalg.norm(high - low))
        tint = np.array([1 + 0.08 * light.warmth, 1.0, 1 - 0.1 * light.warmth])
        turn = rotation("z", azimuth * 0.5 + light.turn)
        for place, width, height, power in (
            ((-1.5, -1.2, 1.7), 1.1, 1.5, 44.0),
            ((1.8, 0.7, 1.0), 0.5, 1.8, 16.0),
            ((1.7, -1.9, 0.7), 0.8, 1.6, 5.0),
        ):
            lamp = bpy.data.lights.new("lamp", "AREA")
            lamp.shape, lamp.size, lamp.size_y = "RECTANGLE", width * size, height * size
            lamp.energy = power * size**2 * light.strength
            lamp.color = tuple(tint / tint.max())
            thing = bpy.data.objects.new("lamp", lamp)
            thing.location = turn @ np.array(place) * size + middle
            look_at(thing, middle)
            self.scene.collection.objects.link(thing)
        self._floor(size, float(low[2]))

    def _floor(self, size: float, z: float) -> None:
        """Lay a white floor that throws light up; the camera does not see it."""
        half = 12 * size
        plane = bpy.data.meshes.new("floor")
        plane.from_pydata([(-half, -half, z), (half, -half, z), (half, half, z), (-half, half, z)], [], [(0, 1, 2, 3)])
        plane.materials.append(material(Finish("matte", "#f2f2f2")))
        self._ground = bpy.data.objects.new("floor", plane)
        self._ground.visible_camera = False
        self.scene.collection.objects.link(self._ground)

    def shadow(self, size: tuple[int, int], samples: int) -> Image.Image:
        """Take the shadow alone, as black with an alpha that fades towards the picture's edge.

        A shadow is soft, so a third of the resolution is enough.
        """
        for thing in self._props:
            thing.visible_camera = False
        self._ground.visible_camera = self._ground.is_shadow_catcher = True
        small = self.shoot((size[0] // 3, size[1] // 3), samples)
        for thing in self._props:
            thing.visible_camera = True
        self._ground.visible_camera = self._ground.is_shadow_catcher = False
        alpha = small.getchannel("A").filter(ImageFilter.GaussianBlur(1.2)).resize(size, Image.Resampling.BICUBIC)
        x, y = (np.linspace(-1, 1, side) for side in size)
        fade = np.clip((1 - np.abs(x)[None]) / 0.3, 0, 1) * np.clip((1 - np.abs(y)[:, None]) / 0.2, 0, 1)
        values = np.asarray(alpha, dtype=float) / 255
        # Faint far shadow goes, contact shadow stays: the ground is to read as pure white.
        values = np.clip((values - 0.06) / 0.94, 0, 1) * 0.8 * fade**0.7
        out = Image.new("RGBA", size, (34, 32, 36, 0))
        out.putalpha(Image.fromarray(np.uint8(values * 255 + 0.5)))
        return out

    def points(self, things: Sequence[bpy.types.Object] | None = None) -> Array:
        """Return the world points (n, 3) of what was put in, modifiers applied."""
        graph = bpy.context.evaluated_depsgraph_get()
        found = []
        for thing in things if things is not None else self._props:
            seen = thing.evaluated_get(graph)
            at = np.empty(len(seen.data.vertices) * 3)
            seen.data.vertices.foreach_get("co", at)
            matrix = np.array(seen.matrix_world)
            found.append(at.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3])
        return np.concatenate(found)

    def aim(self, camera: Camera) -> None:
        """Move the camera."""
        self.camera.location, self.camera.rotation_euler = camera.place, camera.angles

    def shoot(self, size: tuple[int, int], samples: int, seed: int = 7) -> Image.Image:
        """Take one picture, RGBA with nothing where nothing stands."""
        render = self.scene.render
        render.resolution_x, render.resolution_y = size
        self.scene.cycles.samples, self.scene.cycles.seed = samples, seed
        with tempfile.TemporaryDirectory() as folder:
            render.filepath = str(Path(folder) / "picture.png")
            bpy.ops.render.render(write_still=True)
            with Image.open(render.filepath) as picture:
                return picture.convert("RGBA")

    def photograph(
        self, parts: Sequence[Part], view: View, size: int, samples: int, light: Light = USUAL, shadow: bool = True
    ) -> Image.Image:
        """Take one product's picture, square RGBA, on its shadow or cut out."""
        self.clear()
        self.put(parts)
        points = self.points()
        self.light(points, light, view.azimuth)
        self.aim(frame(points, view, 1.14 if shadow else 1.04))
        picture = self.shoot((size, size), samples)
        return Image.alpha_composite(self.shadow((size, size), samples), picture) if shadow else picture


def on_white(picture: Image.Image) -> Image.Image:
    """Lay an RGBA picture on pure white."""
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB")
