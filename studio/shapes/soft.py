"""Shape what soft goods share: puffed bodies, sheets with an edge, seams, straps and metal fittings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from studio.render.curves import circle, fillet, offset, resample, rounded_rectangle
from studio.render.mesh import Array, Mesh, arc_lengths, flip, grid, merge, move, rotate
from studio.render.primitives import extrude, sweep, torus, tube


@dataclass(frozen=True)
class Body:
    """A closed bag: its front `outline` (n, 2) of x, z, counter-clockwise, given a depth.

    `bottom` and `top` are half depths, `puff` how far the faces bulge, `edge` the radius between face and gusset,
    `dent` how far the gusset folds in. All metres.
    """

    outline: Array
    bottom: float
    top: float
    puff: float = 0.006
    edge: float = 0.008
    dent: float = 0.0

    @property
    def height(self) -> float:
        """Return the height of the highest point."""
        return float(self.outline[:, 1].max())

    @property
    def centre(self) -> Array:
        """Return the middle of the outline's bounding box."""
        return np.asarray((self.outline.min(axis=0) + self.outline.max(axis=0)) / 2)

    def half(self, z: ArrayLike) -> Array:
        """Return the half depth of the gusset at heights z."""
        return np.asarray(self.bottom + (self.top - self.bottom) * np.clip(np.asarray(z) / self.height, 0, 1))

    def depth(self, x: ArrayLike, z: ArrayLike) -> Array:
        """Return how far the front face stands before the middle plane at x, z."""
        at = np.stack(np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float)), axis=-1) - self.centre
        rim = self.outline - self.centre
        angles, radii = np.arctan2(rim[:, 1], rim[:, 0]), np.hypot(rim[:, 0], rim[:, 1])
        order = np.argsort(angles)
        reach = np.interp(np.arctan2(at[..., 1], at[..., 0]), angles[order], radii[order], period=2 * np.pi)
        share = np.clip(np.hypot(at[..., 0], at[..., 1]) / reach, 0, 1)
        return np.asarray(self.half(np.asarray(z)) + self.puff * (1 - share**2.4))

    def on_front(self, line: ArrayLike, lift: float = 0.0) -> Array:
        """Lay a line (n, 2) of x, z on the front face, `lift` metres before it."""
        at = np.asarray(line, dtype=float)
        return np.stack([at[:, 0], -self.depth(at[:, 0], at[:, 1]) - lift, at[:, 1]], axis=1)

    def mesh(self) -> Mesh:
        """Skin the faces, the rounded edges and the gusset."""
        core = offset(self.outline, -self.edge)
        rings = [self.centre + (core - self.centre) * s for s in np.linspace(0.0005, 1, 14)]
        front = [np.stack([p[:, 0], -self.depth(*p.T), p[:, 1]], axis=1) for p in rings]
        turns = [self._turn(angle) for angle in np.linspace(0, np.pi / 2, 7)[1:]]
        side = [self._gusset(share) for share in np.linspace(-1, 0, 6)[1:]]
        half = front + turns + side
        back = [ring * [1, -1, 1] for ring in half[-2::-1]]
        return flat_uv(flip(grid(np.array(half + back).transpose(1, 0, 2), close_u=True)))

    def _turn(self, angle: float) -> Array:
        p = offset(self.outline, -self.edge * (1 - np.sin(angle)))
        return np.stack([p[:, 0], -self.half(p[:, 1]) + self.edge * (1 - np.cos(angle)), p[:, 1]], axis=1)

    def _gusset(self, share: float) -> Array:
        p = offset(self.outline, -self.dent * (1 - share**2))
        return np.stack([p[:, 0], share * (self.half(p[:, 1]) - self.edge), p[:, 1]], axis=1)

    def seam(self, side: float = -1.0, lift: float = 0.0) -> Array:
        """Return the closed line (n, 3) along the rounded edge; side -1 is the front, +1 the back."""
        p = offset(self.outline, -self.edge * 0.25 + lift)
        return np.stack([p[:, 0], side * (self.half(p[:, 1]) - self.edge * 0.2 + lift), p[:, 1]], axis=1)


def flat_uv(mesh: Mesh) -> Mesh:
    """Lay prints flat: UVs from x and z, and from y where a surface faces the sides."""
    corners = mesh.vertices[np.where(mesh.faces < 0, mesh.faces[:, :1], mesh.faces)]
    normal = np.abs(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))
    axis = normal.argmax(axis=1)
    pairs = np.array([[1, 2], [0, 2], [0, 1]])[axis]
    uvs = np.take_along_axis(corners, np.broadcast_to(pairs[:, None, :], (*corners.shape[:2], 2)), axis=2)
    return Mesh(mesh.vertices, mesh.faces, uvs, mesh.smooth)


def normals(points: Array) -> Array:
    """Return unit normals du x dv of an open (nu, nv, 3) grid."""
    out = np.cross(np.gradient(points, axis=0), np.gradient(points, axis=1))
    return np.asarray(out / np.maximum(np.linalg.norm(out, axis=2, keepdims=True), 1e-12))


def rim(points: Array) -> Array:
    """Return the closed border line of a (nu, nv, 3) grid, counter-clockwise seen from outside."""
    return np.concatenate([points[:-1, 0], points[-1, :-1], points[:0:-1, -1], points[0, :0:-1]])


