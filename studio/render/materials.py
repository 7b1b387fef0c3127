# SPDX-License-Identifier: GPL-3.0-or-later
# This file imports bpy, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Turn finishes into Cycles materials: one table of surfaces, one shader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import bpy

from studio.render import patterns
from studio.render.nodes import Graph, Value
from studio.render.palettes import linear
from studio.render.part import Finish


@dataclass(frozen=True)
class Surface:
    """Numbers of the principled shader; `relief` names a bump of height `bump` metres and features `scale` metres."""

    roughness: float = 0.5
    metallic: float = 0.0
    coat: float = 0.0
    coat_roughness: float = 0.05
    sheen: float = 0.0
    transmission: float = 0.0
    translucent: float = 0.0
    relief: str = ""
    bump: float = 0.0
    scale: float = 0.002
    tone: float = 0.05
    ior: float = 1.5


SURFACES: dict[str, Surface] = {
    "leather": Surface(0.42, coat=0.22, coat_roughness=0.3, relief="grain", bump=0.00022, scale=0.0022, tone=0.08),
    "smooth leather": Surface(0.36, coat=0.3, coat_roughness=0.22, relief="grain", bump=6e-5, scale=0.0014, tone=0.07),
    "patent": Surface(0.16, coat=1.0, coat_roughness=0.03, tone=0.02),
    "suede": Surface(0.92, sheen=0.5, relief="noise", bump=0.0002, scale=0.0012, tone=0.12),
    "canvas": Surface(0.88, sheen=0.1, relief="weave", bump=0.00022, scale=0.0016, tone=0.06),
    "linen": Surface(0.9, sheen=0.12, relief="weave", bump=0.0002, scale=0.0013, tone=0.1),
    "cotton": Surface(0.9, sheen=0.12, relief="weave", bump=0.00008, scale=0.0009, tone=0.05),
    "nylon": Surface(0.5, sheen=0.1, relief="weave", bump=0.00005, scale=0.0008, tone=0.05),
    "wool": Surface(0.95, sheen=0.35, relief="noise", bump=0.0006, scale=0.0025, tone=0.1),
    "boucle": Surface(0.95, sheen=0.35, relief="grain", bump=0.0028, scale=0.009, tone=0.1),
    "velvet": Surface(0.75, sheen=1.0, relief="noise", bump=0.00015, scale=0.002, tone=0.14),
    "knit": Surface(0.92, sheen=0.2, relief="knit", bump=0.0012, scale=0.006, tone=0.06),
    "quilt": Surface(0.42, coat=0.22, coat_roughness=0.3, relief="quilt", bump=0.006, scale=0.03, tone=0.05),
    "metal": Surface(0.2, metallic=1.0, tone=0.02),
    "polished": Surface(0.07, metallic=1.0, tone=0.0),
    "brushed": Surface(0.34, metallic=1.0, relief="brushed", bump=0.00002, scale=0.0006, tone=0.03),
    "hammered": Surface(0.22, metallic=1.0, relief="grain", bump=0.0012, scale=0.012, tone=0.03),
    "wood": Surface(0.48, coat=0.12, coat_roughness=0.3, relief="wood", bump=0.00008, scale=0.012, tone=0.0),
    "ceramic": Surface(0.3, coat=0.75, coat_roughness=0.06, tone=0.05),
    "stoneware": Surface(0.5, coat=0.25, coat_roughness=0.25, relief="noise", bump=0.0002, scale=0.006, tone=0.1),
    "matte": Surface(0.62, tone=0.05),
    "terracotta": Surface(0.86, relief="noise", bump=0.00025, scale=0.002, tone=0.14),
    "concrete": Surface(0.88, relief="noise", bump=0.0003, scale=0.003, tone=0.16),
    "glass": Surface(0.02, transmission=1.0, tone=0.0, ior=1.45),
    "frosted": Surface(0.38, transmission=0.9, tone=0.0, ior=1.3),
    "plastic": Surface(0.33, tone=0.02),
    "gloss": Surface(0.12, coat=0.6, coat_roughness=0.03, tone=0.02),
    "powder": Surface(0.55, relief="noise", bump=0.00006, scale=0.0008, tone=0.02),
    "rubber": Surface(0.7, tone=0.04),
    "leaf": Surface(0.42, coat=0.2, coat_roughness=0.3, translucent=0.14, relief="noise", bump=4e-4, scale=0.012,
                    tone=0.2),
    "paper": Surface(0.9, translucent=0.35, tone=0.03),
    "shade": Surface(0.9, translucent=0.45, relief="weave", bump=0.00015, scale=0.0014, tone=0.04),
    "wax": Surface(0.45, coat=0.1, coat_roughness=0.3, translucent=0.2, tone=0.04),
    "cork": Surface(0.9, relief="noise", bump=0.0004, scale=0.002, tone=0.3),
    "wicker": Surface(0.6, relief="basket", bump=0.0022, scale=0.009, tone=0.14),
    "soil": Surface(1.0, relief="grain", bump=0.004, scale=0.008, tone=0.3),
}  # fmt: skip


