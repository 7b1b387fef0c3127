"""Set things about a product so that none hides it, but for the one that is meant to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studio.render.mesh import Array
from studio.scenes.placing import Placed, collide
from studio.views import framing, habits, places, things
from studio.views.model import Model, standing
from studio.views.snapshot import Aim, Snapshot, Thing

Random = np.random.Generator
COVERED = (0.12, 0.38)  # share of the product that a cover may hide
STRAY = 0.025  # share that anything else may hide
BARE = habits.OUTDOORS | {"bed", "counter", "shelf", "concrete", "hook"}  # no pictures hang there
EDGE, FAR = 0.02, 99.0  # metres


def box_of(points: Array, aim: Aim) -> Array:
    """Return the (width, height) of what an aim shows of points, as shares of the picture."""
    low, high = framing.bounds(points, replace(aim, shift=(0.0, 0.0)))
    return high - low


def furnish(random: Random, bare: Snapshot, covered: bool) -> Snapshot | None:
    """Return a snapshot with things about its product, and a cover where wanted; None if it shows too little."""
    model = Model(bare)
    if model.camera.place[2] < 0.04 or model.camera.place[1] > bare.options.get("back", np.inf) - 0.1:
        return None
    if covered:
        cover = _cover(random, model)
        if cover is None:
            return None
        bare = replace(bare, cover=cover)
    return replace(bare, things=(*_wall_things(random, bare), *_about(random, bare)))


def _about(random: Random, bare: Snapshot) -> list[Thing]:
    """Draw one to three things beside and behind the product."""
    model, kinds = Model(bare), habits.ABOUT[bare.ground]
    taken: list[Placed] = [model.outline]
    if bare.cover and bare.cover.kind != "drape":
        taken.append(standing(bare.cover))
    found: list[Thing] = []
    wanted = int(random.integers(1, 4)) if kinds else 0
    for _ in range(40):
        if len(found) == wanted:
            break
        kind = str(random.choice(kinds))
        if kind in {one.kind for one in found} or (bare.cover and kind == bare.cover.kind):
            continue
        thing = _beside(random, model, kind)
        if thing and _fits(model, thing, taken):
            found.append(thing)
            taken.append(standing(thing))
    return found


def _beside(random: Random, model: Model, kind: str) -> Thing:
    """Draw a thing at the product's side or behind it, within what the picture shows."""
    points, aim = model.points, model.snapshot.aim
    reach = float(np.ptp(points[:, :2], axis=0).max()) / 2
    frame = float(np.ptp(points, axis=0).max()) / aim.fill
    own = make(random, kind)
    size = float(np.abs(standing(own).points[:, :2]).max())
    angle = np.radians(aim.azimuth + random.uniform(-15, 195))
    away = reach * 0.8 + size * 0.8 + random.uniform(0.0, 0.35) * frame
    return replace(own, at=(round(away * float(np.cos(angle)), 3), round(away * float(np.sin(angle)), 3), 0.0))


def make(random: Random, kind: str) -> Thing:
    """Draw a thing's colours and turn."""
    colours = tuple(str(random.choice(choice)) for choice in habits.colours_of(kind))
    turn = 0.0 if kind in {"row", "laptop"} else round(float(random.uniform(-50, 50)), 1)
    return Thing(kind, (0.0, 0.0, 0.0), turn, round(float(random.uniform(0.85, 1.15)), 2), colours)


def _fits(model: Model, thing: Thing, taken: list[Placed]) -> bool:
    """Tell whether a thing has room, is in the picture and does not hide the product."""
    s, new = model.snapshot, standing(thing)
    low, high = new.points.min(axis=0), new.points.max(axis=0)
    if not _on_ground(s, low, high) or any(collide(new, other, 0.008) for other in taken):
        return False
    low_in, high_in = framing.bounds(new.points, s.aim, model.camera)
    shown = np.minimum(high_in, 0.5) - np.maximum(low_in, -0.5)
    if (shown < 0.05).any() or np.prod(shown) < 0.12 * np.prod(high_in - low_in):
        return False
    return habits.flat(thing) or _behind(model, new) or model.hidden(things.build(thing)) < STRAY


