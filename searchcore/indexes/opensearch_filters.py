"""Filters as clauses of OpenSearch's query language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from searchcore.query import Filters

FieldOf = Callable[[str], str]


def clause(filters: Filters | None, term: FieldOf, number: FieldOf) -> dict[str, Any] | None:
    """Return one `bool` clause, None without filters.

    `term` and `number` name the field that holds the values, or numbers, of a product's field. A field that the index
    does not have passes nothing, and excludes nothing.
    """
    if not filters:
        return None
    wanted: list[dict[str, Any]] = [{"terms": {term(name): list(values)}} for name, values in filters.any_of]
    wanted += [{"term": {term(name): value}} for name, values in filters.all_of for value in values]
    wanted += [{"range": {number(name): _between(low, high)}} for name, low, high in filters.ranges]
    unwanted = [{"terms": {term(name): list(values)}} for name, values in filters.none_of]
    return {"bool": {"filter": wanted, "must_not": unwanted}}


def _between(low: float | None, high: float | None) -> dict[str, float]:
    return {sign: float(end) for sign, end in (("gte", low), ("lte", high)) if end is not None}
