"""Train the network; goes on from the last checkpoint of the same folder.

python train.py CHUNKS RUN --steps 4200
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from pathlib import Path

import torch
from data import Stream, batch
from loss import total
from net import Net
from torch import nn
from torch.utils.data import DataLoader

BATCH, RATE, DECAY, WARM_UP, CLIP, SMOOTHING = 24, 2e-3, 0.03, 200, 10.0, 0.998
SAVE_EVERY, LOG_EVERY = 250, 50


def rate(step: int, steps: int) -> float:
    """Return the share of the full learning rate: linear warm-up, then cosine to one hundredth."""
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - WARM_UP) / max(steps - WARM_UP, 1)))


def grouped(net: nn.Module) -> list[dict[str, object]]:
    """Leave biases and norms out of weight decay."""
    heavy = [p for p in net.parameters() if p.ndim > 1]
    light = [p for p in net.parameters() if p.ndim <= 1]
    return [{"params": heavy, "weight_decay": DECAY}, {"params": light, "weight_decay": 0.0}]


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, step: int) -> None:
    """Move the running average towards the network; buffers are averaged too."""
    keep = min(SMOOTHING, (1 + step) / (10 + step))
    for mine, theirs in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
        if mine.is_floating_point():
            mine.lerp_(theirs, 1 - keep)
        else:
            mine.copy_(theirs)


def main() -> None:
    """Run the schedule to its end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chunks", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--steps", type=int, default=4200)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    arguments.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    net = Net().to(memory_format=torch.channels_last)
    average = copy.deepcopy(net).eval()
    optimiser = torch.optim.AdamW(grouped(net), lr=RATE)
    step, last = 0, arguments.run / "last.pt"
    if last.exists():
        state = torch.load(last)
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
    loader = iter(
        DataLoader(Stream(arguments.chunks, seed=step), BATCH, num_workers=1, collate_fn=batch, prefetch_factor=6)
    )
    started, heat_sum, box_sum = time.monotonic(), 0.0, 0.0
    while step < arguments.steps:
        pictures, *maps = next(loader)
        for group in optimiser.param_groups:
            group["lr"] = RATE * rate(step, arguments.steps)
        with torch.autocast("cpu", torch.bfloat16):
            outputs = net(pictures.float().to(memory_format=torch.channels_last))
        heat_loss, box_loss = total(outputs, *maps)
        optimiser.zero_grad(set_to_none=True)
        (heat_loss + box_loss).backward()
        nn.utils.clip_grad_norm_(net.parameters(), CLIP)
        optimiser.step()
        follow(average, net, step)
        step += 1
        heat_sum, box_sum = heat_sum + heat_loss.item(), box_sum + box_loss.item()
        if step % LOG_EVERY == 0:
            print(
                step,
                f"heat {heat_sum / LOG_EVERY:.3f} box {box_sum / LOG_EVERY:.3f} {time.monotonic() - started:.0f} s",
                flush=True,
            )
            heat_sum = box_sum = 0.0
        if step % SAVE_EVERY == 0 or step == arguments.steps:
            state = {
                "net": net.state_dict(),
                "average": average.state_dict(),
                "optimiser": optimiser.state_dict(),
                "step": step,
            }
            torch.save(state, last.with_suffix(".part"))
            last.with_suffix(".part").rename(last)
            torch.save(average.state_dict(), arguments.run / f"average_{step:06}.pt")


if __name__ == "__main__":
    main()