def _on_ground(s: Snapshot, low: Array, high: Array) -> bool:
    """Tell whether what reaches from `low` to `high` (3,) stands on the table, shelf or rug, not over its edge."""
    back, far = s.options.get("back", FAR), FAR
    left, right, front, behind = -far, far, -far, far
    match s.ground:
        case "table":
            front, behind = s.options["edge"], s.options["edge"] + s.options["top"][1]
            left, right = -0.74, 0.74
        case "desk":
            left, right, front = -0.84, 0.84, back - 0.76
        case "counter" | "seat":
            front = back - 0.62
        case "shelf":
            front = -0.15
        case "bed":
            left, right = -1.02, 1.02
        case "rug":
            (width, depth), (x, y) = s.options["rug_size"], s.options["rug_at"]
            left, right, front, behind = x - width / 2, x + width / 2, y - depth / 2, y + depth / 2
    inside = low[0] > left + EDGE and high[0] < right - EDGE and low[1] > front + EDGE and high[1] < behind - EDGE
    return bool(inside and high[2] < s.options.get("above", FAR) - EDGE and high[1] < back - 0.012)


def _behind(model: Model, other: Placed) -> bool:
    away = model.camera.place - model.points.mean(axis=0)
    away[2] = 0
    return bool((other.points @ away).max() < (model.points @ away).min())


def _wall_things(random: Random, s: Snapshot) -> list[Thing]:
    """Hang a picture or a curtain on the wall behind where one would see it."""
    if s.ground in BARE or random.random() < 0.25:
        return []
    model, back = Model(s), s.options["back"]
    thing = make(random, str(random.choice(["picture", "picture", "curtain"])))
    reach = max(float(np.abs(model.points[:, 0]).max()), 0.12)
    x, away = float(random.choice([-1, 1])), random.uniform(0, 1)
    floor = -places.HEIGHTS.get(s.ground, 0.0)
    if thing.kind == "curtain":
        at = (x * (reach + 0.5 + 0.4 * away), back - 0.08, floor + 2.52)
    else:
        eye_level = random.uniform(-0.3, 0.2) if s.ground == "wall" else max(floor + 1.35, 0.12)
        above = float(model.points[:, 2].max()) + 0.1 if not floor else eye_level
        at = (x * (reach + 0.3 + 0.2 * away), back - 0.015, max(eye_level, above))
    hung = replace(thing, at=(round(at[0], 3), round(at[1], 3), round(at[2], 3)), turn=0.0)
    low, high = framing.bounds(standing(hung).points, s.aim, model.camera)
    seen = np.minimum(high, 0.5) - np.maximum(low, -0.5)
    return [hung] if (seen > 0.03).all() else []


def _cover(random: Random, model: Model) -> Thing | None:
    """Find a thing and a place before the product where it hides as much as wanted."""
    points = model.points
    extent = float(np.ptp(points, axis=0).max())
    toward = np.radians(model.snapshot.aim.azimuth - 90)
    ahead, across = np.array([np.cos(toward), np.sin(toward)]), np.array([-np.sin(toward), np.cos(toward)])
    s = model.snapshot
    *usual, last = habits.covers(extent, s.ground, s.product_id.rsplit("-", 1)[0])
    for kind in [*random.permutation(usual), last]:  # a carton fits everywhere, so it waits
        thing = make(random, str(kind))
        if kind == "drape":
            thing = replace(thing, size=round(float(max(extent * random.uniform(0.75, 1.0), 0.15)), 3))
        if kind == "carton" and extent < 0.34:
            thing = replace(thing, size=round(thing.size * extent * 1.6, 2))
        for offset in random.permutation(np.linspace(-1.0, 1.0, 11)):
            placed = _before(model, thing, ahead, across, float(offset))
            if placed and COVERED[0] < model.hidden(model.covering(placed)) < COVERED[1]:
                return placed
    return None


def _before(model: Model, thing: Thing, ahead: Array, across: Array, offset: float) -> Thing | None:
    """Put a cover in front of the product, shifted sideways by a share of its width; None where it does not stand."""
    points = model.points
    half = float(np.ptp(points[:, :2] @ across)) / 2
    if thing.kind == "drape":
        spot = across * offset * half
        return replace(thing, at=(round(float(spot[0]), 3), round(float(spot[1]), 3), 0.0))
    own = standing(thing).points[:, :2]
    near = float((points[:, :2] @ ahead).max()) - float((own @ ahead).min()) + 0.012
    spot = ahead * near + across * offset * (half + float(np.ptp(own @ across)) / 2)
    moved = replace(thing, at=(round(float(spot[0]), 3), round(float(spot[1]), 3), 0.0))
    new = standing(moved)
    low, high = new.points.min(axis=0), new.points.max(axis=0)
    room = float(np.linalg.norm(model.camera.place[:2])) - float((new.points[:, :2] @ ahead).max())
    stands = room > 0.12 and _on_ground(model.snapshot, low, high)
    return moved if stands and not collide(new, model.outline, 0.004) else None
