"""Measure a model as the app runs it: AP50, recall of the first ten, mean IoU, best box right.

    python evaluate.py MODEL PICTURES [boxes.json] [--fit]

PICTURES is a folder or a Parquet file (columns name, webp); boxes.json maps a picture's name to boxes as
[left, top, right, bottom] in shares of the picture. A picture without boxes must give none. A chunk of composites
(.npz) brings its boxes along. --fit prints the slope and offset that turn the model's logits into chances.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from chunks import read_chunk

from searchcore.detectors.local import THRESHOLD, LocalDetector, Proposal
from searchcore.geometry import Box
from searchcore.images import Picture

LEAST = 0.002
Example = tuple[Picture, list[Box], list[Box]]


@dataclass(frozen=True)
class Seen:
    """Proposals for one picture, best first, and the boxes that are true."""

    proposals: Sequence[Proposal]
    truth: Sequence[Box]

    def matches(self, least: float = 0.5) -> list[bool]:
        """Return for each proposal whether it is the first to find its box at that IoU."""
        open_boxes, right = list(self.truth), []
        for box, _ in self.proposals:
            best = max(open_boxes, key=box.iou, default=None)
            right.append(best is not None and box.iou(best) >= least)
            if best is not None and right[-1]:
                open_boxes.remove(best)
        return right


def average_precision(seen: Sequence[Seen]) -> float:
    """Return the area under precision over recall at IoU .5, all points."""
    pairs = [(-score, hit) for one in seen for (_, score), hit in zip(one.proposals, one.matches(), strict=True)]
    hits = np.array([hit for _, hit in sorted(pairs, key=lambda pair: pair[0])], float)
    total = sum(len(one.truth) for one in seen)
    if not total or not len(hits):
        return 0.0
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float((envelope * hits).sum() / total)


def report(seen: Sequence[Seen], threshold: float) -> dict[str, float]:
    """Return every figure; precision and recall are those of the boxes the app shows."""
    truth = [(box, one) for one in seen for box in one.truth]
    shown = [Seen([p for p in one.proposals if p[1] >= threshold], one.truth) for one in seen]
    right, count = sum(sum(one.matches()) for one in shown), sum(len(one.proposals) for one in shown)
    overlap = [max((box.iou(other) for other, _ in one.proposals), default=0.0) for box, one in truth]
    first = [
        any(box.iou(one.proposals[0][0]) >= 0.5 for box in one.truth) for one in seen if one.truth and one.proposals
    ]
    return {
        "pictures": len(seen),
        "boxes": len(truth),
        "AP50": average_precision(seen),
        "recall@10": sum(sum(one.matches()) for one in seen) / max(len(truth), 1),
        "mIoU": float(np.mean(overlap)) if overlap else 0.0,
        "R@1": sum(first) / max(sum(bool(one.truth) for one in seen), 1),
        "shown: precision": right / max(count, 1),
        "recall": right / max(len(truth), 1),
        "boxes a picture": count / max(len(seen), 1),
    }


def fitted(seen: Sequence[Seen]) -> tuple[float, float]:
    """Return slope and offset of the logistic fit of "this box is right" on the logit of its score (Platt)."""
    pairs = [(score, hit) for one in seen for (_, score), hit in zip(one.proposals, one.matches(), strict=True)]
    score, hit = np.array(pairs, float).T
    x = np.column_stack([np.log(score / (1 - score)), np.ones(len(score))])
    weights = np.array([1.0, 0.0])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-x @ weights))
        curvature = x.T @ (x * (chance * (1 - chance))[:, None]) + 1e-6 * np.eye(2)
        weights += np.linalg.solve(curvature, x.T @ (hit - chance))
    return float(weights[0]), float(weights[1])


def examples(source: Path, boxes: Path | None) -> Iterator[Example]:
    """Yield pictures, the boxes to find and the boxes that count neither way."""
    if boxes is None:
        yield from composites(source)
        return
    truth: dict[str, list[list[float]]] = json.loads(boxes.read_text())
    if source.is_dir():
        data = {name: (source / name).read_bytes() for name in truth}
    else:
        table = pq.read_table(source, columns=["name", "webp"]).to_pydict()
        data = dict(zip(table["name"], table["webp"], strict=True))
    for name, corners in sorted(truth.items()):
        yield Picture.from_bytes(data[name]), [Box.from_corners(*c) for c in corners], []


def composites(chunk: Path) -> Iterator[Example]:
    """Yield the pictures of a chunk."""
    for jpeg, boxes in zip(*read_chunk(chunk), strict=True):
        picture = Picture.from_bytes(jpeg.tobytes())
        found = [(Box.from_pixels(*map(float, row[:4]), picture.size), bool(row[4])) for row in boxes]
        yield picture, [box for box, ignored in found if not ignored], [box for box, ignored in found if ignored]


def look(detector: LocalDetector, example: Example) -> Seen:
    """Run the detector; proposals that lie half in an ignored box and fit no true one are left out."""
    picture, truth, ignored = example
    kept = [
        (box, score)
        for box, score in detector.propose(picture)
        if any(box.iou(other) >= 0.5 for other in truth) or all(box.inside(other) < 0.5 for other in ignored)
    ]
    return Seen(kept, truth)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("pictures", type=Path)
    parser.add_argument("boxes", type=Path, nargs="?")
    parser.add_argument("--shown", type=float, default=THRESHOLD, help="the threshold of the app")
    parser.add_argument("--first", type=int, help="only so many pictures")
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    detector = LocalDetector(model=arguments.model, threshold=LEAST)
    chosen = islice(examples(arguments.pictures, arguments.boxes), arguments.first)
    seen = [look(detector, example) for example in chosen]
    figures = report(seen, arguments.shown)
    print(
        "  ".join(
            f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}" for key, value in figures.items()
        )
    )
    if arguments.fit:
        print("slope {:.3f} offset {:.3f}".format(*fitted(seen)))


if __name__ == "__main__":
    main()
