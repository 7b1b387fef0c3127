"""Learn the patch dictionary: k-means on whitened patches, each pattern standing for its mirror image too."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchcore.embedders.local_frame import Frame, Plane, shrink
from searchcore.embedders.local_patches import Dictionary, cut, mirrored, normalised

ATOMS = 256
_ROUNDS = 25
_PER_PICTURE = 60
_FLATTEST = 0.3
_RIDGE = 0.1


def learn(frames: Sequence[Frame], rng: np.random.Generator) -> Dictionary:
    """Learn 256 patterns from 60 patches of each picture (Coates, Lee and Ng 2011)."""
    patches = np.concatenate([_some(frame, rng) for frame in frames])
    patches = patches[patches.std(axis=1) > _FLATTEST]
    mean, matrix = _whitening(np.concatenate([patches, mirrored(patches)]))
    return Dictionary(_cluster((patches - mean) @ matrix, rng), mean, matrix)


def _some(frame: Frame, rng: np.random.Generator) -> Plane:
    patches = cut(shrink(frame, 4))
    return normalised(patches[rng.integers(0, len(patches), _PER_PICTURE)])


def _whitening(patches: Plane) -> tuple[Plane, Plane]:
    """Return mean and matrix of ZCA whitening."""
    values, axes = np.linalg.eigh(np.cov(patches.T))
    matrix = (axes / np.sqrt(values + _RIDGE)) @ axes.T
    return patches.mean(axis=0), matrix.astype(np.float32)


def _cluster(patches: Plane, rng: np.random.Generator) -> Plane:
    atoms = patches[rng.choice(len(patches), ATOMS, replace=False)]
    for _ in range(_ROUNDS):
        both = np.concatenate([atoms, mirrored(atoms)])
        nearest = (patches @ both.T - (both * both).sum(axis=1) / 2).argmax(axis=1)
        upright = np.where((nearest < ATOMS)[:, None], patches, mirrored(patches))
        members = [upright[nearest % ATOMS == atom] for atom in range(ATOMS)]
        atoms = np.stack([own.mean(axis=0) if len(own) else atom for own, atom in zip(members, atoms, strict=True)])
    return atoms.astype(np.float32)
