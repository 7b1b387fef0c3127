"""What was done to a product by hand, and how it is taken back: whatever came to the product since then stays."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

from searchcore.indexes.base import Record
from searchcore.products import Product

_OF_PICTURE: Final = ("id", "image", "labels", "extra")
_WORDS: Final = tuple(each.name for each in fields(Product) if each.name not in _OF_PICTURE)


@dataclass(frozen=True, slots=True)
class Change:
    """Hold a product as it was and as it was made; `after` is None where it was removed."""

    before: Record
    after: Record | None = None

    def undone(self, now: Record | None) -> Record | None:
        """Return what to store to take the change back, None where it was overtaken: by a load or by another person.

        `now` is what is stored of the product; of an edit only those fields go back that are still as it left them.
        """
        if self.after is None:
            return None if now else self.before
        if now is None:
            return None
        back = _with_words(_with_picture(now, self.before, self.after), self.before, self.after)
        return None if back == now else back


def _with_picture(now: Record, before: Record, after: Record) -> Record:
    if _picture(before) == _picture(after) or _picture(now) != _picture(after):
        return now
    product = replace(now.product.unlabelled, image=before.product.image).labelled(before.product.labels)
    return replace(before, product=product)


def _with_words(now: Record, before: Record, after: Record) -> Record:
    was, made, found = (each.product.unlabelled for each in (before, after, now))
    back = {name: getattr(was, name) for name in _WORDS if _is_due(*(getattr(p, name) for p in (was, made, found)))}
    extra = dict(found.extra)
    for name in was.extra.keys() | made.extra.keys():
        if _is_due(*(each.extra.get(name) for each in (was, made, found))):
            extra[name] = was.extra.get(name, "")
    kept = {name: value for name, value in extra.items() if value != ""}
    # A tag that was written by hand is no label any more, and becomes one again.
    seen = before if _picture(now) == _picture(before) else now
    return replace(now, product=replace(found, **back, extra=kept).labelled(seen.product.labels))


def _is_due(was: object, made: object, found: object) -> bool:
    return was != made and found == made


def _picture(record: Record) -> tuple[str, str]:
    return record.product.image, record.content_hash
