"""Prices as people write them: `12.50`, `1.299,00 €`, `USD 12`, `12,-`."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_PRICE: Final = re.compile(
    r"([A-Za-z]{3}|[$€£¥])?\s*([.,]?\d[\d.,'’\s]*(?:[.,][-–—]+)?)\s*([A-Za-z]{3}|[$€£¥])?",
)
_FORMS: Final = tuple(
    (re.compile(pattern), mark)
    for pattern, mark in (
        (r"\d*\.\d+|\d+\.?", "."),
        (r"\d*,\d{1,2}|0,\d+|\d+,", ","),
        (r"[1-9]\d{0,2}(,\d{3})+|[1-9]\d{0,2}(\.\d{3}){2,}", ""),
        (r"[1-9]\d{0,2}(,\d{3})+\.\d*", "."),
        (r"[1-9]\d{0,2}(\.\d{3})+,\d*", ","),
    )
)
"""How amounts are written, and the mark before their fraction; thousands stand in threes."""
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_COMMA: Final = re.compile(r"\d,(\d{1,2}|-)(?!\d)")


def has_decimal_comma(text: str) -> bool:
    """Tell whether a price can only be meant with a comma before its fraction."""
    return bool(_COMMA.search(text))


def read_price(text: str, decimal_comma: bool = False) -> tuple[float | None, str]:
    """Return the amount and the currency written beside it; raises ValueError saying why not.

    `1.299` is read as the list around it is written: as thousands where that has decimal commas.
    """
    if not text:
        return None, ""
    found = _PRICE.fullmatch(text)
    if not found:
        raise ValueError(f"The price “{text[:40]}” is no number.")
    before, digits, after = found.groups()
    unit = (before or after or "").upper()
    plain = re.sub(r"[-–—]+$", "0", re.sub(r"['’\s]", "", digits))
    return _amount(plain, decimal_comma, text), _SIGNS.get(unit, unit)


def _amount(digits: str, decimal_comma: bool, text: str) -> float:
    if decimal_comma and _THOUSANDS.fullmatch(digits):
        return float(digits.replace(".", ""))
    for form, mark in _FORMS:
        if form.fullmatch(digits):
            whole, _, fraction = digits.rpartition(mark) if mark and mark in digits else (digits, "", "")
            return float(f"{re.sub('[.,]', '', whole) or 0}.{fraction or 0}")
    raise ValueError(f"The price “{text[:40]}” can be read in more than one way.")
