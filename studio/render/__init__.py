"""Render products with Blender."""

import os

# Shapes solve many tiny systems: BLAS threads would spend minutes waiting for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
