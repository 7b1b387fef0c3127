"""Make what stands about a product and is not for sale, each kind at the origin, then where a snapshot has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from studio.render.curves import circle, fillet, rounded_rectangle, superellipse
from studio.render.mesh import Mesh, merge, move, rotate
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import extrude, puffed_box, revolve, tube
from studio.scenes import clutter, greenery
from studio.scenes.grounds import block, disc, legs
from studio.scenes.settings import desk
from studio.shapes import plants
from studio.views.snapshot import Thing

FOOT = (0.0, 0.0, 0.0)


def build(thing: Thing) -> list[Part]:
    """Return a thing's parts where it stands."""
    made = _made(replace(thing, at=FOOT, turn=0.0))
    return [replace(part, mesh=move(rotate(part.mesh, "z", thing.turn), *thing.at)) for part in made]


@lru_cache(maxsize=64)
def _made(thing: Thing) -> list[Part]:
    return KINDS[thing.kind](thing)


def magazine(width: float, depth: float, cover: str, disc_colour: str) -> list[Part]:
    """Lay a magazine down: pages, and a cover with a disc and two lines."""
    paper = Finish("paper", "#f1eee8")
    print_ = Finish("matte", disc_colour, roughness=0.35)
    lines = [block((width * share, 0.006, 0.0004), (0, y, 0.0062), print_, 0.0001)
             for share, y in ((0.7, 0.4 * depth), (0.45, 0.34 * depth))]  # fmt: skip
    return [
        block((width, depth, 0.005), FOOT, paper, 0.001),
        block((width, depth, 0.0012), (0, 0, 0.005), Finish("matte", cover, roughness=0.35), 0.0004),
        disc(0.28 * width, 0.0004, (0, -0.06 * depth, 0.0062), print_, 0.0001), *lines,
    ]  # fmt: skip


def phone(case: str) -> list[Part]:
    """Lay a phone down, its dark glass up."""
    body = extrude(rounded_rectangle(0.072, 0.15, 0.011), 0.008, 0.003)
    glass = extrude(rounded_rectangle(0.067, 0.145, 0.009), 0.0006, 0.0002)
    return [Part(body, Finish("matte", case)), Part(move(glass, z=0.0078), Finish("gloss", "#15171a"))]


def pen(colour: str) -> list[Part]:
    """Lay a pen down along x."""
    line = [[-0.07, 0, 0.0045], [-0.06, 0, 0.0045], [0.06, 0, 0.0045], [0.072, 0, 0.0045]]
    return [Part(tube(line, [0.001, 0.0045, 0.0045, 0.003], 14), Finish("plastic", colour))]


def coasters(colour: str) -> list[Part]:
    """Lay two coasters down, one half on the other."""
    felt = Finish("wool", colour, bump=0.0002)
    return [disc(0.048, 0.005, FOOT, felt, 0.002), disc(0.048, 0.005, (0.012, 0.008, 0.005), felt, 0.002)]


def jar(content: str, lid: str) -> list[Part]:
    """Set down a storage jar filled with something to cook."""
    glass_ = revolve(fillet([(0, 0), (0.047, 0), (0.047, 0.14), (0.036, 0.15)], [0, 0.008, 0.008, 0]), 56)
    fill = revolve(fillet([(0, 0.004), (0.0475, 0.004), (0.0475, 0.1), (0, 0.104)], [0, 0.008, 0.004, 0]), 56)
    cap = move(extrude(circle(0.04, 56), 0.022, 0.004), z=0.148)
    return [
        Part(glass_, Finish("plastic", "#dfe5e2", roughness=0.15)), Part(fill, Finish("soil", content, bump=0.002)),
        Part(cap, Finish("wood", lid)),
    ]  # fmt: skip


def carton(width: float, depth: float, height: float, tape: str) -> list[Part]:
    """Set down a closed cardboard box with a strip of tape."""
    card = Finish("paper", "#b98d5e")
    strip = Finish("plastic", tape, roughness=0.4)
    return [
        block((width, depth, height), FOOT, card, 0.003),
        block((width + 0.001, 0.05, 0.05), (0, 0, height - 0.049), strip, 0.001),
    ]