def material(finish: Finish) -> bpy.types.Material:
    """Build the material of a finish."""
    if finish.surface not in SURFACES:
        raise ValueError(f"No surface {finish.surface!r}: one of {sorted(SURFACES)}.")
    surface = SURFACES[finish.surface]
    graph = Graph(finish.surface)
    colour = _colour(graph, finish, surface)
    shader = graph.add("ShaderNodeBsdfPrincipled")
    values = {
        "Base Color": colour,
        "Roughness": surface.roughness if finish.roughness is None else finish.roughness,
        "Metallic": surface.metallic,
        "IOR": surface.ior,
        "Coat Weight": surface.coat,
        "Coat Roughness": surface.coat_roughness,
        "Sheen Weight": surface.sheen,
        "Sheen Roughness": 0.4,
        "Sheen Tint": graph.mix(0.5, colour, (1.0, 1.0, 1.0, 1.0)),
        "Transmission Weight": surface.transmission,
        "Emission Color": colour,
        "Emission Strength": finish.glow,
    }
    for name, value in values.items():
        graph.put(shader.inputs[name], value)
    _relief(graph, finish, surface, shader)
    out = graph.add("ShaderNodeOutputMaterial")
    graph.put(out.inputs["Surface"], _see_through(graph, surface, colour, shader.outputs[0]))
    return graph.material


def _colour(graph: Graph, finish: Finish, surface: Surface) -> Value:
    colour: Value = linear(finish.colour)
    if surface.relief == "wood":
        colour = _grain_colour(graph, finish, surface)
    if finish.pattern:
        colour = patterns.apply(graph, finish.pattern, colour)
    if not surface.tone:
        return colour
    shade = graph.math("MULTIPLY_ADD", graph.noise(graph.object, 0.09, 3.0), 2 * surface.tone, 1.0 - surface.tone)
    return _brighter(graph, colour, shade)


def _brighter(graph: Graph, colour: Value, factor: Value) -> Value:
    node = graph.add("ShaderNodeMix", data_type="RGBA", blend_type="MULTIPLY")
    graph.put(node.inputs[0], 1.0)
    graph.put(node.inputs[6], colour)
    graph.put(node.inputs[7], factor)
    return node.outputs[2]


def _grain_colour(graph: Graph, finish: Finish, surface: Surface) -> Value:
    """Return wood: long streaks along the surface's v direction, darker and lighter than the named colour."""
    across = finish.scale or surface.scale
    streaks = graph.noise(graph.stretch(graph.vector(graph.u, graph.v), 1.0, 0.07, 1.0), across, 4.0)
    pores = graph.noise(graph.stretch(graph.vector(graph.u, graph.v), 1.0, 0.03, 1.0), across / 8, 2.0)
    shade = graph.math("ADD", graph.math("MULTIPLY", streaks, 0.75), graph.math("MULTIPLY", pores, 0.25))
    factor = graph.math("MULTIPLY_ADD", shade, 1.5, 0.27)
    return _brighter(graph, linear(finish.colour), factor)


