"""What is asked for: a picture, words, likes and dislikes, and filters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from searchcore.geometry import Box
from searchcore.images import Picture

Terms = tuple[tuple[str, tuple[str, ...]], ...]
Ranges = tuple[tuple[str, float | None, float | None], ...]

MAX_TEXT: Final = 300
"""Longer words are cut there, and the result says so."""


@dataclass(frozen=True, slots=True)
class Query:
    """Ask by a picture (or a box in it), by a product of the catalogue, by words, or by several of them.

    `like` and `dislike` are product ids that pull the query towards or push it from their looks. `emphasis` runs from
    0 (shape counts) to 1 (colour counts); None leaves it to the embedder. `text_weight`, 0 to 1, is the share of the
    words in a vector mixed of look and words, where the embedder understands words.
    """

    picture: Picture | None = None
    box: Box | None = None
    text: str = ""
    product_id: str = ""
    like: tuple[str, ...] = ()
    dislike: tuple[str, ...] = ()
    emphasis: float | None = None
    text_weight: float = 0.5

    @property
    def crop(self) -> Picture | None:
        """The part of the picture that is searched for."""
        if self.picture is None or self.box is None:
            return self.picture
        return self.picture.crop(self.box)


@dataclass(frozen=True, slots=True, init=False)
class Filters:
    """Keep products by field: `Filters(category="bag", price=(10, 80))`, or by `any_of`, `all_of`, `none_of`, `ranges`.

    A keyword with a text or several texts asks for any of them; one with a pair of numbers (None leaves an end open)
    asks for a range, both ends included. Equal filters compare equal, in whatever order they were written.
    """

    any_of: Terms
    all_of: Terms
    none_of: Terms
    ranges: Ranges

    def __init__(
        self,
        *,
        any_of: Mapping[str, str | Iterable[str]] | None = None,
        all_of: Mapping[str, str | Iterable[str]] | None = None,
        none_of: Mapping[str, str | Iterable[str]] | None = None,
        ranges: Mapping[str, tuple[float | None, float | None]] | None = None,
        **fields: str | Iterable[str] | tuple[float | None, float | None],
    ) -> None:
        spans = {name: value for name, value in fields.items() if _is_range(value)}
        texts = {name: value for name, value in fields.items() if name not in spans}
        object.__setattr__(self, "any_of", _terms({**(any_of or {}), **texts}))  # type: ignore[dict-item]
        object.__setattr__(self, "all_of", _terms(all_of or {}))
        object.__setattr__(self, "none_of", _terms(none_of or {}))
        object.__setattr__(self, "ranges", _ranges({**(ranges or {}), **spans}))  # type: ignore[dict-item]

    def narrowed(self, **any_of: Collection[str]) -> Filters:
        """Return these filters with further fields asked for; a field asked for already keeps what both allow."""
        wanted = dict(self.any_of)
        # No product has an empty text as a value: where nothing is allowed by both, nothing may pass.
        both = {name: set(values) & set(wanted.get(name, values)) or {""} for name, values in any_of.items()}
        spans = {name: (low, high) for name, low, high in self.ranges}
        return Filters(any_of={**wanted, **both}, all_of=dict(self.all_of), none_of=dict(self.none_of), ranges=spans)

    def __bool__(self) -> bool:
        return bool(self.any_of or self.all_of or self.none_of or self.ranges)


def _is_range(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and all(end is None or isinstance(end, (int, float)) for end in value)
    )


def _terms(terms: Mapping[str, str | Iterable[str]]) -> Terms:
    listed = {name: (value,) if isinstance(value, str) else tuple(sorted(set(value))) for name, value in terms.items()}
    return tuple(sorted((name, values) for name, values in listed.items() if values))


def _ranges(ranges: Mapping[str, tuple[float | None, float | None]]) -> Ranges:
    return tuple(sorted((name, low, high) for name, (low, high) in ranges.items() if (low, high) != (None, None)))
