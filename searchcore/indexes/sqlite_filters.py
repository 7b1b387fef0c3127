"""Filters as SQL over the tables of a SQLite index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from searchcore.query import Filters


@dataclass(frozen=True, slots=True)
class Selection:
    """Hold a SELECT of the column `seq`, each once, and its parameters."""

    sql: str
    parameters: tuple[str | float, ...] = ()


def selection(filters: Filters | None) -> Selection:
    """Select the products that pass; an unknown field passes nothing, and excludes nothing."""
    if not filters:
        return Selection("SELECT seq FROM products")
    wanted = [_with_any(name, values) for name, values in filters.any_of]
    wanted += [_with_any(name, (value,)) for name, values in filters.all_of for value in values]
    wanted += [_in_range(name, low, high) for name, low, high in filters.ranges]
    unwanted = [_with_any(name, values) for name, values in filters.none_of]
    first, *others = wanted or [selection(None)]
    parts = [first.sql, *(f"INTERSECT {each.sql}" for each in others), *(f"EXCEPT {each.sql}" for each in unwanted)]
    return Selection(" ".join(parts), tuple(value for each in (*wanted, *unwanted) for value in each.parameters))


def _with_any(name: str, values: Sequence[str]) -> Selection:
    # The values travel as one JSON list: there is a limit to the parameters of a statement, none to ids in a filter.
    if name == "id":
        return Selection("SELECT seq FROM products WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(values),))
    if len(values) == 1:
        return Selection("SELECT seq FROM terms WHERE field = ? AND value = ?", (name, values[0]))
    return Selection(
        "SELECT DISTINCT seq FROM terms WHERE field = ? AND value IN (SELECT value FROM json_each(?))",
        (name, json.dumps(values)),
    )


def _in_range(name: str, low: float | None, high: float | None) -> Selection:
    ends = [(sign, end) for sign, end in ((">=", low), ("<=", high)) if end is not None]
    bounds = "".join(f" AND value {sign} ?" for sign, _ in ends)
    return Selection(f"SELECT seq FROM numbers WHERE field = ?{bounds}", (name, *(float(end) for _, end in ends)))
