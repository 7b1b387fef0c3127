"""Measurements: `python -m bench`. Every ratio is between two things measured in turns within one run."""
