"""Prices as people write them: `12.50`, `1.299,00 €`, `USD 12`, `12,-`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CODES: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD "
    "LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK "
    "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT "
    "TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG "
)
CURRENCIES: Final = frozenset(_CODES.split())
"""ISO 4217."""
_PRICE: Final = re.compile(
    r"([A-Za-z]{3}|[$€£¥])?\s*([.,]?\d[\d.,'’\s]*(?:[.,][-–—]+)?)\s*([A-Za-z]{3}|[$€£¥])?",
)
_SPACED: Final = re.compile(r"\d{1,3}(?:['’\s]\d{3})+(?:[.,]\d*)?|[\d.,]+")
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
_THREE: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
"""Three digits behind a mark: thousands, or a fraction, as the list around it is written."""
_FRACTION: Final = re.compile(r"\d([.,])(?:\d{1,2}|[-–—]+)(?!\d)")


@dataclass(frozen=True, slots=True)
class Style:
    """Tell which marks stand before fractions in a list of prices."""

    comma: bool = False
    point: bool = False

    def seen(self, text: str) -> Style:
        """Return what is known once a further price was seen."""
        marks = set(_FRACTION.findall(text))
        return Style(self.comma or "," in marks, self.point or "." in marks)


ALONE: Final = Style()


def read_price(text: str, style: Style = ALONE) -> tuple[float | None, str]:
    """Return the amount and the currency written beside it; raises ValueError saying why not."""
    if not text:
        return None, ""
    found = _PRICE.fullmatch(text)
    if not found:
        raise ValueError(f"The price “{text[:40]}” is no number.")
    before, digits, after = found.groups()
    unit = (before or after or "").upper()
    if unit not in CURRENCIES | {"", *_SIGNS} or (before and after):
        raise ValueError(f"The price “{text[:40]}” is in no currency that is known.")
    plain = re.sub(r"[-–—]+$", "0", digits.strip())
    if not _SPACED.fullmatch(plain):
        raise ValueError(f"The price “{text[:40]}” is no number.")
    return _amount(re.sub(r"['’\s]", "", plain), style, text), _SIGNS.get(unit, unit)


def _amount(digits: str, style: Style, text: str) -> float:
    if _THREE.fullmatch(digits):
        return _of_three(digits, style, text)
    for form, mark in _FORMS:
        if form.fullmatch(digits):
            whole, _, fraction = digits.rpartition(mark) if mark and mark in digits else (digits, "", "")
            return float(f"{re.sub('[.,]', '', whole) or 0}.{fraction or 0}")
    raise _unclear(text)


def _of_three(digits: str, style: Style, text: str) -> float:
    if style == Style(point=True) and "." in digits:
        return float(digits)
    if (style == Style(comma=True) and "." in digits) or (not style.comma and "," in digits):
        return float(re.sub("[.,]", "", digits))
    raise _unclear(text)


def _unclear(text: str) -> ValueError:
    return ValueError(f"The price “{text[:40]}” can be read in more than one way.")
