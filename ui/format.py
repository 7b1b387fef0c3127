"""Write figures the way a person reads them."""

from __future__ import annotations

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "": ""}
_WHOLE = {"JPY", "KRW"}


def price(amount: float | None, currency: str = "") -> str:
    """Write a price (`$1,236.10`, `CHF 12.00`); empty when there is none."""
    if amount is None:
        return ""
    figure = f"{amount:,.0f}" if currency in _WHOLE else f"{amount:,.2f}"
    return f"{_SIGNS[currency]}{figure}" if currency in _SIGNS else f"{currency} {figure}"


def percent(share: float) -> str:
    """Write a share (0..1) in whole percent; only the full share reads 100%, only none at all reads 0%."""
    whole = round(share * 100)
    if whole >= 100 and share < 0.9995:
        whole = 99
    return f"{max(whole, 1) if share >= 0.0005 else 0}%"


def count(number: int, one: str, many: str = "") -> str:
    """Count things in words: `1 match`, `12 matches`; `many` defaults to `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def matches(number: int, wanted: str = "") -> str:
    """Say how much was found: `12 matches for handbag`, `1 match`, `No match`."""
    found = count(number, "match", "matches") if number else "No match"
    return f"{found} for {wanted}" if wanted else found


def about(seconds: float) -> str:
    """Write an estimate: `about 1 s`, `about 40 s`, `about 3 min`, `about 2 h`."""
    whole = max(round(seconds), 1)
    if whole < 90:
        return f"about {whole} s"
    return f"about {round(whole / 60)} min" if whole < 5400 else f"about {round(whole / 3600)} h"


def effort(seconds: float, cost: float) -> str:
    """Write what something takes, the cost in US dollars: `about 3 min, $0.12`, `about 1 s, free`."""
    return f"{about(seconds)}, {money(cost)}"


def money(cost: float) -> str:
    """Write a cost in US dollars: `$0.12`, `under $0.01`, `free`."""
    return "free" if not cost else f"${cost:.2f}" if cost >= 0.01 else "under $0.01"


def duration(milliseconds: float) -> str:
    """Write a duration: `under 1 ms`, `84 ms`, `1.4 s`, `3 min 20 s`."""
    if milliseconds < 1:
        return "under 1 ms"
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
