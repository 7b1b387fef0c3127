"""Prices as people write them: `12.50`, `1.299,00 €`, `USD 12`, `12.50 USD`."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_PRICE: Final = re.compile(r"([A-Z]{3}|[$€£¥])?\s*(\d[\d.,'\s]*)\s*([A-Z]{3}|[$€£¥])?")


def read_price(text: str) -> tuple[float | None, str]:
    """Return the amount and the currency written beside it; raises ValueError saying why not."""
    if not text:
        return None, ""
    if text.lower() in ("nan", "inf", "infinity") or text.startswith("-"):
        raise ValueError(f"the price {text[:40]} is no price")
    found = _PRICE.fullmatch(text)
    if not found:
        raise ValueError(f"the price “{text[:40]}” is no number")
    before, digits, after = found.groups()
    unit = before or after or ""
    return _amount(re.sub(r"['\s]", "", digits), text), _SIGNS.get(unit, unit)


def _amount(digits: str, text: str) -> float:
    marks = [mark for mark in digits if mark in ".,"]
    last = digits[-3:] if len(digits) > 2 else digits
    if len(set(marks)) == 2 or (marks == [","] and ("," in last)):
        # With both marks, or a comma before one or two digits, the last mark begins the fraction.
        whole, _, fraction = digits.rpartition(marks[-1])
        digits = re.sub("[.,]", "", whole) + "." + fraction
    elif len(marks) > 1 or marks == [","]:
        digits = re.sub("[.,]", "", digits)
    try:
        return float(digits)
    except ValueError:
        raise ValueError(f"the price “{text[:40]}” is no number") from None