def pebbles(colours: tuple[str, ...], count: int = 9, reach: float = 0.16) -> list[Part]:
    """Scatter stones."""
    parts = []
    for k in range(count):
        size = 0.012 + 0.008 * plants.jitter(k, 5)
        stone = puffed_box((2.4 * size, 1.9 * size, 1.3 * size), 0.6 * size, (0.1 * size,) * 3, 3)
        at = (reach * plants.jitter(k, 1), reach * plants.jitter(k, 2), 0.6 * size)
        parts.append(
            Part(move(rotate(stone, "z", 137 * k), *at), Finish("concrete", colours[k % len(colours)]), subdivide=1)
        )
    return parts


def fallen_leaves(colours: tuple[str, ...], count: int = 11, reach: float = 0.28) -> list[Part]:
    """Scatter dry leaves."""
    heaps: list[list[Mesh]] = [[] for _ in colours]
    for k in range(count):
        size = 0.07 + 0.022 * plants.jitter(k, 4)
        path = np.array([[0, 0, 0.004], [0.35 * size, 0.02 * size, 0.012], [0.7 * size, 0, 0.013], [size, 0, 0.006]])
        blade = rotate(plants.leaf(path, 0.5 * size, 0.42, 0.22, 0.12), "z", 137.5 * k)
        heaps[k % len(colours)].append(move(blade, reach * plants.jitter(k, 1), reach * plants.jitter(k, 2)))
    return [Part(merge(heap), Finish("leaf", colour)) for heap, colour in zip(heaps, colours, strict=True) if heap]


