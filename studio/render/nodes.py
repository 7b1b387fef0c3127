# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports bpy, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Write shader node graphs as expressions."""

from __future__ import annotations

from typing import Any

import bpy

Value = Any  # a node socket or a float


class Graph:
    """A material's node tree under construction."""

    def __init__(self, name: str) -> None:
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        coordinates = self.add("ShaderNodeTexCoord")
        self.object = coordinates.outputs["Object"]
        self.uv = coordinates.outputs["UV"]
        self.u, self.v, _ = self.split(self.uv)
        _, _, self.z = self.split(self.object)

    def add(self, kind: str, **settings: Any) -> Any:
        node = self.tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(node, name, value)
        return node

    def put(self, socket: Any, value: Value) -> None:
        """Link a socket to an input, or set the input's value."""
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def math(self, operation: str, a: Value, b: Value = 0.0, c: Value = 0.0) -> Value:
        node = self.add("ShaderNodeMath", operation=operation)
        for socket, value in zip(node.inputs, (a, b, c), strict=True):
            self.put(socket, value)
        return node.outputs[0]

    def split(self, vector: Value) -> tuple[Value, Value, Value]:
        node = self.add("ShaderNodeSeparateXYZ")
        self.put(node.inputs[0], vector)
        return node.outputs[0], node.outputs[1], node.outputs[2]

    def vector(self, x: Value, y: Value, z: Value = 0.0) -> Value:
        node = self.add("ShaderNodeCombineXYZ")
        for socket, value in zip(node.inputs, (x, y, z), strict=True):
            self.put(socket, value)
        return node.outputs[0]

    def stretch(self, vector: Value, x: float, y: float, z: float) -> Value:
        node = self.add("ShaderNodeVectorMath", operation="MULTIPLY")
        self.put(node.inputs[0], vector)
        self.put(node.inputs[1], (x, y, z))
        return node.outputs[0]

    def mix(self, share: Value, a: Value, b: Value) -> Value:
        """Blend two colours."""
        node = self.add("ShaderNodeMix", data_type="RGBA")
        self.put(node.inputs[0], share)
        self.put(node.inputs[6], a)
        self.put(node.inputs[7], b)
        return node.outputs[2]

    def step(self, value: Value, low: float, high: float) -> Value:
        """Rise from 0 to 1 between two values; falls when low is over high."""
        node = self.add("ShaderNodeMapRange", interpolation_type="SMOOTHSTEP")
        self.put(node.inputs["Value"], value)
        if low <= high:
            self.put(node.inputs["From Min"], low)
            self.put(node.inputs["From Max"], high)
            return node.outputs[0]
        self.put(node.inputs["From Min"], high)
        self.put(node.inputs["From Max"], low)
        return self.math("SUBTRACT", 1.0, node.outputs[0])

    def noise(self, vector: Value, size: float, detail: float = 2.0) -> Value:
        """Return noise 0..1 whose features are about `size` metres."""
        node = self.add("ShaderNodeTexNoise")
        self.put(node.inputs["Vector"], vector)
        self.put(node.inputs["Scale"], 1.0 / size)
        self.put(node.inputs["Detail"], detail)
        return node.outputs[0]

    def voronoi(self, vector: Value, size: float, feature: str = "F1", output: str = "Distance") -> Value:
        """Return a Voronoi texture's output for cells of about `size` metres."""
        node = self.add("ShaderNodeTexVoronoi", feature=feature)
        self.put(node.inputs["Vector"], vector)
        self.put(node.inputs["Scale"], 1.0 / size)
        return node.outputs[output]

    def wave(self, value: Value, period: float) -> Value:
        """Return a sine 0..1 of a length."""
        sine = self.math("SINE", self.math("MULTIPLY", value, 6.2831853 / period))
        return self.math("MULTIPLY_ADD", sine, 0.5, 0.5)