def slab(points: Array, thickness: float) -> Mesh:
    """Give a (nu, nv, 3) sheet a thickness behind it and a round border."""
    behind = points - normals(points) * thickness
    middle = rim((points + behind) / 2)
    border = tube(resample(middle, max(len(middle), 120), closed=True), thickness * 0.53, 8, closed=True)
    return merge([grid(points), flip(grid(behind)), border])


def stitches(path: ArrayLike, length: float = 0.005, gap: float = 0.0025, radius: float = 0.0006) -> Mesh:
    """Run a seam of single stitches along an (n, 3) path."""
    way = np.asarray(path, dtype=float)
    run = arc_lengths(way)
    count = max(int(run[-1] / (length + gap)), 1)
    starts = np.linspace(0, run[-1] - length, count)
    made = []
    for start in starts:
        at = start + np.linspace(0, length, 3)
        made.append(tube(np.stack([np.interp(at, run, axis) for axis in way.T], axis=1), radius, 6))
    return merge(made)


def strap(path: ArrayLike, width: float, thickness: float, up: ArrayLike, cap: str = "flat") -> Mesh:
    """Sweep a flat band along a path; `up` is the direction across its thickness."""
    section = rounded_rectangle(thickness, width, thickness * 0.45, 4)
    return sweep(section, path, up=list(np.asarray(up, dtype=float)), cap=cap)


def ribbon(path: Array, across: Array, width: float, thickness: float) -> Mesh:
    """Sweep a flat band along a path whose width runs along the given (n, 3) directions."""
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = across - along * (across * along).sum(axis=1, keepdims=True)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    face = np.cross(side, along)
    section = rounded_rectangle(width, thickness, thickness * 0.45, 4)
    points = path[None] + section[:, None, :1] * side[None] + section[:, None, 1:] * face[None]
    return flip(grid(points, close_u=True))


def plate(outline: ArrayLike, depth: float, bevel: float = 0.0008) -> Mesh:
    """Stand an extruded (n, 2) outline of x, z upright: its back lies on y = 0, its front faces -y."""
    return rotate(extrude(np.asarray(outline, dtype=float), depth, bevel), "x", 90)


def ring(outline: ArrayLike, wire: float) -> Mesh:
    """Bend a wire along a closed (n, 2) outline of x, z, upright."""
    flat = np.asarray(outline, dtype=float)
    return tube(np.stack([flat[:, 0], np.zeros(len(flat)), flat[:, 1]], axis=1), wire, 10, closed=True)


def d_ring(width: float, height: float, wire: float = 0.0015) -> Mesh:
    """Return a D-ring, upright about the origin, its flat side below."""
    w, h = width / 2, height / 2
    arc = np.linspace(0, np.pi, 14)
    bow = np.stack([w * np.cos(arc), -h * 0.4 + 1.4 * h * np.sin(arc)], axis=1)
    line = fillet(np.concatenate([[[-w, -h], [w, -h]], bow]), wire * 1.5, 4, closed=True)
    return ring(resample(line, 40, closed=True), wire)


def buckle(width: float, height: float, wire: float = 0.0013) -> Mesh:
    """Return a frame buckle with its prong, upright about the origin."""
    frame = ring(resample(rounded_rectangle(width, height, min(width, height) * 0.22), 48, closed=True), wire)
    bar = tube(np.array([[-width / 2, 0, 0], [0, 0, 0], [width / 2, 0, 0]]), wire * 0.8, 8)
    prong = tube(
        np.array([[0, 0, 0], [0, -wire * 1.4, height * 0.25], [0, -wire * 1.2, height / 2 + wire * 0.4]]), wire * 0.7, 8
    )
    return merge([frame, bar, prong])


def rivet(radius: float = 0.003) -> Mesh:
    """Return a domed stud facing -y about the origin."""
    return plate(circle(radius, 24), radius * 0.6, radius * 0.4)


def turn_lock(width: float = 0.034, height: float = 0.02) -> Mesh:
    """Return an oval plate with a turning bar, facing -y about the origin."""
    base = plate(rounded_rectangle(width, height, height * 0.45), 0.002)
    raised = ring(resample(rounded_rectangle(width * 0.78, height * 0.66, height * 0.3), 48, closed=True), 0.001)
    post = plate(circle(height * 0.16, 20), 0.006)
    bar = plate(rounded_rectangle(width * 0.2, height * 0.86, width * 0.08), 0.003, 0.0012)
    return merge([base, move(raised, y=-0.002), post, move(bar, y=-0.005)])


def eyelet(radius: float = 0.005) -> Mesh:
    """Return a round eyelet facing -y about the origin."""
    return rotate(torus(radius, radius * 0.32, 10, 32), "x", 90)


def zip_teeth(path: ArrayLike, across: ArrayLike, pitch: float = 0.003, width: float = 0.005) -> Mesh:
    """Run a closed zip along a path: a tooth every `pitch`, each lying in the direction `across`."""
    way, side = np.asarray(path, dtype=float), np.asarray(across, dtype=float)
    count = max(int(arc_lengths(way)[-1] / pitch), 4)
    shift = np.where(np.arange(count) % 2, 1, -1)[:, None] * side * width * 0.12
    half = side * width / 2
    return merge(tube([p - half, p, p + half], pitch * 0.36, 6, cap="flat") for p in resample(way, count) + shift)