def ball(radius: float, colour: str, band: str) -> list[Part]:
    """Set down a ball to play with."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 40)
    profile = np.stack([radius * np.cos(t), radius * (1 + np.sin(t))], axis=1)
    profile[[0, -1], 0] = 0.0
    belt = Pattern("bands", (band,), radius * 0.5, 0.0, 0.4, radius)
    return [Part(rotate(revolve(profile, 64), "y", 24, (0, 0, radius)), Finish("rubber", colour, belt))]


def pillow(width: float, depth: float, thick: float, colour: str) -> list[Part]:
    """Lay a plain bed pillow down."""
    soft = puffed_box((width, depth, 0.4 * thick), 0.19 * thick, (-0.01, -0.01, 0.3 * thick), 16)
    return [Part(move(soft, z=float(-soft.vertices[:, 2].min())), Finish("cotton", colour), subdivide=1)]


def pouf(radius: float, height: float, colour: str) -> list[Part]:
    """Set down a round pouf."""
    profile = fillet([(0, 0), (0.94 * radius, 0), (1.02 * radius, 0.5 * height), (0.9 * radius, height), (0, height)],
                     [0, 0.05, 0.3, 0.07, 0], 10)  # fmt: skip
    return [Part(revolve(profile, 72), Finish("knit", colour))]


def board(width: float, depth: float, wood: str, fruit: str) -> list[Part]:
    """Lay a chopping board down with two fruits on it."""
    plank = extrude(superellipse(width, depth, 5.0, 72), 0.018, 0.005)
    return [
        Part(rotate(plank, "z", 0), Finish("wood", wood)),
        *clutter.fruit((-0.2 * width, 0.03, 0.018), 0.034, fruit, 1.1),
        *clutter.fruit((0.05 * width, -0.02, 0.018), 0.033, fruit, 1.15),
    ]


def fruit_bowl(colour: str, fruit: tuple[str, ...]) -> list[Part]:
    """Set down a plate heaped with fruit."""
    spots = [(0.048 * np.cos(a), 0.048 * np.sin(a), 0.008) for a in np.arange(4) * np.pi / 2]
    parts = [clutter.plate(FOOT, 0.115, colour)]
    for k, at in enumerate([*spots, (0.0, 0.0, 0.055)]):
        parts += clutter.fruit((float(at[0]), float(at[1]), at[2]), 0.035, fruit[k % len(fruit)], 1.0)
    return parts


def sideboard(width: float, wood: str, front: str) -> list[Part]:
    """Set down a low cupboard with two doors."""
    doors = [
        block((width / 2 - 0.03, 0.018, 0.42), (x, -0.2, 0.16), Finish("matte", front), 0.004)
        for x in (-width / 4 + 0.005, width / 4 - 0.005)
    ]
    return [
        block((width, 0.4, 0.47), (0, 0, 0.135), Finish("wood", wood), 0.006), *doors,
        *legs(width / 2 - 0.06, 0.14, 0.135, (0, 0), Finish("wood", wood), 0.035),
    ]  # fmt: skip


def side_table(wood: str, books: tuple[str, ...]) -> list[Part]:
    """Set down a low round table with books on it."""
    timber = Finish("wood", wood)
    return [
        disc(0.3, 0.026, (0, 0, 0.394), timber, 0.008), *legs(0.15, 0.15, 0.394, (0, 0), timber, 0.032),
        *clutter.stack((-0.04, 0.02, 0.42), books, 24),
    ]  # fmt: skip


def bowl_and_cutlery(colour: str) -> list[Part]:
    """Lay a place: plate, knife and fork."""
    return [clutter.plate(FOOT, 0.12, colour), clutter.knife_and_fork((0.19, -0.1, 0.001), 4)]


def picture(thing: Thing) -> list[Part]:
    """Hang a picture of discs."""
    a, b, c = thing.colours[:3]
    discs = ((-0.06, 0.1, 0.17, a), (0.1, -0.12, 0.13, b), (-0.1, -0.2, 0.07, c))
    return clutter.framed(0.42 * thing.size, 0.54 * thing.size, FOOT, thing.colours[3], discs)


KINDS: dict[str, Callable[[Thing], list[Part]]] = {
    "stack": lambda t: clutter.stack(FOOT, t.colours, 0.0, 0.23 * t.size, 0.165 * t.size),
    "book": lambda t: clutter.book(0.2 * t.size, 0.14 * t.size, 0.02, FOOT, t.colours[0]),
    "row": lambda t: clutter.row(FOOT, t.colours),
    "magazine": lambda t: magazine(0.2 * t.size, 0.27 * t.size, *t.colours[:2]),
    "phone": lambda t: phone(t.colours[0]),
    "pen": lambda t: pen(t.colours[0]),
    "coasters": lambda t: coasters(t.colours[0]),
    "jar": lambda t: jar(*t.colours[:2]),
    "plate": lambda t: [clutter.plate(FOOT, 0.11 * t.size, t.colours[0])],
    "place setting": lambda t: bowl_and_cutlery(t.colours[0]),
    "fruit": lambda t: clutter.fruit(FOOT, 0.036 * t.size, t.colours[0]),
    "fruit plate": lambda t: fruit_bowl(t.colours[0], t.colours[1:]),
    "board": lambda t: board(0.32 * t.size, 0.2 * t.size, *t.colours[:2]),
    "napkin": lambda t: [clutter.napkin(FOOT, t.colours[0], 0.0, 0.2 * t.size)],
    "striped napkin": lambda t: [
        clutter.napkin(FOOT, t.colours[0], 0.0, 0.2 * t.size, Pattern("stripes", t.colours[1:2], 0.03, 0.0, 0.25))
    ],
    "laptop": lambda t: desk.laptop(FOOT),
    "pencils": lambda t: desk.pencils(FOOT),
    "picture": picture,
    "curtain": lambda t: [clutter.curtain(0.8 * t.size, 2.5, FOOT, t.colours[0])],
    "rubber plant": lambda t: greenery.potted("rubber", FOOT, 0.46, Finish("terracotta", t.colours[0])),
    "leafy plant": lambda t: greenery.potted("arching", FOOT, 0.46, Finish("terracotta", t.colours[0])),
    "fern": lambda t: greenery.potted("fern", FOOT, 0.4, Finish("terracotta", t.colours[0])),
    "carton": lambda t: carton(0.34 * t.size, 0.25 * t.size, 0.22 * t.size, t.colours[0]),
    "pebbles": lambda t: pebbles(t.colours),
    "leaves": lambda t: fallen_leaves(t.colours),
    "ball": lambda t: ball(0.11 * t.size, *t.colours[:2]),
    "pillow": lambda t: pillow(0.62 * t.size, 0.42 * t.size, 0.15 * t.size, t.colours[0]),
    "pouf": lambda t: pouf(0.24 * t.size, 0.34 * t.size, t.colours[0]),
    "sideboard": lambda t: sideboard(1.2 * t.size, *t.colours[:2]),
    "side table": lambda t: side_table(t.colours[0], t.colours[1:]),
}
