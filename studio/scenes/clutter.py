"""Make what stands about in a scene and is not for sale: rugs, curtains, pictures, books, plates, fruit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from studio.render.curves import circle, fillet
from studio.render.mesh import grid, merge, move, rotate
from studio.render.part import Finish, Part, Pattern
from studio.render.primitives import extrude, revolve, tube
from studio.scenes.grounds import block
from studio.scenes.setting import Vector


def rug(width: float, depth: float, at: tuple[float, float], finish: Finish, border: str = "") -> list[Part]:
    """Lay a woven rug, with fringes at both short ends."""
    body = block((width, depth, 0.012), (*at, 0.0), finish, 0.005)
    ends = []
    for side in (-1, 1):
        for y in np.linspace(-depth / 2 + 0.012, depth / 2 - 0.012, int(depth / 0.022)):
            x = side * width / 2
            sway = 0.008 * np.sin(y * 97)
            ends.append(
                tube(
                    [[x, y, 0.006], [x + side * 0.03, y + sway, 0.004], [x + side * 0.055, y + sway * 1.6, 0.003]],
                    0.0028,
                    6,
                )
            )
    return [body, Part(move(merge(ends), at[0], at[1]), Finish("cotton", border or finish.colour))]


def curtain(width: float, height: float, at: Vector, colour: str, folds: float = 7.0) -> Part:
    """Hang a curtain in soft folds, its middle top at `at`."""
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, 180), np.linspace(0, 1, 30), indexing="ij")
    sway = 0.035 * (0.7 + 0.5 * v) * np.sin(2 * np.pi * folds * u + 0.7 * np.sin(5 * u) + 0.5 * v)
    points = np.stack([u * width * (1 + 0.05 * v), sway, -v * height], axis=-1)
    return Part(move(grid(points[:, ::-1]), *at), Finish("shade", colour), thickness=0.003)


def framed(
    width: float,
    height: float,
    at: Vector,
    edge: str,
    shapes: Sequence[tuple[float, float, float, str]],
    paper: str = "ivory",
) -> list[Part]:
    """Hang a picture with its lowest edge's middle at `at`; `shapes` are discs: x, z, radius in widths, colour."""
    bar, deep = 0.022, 0.028
    x, y, z = at
    rim = Finish("wood", edge)
    parts = [
        block((width, deep, bar), at, rim), block((width, deep, bar), (x, y, z + height - bar), rim),
        block((bar, deep, height - 2 * bar), (x - width / 2 + bar / 2, y, z + bar), rim),
        block((bar, deep, height - 2 * bar), (x + width / 2 - bar / 2, y, z + bar), rim),
        block((width - bar, 0.008, height - bar), (x, y + 0.004, z + bar / 2), Finish("paper", "#f4f1ea"), 0.001),
        block((width * 0.68, 0.004, height * 0.7), (x, y - 0.0015, z + height * 0.15), Finish("paper", paper), 0.001),
    ]  # fmt: skip
    for k, (dx, dz, radius, colour) in enumerate(shapes):
        disc = rotate(extrude(circle(radius * width, 60), 0.001), "x", 90)
        parts.append(
            Part(
                move(disc, x + dx * width, y - 0.004 - 0.0012 * k, z + height / 2 + dz * width), Finish("paper", colour)
            )
        )
    return parts


def book(width: float, depth: float, thick: float, at: Vector, colour: str, turn: float = 0.0) -> list[Part]:
    """Lay a book down: cover and pages."""
    cover = Finish("canvas", colour)
    make = [
        ((width, depth, 0.0028), (0.0, 0.0, 0.0), cover), ((width, depth, 0.0028), (0.0, 0.0, thick - 0.0028), cover),
        ((width, 0.003, thick), (0.0, -depth / 2 + 0.0015, 0.0), cover),
        ((width - 0.01, depth - 0.008, thick - 0.0056), (0.0, 0.002, 0.0028), Finish("paper", "#efe8d8")),
    ]  # fmt: skip
    parts = [block(size, place, finish, 0.001) for size, place, finish in make]
    return [replace(p, mesh=move(rotate(p.mesh, "z", turn), *at)) for p in parts]


def stack(
    at: Vector, colours: Sequence[str], turn: float = 0.0, width: float = 0.24, depth: float = 0.17
) -> list[Part]:
    """Pile books, each a little smaller and turned otherwise."""
    parts, z = [], at[2]
    for k, colour in enumerate(colours):
        thick = 0.022 + 0.009 * ((k * 5) % 3)
        parts += book(
            width * (1 - 0.06 * k), depth * (1 - 0.04 * k), thick, (at[0], at[1], z), colour, turn + 9 * (-1) ** k
        )
        z += thick
    return parts


