"""The network: a small residual backbone, a top-down pyramid and one stride-4 head (TTFNet, arXiv:1909.00700)."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F

STRIDE = 4
WIDTHS, DEPTHS, PYRAMID = (40, 80, 128, 192), (1, 2, 2, 2), 64


def conv(inside: int, outside: int, stride: int = 1, kernel: int = 3, active: bool = True) -> nn.Sequential:
    """Return convolution, batch norm and, unless told otherwise, ReLU."""
    layers: list[nn.Module] = [
        nn.Conv2d(inside, outside, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outside),
    ]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if active else nn.Sequential(*layers)


class Block(nn.Module):
    """Two 3x3 convolutions beside a shortcut."""

    def __init__(self, inside: int, outside: int, stride: int) -> None:
        super().__init__()
        self.first, self.second = conv(inside, outside, stride), conv(outside, outside, active=False)
        same = inside == outside and stride == 1
        self.shortcut = nn.Identity() if same else conv(inside, outside, stride, kernel=1, active=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return (n, outside, h / stride, w / stride)."""
        return F.relu(self.second(self.first(x)) + self.shortcut(x))


class Net(nn.Module):
    """Map RGB 0..255 (n, 3, h, w), sides multiples of 32, to a heat logit and four log distances a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(conv(3, 24, 2), conv(24, WIDTHS[0], 2))
        inside, stages = WIDTHS[0], []
        for k, (width, depth) in enumerate(zip(WIDTHS, DEPTHS, strict=True)):
            blocks = [Block(inside if b == 0 else width, width, 2 if b == 0 and k else 1) for b in range(depth)]
            stages.append(nn.Sequential(*blocks))
            inside = width
        self.stages = nn.ModuleList(stages)
        self.context = nn.Conv2d(WIDTHS[-1], WIDTHS[-1], 1)
        self.laterals = nn.ModuleList(nn.Conv2d(width, PYRAMID, 1) for width in WIDTHS)
        self.merge = conv(PYRAMID, PYRAMID)
        self.heat_tower, self.reach_tower = conv(PYRAMID, PYRAMID), conv(PYRAMID, PYRAMID)
        self.heat, self.reach = nn.Conv2d(PYRAMID, 1, 1), nn.Conv2d(PYRAMID, 4, 1)
        nn.init.constant_(self.heat.bias, -4.0)
        nn.init.constant_(self.reach.bias, 1.5)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return heat logits (n, 1, h/4, w/4) and log of left, top, right, bottom in cells (n, 4, h/4, w/4)."""
        x = self.stem((x - 114.0) / 58.0)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        levels[-1] = F.relu(x + self.context(x.mean((2, 3), keepdim=True)))
        x = self.laterals[-1](levels[-1])
        for lateral, level in zip(reversed(self.laterals[:-1]), reversed(levels[:-1]), strict=True):
            x = F.interpolate(x, scale_factor=2.0, mode="nearest") + lateral(level)
        x = self.merge(F.relu(x))
        return self.heat(self.heat_tower(x)), self.reach(self.reach_tower(x)).clamp(-3.0, 5.0)
