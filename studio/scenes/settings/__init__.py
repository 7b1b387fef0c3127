"""Places for products, one module each: `build(options)` returns a Setting, `HELD_OUT` keeps it from any fitting."""
