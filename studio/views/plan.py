"""Choose which products get a second view, and write its parameters down once."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from studio import catalogue
from studio.catalogue import Item
from studio.views import habits, snapshot
from studio.views.invent import Wish, invent

EVERY = 5  # one view in five is covered, another one in five cut


def extend(categories: Sequence[str], count: int, store: Path = snapshot.STORE) -> None:
    """Append views until each category has `count`; those stored already stay as they are."""
    known = snapshot.load(store)
    for category in categories:
        have = [one for one in known if one.product_id.startswith(f"{category}-")]
        taken = {one.product_id for one in have}
        fresh = [item for item in spread(catalogue.load(category)) if item.id not in taken]
        for k, item in enumerate(fresh[: count - len(have)], start=len(have)):
            drawn = planned(item, k)
            snapshot.save([*snapshot.load(store), drawn], store)
            print(drawn.id, drawn.ground, flush=True)


def redraw(names: Sequence[str], ground: str = "", store: Path = snapshot.STORE) -> None:
    """Draw the named views anew, where they are, on another ground where one is given."""
    known = snapshot.load(store)
    for one in snapshot.select(known, names):
        [item] = catalogue.select([one.product_id])
        drawn = planned(item, _place_in_category(known, one), int(np.random.default_rng().integers(2**31)), ground)
        # Another run may have appended views meanwhile.
        known = [drawn if each.id == one.id else each for each in snapshot.load(store)]
        snapshot.save(known, store)
        print(drawn.id, drawn.ground, flush=True)


def planned(item: Item, k: int, again: int = 0, ground: str = "") -> snapshot.Snapshot:
    """Return the k-th view of a category; `again` draws another one for the same product."""
    random = np.random.default_rng([zlib.crc32(item.id.encode()), again])
    first = zlib.crc32(item.category.encode()) + k
    covered, cut = first % EVERY == 1, first % EVERY == 3
    # Nothing stands before what hangs, or lies on a narrow board.
    grounds = [g for g in habits.habit(item).grounds if not (covered and g in habits.NARROW)] or ["table"]
    start = first % len(grounds)
    for place in [ground] if ground else grounds[start:] + grounds[:start]:
        try:
            return invent(random, item, Wish(f"{item.id}-v1", place, covered, cut))
        except LookupError as nothing:
            print(nothing)
    raise SystemExit(f"No good view of {item.id}.")


def _place_in_category(known: Sequence[snapshot.Snapshot], one: snapshot.Snapshot) -> int:
    category = one.product_id.rsplit("-", 1)[0]
    return [each.id for each in snapshot.select(known, [category])].index(one.id)


def spread(items: Sequence[Item]) -> list[Item]:
    """Return items so that every group comes once before any comes twice."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.row["group_id"], []).append(item)
    most = max(len(group) for group in groups.values())
    # Not always the first colour: each group starts elsewhere.
    turned = [group[k % len(group) :] + group[: k % len(group)] for k, group in enumerate(groups.values())]
    return [group[k] for k in range(most) for group in turned if k < len(group)]
