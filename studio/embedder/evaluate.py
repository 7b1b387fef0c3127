"""Print the embedded embedder's figures: python -m studio.embedder.evaluate --training FOLDER."""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from searchcore.embedders.local import BLOCK_DIMENSION, BLOCKS, WEIGHTS, LocalEmbedder, emphasised
from searchcore.images import Picture
from searchcore.vectors import Vectors, unit_rows
from studio.embedder.distort import hard, mild
from studio.embedder.pictures import TRAIN, VALIDATION, Labelled, read
from studio.embedder.protocols import Rows, Task, mean_average_precision, precision_at_1

COPIES = 500
SEED = 2
UNRELATED_QUANTILE = 0.95
Distort = Callable[[Image.Image, random.Random], Image.Image]
CLOTHING, GROCERY = TRAIN
CLOTHING_QUERIES, GROCERY_QUERIES = VALIDATION


def distorted(images: Sequence[Image.Image], distort: Distort) -> Labelled:
    """Return 500 distorted copies, each labelled with the place of its original."""
    rng = random.Random(SEED)
    places = rng.sample(range(len(images)), COPIES)
    return Labelled([distort(images[place], rng) for place in places], np.array(places, dtype=str))


def tasks(sets: Mapping[str, Labelled]) -> list[Task]:
    """Return P1, P2b and P3 (mild, hard)."""
    everything = [*TRAIN, *VALIDATION]
    originals = np.arange(sum(len(sets[name].images) for name in everything)).astype(str)

    def same_label(name: str, queries: str, catalogue: str) -> Task:
        return Task(name, queries, [catalogue], sets[queries].labels, sets[catalogue].labels)

    return [
        same_label("P1", CLOTHING_QUERIES, CLOTHING),
        same_label("P2b", GROCERY_QUERIES, GROCERY),
        Task("P3 mild", "mild", everything, sets["mild"].labels, originals),
        Task("P3 hard", "hard", everything, sets["hard"].labels, originals),
    ]


def only(rows: Rows, block: str) -> Rows:
    """Return one block of joined vectors, of unit length again."""
    start = BLOCKS.index(block) * BLOCK_DIMENSION
    part = rows[:, start : start + BLOCK_DIMENSION]
    return np.asarray(part / np.linalg.norm(part, axis=1, keepdims=True))


def emphasise(rows: Rows, emphasis: float) -> Rows:
    """Return query vectors as another emphasis would have made them."""
    weights = emphasised(emphasis)
    change = np.repeat([weights[block] / WEIGHTS[block] for block in BLOCKS], BLOCK_DIMENSION)
    return unit_rows(rows * change, rows.shape[1])


def row(
    name: str, measured: Sequence[Task], queries: Mapping[str, Sequence[Rows]], catalogue: Mapping[str, Rows]
) -> str:
    """Measure one embedding and return its line of the table."""
    first, second, *copies = (task.scores(queries, catalogue) for task in measured)
    category, product, *original = (task.relevant() for task in measured)
    figures = [
        precision_at_1(first, category),
        mean_average_precision(first, category),
        precision_at_1(second, product),
    ]
    figures += [precision_at_1(scores, relevant) for scores, relevant in zip(copies, original, strict=True)]
    return f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def unrelated(queries: Mapping[str, Sequence[Rows]], catalogue: Mapping[str, Rows]) -> float:
    """Return the similarity that the best hit of a query from another domain stays under, 95 times in 100."""
    best = [float((rows @ catalogue[GROCERY].T).max()) for rows in queries[CLOTHING_QUERIES]]
    best += [float((rows @ catalogue[CLOTHING].T).max()) for rows in queries[GROCERY_QUERIES]]
    return float(np.quantile(best, UNRELATED_QUANTILE))


def main() -> None:
    """Embed every set once and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--training", type=Path, required=True, help="folder with " + ", ".join([*TRAIN, *VALIDATION]))
    folder = parser.parse_args().training
    sets = {name: read(folder / name) for name in (*TRAIN, *VALIDATION)}
    everything = [image for found in sets.values() for image in found.images]
    sets |= {"mild": distorted(everything, mild), "hard": distorted(everything, hard)}
    embedder = LocalEmbedder()
    pictures = {name: [Picture.from_image(image) for image in found.images] for name, found in sets.items()}
    catalogue: dict[str, Vectors] = {name: embedder.embed_images(found) for name, found in pictures.items()}
    measured = tasks(sets)
    print("| embedding | P1 P@1 | P1 mAP | P2b P@1 | P3 mild R@1 | P3 hard R@1 |\n|---|---|---|---|---|---|")
    for block in BLOCKS:
        rows = {name: only(vectors, block) for name, vectors in catalogue.items()}
        print(row(f"{block} alone", measured, single(rows), rows))
    mix = " + ".join(f"{block} {weight:g}" for block, weight in WEIGHTS.items())
    print(row(mix, measured, single(catalogue), catalogue))
    asked = {
        name: [embedder.embed_query(picture) for picture in pictures[name]] for name in (*VALIDATION, "mild", "hard")
    }
    print(row("the mix, margin trimmed on the query side", measured, asked, catalogue))
    for emphasis in (0.25, 0.75):
        tilted = {name: [emphasise(rows, emphasis) for rows in found] for name, found in asked.items()}
        print(row(f"the same, emphasis {emphasis:g}", measured, tilted, catalogue))
    print(f"\nBest hit of an unrelated query, 95th percentile: {unrelated(asked, catalogue):.3f}")


def single(rows: Mapping[str, Rows]) -> dict[str, list[Rows]]:
    """Give every query one vector."""
    return {name: list(vectors[:, None]) for name, vectors in rows.items()}


if __name__ == "__main__":
    main()
