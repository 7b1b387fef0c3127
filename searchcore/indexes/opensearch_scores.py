"""From the engine's score back to the cosine."""

from __future__ import annotations

from collections.abc import Callable

Calibration = Callable[[float], float]


def calibration(space: str, engine: str, version: tuple[int, int], unit: bool = True) -> Calibration | None:
    """Return what turns a score of that space into the cosine, within [-1, 1]; None where it cannot be told.

    `unit` says whether the stored vectors have length 1: only then do distance and product tell the angle.
    Formulas: OpenSearch documentation, k-NN spaces; nmslib before 2.19 scored the cosine by a formula of its own.
    """
    if space == "cosinesimil":
        formula = _old_cosine if engine == "nmslib" and version < (2, 19) else _cosine
    elif not unit or space not in ("l2", "innerproduct"):
        return None
    else:
        formula = _squared_distance if space == "l2" else _inner_product
    return lambda score: min(1.0, max(-1.0, formula(score)))


def _cosine(score: float) -> float:
    """Invert (1 + cosine) / 2."""
    return 2 * score - 1


def _old_cosine(score: float) -> float:
    """Invert 1 / (2 - cosine)."""
    return 2 - 1 / score if score > 0 else -1.0


def _squared_distance(score: float) -> float:
    """Invert 1 / (1 + d), where d is the squared distance, 2 - 2 cosine."""
    return 1 - (1 / score - 1) / 2 if score > 0 else -1.0


def _inner_product(score: float) -> float:
    """Invert 1 + p for a product p above 0, otherwise 1 / (1 - p)."""
    if score <= 0:
        return -1.0
    return score - 1 if score >= 1 else 1 - 1 / score
