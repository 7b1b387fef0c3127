"""Build the products of each category."""
