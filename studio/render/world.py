# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports bpy, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Light the studio from all round."""

from __future__ import annotations

import bpy


def studio_world() -> bpy.types.World:
    """Return a world that shows glossy rays light and dark by height and side, and plain white to all others.

    Without that contrast metal looks flat.
    """
    world = bpy.data.worlds.new("studio")
    world.use_nodes = True
    tree = world.node_tree
    tree.nodes.clear()
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    while len(ramp.color_ramp.elements) < 6:
        ramp.color_ramp.elements.new(0.5)
    stops = ((0.0, 0.35), (0.42, 0.5), (0.5, 0.08), (0.56, 0.25), (0.62, 0.75), (1.0, 0.42))
    for element, (at, grey) in zip(ramp.color_ramp.elements, stops, strict=True):
        element.position, element.color = at, (grey, grey, grey, 1)
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    split = tree.nodes.new("ShaderNodeSeparateXYZ")
    flank, side = tree.nodes.new("ShaderNodeMath"), tree.nodes.new("ShaderNodeMath")
    flank.operation = "ABSOLUTE"
    side.operation, side.inputs[1].default_value, side.inputs[2].default_value = "MULTIPLY_ADD", 1.5, 0.45
    half = tree.nodes.new("ShaderNodeMath")
    half.operation, half.inputs[1].default_value, half.inputs[2].default_value = "MULTIPLY_ADD", 0.5, 0.5
    rays = tree.nodes.new("ShaderNodeLightPath")
    glossy, plain = tree.nodes.new("ShaderNodeBackground"), tree.nodes.new("ShaderNodeBackground")
    plain.inputs["Color"].default_value, plain.inputs["Strength"].default_value = (1, 1, 1, 1), 0.36
    mix, out = tree.nodes.new("ShaderNodeMixShader"), tree.nodes.new("ShaderNodeOutputWorld")
    for a, b in (
        (coordinates.outputs["Generated"], split.inputs[0]), (split.outputs[2], half.inputs[0]),
        (half.outputs[0], ramp.inputs[0]), (ramp.outputs[0], glossy.inputs["Color"]),
        (split.outputs[0], flank.inputs[0]), (flank.outputs[0], side.inputs[0]),
        (side.outputs[0], glossy.inputs["Strength"]),
        (rays.outputs["Is Glossy Ray"], mix.inputs[0]), (plain.outputs[0], mix.inputs[1]),
        (glossy.outputs[0], mix.inputs[2]), (mix.outputs[0], out.inputs[0]),
    ):  # fmt: skip
        tree.links.new(a, b)
    return world
