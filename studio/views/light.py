"""Draw the light of a snapshot: sun through a window, a soft window, a grey day, an evening lamp, the open air."""

from __future__ import annotations

import numpy as np

from studio.scenes.setting import Daylight
from studio.views.snapshot import Tone

INDOORS = ("sun", "sun", "window", "window", "overcast", "evening")
OUTDOORS = ("sun", "sun", "shade", "golden")


def draw(random: np.random.Generator, outdoors: bool, side: float) -> tuple[Daylight, Tone]:
    """Return light and tone; `side` is the x of the window's wall, metres, its sign the side light comes from."""
    kind = str(random.choice(OUTDOORS if outdoors else INDOORS))
    exposure = round(float(random.uniform(-0.3, 0.3)), 2)
    if outdoors:
        light, warmth = _outdoors(random, kind, float(np.sign(side)))
    else:
        light, warmth = _indoors(random, kind, side)
    return light, Tone(exposure, round(warmth + float(random.normal(0, 0.15)), 2))


def _indoors(random: np.random.Generator, kind: str, side: float) -> tuple[Daylight, float]:
    sign, far = float(np.sign(side)), abs(side)
    turn, height = sign * _between(random, 48, 74), _between(random, 24, 40)
    at = (round(0.85 * side, 2), _between(random, -1.0, -0.3), _between(random, 0.7, 1.3))
    power = round((far / 1.7) ** 2, 2)
    match kind:
        case "sun":
            sun, sky = _between(random, 2.4, 3.6), _between(random, 0.42, 0.6)
            return Daylight(turn, height, sun, sky, _between(random, 0.2, 0.6), 24 * power, at, 1.2, -0.2), 0.05
        case "window":
            return Daylight(turn, height, 0.0, _between(random, 0.24, 0.36), 0.1, 62 * power, at, 1.3, -0.1), -0.1
        case "overcast":
            return Daylight(turn, 60.0, 0.0, _between(random, 0.6, 0.75), 0.0, 20 * power, at, 1.6, -0.1), -0.35
        case _:
            place = (round(sign * _between(random, 0.4, 0.9) * far / 1.7, 2), _between(random, -0.9, 0.1),
                     round(_between(random, 1.1, 1.5) * max(far / 2, 1.0), 2))  # fmt: skip
            reach = sum(v * v for v in place)
            return Daylight(turn, height, 0.0, _between(random, 0.1, 0.16), 0.6, round(8.5 * reach, 1), place, 0.4,
                            0.0), _between(random, 0.7, 1.2)  # fmt: skip


def _outdoors(random: np.random.Generator, kind: str, sign: float) -> tuple[Daylight, float]:
    match kind:
        case "sun":
            return Daylight(sign * _between(random, 25, 125), _between(random, 34, 58), _between(random, 2.4, 3.2),
                            _between(random, 0.55, 0.75), 0.25, exposure=-0.3), 0.0  # fmt: skip
        case "shade":
            return Daylight(sign * 60.0, 60.0, 0.15, _between(random, 0.8, 0.95), 0.0, exposure=-0.2), -0.4
        case _:
            return Daylight(sign * _between(random, 40, 110), _between(random, 15, 24), _between(random, 2.4, 3.2),
                            _between(random, 0.4, 0.55), 0.9, exposure=-0.2), 0.35  # fmt: skip


def _between(random: np.random.Generator, low: float, high: float) -> float:
    return round(float(random.uniform(low, high)), 2)