def _see_through(graph: Graph, surface: Surface, colour: Value, shader: Value) -> Value:
    if not surface.translucent:
        return shader
    through = graph.add("ShaderNodeBsdfTranslucent")
    graph.put(through.inputs["Color"], colour)
    node = graph.add("ShaderNodeMixShader")
    graph.put(node.inputs[0], surface.translucent)
    graph.put(node.inputs[1], shader)
    graph.put(node.inputs[2], through.outputs[0])
    return node.outputs[0]


def _relief(graph: Graph, finish: Finish, surface: Surface, shader: bpy.types.ShaderNode) -> None:
    height = surface.bump if finish.bump is None else finish.bump
    if not surface.relief or not height:
        return
    bump = graph.add("ShaderNodeBump")
    graph.put(bump.inputs["Distance"], height)
    graph.put(bump.inputs["Strength"], 1.0)
    graph.put(bump.inputs["Height"], RELIEFS[surface.relief](graph, finish.scale or surface.scale))
    graph.put(shader.inputs["Normal"], bump.outputs[0])
    if surface.coat:
        graph.put(shader.inputs["Coat Normal"], bump.outputs[0])


def _grain(graph: Graph, size: float) -> Value:
    return graph.voronoi(graph.object, size, "SMOOTH_F1")


def _noise(graph: Graph, size: float) -> Value:
    return graph.noise(graph.object, size)


def _weave(graph: Graph, size: float) -> Value:
    """Return threads that pass over and under each other."""
    over, under = graph.wave(graph.u, size), graph.wave(graph.v, size)
    turn = graph.math("MULTIPLY", graph.wave(graph.u, 2 * size), graph.wave(graph.v, 2 * size))
    return graph.math("ADD", graph.math("MULTIPLY", over, under), graph.math("MULTIPLY", turn, 0.6))


def _knit(graph: Graph, size: float) -> Value:
    """Return columns of V-shaped stitches."""
    column = graph.math("PINGPONG", graph.math("MULTIPLY", graph.u, 1 / size), 0.5)
    leaning = graph.math("ADD", graph.v, graph.math("MULTIPLY", column, size))
    return graph.math(
        "MULTIPLY", graph.wave(leaning, size * 0.75), graph.wave(graph.math("ADD", graph.u, size / 4), size / 2)
    )


def _quilt(graph: Graph, size: float) -> Value:
    a = graph.math(
        "ABSOLUTE", graph.math("SINE", graph.math("MULTIPLY", graph.math("ADD", graph.u, graph.v), 3.14159 / size))
    )
    b = graph.math(
        "ABSOLUTE", graph.math("SINE", graph.math("MULTIPLY", graph.math("SUBTRACT", graph.u, graph.v), 3.14159 / size))
    )
    return graph.math("POWER", graph.math("MINIMUM", a, b), 0.6)


def _brushed(graph: Graph, size: float) -> Value:
    return graph.noise(graph.stretch(graph.vector(graph.u, graph.v), 0.02, 1.0, 1.0), size)


def _wood(graph: Graph, size: float) -> Value:
    return graph.noise(graph.stretch(graph.vector(graph.u, graph.v), 1.0, 0.05, 1.0), size / 6)


def _basket(graph: Graph, size: float) -> Value:
    """Return strands that go over one stake and under the next, shifted from row to row."""
    row = graph.math("FLOORED_MODULO", graph.math("FLOOR", graph.math("MULTIPLY", graph.v, 2 / size)), 2.0)
    shifted = graph.math("ADD", graph.u, graph.math("MULTIPLY", row, size))
    over = graph.wave(shifted, 2 * size)
    return graph.math(
        "MULTIPLY", over, graph.math("ABSOLUTE", graph.math("SINE", graph.math("MULTIPLY", graph.v, 6.2831853 / size)))
    )


RELIEFS: dict[str, Callable[[Graph, float], Value]] = {
    "grain": _grain, "noise": _noise, "weave": _weave, "knit": _knit, "quilt": _quilt, "brushed": _brushed,
    "wood": _wood, "basket": _basket,
}  # fmt: skip
