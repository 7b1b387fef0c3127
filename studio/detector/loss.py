"""Targets and losses of TTFNet: a Gaussian per thing, focal loss on it, GIoU on the distances under it."""

from __future__ import annotations

import numpy as np
import torch
from net import STRIDE
from torch import Tensor

ALPHA = 0.54
BOX_WEIGHT = 4.0


def targets(boxes: np.ndarray, cells: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return heat, box weight and box (left, top, right, bottom in cells) maps; ignored boxes get heat -1.

    `boxes` is (n, 5): left, top, right, bottom in pixels, ignore.
    """
    heat = np.zeros((1, cells, cells), np.float32)
    weight = np.zeros((1, cells, cells), np.float32)
    box_map = np.zeros((4, cells, cells), np.float32)
    grid = np.arange(cells, dtype=np.float32) + 0.5
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    for *corners, ignore in boxes[np.argsort(-areas)]:
        left, top, right, bottom = np.array(corners, np.float32) / STRIDE
        x, y = (left + right) / 2, (top + bottom) / 2
        spread_x, spread_y = (max(side * ALPHA / 6, 0.3) for side in (right - left, bottom - top))
        bump = np.outer(np.exp(-(((grid - y) / spread_y) ** 2) / 2), np.exp(-(((grid - x) / spread_x) ** 2) / 2))
        if ignore:
            heat[0][(bump > 0.05) & (heat[0] < bump)] = -1
            continue
        centre = min(int(y), cells - 1), min(int(x), cells - 1)
        bump[bump < 0.02] = 0
        bump[centre] = 1
        inside = bump > 0
        box_map[:, inside] = np.array([left, top, right, bottom], np.float32)[:, None]
        weight[0][inside] = bump[inside] / bump.sum() * np.log(max((right - left) * (bottom - top), 2))
        heat[0] = np.maximum(heat[0], bump)
    return heat, weight, box_map


def focal(logits: Tensor, heat: Tensor) -> Tensor:
    """Return the CornerNet focal loss per thing; cells with heat -1 do not count."""
    chance = logits.sigmoid().clamp(1e-4, 1 - 1e-4)
    peak = (heat == 1).float()
    rest = ((heat >= 0) & (heat < 1)).float()
    positive = -chance.log() * (1 - chance) ** 2 * peak
    negative = -(1 - chance).log() * chance**2 * (1 - heat.clamp(min=0)) ** 4 * rest
    return (positive.sum() + negative.sum()) / peak.sum().clamp(min=1)


def giou(reach: Tensor, box_map: Tensor, weight: Tensor) -> Tensor:
    """Return one minus the weighted mean generalised IoU of the predicted boxes."""
    height, width = reach.shape[2:]
    x = (torch.arange(width, device=reach.device) + 0.5).view(1, 1, -1)
    y = (torch.arange(height, device=reach.device) + 0.5).view(1, -1, 1)
    span = reach.float().exp()
    left, top, right, bottom = x - span[:, 0], y - span[:, 1], x + span[:, 2], y + span[:, 3]
    a, b, c, d = box_map.unbind(1)
    shared = (torch.minimum(right, c) - torch.maximum(left, a)).clamp(min=0)
    shared = shared * (torch.minimum(bottom, d) - torch.maximum(top, b)).clamp(min=0)
    union = (right - left) * (bottom - top) + (c - a) * (d - b) - shared + 1e-6
    hull = (torch.maximum(right, c) - torch.minimum(left, a)) * (
        torch.maximum(bottom, d) - torch.minimum(top, b)
    ) + 1e-6
    loss = 1 - shared / union + (hull - union) / hull
    return (loss * weight[:, 0]).sum() / weight.sum().clamp(min=1e-6)


def total(outputs: tuple[Tensor, Tensor], heat: Tensor, weight: Tensor, box_map: Tensor) -> tuple[Tensor, Tensor]:
    """Return the focal and the weighted box loss."""
    logits, reach = outputs
    return focal(logits.float(), heat), BOX_WEIGHT * giou(reach, box_map, weight)
