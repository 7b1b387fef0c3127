# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports bpy, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Turn surfaces into Blender objects."""

from __future__ import annotations

import bmesh
import bpy
import numpy as np
from mathutils import Vector

from studio.render.mesh import Array, Mesh
from studio.render.part import Part

SHARP = np.radians(38)


def look_at(thing: bpy.types.Object, target: Array) -> None:
    """Turn an object's -z axis to a point."""
    thing.rotation_euler = Vector(target - np.array(thing.location)).to_track_quat("-Z", "Y").to_euler()


def blender_mesh(mesh: Mesh) -> bpy.types.Mesh:
    """Convert a surface; doubled points are welded and creases over 38 degrees stay sharp."""
    data = bpy.data.meshes.new("mesh")
    corners = [[int(v) for v in face if v >= 0] for face in mesh.faces]
    data.from_pydata(mesh.vertices.tolist(), [], corners)
    layer = data.uv_layers.new(name="uv")
    keep = mesh.faces >= 0
    layer.data.foreach_set("uv", mesh.uvs[keep].astype(np.float32).ravel())
    _weld(data)
    if mesh.smooth:
        data.shade_smooth()
        data.set_sharp_from_angle(angle=SHARP)
    else:
        data.shade_flat()
    return data


def _weld(data: bpy.types.Mesh) -> None:
    work = bmesh.new()
    work.from_mesh(data)
    bmesh.ops.remove_doubles(work, verts=work.verts, dist=1e-6)
    bmesh.ops.dissolve_degenerate(work, edges=work.edges, dist=1e-7)
    work.to_mesh(data)
    work.free()


def add_modifiers(thing: bpy.types.Object, part: Part) -> None:
    """Give an object its part's thickness, bevel and subdivision."""
    if part.thickness:
        solid = thing.modifiers.new("thickness", "SOLIDIFY")
        solid.thickness, solid.offset = part.thickness, 0.0
    if part.bevel:
        bevel = thing.modifiers.new("bevel", "BEVEL")
        bevel.width, bevel.segments, bevel.limit_method, bevel.angle_limit = part.bevel, 3, "ANGLE", SHARP
    if part.subdivide:
        smooth = thing.modifiers.new("subdivide", "SUBSURF")
        smooth.levels = smooth.render_levels = part.subdivide
