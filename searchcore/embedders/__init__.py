"""Embedders: one contract in `base`, one file per implementation."""
