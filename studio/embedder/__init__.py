"""Fit and measure the matrices of the embedded embedder. Never needed at run time."""
