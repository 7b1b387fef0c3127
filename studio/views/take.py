# SPDX-License-Identifier: GPL-3.0-or-later
# This file uses bpy through `stage`, which is GPL: it is under the GNU General Public License, version 3 or later.
"""Photograph snapshots and find what is seen of the product."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from studio.scenes.setting import Shot
from studio.scenes.stage import Found, Stage
from studio.views.develop import develop
from studio.views.framing import picture_size
from studio.views.model import Model
from studio.views.snapshot import Snapshot

FSTOP = 14.0


@dataclass(frozen=True)
class Taken:
    """A picture and where its product is seen."""

    snapshot: Snapshot
    picture: Image.Image
    found: Found

    @property
    def cut(self) -> bool:
        """Tell whether the product reaches the picture's edge."""
        left, top, width, height = self.found.box
        return bool(min(left, top) <= 0 or left + width >= 1 or top + height >= 1)


def take(snapshot: Snapshot, samples: int, share: float = 1.0) -> Taken:
    """Build, photograph and develop one; `share` of the usual picture size."""
    model = Model(snapshot)
    width, height = (round(side * share) for side in picture_size(snapshot.aim))
    eye, foot = model.camera, model.points.mean(axis=0)
    stage = Stage(quick=True)
    stage.scene.cycles.use_fast_gi, stage.scene.cycles.ao_bounces_render = True, 1
    stage.set_up(model.surroundings(), snapshot.light, Shot(_vector(eye.place), _vector(foot), snapshot.aim.lens))
    stage.aim(eye)
    product = stage.stand(model.product.parts, model.product.turn, model.product.place)
    focus = stage.camera.data.dof
    focus.use_dof, focus.aperture_fstop = True, FSTOP
    focus.focus_distance = float(np.linalg.norm(eye.place - foot))
    picture = stage.photo((width, height), samples)
    focus.use_dof = False
    found = stage.find([product], (width, height))[0]
    if found is None:
        raise RuntimeError(f"Nothing is seen of {snapshot.product_id} in {snapshot.id}.")
    return Taken(snapshot, develop(picture, snapshot.tone, snapshot.id), found)


def _vector(at: np.ndarray) -> tuple[float, float, float]:
    x, y, z = at
    return float(x), float(y), float(z)