def row(at: Vector, colours: Sequence[str], depth: float = 0.15) -> list[Part]:
    """Stand books side by side, spines to the camera, the first one's left foot at `at`."""
    parts, x = [], at[0]
    for k, colour in enumerate(colours):
        thick, tall = 0.018 + 0.008 * ((k * 7) % 4), 0.19 + 0.018 * ((k * 5) % 4)
        for part in book(tall, depth, thick, (0, 0, 0), colour):
            parts.append(replace(part, mesh=move(rotate(part.mesh, "y", -90), x + thick, at[1], at[2] + tall / 2)))
        x += thick + 0.0008
    return parts


def plate(at: Vector, radius: float = 0.11, colour: str = "white") -> Part:
    """Set down a flat plate."""
    profile = fillet(
        [
            (0, 0.004),
            (0.55 * radius, 0.003),
            (0.62 * radius, 0.005),
            (radius, 0.017),
            (radius, 0.0205),
            (0.6 * radius, 0.009),
            (0, 0.0085),
        ],
        0.004,
        5,
    )
    return Part(move(revolve(profile, 72), *at), Finish("ceramic", colour))


def fruit(at: Vector, radius: float, colour: str, stretch: float = 1.0) -> list[Part]:
    """Set down an apple, or with a stretch a lemon or a pear, with its stalk."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 30)
    dimple = 1 - 0.22 * np.exp(-((t - np.pi / 2) ** 2) / 0.12) - 0.1 * np.exp(-((t + np.pi / 2) ** 2) / 0.1)
    profile = np.stack([radius * np.cos(t), radius * (1 + np.sin(t) * dimple * stretch)], axis=1)
    profile[:, 1] -= profile[:, 1].min()
    profile[[0, -1], 0] = 0.0
    top = float(profile[-1, 1])
    stalk = tube([[0, 0, top - 0.004], [0.002, 0, top + 0.006], [0.006, 0.001, top + 0.014]], 0.0014, 6)
    return [
        Part(move(revolve(profile, 40), *at), Finish("wax", colour)),
        Part(move(stalk, *at), Finish("matte", "chocolate")),
    ]


def knife_and_fork(at: Vector, turn: float = 0.0) -> Part:
    """Lay cutlery side by side."""
    blade = extrude(
        fillet([(-0.009, 0), (0.006, 0), (0.008, 0.1), (-0.008, 0.1)], [0.012, 0.003, 0.003, 0.004], 5, closed=True),
        0.0022,
        0.0006,
    )
    grip = tube([[0, 0.09, 0.002], [0, 0.14, 0.0035], [0, 0.2, 0.003]], [0.004, 0.0052, 0.006], 10)
    knife = merge([move(rotate(blade, "z", 180), y=0.1), grip])
    tines = [
        tube([[x, -0.0, 0.002], [x, 0.045, 0.0035], [x * 0.7, 0.06, 0.0025]], 0.0017, 8)
        for x in (-0.0085, -0.0028, 0.0028, 0.0085)
    ]
    neck = tube([[0, 0.055, 0.0025], [0, 0.09, 0.003], [0, 0.2, 0.003]], [0.0085, 0.0035, 0.006], 10)
    both = merge([knife, *[move(tine, x=-0.045) for tine in tines], move(neck, x=-0.045)])
    return Part(move(rotate(both, "z", turn), *at), Finish("metal", "steel"))


def napkin(at: Vector, colour: str, turn: float = 0.0, size: float = 0.16, pattern: Pattern | None = None) -> Part:
    """Lay a folded cloth."""
    u, v = np.meshgrid(np.linspace(-1, 1, 40), np.linspace(-1, 1, 40), indexing="ij")
    z = 0.006 + 0.002 * np.sin(4 * u + 2 * v) * np.sin(3 * v - u)
    points = np.stack([u * size / 2 + 0.003 * np.sin(3 * v), v * size * 0.36 + 0.003 * np.sin(4 * u), z], axis=-1)
    return Part(move(rotate(grid(points), "z", turn), *at), Finish("linen", colour, pattern), thickness=0.006)


def hooks(y: float, z: float, xs: Sequence[float], wood: str = "oak") -> list[Part]:
    """Screw a rail with round pegs to the wall."""
    span = max(xs) - min(xs) + 0.24
    rail = block((span, 0.022, 0.07), ((max(xs) + min(xs)) / 2, y - 0.011, z - 0.035), Finish("wood", wood))
    pegs = [tube([[x, y - 0.02, z], [x, y - 0.06, z + 0.008], [x, y - 0.09, z + 0.016]], 0.009, 14) for x in xs]
    return [rail, Part(merge(pegs), Finish("wood", wood))]
